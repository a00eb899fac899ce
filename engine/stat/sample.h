/* sample.h - what a sample of losses says of their distribution, each figure
 * with its standard error or 95% interval.
 */
#ifndef STAT_SAMPLE_H
#define STAT_SAMPLE_H

#include "core/err.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    double value;
    double se;        /* standard error; NaN where an interval stands for it, or
                         where the sample does not reach */
    double low, high; /* 95% interval; NaN where the sample does not reach */
} Figure;

/* The figure with the interval of a normal error, 1.96 se to either side. */
Figure sample_figure(double value, double se);

/* The same of an error that so many numbers tell: Student's interval, and
 * neither where they are fewer than two. */
Figure sample_told(double value, double se, double told);

/* A level as the exact decimal that was written: 0.999 is 999 / 1000. */
typedef struct {
    int64_t part, whole;
} Level;

/* Read "0.999" (or "99.9%"): strictly between 0 and 1, at most 9 decimals.
 * ERR_DOMAIN, ERR_INPUT. */
MUST_USE ErrCode level_parse(Level *out, const char *text, Err *err);
double level_value(Level level);

/* A share of k among n, with the standard error of a binomial count; where
 * k is 0 or n that is 0, and the interval is Wilson's, which is not. */
Figure sample_share(uint64_t k, uint64_t n);

/* Mean and standard deviation of x[n], n >= 2, in any order.  The deviation's
 * error is by the fourth moment. */
Figure sample_mean(const int64_t x[], size_t n);
Figure sample_sd(const int64_t x[], size_t n);

/* Index from 0 of rank ceil(level n). */
size_t sample_rank(size_t n, Level level);

/* The value of rank ceil(level n), so that level of the sample does not exceed
 * it, with the interval between the order statistics whose ranks lie 1.96
 * binomial deviations to either side.  `sorted` [n] rises. */
Figure sample_var(const int64_t sorted[], size_t n, Level level);

/* VaR + mean of what lies above it / (1 - level).  Its variance is
 * (variance beyond VaR + level (ES - VaR)^2) / (n (1 - level)); its interval
 * that of Student's t with n (1 - level) - 1 degrees of freedom, as a variance
 * of few numbers is too small more often than too large.
 * Neither where less than two numbers are beyond the level.
 * Source: Manistre, Hancock, "Variance of the CTE estimator", NAAJ 9 (2005).
 */
Figure sample_es(const int64_t sorted[], size_t n, Level level);

/* A mean of what is beyond the level, of n (1 - level) numbers of that
 * variance, `edge` being what is expected at VaR itself: what sample_es() is of
 * losses, of anything that a loss is made of (its contribution).  Its variance
 * is (variance + level (value - edge)^2) / (n (1 - level)), as VaR is estimated
 * too. */
Figure sample_tail(double value, double variance, double edge, size_t n,
                   Level level);

/* Mean of numbers 1 to n, of which there are count[0] ... count[n - 1], with
 * Student's interval; NaN where there are none, and less than two for it. */
Figure sample_counts(const uint64_t count[], size_t n);

/* VaR less the mean, the unexpected loss.  Each end of its interval joins those
 * of the two by r = sqrt((1 - level) / level) (mean beyond VaR - mean) / sd,
 * the correlation of a loss with whether it is beyond VaR, which is that of the
 * two estimates.  NaN where VaR's interval has no end.
 * Source: Zou, Donner, "Construction of confidence limits about effect
 * measures", Statistics in Medicine 27 (2008), equation 7.
 */
Figure sample_ul(const int64_t sorted[], size_t n, Level level);

#endif
