#include "stat/lowdefault.h"

#include "stat/beta.h"
#include "stat/normal.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>

#include <math.h>

static const double END = 9; /* deviations: a chance of 1e-19 lies beyond */

/* P(D <= d), D binomial: the upper tail of a beta. */
static double binomial_cdf(size_t d, size_t n, double p)
{
    if (d >= n || p <= 0)
        return 1;
    return p >= 1 ? 0 : gsl_cdf_beta_Q(p, (double)d + 1, (double)(n - d));
}

typedef struct {
    size_t d, n;
    double threshold, loading, rest; /* Phi^-1(pd), sqrt(rho), sqrt(1 - rho) */
} Pool;

static double given_factor(double y, void *pool)
{
    const Pool *p = pool;
    double pd = normal_cdf((p->threshold - p->loading * y) / p->rest);
    return normal_density(y) * binomial_cdf(p->d, p->n, pd);
}

/* The factor at which as many default as did: around it the integrands turn,
 * so it is an end of both parts and cannot be overlooked. */
static double turn_of(const Pool *p)
{
    double seen = ((double)p->d + 0.5) / ((double)p->n + 1);
    double y = (p->threshold - p->rest * normal_quantile(seen)) / p->loading;
    return y < -END ? -END : y > END ? END : y;
}

/* Integral over the factor; NaN when out of memory.  A tolerance that cannot
 * be met in doubles leaves the best value there is. */
static double over_factor(double f(double, void *), Pool *pool)
{
    enum { ROOM = 400 };
    gsl_function g = {f, pool};
    double turn = turn_of(pool), part[2] = {0}, error;
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(ROOM);
    if (w == NULL)
        return (double)NAN;
    gsl_integration_qag(&g, -END, turn, 1e-300, 1e-13, ROOM, GSL_INTEG_GAUSS61,
                        w, &part[0], &error);
    gsl_integration_qag(&g, turn, END, 1e-300, 1e-13, ROOM, GSL_INTEG_GAUSS61,
                        w, &part[1], &error);
    gsl_integration_workspace_free(w);
    return part[0] + part[1];
}

static Pool pool_of(size_t d, size_t n, double threshold, double rho)
{
    return (Pool){d, n, threshold, sqrt(rho), sqrt(1 - rho)};
}

double lowdefault_cdf(size_t d, size_t n, double pd, double rho)
{
    if (rho <= 0 || pd <= 0 || pd >= 1 || d >= n)
        return binomial_cdf(d, n, pd);
    Pool pool = pool_of(d, n, normal_quantile(pd), rho);
    return over_factor(given_factor, &pool);
}

static ErrCode check(size_t d, size_t n, double rho, double level, Err *err)
{
    if (n == 0 || d > n)
        return FAIL(err, ERR_DOMAIN,
                    "%zu of %zu obligors cannot have defaulted", d, n);
    if (!(rho >= 0 && rho < 1))
        return FAIL(err, ERR_DOMAIN,
                    "%g is no asset correlation; give one from 0 to below 1",
                    rho);
    if (!(level > 0 && level < 1))
        return FAIL(err, ERR_DOMAIN,
                    "%g is no confidence level; give one between 0 and 1",
                    level);
    return OK;
}

ErrCode lowdefault_bound(double *out, size_t d, size_t n, double rho,
                         double level, Err *err)
{
    enum { STEPS = 80 }; /* halves of 16 deviations reach the last bit */
    ErrCode rc = check(d, n, rho, level, err);
    if (rc != OK)
        return rc;
    if (d == n) {
        *out = 1;
        return OK;
    }
    double low = -8.2, high = 8.2; /* PDs as normal quantiles */
    for (int step = 0; step < STEPS; step++) {
        double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
            break;
        if (lowdefault_cdf(d, n, normal_cdf(middle), rho) > 1 - level)
            low = middle;
        else
            high = middle;
    }
    *out = normal_cdf(low + (high - low) / 2);
    return OK;
}

