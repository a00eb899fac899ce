/* normal.h - the standard normal distribution by basic operations alone: the
 * same bits on every processor, compiler and instruction set.
 */
#ifndef STAT_NORMAL_H
#define STAT_NORMAL_H

#include "core/simd.h"
#include "stat/stream.h"

#include <stddef.h>

/*
 * Phi(x), relative error below 2e-15 for x > -37, 0 below -38.
 * Infinities give 0 and 1, NaN gives NaN.
 */
double normal_cdf(double x);
double normal_density(double x);

/*
 * Phi^-1(p), relative error below 2e-15 for p in [1e-300, 1 - 2^-53];
 * -inf at 0, inf at 1, NaN outside [0, 1].
 * Source: Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
double normal_quantile(double p);

/* natural logarithm of x > 0 and e^x for |x| < 700, within 2 units in the last
 * place, by the same means */
double normal_log(double x);
double normal_exp(double x);

/* p[i] = Phi(x[i]), the bits of normal_cdf().  p may be x. */
void normal_cdfs(SimdIsa isa, double p[], const double x[], size_t n);

/* z[i] = Phi^-1(u), where u in (0, 1) is made of the upper 52 bits of word
 * `first` + i: n independent standard normals. */
void normal_draws(SimdIsa isa, double z[], Stream s, uint64_t first, size_t n);

/* The same of words at hand: z[i] of word[i]. */
void normal_of_words(SimdIsa isa, double z[], const uint64_t word[], size_t n);

/* The uniform of a word: (its upper 52 bits + 1/2) / 2^52, never 0 or 1. */
double normal_uniform(uint64_t word);

#endif
