#include "stat/betarank.h"

#include "stat/chisquare.h"
#include "stat/normal.h"

#include <math.h>

#define LAST_BIT 0x1p-53

enum { MOST_TERMS = 2000, MOST_STEPS = 100 };

double betarank_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), h = d;
    for (int i = 1; i < MOST_TERMS; i++) {
        double even = i * (b - i) * x / ((a + 2 * i - 1) * (a + 2 * i));
        double odd =
            -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        h *= c * d;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        h *= c * d;
        if (fabs(c * d - 1) <= 2 * LAST_BIT)
            break;
    }
    return h;
}

double betarank_log_beta(double a, double b)
{
    return chisquare_log_gamma(a) + chisquare_log_gamma(b) -
           chisquare_log_gamma(a + b);
}

static double exp_of(double x)
{
    return x > -700 ? normal_exp(x) : 0;
}

/* ln(1 + e^s) */
static double log_more(double s)
{
    return s > 0 ? s + normal_log(1 + exp_of(-s)) : normal_log(1 + exp_of(s));
}

double betarank_value(double logit)
{
    return logit < 0 ? exp_of(logit) / (1 + exp_of(logit))
                     : 1 / (1 + exp_of(-logit));
}

/* The lower tail at s, or the upper one; *density is that of s. */
static double tail_at(double *density, double s, double a, double b,
                      double log_beta, int is_upper)
{
    double x = betarank_value(s), more = log_more(s);
    double front = exp_of(a * (s - more) - b * more - log_beta);
    *density = front;
    if (x < (a + 1) / (a + b + 2)) {
        double lower = front * betarank_fraction(a, b, x) / a;
        return is_upper ? 1 - lower : lower;
    }
    double upper = front * betarank_fraction(b, a, betarank_value(-s)) / b;
    return is_upper ? upper : 1 - upper;
}

double betarank_at(double z, double a, double b, double start)
{
    int is_upper = z > 0;
    double log_beta = betarank_log_beta(a, b), s = start, density;
    double want = normal_log(normal_cdf(is_upper ? -z : z));
    for (int i = 0; i < MOST_STEPS; i++) {
        double tail = tail_at(&density, s, a, b, log_beta, is_upper);
        double step = (want - normal_log(tail)) * tail / density;
        s += is_upper ? -step : step;
        if (fabs(step) < 1e-13 * (1 + fabs(s)))
            break;
    }
    return s;
}

double betarank_sum(double mean, double sd)
{
    return mean * (1 - mean) / (sd * sd) - 1;
}

int betarank_exists(double mean, double sd)
{
    return mean > 0 && mean < 1 && betarank_sum(mean, sd) > 0.01;
}
