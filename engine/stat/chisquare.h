/* chisquare.h - the chi-square distribution by basic operations alone: the same
 * bits on every processor, compiler and instruction set.
 */
#ifndef STAT_CHISQUARE_H
#define STAT_CHISQUARE_H

/*
 * The value v that a chi-square variable of `nu` degrees of freedom stays below
 * as often as a standard normal one stays below z: a quantile of which both
 * tails are whole.  Relative error below 1e-12.
 *
 * z   in [-37, 37].
 * nu  in [1, 1000]; need not be whole.
 * Source: incomplete gamma function by its series and its continued fraction,
 * DLMF 8.11.4 and 8.9.2; Newton's method on the logarithm of a tail, which is
 * concave in ln v and so cannot go astray.
 */
double chisquare_at(double z, double nu);

/* The chance to stay below v > 0; the upper tail to its own last bits is not
 * to be had from it. */
double chisquare_cdf(double v, double nu);

/* v times the density at v > 0. */
double chisquare_density(double v, double nu);

/* ln Gamma(a), a > 0, absolute error below 1e-13 for a in [1/2, 501].
 * Source: Stirling's series, DLMF 5.11.1. */
double chisquare_log_gamma(double a);

#endif