/* The chance of exactly d of n, over its largest value. */
static double seen_given(double y, void *pool)
{
    const Pool *p = pool;
    double t = (p->threshold - p->loading * y) / p->rest;
    double d = (double)p->d, good = (double)(p->n - p->d), n = (double)p->n;
    double bad_part = normal_cdf(t) * n / d;
    double good_part = normal_cdf(-t) * n / good;
    double up = (d > 0 ? d * normal_log(bad_part) : 0) +
                (good > 0 ? good * normal_log(good_part) : 0);
    return up < -690 ? 0 : normal_density(y) * normal_exp(up);
}

/* What the PD is believed to be, as a density of Phi^-1(PD). */
typedef struct {
    size_t d, n;
    double rho, a, b; /* the prior is p^(a-1) (1-p)^(b-1) */
} Belief;

static double density_at(const Belief *s, double x)
{
    Pool pool = pool_of(s->d, s->n, x, s->rho);
    double p = normal_cdf(x), q = normal_cdf(-x);
    double prior =
        normal_exp((s->a - 1) * normal_log(p) + (s->b - 1) * normal_log(q));
    return over_factor(seen_given, &pool) * prior * normal_density(x);
}

/* Integral of the density, and of the PD under it, over [from, to]. */
typedef struct {
    double mass, pd;
} Mass;

static Mass mass_of(const Belief *s, double from, double to,
                    const gsl_integration_glfixed_table *nodes)
{
    Mass m = {0};
    for (size_t i = 0; i < nodes->n; i++) {
        double x, weight;
        gsl_integration_glfixed_point(from, to, i, &x, &weight, nodes);
        double part = weight * density_at(s, x);
        m.mass += part;
        m.pd += part * normal_cdf(x);
    }
    return m;
}

enum { PANELS = 64, NODES = 10 };
static const double SIDE = 8.2; /* |Phi^-1(PD)| */

static double panel_start(int k)
{
    return -SIDE + 2 * SIDE * k / PANELS;
}

/* x below which `part` of the mass lies. */
static double quantile_of(const Belief *s, const Mass panels[], double part,
                          const gsl_integration_glfixed_table *nodes)
{
    int k = 0;
    while (k + 1 < PANELS && part > panels[k].mass)
        part -= panels[k++].mass;
    double start = panel_start(k), low = start, high = panel_start(k + 1);
    for (int step = 0; step < 60; step++) {
        double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
            break;
        if (mass_of(s, start, middle, nodes).mass < part)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

static ErrCode believe(LowBelief *out, const Belief *s, double level, Err *err)
{
    Mass panels[PANELS], all = {0};
    gsl_integration_glfixed_table *nodes =
        gsl_integration_glfixed_table_alloc(NODES);
    if (nodes == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a quadrature");
    for (int k = 0; k < PANELS; k++) {
        panels[k] = mass_of(s, panel_start(k), panel_start(k + 1), nodes);
        all.mass += panels[k].mass;
        all.pd += panels[k].pd;
    }
    out->mean = all.pd / all.mass;
    out->low =
        normal_cdf(quantile_of(s, panels, (1 - level) * all.mass, nodes));
    out->high = normal_cdf(quantile_of(s, panels, level * all.mass, nodes));
    gsl_integration_glfixed_table_free(nodes);
    return OK;
}

ErrCode lowdefault_belief(LowBelief *out, size_t d, size_t n, double rho,
                          double level, LowPrior prior, Err *err)
{
    static const double a[] = {1, 0.5, 1}, b[] = {1, 0.5, 0};
    Belief s = {d, n, rho, a[prior], b[prior]};
    ErrCode rc = check(d, n, rho, level, err);
    if (rc != OK)
        return rc;
    if (d == n && s.b == 0)
        return FAIL(err, ERR_DOMAIN,
                    "where all of %zu obligors defaulted, the conservative "
                    "prior says nothing; take another",
                    n);
    if (rho > 0)
        return believe(out, &s, level, err);
    double up = (double)d + s.a, down = (double)(n - d) + s.b;
    out->mean = up / (up + down);
    out->low = beta_quantile(1 - level, up, down);
    out->high = beta_quantile(level, up, down);
    return OK;
}
