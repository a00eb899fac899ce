/* trials.h - many yes-or-no draws at once, each decided by 16 random bits or
 * left open.
 *
 * A trial says yes when its uniform is below its chance.  Trials of nearly
 * equal chance stand side by side in bands of words; for each part of a band's
 * words two whole numbers enclose all chances, so that one compare decides
 * nearly every trial and the few open ones are decided by the caller with
 * trials_uniform() and the exact chance.
 */
#ifndef STAT_TRIALS_H
#define STAT_TRIALS_H

#include "core/simd.h"
#include "stat/stream.h"

#include <stddef.h>
#include <string.h>

enum {
    TRIALS_WORD = 32,      /* trials in a word of answers */
    TRIALS_PER_RANDOM = 4, /* trials served by one random word */
    TRIALS_PART = 8,       /* trials of a word with bounds of their own */
    TRIALS_PARTS = TRIALS_WORD / TRIALS_PART
};

/* A draw below `yes` is a yes, one above `open` is a no. */
typedef struct {
    uint16_t yes, open;
} TrialBound;

/* The bound of chances that lie in [low, high]. */
TrialBound trials_bound(double low, double high);

/* Of a band: the bounds of each part of its words. */
typedef struct {
    uint16_t yes[TRIALS_PARTS], open[TRIALS_PARTS];
} TrialBand;

/* All parts alike. */
static inline TrialBand trials_alike(TrialBound b)
{
    uint64_t all[2] = {b.yes * UINT64_C(0x0001000100010001),
                       b.open * UINT64_C(0x0001000100010001)};
    TrialBand band;
    memcpy(&band, all, sizeof band);
    return band;
}

static inline void trials_set(TrialBand *band, size_t part, TrialBound b)
{
    band->yes[part] = b.yes;
    band->open[part] = b.open;
}

/* Rows of trials to draw: trial t of row r uses 16 bits of random word
 * first + r stride + t / 4. */
typedef struct {
    size_t rows, words; /* 32 trials a word */
    size_t wide;        /* words in a band */
    Stream stream;
    uint64_t first, stride;
} TrialTile;

/* The open trials of a word, as bits. */
typedef struct {
    uint32_t row, word, bits;
} TrialOpen;

/*
 * Draw a tile: bit j of yes[r words + i] says that trial 32 i + j of row r is
 * a yes.  Returns how many words have open trials, none of them a yes.
 *
 * yes, open  [rows words].
 * band       [rows] of [(words + wide - 1) / wide].
 */
size_t trials_run(SimdIsa isa, uint32_t yes[], TrialOpen open[],
                  const TrialTile *tile, const TrialBand *const band[]);

/* The whole uniform of trial t in (0, 1): the 16 bits that trials_run() saw
 * and 36 more from word rest_first + t of `rest`. */
double trials_uniform(Stream s, uint64_t first, Stream rest,
                      uint64_t rest_first, uint64_t t);

/* The same for n trials, trial[i] counted from the start of both streams. */
void trials_uniforms(SimdIsa isa, double u[], const uint64_t trial[], size_t n,
                     Stream s, Stream rest);

/* What trials are worth. */
typedef struct {
    const uint32_t *amount; /* [32 words] */
    size_t run;             /* of trials_safe() */
} TrialAmounts;

/* How many amounts up to `most` can be added up within 32 bits. */
size_t trials_safe(uint32_t most);

/* Add to sum[r] the amounts for whose trial row r has a bit.
 *
 * bits  [rows][words].
 */
void trials_sums(SimdIsa isa, int64_t sum[], TrialAmounts of,
                 const uint32_t bits[], size_t rows, size_t words);

/* The numbers of the set bits of bits[words], counted from `first`, rising;
 * returns how many.  No branch for a bit, which a processor would guess
 * wrongly.
 *
 * place  [32 words + TRIALS_ROOM].
 */
enum { TRIALS_ROOM = 16 };
size_t trials_places(SimdIsa isa, uint32_t place[], uint32_t first,
                     const uint32_t bits[], size_t words);

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
