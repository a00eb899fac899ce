#include "stat/gradetest.h"

#include "stat/beta.h"
#include "stat/lowdefault.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

static GradeLight light_of(double p)
{
    if (p < 0.01)
        return GRADETEST_RED;
    return p < 0.05 ? GRADETEST_YELLOW : GRADETEST_GREEN;
}

GradeTest gradetest_of(size_t n, size_t d, double pd, double rho)
{
    double all = (double)n, a = (double)d + 0.5, b = (double)(n - d) + 0.5;
    GradeTest t = {.rate = (double)d / all, .correlated = (double)NAN};
    t.binomial = d == 0 ? 1 : gsl_cdf_beta_P(pd, (double)d, b + 0.5);
    if (rho > 0)
        t.correlated = d == 0 ? 1 : 1 - lowdefault_cdf(d - 1, n, pd, rho);
    t.jeffreys = gsl_cdf_beta_P(pd, a, b);
    t.z = (t.rate - pd) / sqrt(pd * (1 - pd) / all);
    t.low = d == 0 ? 0 : beta_quantile(0.025, a, b);
    t.high = d == n ? 1 : beta_quantile(0.975, a, b);
    t.light = light_of(t.jeffreys);
    return t;
}
