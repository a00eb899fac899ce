#include "stat/counts.h"

#include "stat/chisquare.h"
#include "stat/normal.h"

#include <math.h>

#define PART_MOST        512.0
#define DISPERSION_LEAST 0.002 /* by the gamma distribution itself */

/* The least k with P(N <= k) >= u, by adding up from where nothing lies below
 * that a double would notice. */
static int64_t invert(double mean, double u)
{
    double k = floor(mean - 9 * sqrt(mean) - 9);
    k = k > 0 ? k : 0;
    double p =
        normal_exp(k * normal_log(mean) - mean - chisquare_log_gamma(k + 1));
    double sum = p;
    while (sum < u && (p > 0x1p-80 || k < mean)) {
        k += 1;
        p *= mean / k;
        sum += p;
    }
    return (int64_t)k;
}

int64_t counts_poisson(double mean, Stream s, uint64_t *next)
{
    int64_t n = 0;
    double parts = ceil(mean / PART_MOST);
    for (double i = 0; i < parts; i++)
        n += invert(mean / parts, normal_uniform(stream_word(s, (*next)++)));
    return n;
}

/* A gamma variable of mean 1 whose rank is that of a standard normal z. */
static double gamma_at(double z, double dispersion)
{
    double h = dispersion / 9, root = 1 - h + z * sqrt(h);
    return dispersion < DISPERSION_LEAST
               ? root * root * root
               : chisquare_at(z, 2 / dispersion) * (dispersion / 2);
}

int64_t counts_mixed(double mean, double dispersion, Stream s, uint64_t *next)
{
    if (dispersion > 0) {
        double u = normal_uniform(stream_word(s, (*next)++));
        mean *= gamma_at(normal_quantile(u), dispersion);
    }
    return counts_poisson(mean, s, next);
}
