#include "stat/sample.h"

#include "core/exact.h"
#include "core/ratio.h"
#include "stat/student.h"

#include <math.h>

#define Z_95 1.9599639845400545 /* Phi^-1(0.975) */

enum { RUN = 1024 }; /* numbers added before their sum joins the others */

ErrCode level_parse(Level *out, const char *text, Err *err)
{
    Ratio r;
    ErrCode rc = ratio_parse(&r, text, err);
    if (rc != OK)
        return rc;
    if (r.billionths <= 0 || r.billionths >= RATIO_ONE)
        return FAIL(err, ERR_DOMAIN,
                    "level '%.40s' is not between 0 and 1; write 0.99", text);
    *out = (Level){r.billionths, RATIO_ONE};
    return OK;
}

double level_value(Level level)
{
    return (double)level.part / (double)level.whole;
}

Figure sample_figure(double value, double se)
{
    return (Figure){value, se, value - Z_95 * se, value + Z_95 * se};
}

Figure sample_share(uint64_t k, uint64_t n)
{
    double m = (double)n, p = (double)k / m, z2 = Z_95 * Z_95 / m;
    double half = Z_95 * sqrt(p * (1 - p) / m + z2 / (4 * m));
    Figure f = {p, sqrt(p * (1 - p) / m), (p + z2 / 2 - half) / (1 + z2),
                (p + z2 / 2 + half) / (1 + z2)};
    f.low = k == 0 ? 0 : f.low;
    f.high = k == n ? 1 : f.high;
    return f;
}

static double mean_of(const int64_t x[], size_t n)
{
    Exact sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    Exact whole = sum / (Exact)n, rest = sum - whole * (Exact)n;
    return (double)whole + (double)rest / (double)n;
}

/* Mean power of the distance to `mean`, power 2 or 4, in runs of fixed length
 * and order. */
static double moment(const int64_t x[], size_t n, double mean, int power)
{
    double sum = 0;
    for (size_t i = 0; i < n;) {
        double part = 0;
        for (size_t end = i + RUN < n ? i + RUN : n; i < end; i++) {
            double d = (double)x[i] - mean, d2 = d * d;
            part += power == 2 ? d2 : d2 * d2;
        }
        sum += part;
    }
    return sum / (double)n;
}

Figure sample_mean(const int64_t x[], size_t n)
{
    double mean = mean_of(x, n), m = (double)n;
    return sample_figure(mean, sqrt(moment(x, n, mean, 2) / (m - 1)));
}

Figure sample_sd(const int64_t x[], size_t n)
{
    double mean = mean_of(x, n), m = (double)n;
    double m2 = moment(x, n, mean, 2), m4 = moment(x, n, mean, 4);
    if (m2 == 0)
        return sample_figure(0, 0);
    double spread = m4 - m2 * m2;
    return sample_figure(sqrt(m2 * m / (m - 1)),
                         sqrt((spread > 0 ? spread : 0) / (4 * m2 * m)));
}

size_t sample_rank(size_t n, Level level)
{
    Exact product = (Exact)level.part * (Exact)n;
    return (size_t)((product + level.whole - 1) / level.whole) - 1;
}

Figure sample_var(const int64_t sorted[], size_t n, Level level)
{
    double a = level_value(level), m = (double)n;
    double spread = Z_95 * sqrt(m * a * (1 - a));
    double low = floor(m * a - spread), high = ceil(m * a + spread) + 1;
    Figure f = {(double)sorted[sample_rank(n, level)], NAN, NAN, NAN};
    if (low >= 1)
        f.low = (double)sorted[(size_t)low - 1];
    if (high <= m)
        f.high = (double)sorted[(size_t)high - 1];
    return f;
}

/* Of an error that so many numbers tell. */
static double quantile_of(double tail)
{
    if (tail > 1000)
        return Z_95;
    return tail < 2 ? (double)NAN : student_quantile(0.975, tail - 1);
}

Figure sample_told(double value, double se, double told)
{
    double half = quantile_of(told) * se;
    return (Figure){value, told < 2 ? (double)NAN : se, value - half,
                    value + half};
}

Figure sample_counts(const uint64_t count[], size_t n)
{
    double all = 0, sum = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        all += (double)count[i];
        sum += (double)count[i] * (double)(i + 1);
    }
    double mean = sum / all;
    for (size_t i = 0; i < n; i++) {
        double d = (double)(i + 1) - mean;
        square += (double)count[i] * d * d;
    }
    double se = all < 2 ? (double)NAN : sqrt(square / (all - 1) / all);
    return sample_told(mean, se, all);
}

Figure sample_tail(double value, double variance, double edge, size_t n,
                   Level level)
{
    double a = level_value(level), tail = (double)n * (1 - a);
    double far = value - edge;
    double square = (variance + a * far * far) / tail;
    return sample_told(value, sqrt(square), tail);
}

Figure sample_es(const int64_t sorted[], size_t n, Level level)
{
    size_t at = sample_rank(n, level);
    int64_t var = sorted[at];
    Exact sum = 0;
    for (size_t i = at + 1; i < n; i++)
        sum += sorted[i] - var;
    double m = (double)n, tail = m * (1 - level_value(level));
    double beyond = (double)sum / tail, square = 0;
    for (size_t i = at; i < n; i++) {
        double d = (double)(sorted[i] - var) - beyond;
        square += d * d;
    }
    double variance = square / (double)(n - at);
    return sample_tail((double)var + beyond, variance, (double)var, n, level);
}

/* sqrt(a^2 + b^2 - 2 r a b); NaN where a has no end */
static double joined(double a, double b, double r)
{
    double square = a * a + b * b - 2 * r * a * b;
    return square < 0 ? 0 : sqrt(square);
}

Figure sample_ul(const int64_t sorted[], size_t n, Level level)
{
    double a = level_value(level);
    Figure var = sample_var(sorted, n, level), mean = sample_mean(sorted, n);
    double sd = mean.se * sqrt((double)n), half = mean.high - mean.value;
    double beyond = sample_es(sorted, n, level).value - mean.value;
    double r = sd > 0 ? sqrt((1 - a) / a) * beyond / sd : 0;
    r = r > 1 ? 1 : r;
    double ul = var.value - mean.value;
    return (Figure){ul, NAN, ul - joined(var.value - var.low, half, r),
                    ul + joined(var.high - var.value, half, r)};
}
