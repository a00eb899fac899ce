#include "stat/radix.h"

#include <string.h>

enum { BITS = 11, DIGITS = 1 << BITS, PASSES = 6 };

#define SIGN (UINT64_C(1) << 63) /* flipped, signed order is unsigned order */

static unsigned digit(int64_t x, int pass)
{
    return ((uint64_t)x ^ SIGN) >> (BITS * pass) & (DIGITS - 1);
}

/* Numbers and what goes with them, or NULL. */
typedef struct {
    int64_t *x;
    double *y;
} Keys;

static void move(Keys to, Keys from, size_t at[], size_t n, int pass)
{
    if (from.y == NULL) {
        for (size_t i = 0; i < n; i++)
            to.x[at[digit(from.x[i], pass)]++] = from.x[i];
        return;
    }
    for (size_t i = 0; i < n; i++) {
        size_t place = at[digit(from.x[i], pass)]++;
        to.x[place] = from.x[i];
        to.y[place] = from.y[i];
    }
}

/* One stable pass; 0 when all numbers have the same digit and stay put. */
static int pass_over(Keys to, Keys from, size_t n, int pass)
{
    size_t at[DIGITS] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++)
        at[digit(from.x[i], pass)]++;
    if (at[digit(from.x[0], pass)] == n)
        return 0;
    for (int d = 0; d < DIGITS; d++) {
        size_t count = at[d];
        at[d] = sum;
        sum += count;
    }
    move(to, from, at, n, pass);
    return 1;
}

void radix_sort_with(int64_t x[], double y[], int64_t work[], double with[],
                     size_t n)
{
    Keys from = {x, y}, to = {work, with};
    for (int pass = 0; n > 0 && pass < PASSES; pass++)
        if (pass_over(to, from, n, pass)) {
            Keys other = from;
            from = to;
            to = other;
        }
    if (from.x == x)
        return;
    memcpy(x, from.x, n * sizeof *x);
    if (y != NULL)
        memcpy(y, from.y, n * sizeof *y);
}

void radix_sort(int64_t x[], int64_t work[], size_t n)
{
    radix_sort_with(x, NULL, work, NULL, n);
}
