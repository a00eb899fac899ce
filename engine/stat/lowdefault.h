/* lowdefault.h - PDs of books with few defaults, or none: the highest PD that
 * what was seen still allows.
 *
 * All functions want stat_setup() first.  n > 0 obligors, of which d <= n
 * defaulted; rho, asset correlation, in [0, 1); pd in [0, 1].
 */
#ifndef STAT_LOWDEFAULT_H
#define STAT_LOWDEFAULT_H

#include "core/err.h"

#include <stddef.h>
#include <stdint.h>

/*
 * P(D <= d) of n obligors that share one normal factor:
 *   integral of phi(y) B(d; n, Phi((Phi^-1(pd) - sqrt(rho) y) / sqrt(1 - rho)))
 * with the binomial distribution B.
 * Cost    one incomplete beta for rho = 0, else 600 to 10,000 of them; relative
 *         error below 1e-12 where the chance is above 1e-12.
 * Source  Vasicek (1987); Pluto and Tasche, "Estimating probabilities of
 *         default for low default portfolios" (2005), section 4.
 */
double lowdefault_cdf(size_t d, size_t n, double pd, double rho);

/*
 * The most prudent PD at confidence `level`: the pd with P(D <= d) = 1 - level;
 * 1 for d = n.
 * Errors  ERR_DOMAIN for a level outside (0, 1) or numbers outside their own.
 * Source  Pluto and Tasche, sections 2 to 4; for rho = 0 Clopper and Pearson,
 *         Biometrika 26 (1934).
 */
MUST_USE ErrCode lowdefault_bound(double *out, size_t d, size_t n, double rho,
                                  double level, Err *err);

/* What the PD is believed to be before any default is seen. */
typedef enum {
    LOWDEFAULT_UNIFORM,      /* 1 on (0, 1) */
    LOWDEFAULT_JEFFREYS,     /* 1 / sqrt(p (1 - p)) */
    LOWDEFAULT_CONSERVATIVE, /* 1 / (1 - p): bounds as without a prior */
} LowPrior;

typedef struct {
    double mean;      /* of the PD given what was seen */
    double low, high; /* PD below which 1 - level, and level, of it lie */
} LowBelief;

/*
 * The PD after d of n defaulted.
 * Errors  ERR_DOMAIN as lowdefault_bound(), and for d = n with the
 *         conservative prior, which then has no finite weight.
 * Cost    rho = 0: closed form; else 2,000 quadratures.
 * Source  Tasche, "Bayesian estimation of probabilities of default for low
 *         default portfolios", Journal of Risk Management in Financial
 *         Institutions 6 (2013).
 */
MUST_USE ErrCode lowdefault_belief(LowBelief *out, size_t d, size_t n,
                                   double rho, double level, LowPrior prior,
                                   Err *err);

#endif
