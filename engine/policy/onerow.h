/* onerow.h - one row of a table in a program's frame, to be explained. */
#ifndef POLICY_ONEROW_H
#define POLICY_ONEROW_H

#include "policy/inside.h"

/* The span of days that judges a row: by its own date_used, else by `as_of`;
 * NULL when no version does.  ERR_RULE when the table has no such date. */
MUST_USE ErrCode onerow_era(const Era **out, const Policy *policy,
                            const Table *table, size_t row, Date as_of,
                            Err *err);

int onerow_has_date(const Policy *policy, const Table *table, size_t row);

/* The row's inputs into place 0 of a frame.  ERR_RULE when the table lacks
 * one. */
MUST_USE ErrCode onerow_load(void *const at[], const Program *program,
                             const Policy *policy, const Table *table,
                             size_t row, Err *err);

#endif
