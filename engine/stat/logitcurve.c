#include "stat/logitcurve.h"

#include <string.h>

/* work: D_j one after another, V D_j likewise, and a row. */
size_t logitcurve_room(size_t terms)
{
    return 2 * terms * terms * terms + terms;
}

static double quadratic(const double v[], const double z[], size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n; k++)
            sum += z[j] * v[j * n + k] * z[k];
    return sum;
}

/* out gets -w a'' (z' V z) z z' / 2 of a row, D its w a' z_j z z'. */
static void add_row(double out[], double d[], const double z[], size_t n,
                    double first, double second)
{
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k <= j; k++) {
            double zz = z[j] * z[k];
            out[j * n + k] -= second * zz / 2;
            for (size_t l = 0; l < n; l++)
                d[(l * n + j) * n + k] += first * zz * z[l];
        }
}

/* Upper triangles as the lower ones. */
static void mirror(double a[], size_t n)
{
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < j; k++)
            a[k * n + j] = a[j * n + k];
}

static void multiply(double out[], const double a[], const double b[], size_t n)
{
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n; k++) {
            double sum = 0;
            for (size_t l = 0; l < n; l++)
                sum += a[j * n + l] * b[l * n + k];
            out[j * n + k] = sum;
        }
}

static double trace_of_product(const double a[], const double b[], size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n; k++)
            sum += a[j * n + k] * b[k * n + j];
    return sum;
}

void logitcurve_of(double out[], const LogitPass *pass, const double inverse[],
                   const double index[], double work[])
{
    size_t n = pass->terms, square = n * n;
    double *d = work, *vd = work + n * square, *z = work + 2 * n * square;
    memcpy(out, pass->information, square * sizeof *out);
    memset(d, 0, n * square * sizeof *d);
    for (size_t i = 0; i < pass->data->n; i++) {
        const double *w = pass->data->weight;
        double p = logitpass_chance(pass, index, i), a = p * (1 - p);
        double wa = (w == NULL ? 1 : w[i]) * a;
        logitpass_row(z, pass, i);
        add_row(out, d, z, n, wa * (1 - 2 * p),
                wa * (1 - 6 * a) * quadratic(inverse, z, n));
    }
    for (size_t j = 0; j < n; j++) {
        mirror(d + j * square, n);
        multiply(vd + j * square, inverse, d + j * square, n);
    }
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k <= j; k++)
            out[j * n + k] +=
                trace_of_product(vd + j * square, vd + k * square, n) / 2;
    mirror(out, n);
}
