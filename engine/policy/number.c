#include "policy/number.h"

#include <math.h>
#include <sleef.h>
#include <stdio.h>
#include <string.h>

#define WHOLE_MAX 9007199254740992.0 /* 2^53: doubles count by ones below */

static double bits_double(int64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

Number number_real(double x)
{
    Number a = {0, 0};
    if (!isfinite(x))
        return NUMBER_NULL;
    if (fabs(x) < WHOLE_MAX && floor(x) == x)
        return number_int((int64_t)x);
    memcpy(&a.num, &x, sizeof x);
    return a;
}

static Exact magnitude(Exact n)
{
    return n < 0 ? -n : n;
}

static Exact common_divisor(Exact a, Exact b)
{
    while (b > INT64_MAX) {
        Exact r = a % b;
        a = b;
        b = r;
    }
    if (b == 0)
        return a;
    uint64_t x = (uint64_t)(a % b), y = (uint64_t)b;
    while (x != 0) {
        uint64_t r = y % x;
        y = x;
        x = r;
    }
    return (Exact)y;
}

Number number_fit(Exact n, Exact d)
{
    if (magnitude(n) > INT64_MAX || d > INT64_MAX) {
        Exact g = common_divisor(magnitude(n), d);
        if (g > 1) {
            n /= g;
            d /= g;
        }
    }
    if (magnitude(n) > INT64_MAX || d > INT64_MAX)
        return number_real((double)n / (double)d);
    return (Number){(int64_t)n, (int64_t)d};
}

double number_double(Number a)
{
    if (a.den < 0)
        return NAN;
    if (a.den == 0)
        return bits_double(a.num);
    if (a.den > 1 &&
        (a.den > INT64_C(1) << 53 || magnitude(a.num) > INT64_C(1) << 53)) {
        int64_t g = (int64_t)common_divisor(magnitude(a.num), a.den);
        a = (Number){a.num / g, a.den / g};
    }
    return (double)a.num / (double)a.den;
}

Number number_scaled(int64_t v, int64_t scale)
{
    while (scale % 100 == 0 && v % 100 == 0) {
        v /= 100;
        scale /= 100;
    }
    return (Number){v, scale};
}

Number number_add(Number a, Number b)
{
    if (a.den > 0 && b.den > 0) {
        if (a.den == b.den)
            return number_fit((Exact)a.num + b.num, a.den);
        return number_fit((Exact)a.num * b.den + (Exact)b.num * a.den,
                          (Exact)a.den * b.den);
    }
    if (a.den < 0 || b.den < 0)
        return NUMBER_NULL;
    return number_real(number_double(a) + number_double(b));
}

Number number_negate(Number a)
{
    if (a.den > 0)
        return (Number){-a.num, a.den};
    return a.den < 0 ? a : number_real(-number_double(a));
}

Number number_subtract(Number a, Number b)
{
    return number_add(a, number_negate(b));
}

Number number_multiply(Number a, Number b)
{
    if (a.den > 0 && b.den > 0)
        return number_fit((Exact)a.num * b.num, (Exact)a.den * b.den);
    if (a.den < 0 || b.den < 0)
        return NUMBER_NULL;
    return number_real(number_double(a) * number_double(b));
}

Number number_divide(Number a, Number b)
{
    if (a.den < 0 || b.den < 0 || number_compare(b, number_int(0)) == 0)
        return NUMBER_NULL;
    if (a.den == 0 || b.den == 0)
        return number_real(number_double(a) / number_double(b));
    Exact n = (Exact)a.num * b.den, d = (Exact)a.den * b.num;
    return d < 0 ? number_fit(-n, -d) : number_fit(n, d);
}

Number number_abs(Number a)
{
    if (a.den < 0)
        return a;
    return number_compare(a, number_int(0)) < 0 ? number_negate(a) : a;
}

Number number_lesser(Number a, Number b)
{
    if (a.den < 0 || b.den < 0)
        return NUMBER_NULL;
    return number_compare(b, a) < 0 ? b : a;
}

Number number_greater(Number a, Number b)
{
    if (a.den < 0 || b.den < 0)
        return NUMBER_NULL;
    return number_compare(b, a) > 0 ? b : a;
}

enum { POWER_MAX = 1024 }; /* whole exponents raised by squaring */

static Number whole_power(Number a, int64_t n)
{
    Number power = number_int(1);
    for (; n > 0; n /= 2) {
        if (n % 2 == 1)
            power = number_multiply(power, a);
        if (n > 1)
            a = number_multiply(a, a);
    }
    return power;
}

Number number_power(Number a, Number b)
{
    if (a.den < 0 || b.den < 0)
        return NUMBER_NULL;
    if (b.den == 1 && b.num >= -POWER_MAX && b.num <= POWER_MAX) {
        Number power = whole_power(a, b.num < 0 ? -b.num : b.num);
        return b.num < 0 ? number_divide(number_int(1), power) : power;
    }
    return number_real(
        Sleef_cinz_powd1_u10purec(number_double(a), number_double(b)));
}

/* The root of a square below 2^53, or -1. */
static int64_t whole_root(int64_t v)
{
    if (v < 0 || v > INT64_C(1) << 53)
        return -1;
    int64_t r = (int64_t)sqrt((double)v);
    return r * r == v ? r : -1;
}

Number number_sqrt(Number a)
{
    if (a.den < 0)
        return a;
    if (a.den > 0) {
        int64_t n = whole_root(a.num), d = whole_root(a.den);
        if (n >= 0 && d > 0)
            return (Number){n, d};
    }
    return number_real(sqrt(number_double(a)));
}

Number number_exp(Number a)
{
    return a.den < 0 ? a
                     : number_real(Sleef_cinz_expd1_u10purec(number_double(a)));
}

Number number_log(Number a)
{
    return a.den < 0 ? a
                     : number_real(Sleef_cinz_logd1_u10purec(number_double(a)));
}

int number_compare_slow(Number a, Number b)
{
    double x = number_double(a), y = number_double(b);
    return (x > y) - (x < y);
}

/* Should n / d, lying strictly between two whole numbers, go away from 0?
 * `down` is the nearer one's distance from it, towards zero, times d. */
static int goes_out(Exact down, Exact d, Exact q, int negative, RoundMode mode)
{
    switch (mode) {
    case ROUND_HALF_AWAY:
        return 2 * down >= d;
    case ROUND_HALF_EVEN:
        return 2 * down > d || (2 * down == d && q % 2 == 1);
    case ROUND_HALF_TO_ZERO:
        return 2 * down > d;
    case ROUND_UP:
        return 1;
    case ROUND_FLOOR:
        return negative;
    case ROUND_CEILING:
        return !negative;
    default:
        return 0;
    }
}

/* In 128 bits throughout: |a| / unit may be longer than a result that fits. */
static Number round_exact(Number a, Number unit, RoundMode mode)
{
    Exact n = magnitude(a.num) * unit.den, d = (Exact)a.den * unit.num;
    Exact q = n / d, down = n % d;
    int negative = a.num < 0;
    if (down != 0 && goes_out(down, d, q, negative, mode))
        q++;
    return number_fit((negative ? -q : q) * unit.num, unit.den);
}

static Number round_double(double x, RoundMode mode)
{
    double size = fabs(x), q = floor(size), down = size - q;
    int odd = fmod(q, 2) == 1, negative = x < 0;
    if (down != 0 && goes_out((Exact)(down * WHOLE_MAX), (Exact)WHOLE_MAX, odd,
                              negative, mode))
        q += 1;
    return number_real(negative ? -q : q);
}

Number number_round(Number a, Number unit, RoundMode mode)
{
    if (a.den < 0 || unit.den < 0 || number_compare(unit, number_int(0)) <= 0)
        return NUMBER_NULL;
    if (a.den > 0 && unit.den > 0)
        return round_exact(a, unit, mode);
    double q = number_double(a) / number_double(unit);
    if (!(fabs(q) < WHOLE_MAX)) /* it has no digits below the unit */
        return a;
    return number_multiply(round_double(q, mode), unit);
}

int64_t number_whole(Number a, int64_t scale)
{
    if (a.den == 1 && scale == 1)
        return a.num;
    a = number_multiply(a, number_int(scale));
    if (a.den > 0)
        a = round_exact(a, number_int(1), ROUND_HALF_AWAY);
    else if (a.den == 0)
        a = round_double(number_double(a), ROUND_HALF_AWAY);
    return a.den == 1 ? a.num : INT64_MIN;
}

/* Digits of num / den when it ends within 12 decimals; 0 when it does not. */
static int format_decimal(char out[NUMBER_TEXT], Number a)
{
    Exact scale = 1;
    for (int places = 0; places <= 12; places++, scale *= 10) {
        Exact n = magnitude(a.num) * scale;
        if (n % a.den != 0)
            continue;
        n /= a.den;
        if (n > INT64_MAX)
            return 0;
        snprintf(out, NUMBER_TEXT, "%s%lld", a.num < 0 ? "-" : "",
                 (long long)(n / scale));
        size_t at = strlen(out);
        if (places > 0)
            snprintf(out + at, NUMBER_TEXT - at, ".%0*lld", places,
                     (long long)(n % scale));
        return 1;
    }
    return 0;
}

char *number_format(char out[NUMBER_TEXT], Number a)
{
    if (a.den < 0)
        snprintf(out, NUMBER_TEXT, "null");
    else if (a.den == 0 || !format_decimal(out, a))
        snprintf(out, NUMBER_TEXT, "%.12g", number_double(a));
    return out;
}
