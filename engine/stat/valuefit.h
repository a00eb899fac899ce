/* valuefit.h - distributions of positive values by maximum likelihood, and how
 * well they fit.  Basic operations and GSL's root finder, which has no others.
 */
#ifndef STAT_VALUEFIT_H
#define STAT_VALUEFIT_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

/* X(name, word, first parameter, second); k are shapes, theta and lambda scales
 */
#define VALUE_FITS(X)                                                          \
    X(FIT_LOGNORMAL, "lognormal", "mu", "sigma")                               \
    X(FIT_GAMMA, "gamma", "k", "theta")                                        \
    X(FIT_WEIBULL, "weibull", "k", "lambda")                                   \
    X(FIT_PARETO, "pareto", "xi", "sigma") /* generalised, from 0 on */

typedef enum {
#define X(name, word, first, second) name,
    VALUE_FITS(X)
#undef X
        FITS
} FitKind;

typedef struct {
    FitKind kind;
    double a, b; /* parameters, in the order of the list */
    double log_likelihood, aic;
} ValueFit;

/*
 * The most likely parameters.
 *
 * x    [n] rising, above 0, not all equal; n >= 10.
 * work [n]
 * ERR_DOMAIN when x is none such, or no maximum is found within xi in (-1/2,
 * 10], a shape in [0.02, 500].
 * Source  gamma: Johnson, Kotz, Balakrishnan, Continuous Univariate
 *         Distributions 1 (1994), 17.7; Weibull: 21.4; generalised Pareto: the
 *         profile of Grimshaw, Technometrics 35 (1993).  Parameters meet the
 *         equations of the maximum to 1e-12.
 * Cost    some 0.2 to 1 us a value.
 */
MUST_USE ErrCode valuefit_of(ValueFit *out, FitKind kind, const double x[],
                             size_t n, double work[], Err *err);

double valuefit_cdf(const ValueFit *fit, double x);      /* x > 0 */
double valuefit_quantile(const ValueFit *fit, double p); /* p in (0, 1) */

/* Kolmogorov's and Smirnov's D, Anderson's and Darling's A squared, of values
 * x[n] that rise. */
typedef struct {
    double ks, ad;
} FitDistance;

FitDistance valuefit_distance(const ValueFit *fit, const double x[], size_t n);

/*
 * The chance of distances at least as large when the fit is the truth, from
 * `samples` samples of it, each fitted anew: (1 + as large) / (1 + samples).
 * Source  Stute, Gonzales, Presedo, Metrika 40 (1993).  ERR_MEMORY.
 */
MUST_USE ErrCode valuefit_chance(FitDistance *out, const ValueFit *fit,
                                 FitDistance seen, size_t n, size_t samples,
                                 uint64_t seed, int threads, Err *err);

const char *valuefit_word(FitKind kind);
const char *valuefit_parameter(FitKind kind, int second);

#endif
