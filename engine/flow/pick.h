/* pick.h - rows of one table as another, and columns back in their place. */
#ifndef FLOW_PICK_H
#define FLOW_PICK_H

#include "data/table.h"

/* A table of the rows rows[n] of `from`, with all its columns and lines, among
 * the tables of `owner`, which has the same texts.  A stretch of rows side by
 * side shares the cells of `from`, which must outlive it; others are copied. */
MUST_USE ErrCode pick_rows(Table **out, Tables *owner, const Table *from,
                           const char *name, const size_t rows[], size_t n,
                           Err *err);

/* to[rows[i]] = from[i] for the column called `name`, which is added to `to`,
 * null elsewhere, the first time; nothing when `from` has none. */
MUST_USE ErrCode pick_back(Table *to, const Table *from, const char *name,
                           const size_t rows[], Err *err);

#endif
