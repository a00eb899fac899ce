/* nearest.h - correlation matrices: whether a matrix is one, the nearest that
 * is, and a root to draw by.
 *
 * Matrices are symmetric, [n * n] by rows, with ones on the diagonal.
 */
#ifndef STAT_NEAREST_H
#define STAT_NEAREST_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>

/* Least eigenvalues down to minus this are taken for nothing. */
#define NEAREST_NOTHING 1e-9

/* *out is the least eigenvalue: a is a correlation matrix when it is not below
 * -NEAREST_NOTHING.  ERR_MEMORY.  Cost  n^3. */
MUST_USE ErrCode nearest_least(double *out, const double a[], size_t n,
                               Err *err);

/*
 * The correlation matrix whose distance from a is least, the distance being the
 * root of the sum of squared differences; entries rounded to 12 digits behind
 * the point.
 * ERR_DOMAIN when 10,000 rounds do not settle; ERR_MEMORY.
 * Source  Higham, "Computing the nearest correlation matrix - a problem from
 * finance", IMA Journal of Numerical Analysis 22 (2002), algorithm 3.3:
 * alternating projections with Dykstra's correction; eigenvectors by GSL.
 */
MUST_USE ErrCode nearest_correlation(double out[], double *distance,
                                     const double a[], size_t n, Err *err);

/* The lower triangle L with L L' = a, for a correlation matrix, which may be
 * singular; entries above the diagonal are 0.  By basic operations alone. */
void nearest_root(double root[], const double a[], size_t n);

#endif
