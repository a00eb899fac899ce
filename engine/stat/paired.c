#include "stat/paired.h"

#include <math.h>

#define Z_95 1.9599639845400545 /* Phi^-1(0.975) */

void paired_mean(double influence[], const int64_t x[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        influence[i] = (double)x[i];
}

void paired_var(double influence[], const int64_t x[], size_t n, Level level,
                Figure var)
{
    double a = level_value(level);
    double se = (var.high - var.low) / (2 * Z_95);
    double inverse_density = se * sqrt((double)n / (a * (1 - a)));
    for (size_t i = 0; i < n; i++)
        influence[i] = var.value + (a - ((double)x[i] <= var.value ? 1 : 0)) *
                                       inverse_density;
}

void paired_es(double influence[], const int64_t x[], size_t n, Level level,
               Figure var)
{
    double tail = 1 - level_value(level);
    for (size_t i = 0; i < n; i++) {
        double beyond = (double)x[i] - var.value;
        influence[i] = var.value + (beyond > 0 ? beyond : 0) / tail;
    }
}

Figure paired_change(double change, const double from[], const double to[],
                     size_t n)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        mean += to[i] - from[i];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) {
        double d = to[i] - from[i] - mean;
        square += d * d;
    }
    double se = sqrt(square / (double)(n - 1) / (double)n);
    return sample_figure(change, se);
}
