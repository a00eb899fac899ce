/* trials.h - many yes-or-no draws at once, each decided by 16 random bits or
 * left open.
 *
 * A trial says yes when its uniform is below its chance.  Trials of nearly
 * equal chance stand side by side in bands; for a band two whole numbers
 * enclose all chances, so that one compare decides nearly every trial and the
 * few open ones are decided by the caller with trials_uniform() and the exact
 * chance.
 */
#ifndef STAT_TRIALS_H
#define STAT_TRIALS_H

#include "core/simd.h"
#include "stat/stream.h"

#include <stddef.h>

enum {
    TRIALS_WORD = 32,     /* trials in a word of answers */
    TRIALS_PER_RANDOM = 4 /* trials served by one random word */
};

/* Of a band: a draw below `yes` is a yes, one above `open` is a no. */
typedef struct {
    uint16_t yes, open;
} TrialBand;

/* The band whose chances lie in [low, high]. */
TrialBand trials_band(double low, double high);

/*
 * Draw 32 n trials: bit j of yes[i] and open[i] is the answer to trial
 * 32 i + j, of which at most one is set.  Trial t uses 16 bits of random word
 * first + t / 4.
 *
 * yes, open  [n].
 * band       [(n + wide - 1) / wide], each for `wide` words of answers.
 */
void trials_run(SimdIsa isa, uint32_t yes[], uint32_t open[], size_t n,
                Stream s, uint64_t first, const TrialBand band[], size_t wide);

/* The whole uniform of trial t in (0, 1): the 16 bits that trials_run() saw
 * and 36 more from word rest_first + t of `rest`. */
double trials_uniform(Stream s, uint64_t first, Stream rest,
                      uint64_t rest_first, uint64_t t);

/* The same for n trials, trial[i] counted from the start of both streams. */
void trials_uniforms(SimdIsa isa, double u[], const uint64_t trial[], size_t n,
                     Stream s, Stream rest);

/* Sum of amount[i] over the set bits i of bits[n]. */
int64_t trials_sum(SimdIsa isa, const int64_t amount[], const uint32_t bits[],
                   size_t n);

/* For each set bit of bits[words], rising: `place` is its number. */
#define TRIALS_EACH(place, bits, words)                                        \
    for (size_t place##_word = 0; place##_word < (words); place##_word++)      \
        for (uint32_t place##_left = (bits)[place##_word], place = 0;          \
             place##_left != 0 &&                                              \
             (place = (uint32_t)(place##_word * TRIALS_WORD) +                 \
                      (uint32_t)__builtin_ctz(place##_left),                   \
             1);                                                               \
             place##_left &= place##_left - 1)

#endif
