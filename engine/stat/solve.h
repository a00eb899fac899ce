/* solve.h - positive definite systems: factor once, then solve, invert and say
 * which column depends on which.
 */
#ifndef STAT_SOLVE_H
#define STAT_SOLVE_H

#include <stddef.h>

/*
 * a [n * n] symmetric; its lower triangle becomes L of a = L L', the rest
 * stays.  Returns n, or the first column that columns before it explain but
 * for `least` of its square; the rows before it are then L all the same.
 * Source  Golub, Van Loan, Matrix Computations, 4.2.
 */
size_t solve_factor(double a[], size_t n, double least);

/* After solve_factor(): x [n] becomes a^-1 x. */
void solve_with(double x[], const double a[], size_t n);

/* After solve_factor(): a becomes its inverse, both triangles. */
void solve_invert(double a[], size_t n);

/* After solve_factor(): the condition number in the 1-norm, estimated from
 * below.  work [3 n].  Source: Higham, ACM TOMS 14 (1988), by GSL. */
double solve_condition(const double a[], size_t n, double work[]);

/* After solve_factor() stopped at column j: the multiples c [j] of the columns
 * before it that make it up. */
void solve_relation(double c[], const double a[], size_t n, size_t j);

#endif
