#include "stat/trials.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { RANDOMS = TRIALS_WORD / TRIALS_PER_RANDOM }; /* for a word of answers */

#define MIX_1 UINT64_C(0xBF58476D1CE4E5B9) /* as in stream_mix() */
#define MIX_2 UINT64_C(0x94D049BB133111EB)

/* Rounded outwards, with room for the last bits of the chances. */
TrialBound trials_bound(double low, double high)
{
    double yes = low * (1 - 1e-9) * 65536, open = high * (1 + 1e-9) * 65536;
    return (TrialBound){(uint16_t)(yes > 65535 ? 65535 : yes),
                        (uint16_t)(open > 65535 ? 65535 : open)};
}

/* d has 52 bits behind the point of 1.xxx; both steps are exact. */
static inline __attribute__((always_inline)) double uniform_of(uint64_t head,
                                                               uint64_t tail)
{
    double d;
    uint64_t bits = UINT64_C(0x3FF0000000000000) | head << 36 | tail >> 28;
    memcpy(&d, &bits, sizeof d);
    return d - (1 - 0x1p-53);
}

double trials_uniform(Stream s, uint64_t first, Stream rest,
                      uint64_t rest_first, uint64_t t)
{
    uint64_t word = stream_word(s, first + t / TRIALS_PER_RANDOM);
    return uniform_of(word >> (16 * (t % TRIALS_PER_RANDOM)) & 0xFFFF,
                      stream_word(rest, rest_first + t));
}

static inline __attribute__((always_inline)) void
uniforms(double *restrict u, const uint64_t *restrict trial, size_t n, Stream s,
         Stream rest)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t t = trial[i];
        uint64_t word = stream_word(s, t / TRIALS_PER_RANDOM);
        u[i] = uniform_of(word >> (16 * (t % TRIALS_PER_RANDOM)) & 0xFFFF,
                          stream_word(rest, t));
    }
}

SIMD_EACH(uniforms_by, uniforms,
          (SimdIsa isa, double *u, const uint64_t *trial, size_t n, Stream s,
           Stream rest),
          (u, trial, n, s, rest))

void trials_uniforms(SimdIsa isa, double u[], const uint64_t trial[], size_t n,
                     Stream s, Stream rest)
{
    SIMD_CHOOSE(isa, uniforms_by, (isa, u, trial, n, s, rest));
}

static size_t run_portable(uint32_t yes[], TrialOpen open[], const TrialTile *t,
                           const TrialBand *const band[])
{
    size_t opened = 0;
    for (size_t i = 0; i < t->rows * t->words; i++) {
        size_t row = i / t->words, word = i % t->words;
        uint64_t at = t->first + row * t->stride + word * RANDOMS;
        const TrialBand *b = band[row] + word / t->wide;
        uint32_t sure = 0, maybe = 0;
        for (unsigned w = 0; w < RANDOMS; w++) {
            uint64_t z = stream_word(t->stream, at + w);
            for (unsigned p = 0; p < TRIALS_PER_RANDOM; p++, z >>= 16) {
                uint32_t draw = (uint32_t)z & 0xFFFF;
                unsigned place = TRIALS_PER_RANDOM * w + p;
                unsigned part = place / TRIALS_PART;
                sure |= (uint32_t)(draw < b->yes[part]) << place;
                maybe |= (uint32_t)(draw <= b->open[part]) << place;
            }
        }
        yes[i] = sure;
        if (maybe != sure)
            open[opened++] =
                (TrialOpen){(uint32_t)row, (uint32_t)word, maybe & ~sure};
    }
    return opened;
}

#ifdef __x86_64__

/* The bounds of four parts, for a vector. */
static inline int64_t parts_of(const uint16_t bound[])
{
    int64_t all;
    memcpy(&all, bound, sizeof all);
    return all;
}

/* Each quarter of a vector gets the bound of its part. */
SIMD_TARGET_AVX512 static inline __m512i spread_avx512(const uint16_t bound[])
{
    const __m512i from = _mm512_setr_epi64(
        0x0100010001000100, 0x0100010001000100, 0x0302030203020302,
        0x0302030203020302, 0x0504050405040504, 0x0504050405040504,
        0x0706070607060706, 0x0706070607060706);
    return _mm512_shuffle_epi8(_mm512_set1_epi64(parts_of(bound)), from);
}

/* One row; returns where the next open word goes. */
SIMD_TARGET_AVX512 static inline TrialOpen *
row_avx512(uint32_t yes[], TrialOpen *open, const TrialTile *t, uint32_t row,
           const TrialBand *band)
{
    const __m512i m1 = _mm512_set1_epi64((long long)MIX_1);
    const __m512i m2 = _mm512_set1_epi64((long long)MIX_2);
    const __m512i gamma = _mm512_set1_epi64((long long)t->stream.gamma);
    const __m512i step = _mm512_slli_epi64(gamma, 3);
    const __m512i lane = _mm512_setr_epi64(1, 2, 3, 4, 5, 6, 7, 8);
    uint64_t start =
        t->stream.key + (t->first + row * t->stride) * t->stream.gamma;
    __m512i at = _mm512_add_epi64(_mm512_set1_epi64((long long)start),
                                  _mm512_mullo_epi64(lane, gamma));
    for (size_t i = 0; i < t->words; band++) {
        const __m512i low = spread_avx512(band->yes);
        const __m512i high = spread_avx512(band->open);
        size_t left = t->words - i, end = i + (left < t->wide ? left : t->wide);
        for (; i < end; i++) {
            __m512i z = at;
            at = _mm512_add_epi64(at, step);
            z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 30));
            z = _mm512_mullo_epi64(z, m1);
            z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 27));
            z = _mm512_mullo_epi64(z, m2);
            z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 31));
            uint32_t sure = _mm512_cmplt_epu16_mask(z, low);
            uint32_t maybe = _mm512_cmple_epu16_mask(z, high) & ~sure;
            yes[i] = sure;
            *open = (TrialOpen){row, (uint32_t)i, maybe};
            open += maybe != 0;
        }
    }
    return open;
}

