/* ridge.h - logistic regression whose coefficients are held towards zero. */
#ifndef STAT_RIDGE_H
#define STAT_RIDGE_H

#include "stat/logit.h"

/*
 * The maximum of mean log likelihood - lambda / 2 * sum of b_j^2, b_j the
 * coefficient of column j divided by its standard deviation (by n); the
 * intercept is free.  By Newton's method, halving steps that do not climb.
 *
 * lambda  >= 0; above 0 there is always one finite maximum, unless a column is
 *         constant.
 * out     as by logit_fit(); covariance and `se` are the inverse of the
 *         penalised information, null_log_likelihood that of the share of
 *         events; log_likelihood is without the penalty.
 * Errors  ERR_DOMAIN as logit_fit() for the data, and when it does not
 *         converge; ERR_MEMORY.
 * Source  le Cessie, van Houwelingen, Applied Statistics 41 (1992).
 */
MUST_USE ErrCode ridge_fit(Logit *out, Arena *arena, const LogitData *data,
                           double lambda, int threads, Err *err);

#endif
