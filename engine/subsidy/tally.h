/* tally.h - how much the yearly number of contracts varies: as the outlook
 * states it, or as the contracts show.
 */
#ifndef SUBSIDY_TALLY_H
#define SUBSIDY_TALLY_H

#include "subsidy/futures.h"

/*
 * *dispersion  of the yearly number of a stratum (the whole, or a county):
 *              variance = mean + dispersion mean^2; 0: Poisson.
 *
 * Where the outlook asks for a fit, Poisson and negative binomial are held
 * against the numbers that were, and the one of least AIC is taken: by year
 * from five years on, else by month.  Months are taken to be independent, so a
 * year has a twelfth of their dispersion: what years share as a whole, good or
 * bad, is not seen within them and makes it too small; seasons count as chance
 * and make it too large.
 *
 * Adds to `tables`, where something is fitted:
 *   future_numbers  model; per (month, year), n, mean, dispersion,
 *                   log_likelihood, aic, pearson, pearson_p, and of a year
 *                   year_dispersion, its interval year_low and year_high;
 *                   chosen
 * ERR_DOMAIN  where numbers vary beyond all fits, as those of contracts that
 *             are registered in batches do; ERR_MEMORY.
 * Source      stat/countfit.h; p by 199 samples.
 */
MUST_USE ErrCode tally_make(double *dispersion, Tables *tables,
                            const Table *contracts, const Outlook *outlook,
                            const FuturesOptions *options, Err *err);

#endif
