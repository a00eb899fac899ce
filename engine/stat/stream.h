/* stream.h - cheap random words by place: word i of a stream is a mix of a
 * counter, so that any part of it can be had first.
 *
 * Word i is SplitMix64's output function of key + (i + 1) * gamma, both of
 * which Philox derives from the seed.  Places are disjoint ranges of i.
 * Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014; mixing constants by D. Stafford, variant 13.
 */
#ifndef STAT_STREAM_H
#define STAT_STREAM_H

#include <stdint.h>

typedef struct {
    uint64_t key;   /* where the counter starts */
    uint64_t gamma; /* what it rises by: odd, its bits well mixed */
} Stream;

/* The stream for one use of a seed; different uses do not meet. */
Stream stream_new(uint64_t seed, uint32_t use, uint32_t part);

static inline uint64_t stream_mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline uint64_t stream_word(Stream s, uint64_t i)
{
    return stream_mix(s.key + (i + 1) * s.gamma);
}

#endif
