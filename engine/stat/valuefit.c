#include "stat/valuefit.h"

#include "stat/chisquare.h"
#include "stat/normal.h"
#include "stat/root.h"

#include <math.h>

#define HALF_LOG_TWO_PI 0.91893853320467274178
#define LEAST_SHAPE     0.02
#define MOST_SHAPE      500.0
#define LEAST_XI        -0.5
#define MOST_XI         10.0

enum { LEAST_VALUES = 10 };

const char *valuefit_word(FitKind kind)
{
    static const char *const words[] = {
#define X(name, word, first, second) word,
        VALUE_FITS(X)
#undef X
    };
    return words[kind];
}

const char *valuefit_parameter(FitKind kind, int second)
{
    static const char *const names[][2] = {
#define X(name, word, first, second) {first, second},
        VALUE_FITS(X)
#undef X
    };
    return names[kind][second];
}

/* x [n], ln x less its largest, the means of both. */
typedef struct {
    const double *x, *log;
    size_t n;
    double mean, mean_log, most_log; /* mean_log of ln x itself */
} Values;

/* psi(x): DLMF 5.5.2 up to 15, then 5.11.2. */
static double digamma(double x)
{
    double sum = 0;
    for (; x < 15; x++)
        sum -= 1 / x;
    double q = 1 / (x * x);
    return sum + normal_log(x) - 0.5 / x -
           q * (1.0 / 12 -
                q * (1.0 / 120 -
                     q * (1.0 / 252 - q * (1.0 / 240 - q * (1.0 / 132)))));
}

static double gamma_score(double shape, void *of)
{
    const Values *v = of;
    return normal_log(shape) - digamma(shape) -
           (normal_log(v->mean) - v->mean_log);
}

/* Mean of ln x weighted by x^k, against 1/k and the plain mean. */
static double weibull_score(double shape, void *of)
{
    const Values *v = of;
    double sum = 0, weighted = 0;
    for (size_t i = 0; i < v->n; i++) {
        double t = shape * v->log[i], w = t > -700 ? normal_exp(t) : 0;
        sum += w;
        weighted += w * v->log[i];
    }
    return weighted / sum - 1 / shape - (v->mean_log - v->most_log);
}

/* xi at theta = xi / sigma, and its derivative. */
static double xi_at(double *slope, double theta, const Values *v)
{
    double sum = 0, rise = 0;
    for (size_t i = 0; i < v->n; i++) {
        double t = 1 + theta * v->x[i];
        sum += normal_log(t);
        rise += v->x[i] / t;
    }
    *slope = rise / (double)v->n;
    return sum / (double)v->n;
}

static double pareto_score(double theta, void *of)
{
    double slope, xi = xi_at(&slope, theta, of);
    return 1 / theta - slope / xi - slope;
}

/* The logarithm of the profile likelihood a value; -inf beyond its bounds. */
static double pareto_profile(double theta, const Values *v)
{
    double slope, xi = xi_at(&slope, theta, v);
    if (xi <= LEAST_XI || xi > MOST_XI)
        return -(double)INFINITY;
    return -normal_log(xi / theta) - xi - 1;
}

/* The root of a score, whose function may write to what it is of. */
static int find_root(double *out, RootFunction *f, const Values *v, double low,
                     double high)
{
    Values copy = *v;
    return root_between(out, f, &copy, low, high);
}

static int fit_lognormal(ValueFit *f, const Values *v)
{
    double squares = 0;
    for (size_t i = 0; i < v->n; i++) {
        double d = v->log[i] + v->most_log - v->mean_log;
        squares += d * d;
    }
    f->a = v->mean_log;
    f->b = sqrt(squares / (double)v->n);
    f->log_likelihood = -(double)v->n * (v->mean_log + normal_log(f->b) +
                                         HALF_LOG_TWO_PI + 0.5);
    return f->b > 0;
}

/* 1/(2k) < ln k - psi(k) < 1/k encloses the root. */
static int fit_gamma(ValueFit *f, const Values *v)
{
    double s = normal_log(v->mean) - v->mean_log;
    if (!(s > 0) || !find_root(&f->a, gamma_score, v, 0.5 / s, 1 / s) ||
        f->a < LEAST_SHAPE || f->a > MOST_SHAPE)
        return 0;
    f->b = v->mean / f->a;
    f->log_likelihood =
        (double)v->n * ((f->a - 1) * v->mean_log - f->a -
                        f->a * normal_log(f->b) - chisquare_log_gamma(f->a));
    return 1;
}

