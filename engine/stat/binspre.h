/* binspre.h - a column of numbers cut into fine pre-bins by one sort. */
#ifndef STAT_BINSPRE_H
#define STAT_BINSPRE_H

#include "stat/bins.h"

typedef struct {
    const double *x; /* [rows.n] NaN: missing */
    BinRows rows;
    const double *special; /* [n_special] values that are codes, not numbers */
    size_t n_special;
} BinsColumn;

typedef struct {
    size_t n;
    double *low, *high; /* [n] the least and the greatest value in each */
    BinCount *count;    /* [n] */
    BinCount missing;
    BinCount *special; /* [n_special] */
} BinsPre;

/*
 * At most `most` <= BINS_PRE_MOST pre-bins of about equally many rows; equal
 * values are never parted, and with at most so many values each is one.  A
 * value belongs to pre-bin floor(most * rank / rows) by its middle rank.  Ranks
 * are sums of weights, so that whole weights cut as rows repeated would; a row
 * of weight 0 is not there.
 * Infinities count as numbers.  ERR_MEMORY.
 * Cost  radix sort of the column, events and others apart: 16 bytes a row, with
 *       weights 32.
 */
MUST_USE ErrCode binspre_of(BinsPre *out, Arena *arena,
                            const BinsColumn *column, size_t most, Err *err);

/*
 * The cut between two neighbours, low < high: of the decimals above `low` and
 * not above `high` one with the fewest significant digits, their middle rounded
 * if that is one, else `high` rounded; so that a rule file reads 1300 and not
 * 1286.5.  The double nearest to that decimal, which lies in (low, high].
 */
double binspre_edge(double low, double high);

#endif
