#include "stat/odds.h"

#include "stat/normal.h"

#include <math.h>

double odds_log(double p)
{
    return normal_log(p) - normal_log(1 - p);
}

double odds_chance(double x)
{
    static const double FAR = 690; /* e^FAR is still a number */
    if (x > FAR)
        return 1;
    return x < -FAR ? 0 : 1 / (1 + normal_exp(-x));
}

typedef struct {
    double mean, slope;
} Mean;

static Mean mean_at(double a, const double x[], const double weight[], size_t n)
{
    Mean m = {0};
    double weights = 0;
    for (size_t i = 0; i < n; i++) {
        double w = weight == NULL ? 1 : weight[i], p = odds_chance(a + x[i]);
        m.mean += w * p;
        m.slope += w * p * (1 - p);
        weights += w;
    }
    return (Mean){m.mean / weights, m.slope / weights};
}

/* Where `low` gives less than the mean and `high` more. */
static ErrCode bracket(double *low, double *high, const double x[], size_t n,
                       double mean, Err *err)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]))
            return FAIL(err, ERR_DOMAIN,
                        "case %zu has a PD of 0 or 1, which no shift of odds "
                        "moves",
                        i + 1);
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
    }
    *low = odds_log(mean) - most - 1;
    *high = odds_log(mean) - least + 1;
    return OK;
}

ErrCode odds_shift(double *out, const double x[], const double weight[],
                   size_t n, double mean, Err *err)
{
    enum { STEPS = 200 };
    double low = 0, high = 0;
    if (!(mean > 0 && mean < 1) || n == 0)
        return FAIL(err, ERR_DOMAIN,
                    "no shift of odds gives %zu cases the mean PD %g", n, mean);
    ErrCode rc = bracket(&low, &high, x, n, mean, err);
    double a = low + (high - low) / 2;
    for (int step = 0; rc == OK && step < STEPS && low < high; step++) {
        Mean m = mean_at(a, x, weight, n);
        if (m.mean < mean)
            low = a;
        else
            high = a;
        double next = a + (mean - m.mean) / m.slope;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - a) <= 1e-15 * (1 + fabs(a)))
            break;
        a = next;
    }
    *out = a;
    return rc;
}
