#include "stat/radix.h"

#include <string.h>

enum { BITS = 11, DIGITS = 1 << BITS, PASSES = 6 };

#define SIGN (UINT64_C(1) << 63) /* flipped, signed order is unsigned order */

static unsigned digit(int64_t x, int pass)
{
    return ((uint64_t)x ^ SIGN) >> (BITS * pass) & (DIGITS - 1);
}

/* One stable pass; 0 when all numbers have the same digit and stay put. */
static int pass_over(int64_t to[], const int64_t from[], size_t n, int pass)
{
    size_t at[DIGITS] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++)
        at[digit(from[i], pass)]++;
    if (at[digit(from[0], pass)] == n)
        return 0;
    for (int d = 0; d < DIGITS; d++) {
        size_t count = at[d];
        at[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[digit(from[i], pass)]++] = from[i];
    return 1;
}

void radix_sort(int64_t x[], int64_t work[], size_t n)
{
    int64_t *from = x, *to = work;
    for (int pass = 0; n > 0 && pass < PASSES; pass++)
        if (pass_over(to, from, n, pass)) {
            int64_t *other = from;
            from = to;
            to = other;
        }
    if (from != x)
        memcpy(x, from, n * sizeof *x);
}
