#include "stat/vasicek.h"

#include "stat/normal.h"

#include <math.h>

/* Gauss-Legendre, 10 points: half of the abscissas and their weights.
 * Source: Abramowitz, Stegun, table 25.4. */
static const double points[][2] = {
    {0.14887433898163121089, 0.29552422471475287017},
    {0.43339539412924719080, 0.26926671930999635509},
    {0.67940956829902440623, 0.21908636251598204400},
    {0.86506336668898451073, 0.14945134915058059315},
    {0.97390652851717172008, 0.06667134430868813759},
};

enum { PANELS = 64 };

/* density of (h, k) at correlation s */
static double density(double h, double k, double s)
{
    double c = (1 - s) * (1 + s);
    double e = (h * h - 2 * s * h * k + k * k) / (2 * c);
    return e > 700 ? 0 : normal_exp(-e) / sqrt(c);
}

double vasicek_pair(double h, double k, double r)
{
    const double two_pi = 6.283185307179586;
    double sum = 0, half = r / (2 * PANELS);
    for (int p = 0; p < PANELS; p++)
        for (int i = 0; i < 10; i++) {
            double x = points[i / 2][0] * (i % 2 == 0 ? 1 : -1);
            sum += points[i / 2][1] * density(h, k, half * (2 * p + 1 + x));
        }
    return normal_cdf(h) * normal_cdf(k) + sum * half / two_pi;
}

double vasicek_var(double pd, double rho, double level)
{
    double x = normal_quantile(pd) + sqrt(rho) * normal_quantile(level);
    return normal_cdf(x / sqrt(1 - rho));
}

double vasicek_es(double pd, double rho, double level)
{
    double k = -normal_quantile(level);
    return vasicek_pair(normal_quantile(pd), k, sqrt(rho)) / (1 - level);
}

/* -1/2 d/dy [density x variance / slope] / density at the factor's quantile */
double vasicek_granularity(double pd, double rho, double level)
{
    double y = -normal_quantile(level), steep = sqrt(rho / (1 - rho));
    double z = (normal_quantile(pd) - sqrt(rho) * y) / sqrt(1 - rho);
    double p = normal_cdf(z), wide = p * (1 - p) / normal_density(z);
    return -0.5 * (y / steep * wide + 1 - 2 * p + z * wide);
}
