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

static int64_t sum_portable(const int64_t amount[], const uint32_t bits[],
                            size_t n)
{
    int64_t sum = 0;
    TRIALS_EACH(i, bits, n)
    sum += amount[i];
    return sum;
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

SIMD_TARGET_AVX512 static int64_t sum_avx512(const int64_t amount[],
                                             const uint32_t bits[], size_t n)
{
    __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
    for (size_t i = 0; i < n; i++, amount += TRIALS_WORD) {
        uint32_t m = bits[i];
        a = _mm512_mask_add_epi64(a, (__mmask8)m, a,
                                  _mm512_loadu_si512(amount));
        b = _mm512_mask_add_epi64(b, (__mmask8)(m >> 8), b,
                                  _mm512_loadu_si512(amount + 8));
        c = _mm512_mask_add_epi64(c, (__mmask8)(m >> 16), c,
                                  _mm512_loadu_si512(amount + 16));
        d = _mm512_mask_add_epi64(d, (__mmask8)(m >> 24), d,
                                  _mm512_loadu_si512(amount + 24));
    }
    a = _mm512_add_epi64(_mm512_add_epi64(a, b), _mm512_add_epi64(c, d));
    return _mm512_reduce_add_epi64(a);
}

#else
#define run_avx512 run_portable
#define run_avx2   run_portable
#define sum_avx512 sum_portable
#endif

int64_t trials_sum(SimdIsa isa, const int64_t amount[], const uint32_t bits[],
                   size_t n)
{
    return isa == SIMD_AVX512 ? sum_avx512(amount, bits, n)
                              : sum_portable(amount, bits, n);
}

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
