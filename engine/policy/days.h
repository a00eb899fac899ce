/* days.h - which version and parameters judge each row of a table. */
#ifndef POLICY_DAYS_H
#define POLICY_DAYS_H

#include "policy/inside.h"

enum { DAYS_NO_ERA = 0xFFFF, DAYS_NO_DATE = 0xFFFE };

/* The era of each row, era_of[rows]; *only is the one of all rows where the
 * policy goes by `as_of`, else -1.  ERR_RULE without the column of dates;
 * ERR_MEMORY. */
MUST_USE ErrCode days_find(uint16_t **era_of, int *only, Arena *arena,
                           const Policy *policy, const Table *table, Date as_of,
                           Err *err);

#endif
