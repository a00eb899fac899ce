/* student.h - Student's t distribution by basic operations alone: the same bits
 * on every processor, compiler and instruction set.
 */
#ifndef STAT_STUDENT_H
#define STAT_STUDENT_H

/*
 * The value that a t variable of `nu` degrees of freedom stays below with
 * chance p; relative error below 1e-12 for p in [1e-100, 1/2], and what 1e-100
 * has below that.  -inf at 0, inf at 1, NaN outside [0, 1].
 *
 * nu  in [1, 1000]; need not be whole.
 * Source: incomplete beta function by its continued fraction, DLMF 8.17.22;
 * Newton's method on the logarithm of the tail, which is concave in ln t.
 */
double student_quantile(double p, double nu);

/* The chance to stay below -t, t > 0. */
double student_tail(double t, double nu);

#endif
