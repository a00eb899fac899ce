/* number.h - the numbers that rules reckon with: exact fractions as long as
 * they fit, so that 3 of 10 is 30% and 1.15 - 1 is 15%; doubles beyond.
 */
#ifndef POLICY_NUMBER_H
#define POLICY_NUMBER_H

#include "core/exact.h"

#include <stdint.h>

/* den > 0: num / den, exactly.  den = 0: num holds the bits of a double (a
 * root, an estimate, a fraction that grew too long).  den < 0: null. */
typedef struct {
    int64_t num, den;
} Number;

#define NUMBER_NULL ((Number){0, -1})

static inline int number_is_null(Number a)
{
    return a.den < 0;
}

static inline Number number_int(int64_t v)
{
    return (Number){v, 1};
}

Number number_real(double x); /* null when not finite; whole ones exact */
Number number_fit(Exact n, Exact d); /* n / d; d > 0, both below 2^126 */
double number_double(Number a);      /* correctly rounded; NaN for null */

/* num / den of two whole numbers, as a column of decimals keeps them. */
Number number_scaled(int64_t v, int64_t scale);

/* Null in, null out; division by zero, log of 0 ... are null. */
Number number_add(Number a, Number b);
Number number_subtract(Number a, Number b);
Number number_multiply(Number a, Number b);
Number number_divide(Number a, Number b);
Number number_negate(Number a);
Number number_abs(Number a);
Number number_power(Number a, Number b); /* exact for small whole b */
Number number_sqrt(Number a);            /* exact for squares */
Number number_exp(Number a);
Number number_log(Number a);
Number number_lesser(Number a, Number b);
Number number_greater(Number a, Number b);

typedef enum {
    ROUND_HALF_AWAY, /* 2.5 to 3, -2.5 to -3 */
    ROUND_HALF_EVEN,
    ROUND_UP,   /* away from zero */
    ROUND_DOWN, /* towards zero */
    ROUND_FLOOR,
    ROUND_CEILING,
    ROUND_HALF_TO_ZERO /* 2.5 to 2, -2.5 to -2 */
} RoundMode;

/* To a multiple of `unit`, null unless that is above 0: exactly where both are
 * fractions.  A double whose last digit is above the unit is one already. */
Number number_round(Number a, Number unit, RoundMode mode);

/* The whole number nearest to a * scale, halves away from zero; INT64_MIN for
 * null and beyond +-9e18. */
int64_t number_whole(Number a, int64_t scale);

int number_compare_slow(Number a, Number b);

/* -1, 0 or 1; neither is null. */
static inline int number_compare(Number a, Number b)
{
    if (a.den <= 0 || b.den <= 0)
        return number_compare_slow(a, b);
    if (a.den == b.den)
        return (a.num > b.num) - (a.num < b.num);
    Exact l = (Exact)a.num * b.den, r = (Exact)b.num * a.den;
    return (l > r) - (l < r);
}

/* As short as it can be told: "0.3", "1/3" as 0.333333333333; "null".
 * Returns out. */
enum { NUMBER_TEXT = 40 };
char *number_format(char out[NUMBER_TEXT], Number a);

#endif
