/* fraction.h - contractual shares kept exactly: 3/8, 20% and 1/3 as they are
 * written, and amounts split by them.
 */
#ifndef POOL_FRACTION_H
#define POOL_FRACTION_H

#include "core/exact.h"

#include <stddef.h>
#include <stdint.h>

/* num / den in lowest terms, num >= 0, den > 0. */
typedef struct {
    int64_t num, den;
} Fraction;

/* Read "3.5%", "0.6‰", "0.035" or "1/3": at most 9 decimals, numbers up to
 * 1e9.  0 when the text is none of these. */
int fraction_parse(Fraction *out, const char *text);

int fraction_above(Fraction a, Fraction b); /* a > b, exactly */

/* amount * f, rounded half away from zero; amount >= 0 and a result below
 * 2^63 are the caller's part. */
int64_t fraction_of(int64_t amount, Fraction f);

/* Weights over one denominator: parts[i] = weight[i] / *whole.  0 when the
 * common denominator passes 1e15. */
int fraction_weights(int64_t weight[], int64_t *whole, const Fraction parts[],
                     size_t n);

/*
 * out[i] = amount * weight[i] / (sum of weights), rounded so that the parts
 * sum to `amount` exactly and each is within a fen of its exact value: part i
 * is the rise of the rounded running sum.  `out` may be `weight`.
 * amount, weight[i] >= 0; weights sum to `whole` > 0.
 */
void fraction_split(int64_t out[], int64_t amount, const int64_t weight[],
                    int64_t whole, size_t n);

#endif
