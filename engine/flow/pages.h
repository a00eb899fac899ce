/* pages.h - the HTML report of result tables: which of them, with which charts,
 * in which order, under which words.
 */
#ifndef FLOW_PAGES_H
#define FLOW_PAGES_H

#include "data/table.h"

#include <stdio.h>

/* Does the report have a place for each of results[n]? */
int pages_cover(const Table *const results[], size_t n);

/*
 * One page of whatever result tables are among results[n]: assess_*, value_*,
 * pool_*, subsidy_*, rules_checked.  `command` makes it again.  ERR_IO;
 * ERR_MEMORY.
 */
MUST_USE ErrCode pages_write(FILE *to, const Table *const results[], size_t n,
                             Arena *arena, const char *command, int chinese,
                             Err *err);

#endif
