/* outline.h - the few figures that stand first on a report. */
#ifndef FLOW_OUTLINE_H
#define FLOW_OUTLINE_H

#include "data/table.h"

/*
 * The table run_summary, one row picked from what is there among results[n]:
 * approved limits, pledge value, the pool's loss and its chance to run dry,
 * subsidies paid and what the scenario changes; beside an estimate its interval
 * as name_low and name_high.  NULL when none of it is there.
 * ERR_MEMORY.
 */
MUST_USE ErrCode outline_table(Table **out, Tables *tables,
                               const Table *const results[], size_t n,
                               Err *err);

#endif
