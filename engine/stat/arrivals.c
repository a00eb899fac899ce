#include "stat/arrivals.h"

#include "stat/explog.h"

/* In (0, 1]: 52 bits of a word behind the point. */
EXPLOG_INLINE double fraction_of(uint64_t word)
{
    return 2 - explog_of(UINT64_C(0x3FF0000000000000) | word >> 12);
}

/* The high word of 64 bits times n <= 2^32. */
EXPLOG_INLINE uint64_t part_of(uint64_t word, uint64_t n)
{
    return ((word >> 32) * n + ((word & UINT32_MAX) * n >> 32)) >> 32;
}

EXPLOG_INLINE void next(double time[], uint32_t place[], const uint64_t word[],
                        size_t n, const Arrivals *a, uint64_t trials)
{
    const Stream gaps = a->gaps, places = a->places;
    const double mean = 1 / (double)trials;
    for (size_t i = 0; i < n; i++) {
        time[i] -= mean * explog_log(fraction_of(stream_word(gaps, word[i])));
        place[i] = (uint32_t)part_of(stream_word(places, word[i]), trials);
    }
}

EXPLOG_INLINE void uniforms(double u[], const double time[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        u[i] = 1 - explog_exp(-time[i], 0);
}

SIMD_EACH(next_by, next,
          (SimdIsa isa, double *time, uint32_t *place, const uint64_t *word,
           size_t n, const Arrivals *a, uint64_t trials),
          (time, place, word, n, a, trials))

void arrivals_next(SimdIsa isa, double time[], uint32_t place[],
                   const uint64_t word[], size_t n, const Arrivals *a,
                   uint64_t trials)
{
    SIMD_CHOOSE(isa, next_by, (isa, time, place, word, n, a, trials));
}

SIMD_EACH(uniforms_by, uniforms,
          (SimdIsa isa, double *u, const double *time, size_t n), (u, time, n))

void arrivals_uniforms(SimdIsa isa, double u[], const double time[], size_t n)
{
    SIMD_CHOOSE(isa, uniforms_by, (isa, u, time, n));
}
