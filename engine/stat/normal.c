#include "stat/normal.h"

#include "stat/explog.h"

#include <math.h>

/* Upper tail Q(z) = (polynomial in t)/(1 + z) e^(-z^2/2), t = (z - 5)/(z + 5),
 * z in [0, 37.6].  The polynomial is the Chebyshev series of
 * (1 + z) e^(z^2/2) Q(z), cut where terms fall below 4e-10 * 1e-9 and
 * rearranged; the idea is Shepherd and Laframboise's (Mathematics of
 * Computation 36, 1981), the coefficients were computed with 50 digits.
 * z^2/2 is split into an exact square and a rest, so that the tail keeps its
 * relative accuracy. */
EXPLOG_INLINE double upper_tail(double z)
{
    static const double c[] = {
        0.46151582985003777288,     -0.091552281834009035504,
        0.031030368425963707768,    0.010002352385229366856,
        -0.026401042966308242118,   0.024536963243679093149,
        -0.015170415402515925124,   0.006522000667778296073,
        -0.0016760723445457960386,  7.7915974485236187001e-6,
        0.00018233414507557846,     -0.000053607581280887072589,
        -9.8960976405682798694e-6,  9.0598251292224236375e-6,
        -7.0346666133548008547e-8,  -1.3074493882528355915e-6,
        1.2787847971106225671e-7,   1.9627899296935239955e-7,
        -2.628639188846961165e-8,   -3.095265159116675636e-8,
        3.6274490853558016716e-9,   4.4014146645089849546e-9,
        -2.8222096600737261932e-10, -3.816260323747539529e-10,
    };
    enum { LAST = sizeof c / sizeof *c - 1 };
    double t = (z - 5) / (z + 5), q = t * t, even = c[LAST - 1], odd = c[LAST];
    for (int i = LAST - 2; i > 0; i -= 2) { /* even and odd powers apart */
        odd = odd * q + c[i];
        even = even * q + c[i - 1];
    }
    double s = odd * t + even;
    double head = (z + EXPLOG_WHOLE / 16) - EXPLOG_WHOLE / 16; /* sixteenths */
    double rest = (z - head) * (z + head) * 0.5;
    return s / (1 + z) * explog_exp(-0.5 * head * head, -rest);
}

EXPLOG_INLINE double cdf_body(double x)
{
    double z = x < 0 ? -x : x;
    double tail = upper_tail(z < 37.5 ? z : 37.5);
    tail = z < 37.5 ? tail : 0;
    tail = x != x ? x : tail;
    return x < 0 ? tail : 1 - tail;
}

/* AS 241: for |p - 1/2| <= 0.425 a ratio of polynomials of degree 7 in
 * 0.425^2 - (p - 1/2)^2, else in r = sqrt(-ln min(p, 1 - p)), near or far. */
EXPLOG_INLINE double central(double q)
{
    double r = 0.180625 - q * q;
    double a = 2509.0809287301226727;
    a = a * r + 33430.575583588128105;
    a = a * r + 67265.770927008700853;
    a = a * r + 45921.953931549871457;
    a = a * r + 13731.693765509461125;
    a = a * r + 1971.5909503065514427;
    a = a * r + 133.14166789178437745;
    a = a * r + 3.387132872796366608;
    double b = 5226.495278852545925;
    b = b * r + 28729.085735721942674;
    b = b * r + 39307.89580009271061;
    b = b * r + 21213.794301586595867;
    b = b * r + 5394.1960214247511077;
    b = b * r + 687.1870074920579083;
    b = b * r + 42.313330701600911252;
    b = b * r + 1;
    return q * a / b;
}

EXPLOG_INLINE double near_tail(double r)
{
    r -= 1.6;
    double a = 7.7454501427834140764e-4;
    a = a * r + .0227238449892691845833;
    a = a * r + .24178072517745061177;
    a = a * r + 1.27045825245236838258;
    a = a * r + 3.64784832476320460504;
    a = a * r + 5.7694972214606914055;
    a = a * r + 4.6303378461565452959;
    a = a * r + 1.42343711074968357734;
    double b = 1.05075007164441684324e-9;
    b = b * r + 5.475938084995344946e-4;
    b = b * r + .0151986665636164571966;
    b = b * r + .14810397642748007459;
    b = b * r + .68976733498510000455;
    b = b * r + 1.6763848301838038494;
    b = b * r + 2.05319162663775882187;
    b = b * r + 1;
    return a / b;
}

EXPLOG_INLINE double far_tail(double r)
{
    r -= 5;
    double a = 2.01033439929228813265e-7;
    a = a * r + 2.71155556874348757815e-5;
    a = a * r + .0012426609473880784386;
    a = a * r + .026532189526576123093;
    a = a * r + .29656057182850489123;
    a = a * r + 1.7848265399172913358;
    a = a * r + 5.4637849111641143699;
    a = a * r + 6.6579046435011037772;
    double b = 2.04426310338993978564e-15;
    b = b * r + 1.4215117583164458887e-7;
    b = b * r + 1.8463183175100546818e-5;
    b = b * r + 7.868691311456132591e-4;
    b = b * r + .0148753612908506148525;
    b = b * r + .13692988092273580531;
    b = b * r + .59983220655588793769;
    b = b * r + 1;
    return a / b;
}

