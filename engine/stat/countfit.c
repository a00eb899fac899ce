#include "stat/countfit.h"

#include "stat/chisquare.h"
#include "stat/normal.h"
#include "stat/root.h"

#include <math.h>

#define DISPERSION_LEAST 1e-6                  /* below it is Poisson */
#define DROP             1.9207294103470629792 /* half of chi-square's 95% */

/* What the likelihood hangs on: with above[j] numbers larger than j, the
 * product of x + 1/d - 1 down to 1/d over all numbers is one of 1 + d j. */
typedef struct {
    const CountSeries *series;
    double *mean;    /* [strata] */
    uint32_t *above; /* [most] */
    size_t most;     /* the largest number */
    double logs;     /* sum of ln x! */
    double target;   /* of drop_at() */
} Seen;

void countfit_means(double mean[], const CountSeries *c)
{
    for (size_t s = 0; s < c->strata; s++) {
        double sum = 0;
        for (size_t t = 0; t < c->periods; t++)
            sum += (double)c->x[s * c->periods + t];
        mean[s] = sum / (double)c->periods;
    }
}

static void seen_close(Seen *v)
{
    mem_free(v->mean);
    mem_free(v->above);
}

static ErrCode seen_open(Seen *v, const CountSeries *c, Err *err)
{
    size_t n = c->strata * c->periods;
    *v = (Seen){.series = c};
    for (size_t i = 0; i < n; i++)
        v->most = (size_t)c->x[i] > v->most ? (size_t)c->x[i] : v->most;
    v->mean = mem_new(c->strata + 1, sizeof *v->mean);
    v->above = mem_new(v->most + 1, sizeof *v->above);
    if (v->mean == NULL || v->above == NULL) {
        seen_close(v);
        return FAIL(err, ERR_MEMORY, "out of memory");
    }
    countfit_means(v->mean, c);
    for (size_t i = 0; i < n; i++) {
        v->logs += chisquare_log_gamma((double)c->x[i] + 1);
        if (c->x[i] > 0)
            v->above[c->x[i] - 1]++;
    }
    for (size_t j = v->most; j-- > 1;)
        v->above[j - 1] += v->above[j];
    return OK;
}

/* ln L at a dispersion d; at 0 of the Poisson distribution. */
static double likelihood_at(double d, const Seen *v)
{
    double sum = -v->logs, periods = (double)v->series->periods;
    for (size_t j = 0; d > 0 && j < v->most; j++)
        sum += v->above[j] * normal_log(1 + d * (double)j);
    for (size_t s = 0; s < v->series->strata; s++) {
        double m = v->mean[s];
        if (!(m > 0))
            continue;
        sum += periods * m * normal_log(m);
        sum -=
            d > 0 ? periods * (m + 1 / d) * normal_log(1 + d * m) : periods * m;
    }
    return sum;
}

/* Its derivative; Lawless (1987), (2.6), with the means put in. */
static double score_at(double d, void *of)
{
    const Seen *v = of;
    double sum = 0, periods = (double)v->series->periods;
    for (size_t j = 1; j < v->most; j++)
        sum += v->above[j] * ((double)j / (1 + d * (double)j));
    for (size_t s = 0; s < v->series->strata; s++) {
        double m = v->mean[s];
        sum += periods * (normal_log(1 + d * m) / d - m) / d;
    }
    return sum;
}

static double drop_at(double d, void *of)
{
    const Seen *v = of;
    return likelihood_at(d, v) - v->target;
}

/* Where the likelihood falls by half of 3.84 to either side. */
static void find_interval(CountFit *f, Seen *v)
{
    v->target = f->log_likelihood - DROP;
    if (f->dispersion <= 0 || drop_at(DISPERSION_LEAST, v) >= 0 ||
        !root_between(&f->low, drop_at, v, DISPERSION_LEAST, f->dispersion))
        f->low = 0;
    if (!root_between(&f->high, drop_at, v,
                      f->dispersion > 0 ? f->dispersion : DISPERSION_LEAST,
                      COUNTFIT_DISPERSION_MOST))
        f->high = (double)NAN;
}

static double pearson_of(const CountFit *f, const Seen *v)
{
    double sum = 0;
    size_t periods = v->series->periods;
    for (size_t i = 0; i < v->series->strata * periods; i++) {
        double m = v->mean[i / periods], off = (double)v->series->x[i] - m;
        if (m > 0)
            sum += off * off / (m + f->dispersion * m * m);
    }
    return sum;
}

static ErrCode find_dispersion(CountFit *f, Seen *v, Err *err)
{
    if (score_at(DISPERSION_LEAST, v) <= 0)
        return OK;
    if (score_at(COUNTFIT_DISPERSION_MOST, v) > 0 ||
        !root_between(&f->dispersion, score_at, v, DISPERSION_LEAST,
                      COUNTFIT_DISPERSION_MOST))
        return FAIL(err, ERR_DOMAIN,
                    "numbers vary more than a negative binomial distribution "
                    "of dispersion 2 does");
    return OK;
}

ErrCode countfit_of(CountFit *out, int is_mixed, const CountSeries *c, Err *err)
{
    ErrCode rc = OK;
    Seen v;
    CountFit f = {
        .is_mixed = is_mixed, .low = (double)NAN, .high = (double)NAN};
    TRY(seen_open(&v, c, err));
    if (v.most == 0)
        rc =
            FAIL(err, ERR_DOMAIN, "numbers to fit a distribution to are all 0");
    if (rc == OK && is_mixed)
        rc = find_dispersion(&f, &v, err);
    if (rc == OK) {
        f.log_likelihood = likelihood_at(f.dispersion, &v);
        f.aic =
            2 * (double)(c->strata + (size_t)is_mixed) - 2 * f.log_likelihood;
        f.pearson = pearson_of(&f, &v);
        if (is_mixed)
            find_interval(&f, &v);
        *out = f;
    }
    seen_close(&v);
done:
    return rc;
}
