/* stability.h - how far the columns of a file have moved from those of a base,
 * as tables.
 */
#ifndef CREDIT_STABILITY_H
#define CREDIT_STABILITY_H

#include "data/table.h"

#include <stddef.h>

/*
 * stability_columns: for each column that both tables have, its index and what
 * it would stay below by chance; stability_bins: the index bin by bin.
 * Numbers are cut into ten bins of the base, words are their own bins (beyond
 * 64 the rarest are one; identifiers, most of which stand there once, are left
 * out), nulls are one.
 * skip    [n] names left out.
 * Both tables share one Texts.
 */
MUST_USE ErrCode stability_tables(Tables *tables, const Table *now,
                                  const Table *base, const char *const skip[],
                                  size_t n, Err *err);

/* stability_months: the index of score[n], by month[n], against the cases of
 * the first month. */
MUST_USE ErrCode stability_months(Tables *tables, const double score[],
                                  const char *const month[], size_t n,
                                  Err *err);

#endif
