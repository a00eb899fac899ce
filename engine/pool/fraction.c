#include "pool/fraction.h"

#include <string.h>

enum { PLACES = 9 };

#define UNIT   INT64_C(1000000000) /* 10^PLACES */
#define WIDEST INT64_C(1000000000000000)

static int64_t common(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static Fraction lowest(int64_t num, int64_t den)
{
    int64_t g = common(num, den);
    return (Fraction){num / g, den / g};
}

int fraction_parse(Fraction *out, const char *text)
{
    const char *p = text;
    Exact a = exact_read(&p, PLACES), b = UNIT;
    if (*p == '/') {
        if (a < 0 || a % UNIT != 0 || memchr(text, '.', (size_t)(p - text)))
            return 0;
        p++;
        b = exact_read(&p, 0);
        a /= UNIT;
    } else if (*p == '%') {
        b = (Exact)100 * UNIT;
        p++;
    } else if (strncmp(p, "‰", strlen("‰")) == 0) {
        b = (Exact)1000 * UNIT;
        p += strlen("‰");
    }
    if (*p != '\0' || a < 0 || b <= 0 || a > (Exact)UNIT * UNIT ||
        b > (Exact)UNIT * UNIT)
        return 0;
    *out = lowest((int64_t)a, (int64_t)b);
    return 1;
}

int fraction_above(Fraction a, Fraction b)
{
    return (Exact)a.num * b.den > (Exact)b.num * a.den;
}

int64_t fraction_of(int64_t amount, Fraction f)
{
    return (int64_t)exact_divide((Exact)amount * f.num, f.den);
}

int fraction_weights(int64_t weight[], int64_t *whole, const Fraction parts[],
                     size_t n)
{
    Exact den = 1;
    for (size_t i = 0; i < n; i++) {
        den *= parts[i].den / common((int64_t)den, parts[i].den);
        if (den > WIDEST)
            return 0;
    }
    for (size_t i = 0; i < n; i++) {
        Exact w = (Exact)parts[i].num * ((int64_t)den / parts[i].den);
        if (w > WIDEST * 1000)
            return 0;
        weight[i] = (int64_t)w;
    }
    *whole = (int64_t)den;
    return 1;
}

/* amount * part / whole, half up; in 64 bits when that is enough */
static int64_t rounded(int64_t amount, int64_t part, int64_t whole)
{
    int64_t product, twice;
    if (!__builtin_mul_overflow(amount, part, &product) &&
        !__builtin_add_overflow(product, whole / 2, &twice))
        return twice / whole;
    return (int64_t)(((Exact)amount * part + whole / 2) / whole);
}

void fraction_split(int64_t out[], int64_t amount, const int64_t weight[],
                    int64_t whole, size_t n)
{
    int64_t before = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += weight[i];
        int64_t upto = weight[i] == 0 ? before : rounded(amount, sum, whole);
        out[i] = upto - before;
        before = upto;
    }
}
