#include "pool/mixing.h"

#include "stat/chisquare.h"
#include "stat/normal.h"

#include <math.h>

enum {
    RANGE = 9,
    PER_UNIT = 32, /* a power of two, so nodes are exact */
    NODES = 2 * RANGE * PER_UNIT + 1
};

double mixing_weight(double z, double nu)
{
    return nu == 0 ? 1 : sqrt(chisquare_at(z, nu) / nu);
}

ErrCode mixing_new(Mixing *out, Arena *arena, double nu, Err *err)
{
    double *value = arena_alloc(arena, NODES, sizeof *value);
    double *slope = arena_alloc(arena, NODES, sizeof *slope);
    if (value == NULL || slope == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    for (int i = 0; i < NODES; i++) {
        double z = (double)i / PER_UNIT - RANGE, v = chisquare_at(z, nu);
        value[i] = normal_log(v / nu) / 2;
        slope[i] = normal_density(z) / chisquare_density(v, nu) / 2;
    }
    *out = (Mixing){nu, value, slope};
    return OK;
}

void mixing_weights(double w[], const Mixing *m, const double z[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double x = (z[i] + RANGE) * PER_UNIT;
        size_t k = (size_t)x;
        double t = x - (double)k, u = 1 - t;
        double rise = m->log[k + 1] - m->log[k];
        double a = m->slope[k] / PER_UNIT - rise;
        double b = rise - m->slope[k + 1] / PER_UNIT;
        w[i] = normal_exp(u * m->log[k] + t * m->log[k + 1] +
                          t * u * (u * a + t * b));
    }
}
