#include "stat/trials.h"

#include <math.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { RANDOMS = TRIALS_WORD / TRIALS_PER_RANDOM }; /* for a word of answers */

#define MIX_1 UINT64_C(0xBF58476D1CE4E5B9) /* as in stream_mix() */
#define MIX_2 UINT64_C(0x94D049BB133111EB)

/* Rounded outwards, with room for the last bits of the chances. */
TrialBand trials_band(double low, double high)
{
    double yes = floor(low * (1 - 1e-9) * 65536);
    double open = floor(high * (1 + 1e-9) * 65536);
    return (TrialBand){(uint16_t)(yes > 65535 ? 65535 : yes),
                       (uint16_t)(open > 65535 ? 65535 : open)};
}

double trials_uniform(Stream s, uint64_t first, Stream rest,
                      uint64_t rest_first, uint64_t t)
{
    uint64_t word = stream_word(s, first + t / TRIALS_PER_RANDOM);
    uint64_t head = word >> (16 * (t % TRIALS_PER_RANDOM)) & 0xFFFF;
    uint64_t tail = stream_word(rest, rest_first + t) >> 28;
    return ((double)(head << 36 | tail) + 0.5) * 0x1p-52;
}

static void run_portable(uint32_t yes[], uint32_t open[], size_t n, Stream s,
                         uint64_t first, const TrialBand band[], size_t wide)
{
    for (size_t i = 0; i < n; i++) {
        TrialBand b = band[i / wide];
        uint32_t sure = 0, maybe = 0;
        for (unsigned w = 0; w < RANDOMS; w++) {
            uint64_t z = stream_word(s, first + i * RANDOMS + w);
            for (unsigned p = 0; p < TRIALS_PER_RANDOM; p++, z >>= 16) {
                uint32_t draw = (uint32_t)z & 0xFFFF;
                unsigned at = TRIALS_PER_RANDOM * w + p;
                sure |= (uint32_t)(draw < b.yes) << at;
                maybe |= (uint32_t)(draw <= b.open) << at;
            }
        }
        yes[i] = sure;
        open[i] = maybe & ~sure;
    }
}

#ifdef __x86_64__

SIMD_TARGET_AVX512 static void run_avx512(uint32_t yes[], uint32_t open[],
                                          size_t n, Stream s, uint64_t first,
                                          const TrialBand band[], size_t wide)
{
    const __m512i m1 = _mm512_set1_epi64((long long)MIX_1);
    const __m512i m2 = _mm512_set1_epi64((long long)MIX_2);
    const __m512i step = _mm512_set1_epi64((long long)(RANDOMS * s.gamma));
    uint64_t start[RANDOMS];
    for (unsigned w = 0; w < RANDOMS; w++)
        start[w] = s.key + (first + w + 1) * s.gamma;
    __m512i at = _mm512_loadu_si512(start);
    for (size_t i = 0; i < n;) {
        const __m512i low = _mm512_set1_epi16((short)band->yes);
        const __m512i high = _mm512_set1_epi16((short)band->open);
        band++;
        for (size_t end = i + wide < n ? i + wide : n; i < end; i++) {
            __m512i z = at;
            at = _mm512_add_epi64(at, step);
            z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 30));
            z = _mm512_mullo_epi64(z, m1);
            z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 27));
            z = _mm512_mullo_epi64(z, m2);
            z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 31));
            uint32_t sure = _mm512_cmplt_epu16_mask(z, low);
            yes[i] = sure;
            open[i] = _mm512_cmple_epu16_mask(z, high) & ~sure;
        }
    }
}

/* z * (high 2^32 + low) modulo 2^64: avx2 has no such product */
SIMD_TARGET_AVX2 static inline __m256i times_avx2(__m256i z, __m256i low,
                                                  __m256i high)
{
    __m256i cross =
        _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(z, 32), low),
                         _mm256_mul_epu32(z, high));
    return _mm256_add_epi64(_mm256_mul_epu32(z, low),
                            _mm256_slli_epi64(cross, 32));
}

