/* vasicek.h - the loss rate of an endless pool of equal loans, closed form. */
#ifndef STAT_VASICEK_H
#define STAT_VASICEK_H

/*
 * P(X < h, Y < k) of two standard normals with correlation r in (-1, 1),
 * absolute error below 1e-14 for |r| <= 0.99.
 * Source: Drezner, Wesolowsky, Journal of Statistical Computation and
 * Simulation 35 (1990), equation 3, by Gauss-Legendre panels.
 */
double vasicek_pair(double h, double k, double r);

/*
 * Share of loans in default at LGD 100%: chance pd in (0, 1) each, asset
 * correlation rho in (0, 1), level in (0, 1).
 * Source: Vasicek, "The distribution of loan portfolio value", Risk, 2002;
 * ES is P(X < Phi^-1(pd), Y < Phi^-1(1 - level)) / (1 - level) at sqrt(rho).
 */
double vasicek_var(double pd, double rho, double level);
double vasicek_es(double pd, double rho, double level);

/*
 * What the quantile of the share gains for a pool that is not endless, a unit
 * of its concentration (sum of squared weights; 1/n for n equal loans).
 * Source: Gordy, "A risk-factor model foundation for ratings-based bank capital
 * rules", Journal of Financial Intermediation 12 (2003), equation 13;
 * derivatives worked out for Vasicek's model.
 */
double vasicek_granularity(double pd, double rho, double level);

#endif
