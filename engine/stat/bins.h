/* bins.h - neighbouring pre-bins joined into the bins that tell events from
 * the other rows best: an exact optimum under every bound at once.
 */
#ifndef STAT_BINS_H
#define STAT_BINS_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

/* How the share of events may go from bin to bin; equal shares neither rise
 * nor fall.  X(name, word, meaning). */
#define BINS_TRENDS(X)                                                         \
    X(BINS_NONE, "none", "as it likes")                                        \
    X(BINS_ASCENDING, "ascending", "never falls")                              \
    X(BINS_DESCENDING, "descending", "never rises")                            \
    X(BINS_PEAK, "peak", "never rises once it has fallen")                     \
    X(BINS_VALLEY, "valley", "never falls once it has risen")                  \
    X(BINS_AUTO, "auto", "ascending or descending, what tells more")

typedef enum {
#define X(name, word, meaning) name,
    BINS_TRENDS(X)
#undef X
        BINS_TRENDS_COUNT
} BinsTrend;

const char *bins_trend_word(BinsTrend trend); /* "peak", static storage */
BinsTrend bins_trend_named(const char *word); /* or BINS_TRENDS_COUNT */

/* Rows of a bin: those where the event happened, and the others; sums of what
 * they weigh, so that without weights they are whole numbers. */
typedef struct {
    double events, others;
} BinCount;

/* Rows and what each counts. */
typedef struct {
    const uint8_t *event; /* [n] 1 where it happened, else 0 */
    const double *weight; /* [n] finite, 0 or more, as so many equal rows;
                           * NULL: 1 */
    size_t n;
} BinRows;

static inline double bin_rows(BinCount c)
{
    return c.events + c.others;
}

static inline BinCount bin_row(const BinRows *rows, size_t i)
{
    double weight = rows->weight == NULL ? 1 : rows->weight[i];
    return rows->event[i] ? (BinCount){weight, 0} : (BinCount){0, weight};
}

BinCount bin_add(BinCount a, BinCount b);

/* Sign of (share of events in b - that in a), exactly; 0 without rows.
 * Products of doubles are told apart by their rounding errors (fma). */
int bin_compare(BinCount a, BinCount b);

/*
 * Weight of evidence, ln(share of the others / share of the events), where a
 * share is of `total`; above 0: fewer events than elsewhere.  A count below one
 * half stands as one half, so that it is finite; both must be in `total`.
 */
double bin_woe(BinCount c, BinCount total);

/* The bin's part of the information value: (share of the others - share of the
 * events) * woe, shares being those of the counts as they are.
 * Source  Siddiqi, Credit Risk Scorecards (2006), ch. 6; Kullback, Information
 *         Theory and Statistics (1959), divergence J(1, 2). */
double bin_iv(BinCount c, BinCount total);

/* Bounds of a bin, all held at once; 0 in the last four: none.  Rows are sums
 * of weights. */
typedef struct {
    BinsTrend trend;
    size_t bins_least, bins_most;
    uint64_t rows_least, rows_most;
    uint64_t events_least, others_least;
} BinsLimits;

enum { BINS_PRE_MOST = 256 }; /* pre-bins; the time grows with their cube */

typedef struct {
    size_t n;        /* bins; 0: infeasible */
    size_t *start;   /* [n + 1] the first pre-bin of each, and their number */
    double iv;       /* sum of bin_iv() over the bins; NaN: infeasible */
    BinsTrend trend; /* of `auto` the one that was found */
    const char *why; /* infeasible: the reason, static storage; else NULL */
} BinsCut;

/*
 * The cut of pre-bins count[n], each with its neighbours, that has the largest
 * information value among all that hold the limits.
 *
 * total   what shares are of: the pre-bins' sum, with missing values or not.
 * limits  bins_check() has passed.
 * Equal values: the fewest bins.
 * Errors  ERR_MEMORY.  That nothing holds the limits is no error but n = 0.
 * Cost    O(bins_most n^3), 20 bytes for each n^2 bins_most.
 * How     f(k, i, j) = the best cut of pre-bins 0 to j in k bins of which
 *         [i, j) is the last, so that a trend is a condition on neighbours
 *         alone; a peak has a second f for cuts that have begun to fall.
 *         Shares are compared exactly.
 * Source  Bellman, Dynamic Programming (1957), ch. 3; the problem as a mixed
 *         integer program: Navas-Palencia, Optimal binning (2020), section 3.
 */
MUST_USE ErrCode bins_solve(BinsCut *out, Arena *arena, const BinCount count[],
                            size_t n, BinCount total, const BinsLimits *limits,
                            Err *err);

/* NULL when limits and counts can be used, else the reason. */
const char *bins_check(const BinCount count[], size_t n, BinCount total,
                       const BinsLimits *limits);

#endif
