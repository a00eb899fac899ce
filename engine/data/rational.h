/* rational.h - exact fractions, for sums over the columns of a source. */
#ifndef DATA_RATIONAL_H
#define DATA_RATIONAL_H

#include "core/exact.h"

/* above / below, below > 0, both within 2^126. */
typedef struct {
    Exact above, below;
} Rational;

Rational rational_of(long long mantissa, int places); /* m * 10^-places */

/* 0 when the result would leave the range (or divides by 0), else 1. */
int rational_add(Rational *out, Rational a, Rational b);
int rational_multiply(Rational *out, Rational a, Rational b);
int rational_divide(Rational *out, Rational a, Rational b);

/* -1, 0 or 1 as a is below, equal to or above b; exact. */
int rational_compare(Rational a, Rational b);

/* a * scale, rounded half away from zero; 0 beyond `limit` either way. */
int rational_round(long long *out, Rational a, long long scale,
                   long long limit);

double rational_real(Rational a);

#endif
