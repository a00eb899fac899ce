/* countfit.h - how many come a period: Poisson or negative binomial, by maximum
 * likelihood, and how well they fit.  Basic operations alone.
 */
#ifndef STAT_COUNTFIT_H
#define STAT_COUNTFIT_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

#define COUNTFIT_DISPERSION_MOST 2.0

/* Whole numbers from 0 on, by stratum, then period.  Each stratum has a mean of
 * its own; the dispersion is one. */
typedef struct {
    const int64_t *x; /* [strata * periods] */
    size_t strata, periods;
} CountSeries;

typedef struct {
    int is_mixed;      /* negative binomial */
    double dispersion; /* variance = mean + dispersion mean^2; 0: Poisson */
    double low, high;  /* its 95% interval; NaN: Poisson, or no end to it */
    double log_likelihood, aic;
    double pearson; /* sum of (x - mean)^2 / variance */
} CountFit;

/*
 * The most likely parameters.  The mean of a stratum is that of its numbers
 * whatever the dispersion is; where numbers vary no more than Poisson ones the
 * dispersion is 0.  The interval is that of the profile likelihood.
 *
 * ERR_DOMAIN when there is nothing in them, or they vary more than a
 * dispersion of 2 does; ERR_MEMORY.
 * Source  Lawless, Canadian Journal of Statistics 15 (1987), 2; few periods a
 *         stratum make the dispersion too small, as with every variance by
 *         maximum likelihood.  It meets its equation to 1e-9.
 * Cost    some 50 passes over 0 to the largest number.
 */
MUST_USE ErrCode countfit_of(CountFit *out, int is_mixed,
                             const CountSeries *series, Err *err);

/*
 * The chance that Pearson's sum is at least as large when the fit is the truth,
 * from `samples` samples of it, each fitted anew: (1 + as large) / (1 +
 * samples).  ERR_MEMORY.
 */
MUST_USE ErrCode countfit_chance(double *out, const CountFit *fit,
                                 const CountSeries *series, size_t samples,
                                 uint64_t seed, int threads, Err *err);

/* Means of the strata.  mean[strata] */
void countfit_means(double mean[], const CountSeries *series);

#endif
