#include "stat/beta.h"

#include <gsl/gsl_cdf.h>

double beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) /* neighbours */
            return high;
        if (gsl_cdf_beta_P(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
}