SIMD_TARGET_AVX2 static inline __m256i mix_avx2(__m256i z)
{
    const __m256i low1 = _mm256_set1_epi64x((long long)(MIX_1 & 0xFFFFFFFF));
    const __m256i high1 = _mm256_set1_epi64x((long long)(MIX_1 >> 32));
    const __m256i low2 = _mm256_set1_epi64x((long long)(MIX_2 & 0xFFFFFFFF));
    const __m256i high2 = _mm256_set1_epi64x((long long)(MIX_2 >> 32));
    z = _mm256_xor_si256(z, _mm256_srli_epi64(z, 30));
    z = times_avx2(z, low1, high1);
    z = _mm256_xor_si256(z, _mm256_srli_epi64(z, 27));
    z = times_avx2(z, low2, high2);
    return _mm256_xor_si256(z, _mm256_srli_epi64(z, 31));
}

/* 32 truths of 16 bits each, as bits in order */
SIMD_TARGET_AVX2 static inline uint32_t bits_avx2(__m256i a, __m256i b)
{
    __m256i bytes = _mm256_packs_epi16(a, b); /* halves crossed */
    return (uint32_t)_mm256_movemask_epi8(
        _mm256_permute4x64_epi64(bytes, 0xD8));
}

SIMD_TARGET_AVX2 static void run_avx2(uint32_t yes[], uint32_t open[], size_t n,
                                      Stream s, uint64_t first,
                                      const TrialBand band[], size_t wide)
{
    const __m256i step = _mm256_set1_epi64x((long long)(RANDOMS * s.gamma));
    uint64_t start[RANDOMS];
    for (unsigned w = 0; w < RANDOMS; w++)
        start[w] = s.key + (first + w + 1) * s.gamma;
    __m256i at = _mm256_loadu_si256((const void *)start);
    __m256i at2 = _mm256_loadu_si256((const void *)(start + RANDOMS / 2));
    for (size_t i = 0; i < n;) {
        const __m256i low = _mm256_set1_epi16((short)band->yes);
        const __m256i high = _mm256_set1_epi16((short)band->open);
        band++;
        for (size_t end = i + wide < n ? i + wide : n; i < end; i++) {
            __m256i a = mix_avx2(at), b = mix_avx2(at2);
            at = _mm256_add_epi64(at, step);
            at2 = _mm256_add_epi64(at2, step);
            uint32_t not_sure =
                bits_avx2(_mm256_cmpeq_epi16(_mm256_max_epu16(a, low), a),
                          _mm256_cmpeq_epi16(_mm256_max_epu16(b, low), b));
            uint32_t maybe =
                bits_avx2(_mm256_cmpeq_epi16(_mm256_min_epu16(a, high), a),
                          _mm256_cmpeq_epi16(_mm256_min_epu16(b, high), b));
            yes[i] = ~not_sure;
            open[i] = maybe & not_sure;
        }
    }
}

#else
#define run_avx512 run_portable
#define run_avx2   run_portable
#endif

void trials_run(SimdIsa isa, uint32_t yes[], uint32_t open[], size_t n,
                Stream s, uint64_t first, const TrialBand band[], size_t wide)
{
    if (isa == SIMD_AVX512)
        run_avx512(yes, open, n, s, first, band, wide);
    else if (isa == SIMD_AVX2)
        run_avx2(yes, open, n, s, first, band, wide);
    else
        run_portable(yes, open, n, s, first, band, wide);
}

/* Four places are written whether there or not, so that the usual word costs
 * no branch that is hard to foresee. */
size_t trials_places(uint32_t out[], const uint32_t bits[], size_t n,
                     uint32_t base)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i += 2) {
        uint64_t word = bits[i];
        if (i + 1 < n)
            word |= (uint64_t)bits[i + 1] << TRIALS_WORD;
        if (word == 0)
            continue;
        size_t next = count + (size_t)__builtin_popcountll(word);
        uint32_t at = base + (uint32_t)i * TRIALS_WORD;
        for (size_t j = count; word != 0; j += 4)
            for (size_t k = j; k < j + 4; k++) {
                out[k] = at + (uint32_t)__builtin_ctzll(word | 1ull << 63);
                word &= word - 1; /* 0 stays 0 */
            }
        count = next;
    }
    return count;
}
