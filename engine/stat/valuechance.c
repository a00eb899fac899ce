#include "stat/normal.h"
#include "stat/stream.h"
#include "stat/valuefit.h"

#include <math.h>
#include <stdlib.h>

enum { USE_SAMPLE = 0x76666974 };

static double within(double p)
{
    return p < 1e-300 ? 1e-300 : p > 1 - 0x1p-53 ? 1 - 0x1p-53 : p;
}

FitDistance valuefit_distance(const ValueFit *fit, const double x[], size_t n)
{
    FitDistance d = {0, 0};
    double m = (double)n, sum = 0;
    for (size_t i = 0; i < n; i++) {
        double p = within(valuefit_cdf(fit, x[i]));
        double above = (double)(i + 1) / m - p, below = p - (double)i / m;
        d.ks = above > d.ks ? above : d.ks;
        d.ks = below > d.ks ? below : d.ks;
        sum += (double)(2 * i + 1) * normal_log(p) +
               (double)(2 * (n - i) - 1) * normal_log(1 - p);
    }
    d.ad = -m - sum / m;
    return d;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* One sample of the fit, fitted anew; a sample that cannot be fitted counts as
 * one that is far off. */
static FitDistance sample_distance(const ValueFit *fit, double x[],
                                   double work[], size_t n, Stream s)
{
    ValueFit again;
    for (size_t i = 0; i < n; i++)
        x[i] = valuefit_quantile(fit, normal_uniform(stream_word(s, i)));
    qsort(x, n, sizeof *x, by_value);
    if (valuefit_of(&again, fit->kind, x, n, work, NULL) != OK)
        return (FitDistance){(double)INFINITY, (double)INFINITY};
    return valuefit_distance(&again, x, n);
}

ErrCode valuefit_chance(FitDistance *out, const ValueFit *fit, FitDistance seen,
                        size_t n, size_t samples, uint64_t seed, int threads,
                        Err *err)
{
    size_t far_ks = 0, far_ad = 0;
    int failed = 0;
#pragma omp parallel num_threads(threads)                                      \
    reduction(+ : far_ks, far_ad) reduction(| : failed)
    {
        double *x = mem_new(2 * n, sizeof *x);
        failed |= x == NULL;
#pragma omp for schedule(dynamic, 1)
        for (size_t k = 0; k < samples; k++)
            if (x != NULL) {
                FitDistance d = sample_distance(
                    fit, x, x + n, n,
                    stream_new(seed, USE_SAMPLE + fit->kind, (uint32_t)k));
                far_ks += d.ks >= seen.ks;
                far_ad += d.ad >= seen.ad;
            }
        mem_free(x);
    }
    if (failed)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *out = (FitDistance){(double)(1 + far_ks) / (double)(1 + samples),
                         (double)(1 + far_ad) / (double)(1 + samples)};
    return OK;
}