static int fit_weibull(ValueFit *f, const Values *v)
{
    double sum = 0;
    if (!find_root(&f->a, weibull_score, v, LEAST_SHAPE, MOST_SHAPE))
        return 0;
    for (size_t i = 0; i < v->n; i++) {
        double t = f->a * v->log[i];
        sum += t > -700 ? normal_exp(t) : 0;
    }
    double log_scale = v->most_log + normal_log(sum / (double)v->n) / f->a;
    f->b = normal_exp(log_scale);
    f->log_likelihood = (double)v->n * (normal_log(f->a) - f->a * log_scale +
                                        (f->a - 1) * v->mean_log - 1);
    return 1;
}

/* theta from just above -1/max over 0 to far beyond 1/mean. */
enum { GRID_LOW = 12, GRID_HIGH = 40, GRID = GRID_LOW + GRID_HIGH };

static double theta_of(int k, const Values *v)
{
    double most = v->x[v->n - 1];
    if (k < GRID_LOW)
        return -(1 - 1.0 / (2 << (GRID_LOW - 1 - k))) / most;
    return ldexp(1 / v->mean, (k - GRID_LOW) / 2 - 12) *
           ((k - GRID_LOW) % 2 ? 1.5 : 1);
}

static int fit_pareto(ValueFit *f, const Values *v)
{
    int best = 0;
    double most = -(double)INFINITY, theta, slope;
    for (int k = 0; k < GRID; k++) {
        double at = pareto_profile(theta_of(k, v), v);
        best = at > most ? k : best;
        most = at > most ? at : most;
    }
    if (best == 0 || best == GRID - 1 || most == -(double)INFINITY)
        return 0;
    if (!find_root(&theta, pareto_score, v, theta_of(best - 1, v),
                   theta_of(best + 1, v)))
        return 0;
    f->a = xi_at(&slope, theta, v);
    f->b = f->a / theta;
    f->log_likelihood = -(double)v->n * (normal_log(f->b) + f->a + 1);
    return f->a > LEAST_XI && f->a <= MOST_XI;
}

static Values look_at(const double x[], size_t n, double work[])
{
    Values v = {.x = x, .log = work, .n = n};
    v.most_log = normal_log(x[n - 1]);
    for (size_t i = 0; i < n; i++) {
        work[i] = normal_log(x[i]) - v.most_log;
        v.mean += x[i] / (double)n;
        v.mean_log += work[i] / (double)n;
    }
    v.mean_log += v.most_log;
    return v;
}

ErrCode valuefit_of(ValueFit *out, FitKind kind, const double x[], size_t n,
                    double work[], Err *err)
{
    static int (*const fits[])(ValueFit *, const Values *) = {
        fit_lognormal, fit_gamma, fit_weibull, fit_pareto};
    ValueFit f = {.kind = kind};
    if (n < LEAST_VALUES || !(x[0] > 0) || !(x[n - 1] > x[0]))
        return FAIL(err, ERR_DOMAIN,
                    "values to fit a distribution to: %zu; at least %d "
                    "are needed, above 0 and not all alike",
                    n, LEAST_VALUES);
    const Values v = look_at(x, n, work);
    if (!fits[kind](&f, &v))
        return FAIL(err, ERR_DOMAIN,
                    "no %s distribution fits the values; choose another model",
                    valuefit_word(kind));
    f.aic = 4 - 2 * f.log_likelihood;
    *out = f;
    return OK;
}

double valuefit_cdf(const ValueFit *f, double x)
{
    double t;
    switch (f->kind) {
    case FIT_LOGNORMAL:
        return normal_cdf((normal_log(x) - f->a) / f->b);
    case FIT_GAMMA:
        return chisquare_cdf(2 * x / f->b, 2 * f->a);
    case FIT_WEIBULL:
        t = f->a * normal_log(x / f->b);
        t = t < 6.5 ? normal_exp(t) : 700;
        return 1 - normal_exp(-(t < 700 ? t : 700));
    default:
        t = 1 + f->a * x / f->b;
        t = t > 0 ? normal_log(t) / f->a : 700;
        return 1 - normal_exp(-(t < 700 ? t : 700));
    }
}

double valuefit_quantile(const ValueFit *f, double p)
{
    double rest = -normal_log(1 - p); /* of the unit exponential */
    switch (f->kind) {
    case FIT_LOGNORMAL:
        return normal_exp(f->a + f->b * normal_quantile(p));
    case FIT_GAMMA:
        return chisquare_at(normal_quantile(p), 2 * f->a) * f->b / 2;
    case FIT_WEIBULL:
        return f->b * normal_exp(normal_log(rest) / f->a);
    default:
        return f->b * (normal_exp(f->a * rest) - 1) / f->a;
    }
}
