/* decide.h - a table's rows as the decisions the ledger keeps. */
#ifndef FLOW_DECIDE_H
#define FLOW_DECIDE_H

#include "flow/job.h"

/* One decision a row: `key` names it, `amount` is what it grants; outcome (or
 * eligible), binding, reasons and trace are kept where the table has them. */
MUST_USE ErrCode decide_rows(Job *job, const Table *table, Field key,
                             Field amount, Err *err);

#endif
