/* betarank.h - the beta distribution by basic operations alone: the same bits
 * on every processor, compiler and instruction set.
 */
#ifndef STAT_BETARANK_H
#define STAT_BETARANK_H

/*
 * ln(x / (1 - x)) of the x that a beta variable (a, b) stays below as often as
 * a standard normal one stays below z: both tails are whole.
 *
 * z      in [-37, 37].
 * a, b   in (0, 1e6].
 * start  where Newton's method starts: such a value of a near z, or
 *        ln(a / b).
 * Source: the logarithms of both tails are concave in ln(x / (1 - x)), so that
 * Newton's method on that of the smaller one cannot go astray.
 */
double betarank_at(double z, double a, double b, double start);

/* x of ln(x / (1 - x)). */
double betarank_value(double logit);

/* Whether there is a distribution of that mean and standard deviation, with
 * a + b above 0.01: below it all is 0 or 1. */
int betarank_exists(double mean, double sd);

/* a + b of mean and standard deviation. */
double betarank_sum(double mean, double sd);

/* The regularised incomplete beta function I_x(a, b) without its front
 * x^a (1 - x)^b / (a B(a, b)), for x < (a + 1)/(a + b + 2).
 * Source: continued fraction DLMF 8.17.22, by Lentz's method. */
double betarank_fraction(double a, double b, double x);

/* ln B(a, b) */
double betarank_log_beta(double a, double b);

#endif
