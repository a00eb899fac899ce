/* backtest.h - what would have been foretold of years that are over, beside
 * what they came to.
 *
 * Each year is drawn from the contracts of the years before it, as
 * `subsidy simulate` would have done then, and paid by the rules of that year;
 * beside it stand the payments of the contracts that came.
 */
#ifndef SUBSIDY_BACKTEST_H
#define SUBSIDY_BACKTEST_H

#include "subsidy/futures.h"

typedef struct {
    const Policy *policy;
    const char *payer; /* whose payments; NULL: of all */
    int64_t published; /* fen, what the file's contracts were paid in all as
                        * published; NULL_INT: not known */
} BacktestPlan;

/*
 * options->years  as many of the years before as there are, at most these.
 *
 * Adds to `tables`, in fen:
 *   backtest_summary    years, inside (how many lie within their interval),
 *                       coverage and its 95% interval, bias (mean of predicted
 *                       less realised) and its error, bias_share of what was
 *                       realised
 *   backtest_years      year, drawn_from, predicted and the interval of 95% of
 *                       simulated years, realised, difference (predicted less
 *                       realised), inside, rank: the part of simulated years
 *                       that were paid less
 *   backtest_published  published, by_rules, difference; where there is one
 * A year that no contract precedes, or not the year just before it, is left
 * out.  The interval is that of chance within the years drawn from: from one
 * year it is too narrow by about the root of two, as last year is chance too.
 * ERR_INPUT   when no year can be foretold, or the payer is not one of the
 *             rules'; else as futures_run().
 * Source      coverage: Wilson's interval (stat/sample.h); rank: Dawid, JRSS A
 *             147 (1984).
 */
MUST_USE ErrCode backtest_run(Tables *tables, const Table *contracts,
                              const BacktestPlan *plan, const Outlook *outlook,
                              const FuturesOptions *options, Err *err);

#endif
