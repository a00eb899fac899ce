#include "data/rational.h"

#include <assert.h>

static const Exact limit126 = (Exact)1 << 126;

static Exact size_of(Exact a)
{
    return a < 0 ? -a : a;
}

static Exact common_divisor(Exact a, Exact b)
{
    while (b != 0) {
        Exact rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static Rational reduced(Rational a)
{
    Exact by = common_divisor(size_of(a.above), a.below);
    return (Rational){a.above / by, a.below / by};
}

/* Reduction costs a few microseconds, so only what grows is reduced. */
static Rational tidy(Rational a)
{
    const Exact large = (Exact)1 << 62;
    return size_of(a.above) >= large || a.below >= large ? reduced(a) : a;
}

static int fits(Exact a)
{
    return a < limit126 && a > -limit126;
}

static int product(Exact *out, Exact a, Exact b)
{
    return !__builtin_mul_overflow(a, b, out) && fits(*out);
}

Rational rational_of(long long mantissa, int places)
{
    assert(places >= 0 && places <= 18);
    Rational r = {mantissa, 1};
    while (places-- > 0)
        r.below *= 10;
    return r;
}

int rational_add(Rational *out, Rational a, Rational b)
{
    Rational sum;
    Exact left = a.above, right = b.above;
    sum.below = a.below;
    if (a.below != b.below && (!product(&left, a.above, b.below) ||
                               !product(&right, b.above, a.below) ||
                               !product(&sum.below, a.below, b.below)))
        return 0;
    sum.above = left + right; /* both below 2^126 */
    if (!fits(sum.above))
        return 0;
    *out = tidy(sum);
    return 1;
}

int rational_multiply(Rational *out, Rational a, Rational b)
{
    Rational r;
    if (!product(&r.above, a.above, b.above) ||
        !product(&r.below, a.below, b.below))
        return 0;
    *out = tidy(r);
    return 1;
}

int rational_divide(Rational *out, Rational a, Rational b)
{
    if (b.above == 0)
        return 0;
    Rational inverse = {b.above < 0 ? -b.below : b.below, size_of(b.above)};
    return rational_multiply(out, a, inverse);
}

/* Whole parts first, then the remainders, whose reciprocals compare the other
 * way round: Euclid's steps, so that nothing is multiplied. */
int rational_compare(Rational a, Rational b)
{
    int sign = 1;
    for (;;) {
        Exact p = a.above / a.below, q = b.above / b.below;
        Exact c = a.above % a.below, d = b.above % b.below;
        if (c < 0) { /* floors, not truncation */
            p--;
            c += a.below;
        }
        if (d < 0) {
            q--;
            d += b.below;
        }
        if (p != q)
            return p < q ? -sign : sign;
        if (c == 0 || d == 0)
            return sign * ((c > 0) - (d > 0));
        a = (Rational){a.below, c};
        b = (Rational){b.below, d};
        sign = -sign;
    }
}

int rational_round(long long *out, Rational a, long long scale, long long limit)
{
    Exact scaled;
    if (!product(&scaled, a.above, scale)) {
        a = reduced(a);
        if (!product(&scaled, a.above, scale))
            return 0;
    }
    Exact value = exact_divide(scaled, a.below);
    if (size_of(value) > limit)
        return 0;
    *out = (long long)value;
    return 1;
}

double rational_real(Rational a)
{
    a = reduced(a);
    return (double)a.above / (double)a.below;
}
