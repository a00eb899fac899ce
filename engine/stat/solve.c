#include "stat/solve.h"

#include <gsl/gsl_linalg.h>

#include <math.h>
#include <string.h>

size_t solve_factor(double a[], size_t n, double least)
{
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n, rest = row[i], whole = row[i];
        for (size_t j = 0; j < i; j++) {
            const double *other = a + j * n;
            double sum = row[j];
            for (size_t m = 0; m < j; m++)
                sum -= row[m] * other[m];
            row[j] = sum / other[j];
            rest -= row[j] * row[j];
        }
        if (!(rest > least * whole))
            return i;
        row[i] = sqrt(rest);
    }
    return n;
}

void solve_with(double x[], const double a[], size_t n)
{
    gsl_matrix_const_view m = gsl_matrix_const_view_array(a, n, n);
    gsl_vector_view v = gsl_vector_view_array(x, n);
    gsl_linalg_cholesky_svx(&m.matrix, &v.vector);
}

void solve_invert(double a[], size_t n)
{
    gsl_matrix_view m = gsl_matrix_view_array(a, n, n);
    gsl_linalg_cholesky_invert(&m.matrix);
}

double solve_condition(const double a[], size_t n, double work[])
{
    double reciprocal = 0;
    gsl_matrix_const_view m = gsl_matrix_const_view_array(a, n, n);
    gsl_vector_view w = gsl_vector_view_array(work, 3 * n);
    gsl_linalg_cholesky_rcond(&m.matrix, &reciprocal, &w.vector);
    return 1 / reciprocal;
}

void solve_relation(double c[], const double a[], size_t n, size_t j)
{
    memcpy(c, a + j * n, j * sizeof *c);
    for (size_t i = j; i-- > 0;) {
        for (size_t m = i + 1; m < j; m++)
            c[i] -= a[m * n + i] * c[m];
        c[i] /= a[i * n + i];
    }
}
