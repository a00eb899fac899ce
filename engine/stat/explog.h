/* explog.h - e^x and ln x by basic operations, for the inside of loops: the
 * same bits on every processor, and vectors where a kernel is built for them.
 */
#ifndef STAT_EXPLOG_H
#define STAT_EXPLOG_H

#include <stdint.h>
#include <string.h>

#define EXPLOG_INLINE static inline __attribute__((always_inline))

#define EXPLOG_LN2_HIGH 0x1.62e42fee00000p-1 /* ln 2, 33 bits */
#define EXPLOG_LN2_LOW  0x1.a39ef35793c76p-33
#define EXPLOG_LOG2_E   0x1.71547652b82fep+0
#define EXPLOG_WHOLE                                                           \
    0x1.8p52 /* x + this has x rounded to a whole in its low bits */

EXPLOG_INLINE uint64_t explog_bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

EXPLOG_INLINE double explog_of(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

/* e^(a + b) for a + b in [-707, 707], b small beside a and exact to its own
 * last bit: a is reduced exactly, then Taylor to x^13 on |x| <= ln(2)/2. */
EXPLOG_INLINE double explog_exp(double a, double b)
{
    double shifted = (a + b) * EXPLOG_LOG2_E + EXPLOG_WHOLE;
    double k = shifted - EXPLOG_WHOLE;
    double x = (a - k * EXPLOG_LN2_HIGH) + (b - k * EXPLOG_LN2_LOW);
    double s = 1.0 / 6227020800;
    s = s * x + 1.0 / 479001600;
    s = s * x + 1.0 / 39916800;
    s = s * x + 1.0 / 3628800;
    s = s * x + 1.0 / 362880;
    s = s * x + 1.0 / 40320;
    s = s * x + 1.0 / 5040;
    s = s * x + 1.0 / 720;
    s = s * x + 1.0 / 120;
    s = s * x + 1.0 / 24;
    s = s * x + 1.0 / 6;
    s = s * x + 0.5;
    s = s * x * x + x;
    return (s + 1) * explog_of((explog_bits(shifted) + 1023) << 52);
}

/* ln x for normal x > 0: x = 2^k m, m in [0.70, 1.42], and the series of
 * 2 atanh((m - 1)/(m + 1)), whose square stays below 0.0305. */
EXPLOG_INLINE double explog_log(double x)
{
    uint64_t b = explog_bits(x) - UINT64_C(0x3FE6A00000000000); /* 0.7070 */
    uint64_t exponent = b >> 52; /* k, modulo 4096 */
    double m = explog_of((b & UINT64_C(0x000FFFFFFFFFFFFF)) +
                         UINT64_C(0x3FE6A00000000000));
    /* k + 2048 as the low bits of 2^52 + k + 2048: no conversion needed */
    double k =
        explog_of(UINT64_C(0x4330000000000000) | ((exponent + 2048) & 4095)) -
        (0x1p52 + 2048);
    double f = m - 1, s = f / (m + 1), q = s * s;
    double t = 1.0 / 23;
    t = t * q + 1.0 / 21;
    t = t * q + 1.0 / 19;
    t = t * q + 1.0 / 17;
    t = t * q + 1.0 / 15;
    t = t * q + 1.0 / 13;
    t = t * q + 1.0 / 11;
    t = t * q + 1.0 / 9;
    t = t * q + 1.0 / 7;
    t = t * q + 1.0 / 5;
    t = t * q + 1.0 / 3;
    /* 2 s = f - s f exactly, so the large part f is added last */
    double small = k * EXPLOG_LN2_LOW + s * (2 * t * q - f);
    return k * EXPLOG_LN2_HIGH + (f + small);
}

#endif
