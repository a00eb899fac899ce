/* stepsblock.h - a trace as HTML, to be read rather than searched. */
#ifndef REPORT_STEPSBLOCK_H
#define REPORT_STEPSBLOCK_H

#include "data/table.h"

#include <stdio.h>

/* Is it a trace, which report_steps() and this show? */
int steps_is_trace(const Table *table);

/*
 * Its block: first what it comes to (steps without a rule), then what would
 * have had to differ, then the steps in their order, those of one kind under
 * one heading.
 * scratch  reset for each step.
 * ERR_MEMORY; a stream that refuses is found by the caller.
 */
MUST_USE ErrCode steps_block(FILE *to, const Table *trace, Arena *arena,
                             Arena *scratch, Err *err);

#endif
