#include "stat/root.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>

enum { MOST_STEPS = 200 };

int root_between(double *out, RootFunction *f, void *of, double low,
                 double high)
{
    gsl_function score = {f, of};
    int rc = GSL_CONTINUE;
    gsl_root_fsolver *s = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (s == NULL)
        return 0;
    if (gsl_root_fsolver_set(s, &score, low, high) != GSL_SUCCESS)
        rc = GSL_EINVAL;
    for (int i = 0; rc == GSL_CONTINUE && i < MOST_STEPS; i++) {
        rc = gsl_root_fsolver_iterate(s);
        if (rc == GSL_SUCCESS)
            rc = gsl_root_test_interval(gsl_root_fsolver_x_lower(s),
                                        gsl_root_fsolver_x_upper(s), 0, 1e-13);
    }
    *out = gsl_root_fsolver_root(s);
    gsl_root_fsolver_free(s);
    return rc == GSL_SUCCESS;
}
