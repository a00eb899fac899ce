#include "stat/countfit.h"
#include "stat/counts.h"

enum { USE_SAMPLE = 0x63666974 };

/* One sample of the fit is at least as far off, fitted anew; one that cannot be
 * fitted is. */
static int is_far(const CountFit *fit, const double mean[], CountSeries c,
                  int64_t x[], Stream s)
{
    uint64_t next = 0;
    CountFit again;
    c.x = x;
    for (size_t i = 0; i < c.strata * c.periods; i++)
        x[i] = counts_mixed(mean[i / c.periods], fit->dispersion, s, &next);
    return countfit_of(&again, fit->is_mixed, &c, NULL) != OK ||
           again.pearson >= fit->pearson;
}

ErrCode countfit_chance(double *out, const CountFit *fit, const CountSeries *c,
                        size_t samples, uint64_t seed, int threads, Err *err)
{
    size_t far = 0;
    int failed = 0;
    double *mean = mem_new(c->strata, sizeof *mean);
    if (mean == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    countfit_means(mean, c);
#pragma omp parallel num_threads(threads) reduction(+ : far)                   \
    reduction(| : failed)
    {
        int64_t *x = mem_new(c->strata * c->periods, sizeof *x);
        failed |= x == NULL;
#pragma omp for schedule(dynamic, 1)
        for (size_t k = 0; k < samples; k++)
            if (x != NULL)
                far += is_far(
                    fit, mean, *c, x,
                    stream_new(seed, USE_SAMPLE + fit->is_mixed, (uint32_t)k));
        mem_free(x);
    }
    mem_free(mean);
    if (failed)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *out = (double)(1 + far) / (double)(1 + samples);
    return OK;
}