/* for `lower` = min(p, 1 - p) > 0 and q = p - 1/2, both rounded by themselves
 */
EXPLOG_INLINE double tail_body(double lower, double q)
{
    double r = sqrt(-explog_log(lower));
    double tail = r <= 5 ? near_tail(r) : far_tail(r);
    return q < 0 ? -tail : tail;
}

EXPLOG_INLINE int is_tail(double q)
{
    return fabs(q) > 0.425; /* no branch on the sign */
}

EXPLOG_INLINE double quantile_body(double lower, double q)
{
    return is_tail(q) ? tail_body(lower, q) : central(q);
}

double normal_cdf(double x)
{
    return cdf_body(x);
}

double normal_density(double x)
{
    double z = fabs(x) < 37.5 ? fabs(x) : 37.5;
    double head = (z + EXPLOG_WHOLE / 16) - EXPLOG_WHOLE / 16;
    double rest = (z - head) * (z + head) * 0.5;
    double d = 0x1.9884533d43651p-2 * explog_exp(-0.5 * head * head, -rest);
    return fabs(x) < 37.5 ? d : fabs(x) > 0 ? 0 : x;
}

double normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    double lower = p < 0.5 ? p : 1 - p;
    return quantile_body(lower < 1e-307 ? 1e-307 : lower, p - 0.5);
}

double normal_log(double x)
{
    return explog_log(x);
}

double normal_exp(double x)
{
    return explog_exp(x, 0);
}

/* d has the word's bits behind the point of 1.xxx; both steps are exact. */
EXPLOG_INLINE double uniform_body(uint64_t word)
{
    double d = explog_of(word >> 12 | UINT64_C(0x3FF0000000000000));
    return d - (1 - 0x1p-53);
}

double normal_uniform(uint64_t word)
{
    return uniform_body(word);
}

EXPLOG_INLINE void cdfs(double *p, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        p[i] = cdf_body(x[i]);
}

enum { BATCH = 256 };

/* Normals at uniforms u[n], n <= BATCH: all as if central, then the 15% that
 * are not. */
EXPLOG_INLINE void quantiles(double *restrict z, const double *restrict u,
                             size_t n)
{
    uint32_t place[BATCH + 1] = {0};
    double tail[BATCH];
    size_t tails = 0;
    for (size_t i = 0; i < n; i++)
        z[i] = central(u[i] - 0.5);
    for (size_t i = 0; i < n; i++) {
        place[tails] = (uint32_t)i;
        tails += (size_t)is_tail(u[i] - 0.5);
    }
    for (size_t i = 0; i < tails; i++)
        tail[i] = u[place[i]];
    for (size_t i = 0; i < tails; i++) {
        double p = tail[i], upper = 1 - p;
        tail[i] = tail_body(p < upper ? p : upper, p - 0.5);
    }
    for (size_t i = 0; i < tails; i++)
        z[place[i]] = tail[i];
}

EXPLOG_INLINE void draws(double *restrict z, Stream s, uint64_t first, size_t n)
{
    double u[BATCH];
    for (size_t at = 0, some; at < n; at += some) {
        some = n - at < BATCH ? n - at : BATCH;
        for (size_t i = 0; i < some; i++)
            u[i] = uniform_body(stream_word(s, first + at + i));
        quantiles(z + at, u, some);
    }
}

EXPLOG_INLINE void of_words(double *restrict z, const uint64_t *restrict word,
                            size_t n)
{
    double u[BATCH];
    for (size_t at = 0, some; at < n; at += some) {
        some = n - at < BATCH ? n - at : BATCH;
        for (size_t i = 0; i < some; i++)
            u[i] = uniform_body(word[at + i]);
        quantiles(z + at, u, some);
    }
}

SIMD_EACH(cdfs_by, cdfs, (SimdIsa isa, double *p, const double *x, size_t n),
          (p, x, n))

void normal_cdfs(SimdIsa isa, double p[], const double x[], size_t n)
{
    SIMD_CHOOSE(isa, cdfs_by, (isa, p, x, n));
}

SIMD_EACH(draws_by, draws,
          (SimdIsa isa, double *z, Stream s, uint64_t first, size_t n),
          (z, s, first, n))

void normal_draws(SimdIsa isa, double z[], Stream s, uint64_t first, size_t n)
{
    SIMD_CHOOSE(isa, draws_by, (isa, z, s, first, n));
}

SIMD_EACH(of_words_by, of_words,
          (SimdIsa isa, double *z, const uint64_t *word, size_t n),
          (z, word, n))

void normal_of_words(SimdIsa isa, double z[], const uint64_t word[], size_t n)
{
    SIMD_CHOOSE(isa, of_words_by, (isa, z, word, n));
}