SIMD_TARGET_AVX512 static size_t run_avx512(uint32_t yes[], TrialOpen open[],
                                            const TrialTile *t,
                                            const TrialBand *const band[])
{
    TrialOpen *next = open;
    for (uint32_t row = 0; row < t->rows; row++)
        next = row_avx512(yes + row * t->words, next, t, row, band[row]);
    return (size_t)(next - open);
}

/* A product modulo 2^64, which avx2 does not have: that of the low halves, and
 * 2^32 times those of each high half and the other side's low one.  No 32-bit
 * products, which take twice as long to come. */
SIMD_TARGET_AVX2 static inline __m256i times_avx2(__m256i z, uint64_t by)
{
    const __m256i low = _mm256_set1_epi64x((long long)by);
    const __m256i high = _mm256_set1_epi64x((long long)(by >> 32));
    __m256i cross =
        _mm256_add_epi64(_mm256_mul_epu32(z, high),
                         _mm256_mul_epu32(_mm256_shuffle_epi32(z, 0xB1), low));
    return _mm256_add_epi64(_mm256_mul_epu32(z, low),
                            _mm256_slli_epi64(cross, 32));
}

SIMD_TARGET_AVX2 static inline __m256i mix_avx2(__m256i z)
{
    z = _mm256_xor_si256(z, _mm256_srli_epi64(z, 30));
    z = times_avx2(z, MIX_1);
    z = _mm256_xor_si256(z, _mm256_srli_epi64(z, 27));
    z = times_avx2(z, MIX_2);
    return _mm256_xor_si256(z, _mm256_srli_epi64(z, 31));
}

/* Which of 32 differences of 16 bits are 0, as bits: packing, which keeps what
 * is not 0 so, takes the halves of both by turns, as row_avx2() deals out
 * random words. */
SIMD_TARGET_AVX2 static inline uint32_t zeros_avx2(__m256i a, __m256i b)
{
    return (uint32_t)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(_mm256_packs_epi16(a, b), _mm256_setzero_si256()));
}

/* The halves of a vector get the bounds of parts `first` and first + 2. */
SIMD_TARGET_AVX2 static inline __m256i spread_avx2(__m256i bounds, int first)
{
    const __m256i even =
        _mm256_setr_epi64x(0x0100010001000100, 0x0100010001000100,
                           0x0504050405040504, 0x0504050405040504);
    const __m256i odd =
        _mm256_setr_epi64x(0x0302030203020302, 0x0302030203020302,
                           0x0706070607060706, 0x0706070607060706);
    return _mm256_shuffle_epi8(bounds, first == 0 ? even : odd);
}

SIMD_TARGET_AVX2 static inline TrialOpen *
row_avx2(uint32_t yes[], TrialOpen *open, const TrialTile *t, uint32_t row,
         const TrialBand *band)
{
    const uint64_t gamma = t->stream.gamma;
    const __m256i step = _mm256_set1_epi64x((long long)(RANDOMS * gamma));
    uint64_t at = t->stream.key + (t->first + row * t->stride) * gamma;
    __m256i from = _mm256_set1_epi64x((long long)at);
    __m256i x = _mm256_add_epi64(
        from, times_avx2(_mm256_setr_epi64x(1, 2, 5, 6), gamma));
    __m256i y = _mm256_add_epi64(
        from, times_avx2(_mm256_setr_epi64x(3, 4, 7, 8), gamma));
    for (size_t i = 0; i < t->words; band++) {
        const __m256i yeses = _mm256_set1_epi64x(parts_of(band->yes));
        const __m256i opens = _mm256_set1_epi64x(parts_of(band->open));
        const __m256i low_a = spread_avx2(yeses, 0),
                      low_b = spread_avx2(yeses, 1);
        const __m256i high_a = spread_avx2(opens, 0),
                      high_b = spread_avx2(opens, 1);
        size_t left = t->words - i, end = i + (left < t->wide ? left : t->wide);
        for (; i < end; i++) {
            __m256i a = mix_avx2(x), b = mix_avx2(y);
            x = _mm256_add_epi64(x, step);
            y = _mm256_add_epi64(y, step);
            uint32_t not_sure = zeros_avx2(_mm256_subs_epu16(low_a, a),
                                           _mm256_subs_epu16(low_b, b));
            uint32_t maybe = zeros_avx2(_mm256_subs_epu16(a, high_a),
                                        _mm256_subs_epu16(b, high_b));
            maybe &= not_sure;
            yes[i] = ~not_sure;
            *open = (TrialOpen){row, (uint32_t)i, maybe};
            open += maybe != 0;
        }
    }
    return open;
}

SIMD_TARGET_AVX2 static size_t run_avx2(uint32_t yes[], TrialOpen open[],
                                        const TrialTile *t,
                                        const TrialBand *const band[])
{
    TrialOpen *next = open;
    for (uint32_t row = 0; row < t->rows; row++)
        next = row_avx2(yes + row * t->words, next, t, row, band[row]);
    return (size_t)(next - open);
}

#else
#define run_avx512 run_portable
#define run_avx2   run_portable
#endif

size_t trials_run(SimdIsa isa, uint32_t yes[], TrialOpen open[],
                  const TrialTile *tile, const TrialBand *const band[])
{
    if (isa == SIMD_AVX512)
        return run_avx512(yes, open, tile, band);
    if (isa == SIMD_AVX2)
        return run_avx2(yes, open, tile, band);
    return run_portable(yes, open, tile, band);
}
