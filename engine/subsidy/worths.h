/* worths.h - values of next year's contracts from distributions fitted to last
 * year's, with how well they fit.
 */
#ifndef SUBSIDY_WORTHS_H
#define SUBSIDY_WORTHS_H

#include "subsidy/futures.h"

/*
 * values [n * *versions] for stock_open(); NULL, and one version, where the
 * outlook takes contracts as they were.  A tail is a generalised Pareto
 * distribution of what goes beyond tail_from; below it stands the model, or the
 * contracts as they were.
 *
 * Adds to `tables`, where something is fitted:
 *   future_fits   model; n, parameters, log_likelihood, aic, ks, ks_p, ad,
 *                 ad_p, chosen
 *   future_worths value, chance to be above it: seen and as fitted
 * ERR_DOMAIN when a distribution does not fit at all; ERR_MEMORY.
 * Source  tail: McNeil, Frey, Embrechts, Quantitative Risk Management (2015),
 *         5.2; p: stat/valuefit.h, 199 samples.
 */
MUST_USE ErrCode worths_make(int64_t **values, size_t *versions, Tables *tables,
                             const Table *contracts, const Outlook *outlook,
                             const FuturesOptions *options, Err *err);

#endif
