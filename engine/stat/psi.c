#include "stat/psi.h"

#include "stat/normal.h"

#include <gsl/gsl_cdf.h>

#include <math.h>
#include <stdlib.h>

static double sum_of(const double x[], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

Psi psi_of(double part[], const double actual[], const double expected[],
           size_t n)
{
    static const double HALF = 0.5;
    double all[2] = {sum_of(actual, n), sum_of(expected, n)};
    Psi out = {0};
    for (size_t i = 0; i < n; i++) {
        double a = (actual[i] > 0 ? actual[i] : HALF) / all[0];
        double e = (expected[i] > 0 ? expected[i] : HALF) / all[1];
        int used = actual[i] > 0 || expected[i] > 0;
        double add = used ? (a - e) * normal_log(a / e) : 0;
        if (part != NULL)
            part[i] = add;
        out.value += add;
        out.bins += (size_t)used;
    }
    if (!(all[0] > 0 && all[1] > 0))
        return (Psi){(double)NAN, (double)NAN, out.bins};
    if (out.bins > 1)
        out.chance = (1 / all[0] + 1 / all[1]) *
                     gsl_cdf_chisq_Pinv(0.95, (double)out.bins - 1);
    return out;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

ErrCode psi_cuts(double cuts[], size_t *ncuts, const double x[], size_t n,
                 size_t bins, Err *err)
{
    size_t known = 0, k = 0;
    double *sorted = mem_new(n + 1, sizeof *sorted);
    if (sorted == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to bin %zu values", n);
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]))
            sorted[known++] = x[i];
    qsort(sorted, known, sizeof *sorted, by_value);
    for (size_t b = 1; b < bins && known > 0; b++) {
        double cut = sorted[known * b / bins];
        if (cut > sorted[0] && (k == 0 || cut > cuts[k - 1]))
            cuts[k++] = cut;
    }
    *ncuts = k;
    mem_free(sorted);
    return OK;
}

size_t psi_bin(const double cuts[], size_t n, double x)
{
    size_t bin = 0;
    while (bin < n && cuts[bin] <= x)
        bin++;
    return bin;
}
