/* beta.h - quantiles of the beta distribution. */
#ifndef STAT_BETA_H
#define STAT_BETA_H

/*
 * The x with P(X <= x) = p, X beta (a, b).
 * p     in (0, 1); a, b > 0.
 * Cost  some sixty values of the distribution function: halving is sure to
 *       end, where GSL's own inverse (2.7.1) gives NaN for some a and b, such
 *       as 3.5 and 297.5 at .975.
 */
double beta_quantile(double p, double a, double b);

#endif
