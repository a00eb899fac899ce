#include "stat/stream.h"

#include "stat/rng.h"

/* Odd, and with 24 or more places where neighbouring bits differ, or the
 * counter would be too regular for the mixing (SplittableRandom, mixGamma). */
static uint64_t gamma_of(uint64_t bits)
{
    bits |= 1;
    return __builtin_popcountll(bits ^ (bits >> 1)) < 24
               ? bits ^ UINT64_C(0xAAAAAAAAAAAAAAAA)
               : bits;
}

Stream stream_new(uint64_t seed, uint32_t use, uint32_t part)
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    RngBlock b = rng_philox((RngBlock){{use, part}}, key);
    return (Stream){(uint64_t)b.v[1] << 32 | b.v[0],
                    gamma_of((uint64_t)b.v[3] << 32 | b.v[2])};
}
