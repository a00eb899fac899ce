#include "stat/trials.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

size_t trials_safe(uint32_t most)
{
    return most == 0 ? UINT32_MAX : UINT32_MAX / most;
}

static void sums_portable(int64_t sum[], TrialAmounts of, const uint32_t bits[],
                          size_t rows, size_t words)
{
    for (size_t r = 0; r < rows; r++)
        TRIALS_EACH(i, bits + r * words, words)
    sum[r] += of.amount[i];
}

#ifdef __x86_64__

/* Sums of pairs of numbers without a sign, of 32 bits, in 64. */
SIMD_TARGET_AVX512 static inline __m512i widened_avx512(__m512i x)
{
    __m512i low = _mm512_set1_epi64(UINT32_MAX);
    return _mm512_add_epi64(_mm512_and_si512(x, low), _mm512_srli_epi64(x, 32));
}

SIMD_TARGET_AVX512 static void sums_avx512(int64_t sum[], TrialAmounts of,
                                           const uint32_t bits[], size_t rows,
                                           size_t words)
{
    for (size_t r = 0; r < rows; r++, bits += words)
        for (size_t i = 0; i < words;) {
            __m512i a = _mm512_setzero_si512(), b = a;
            size_t left = words - i, end = i + (left < of.run ? left : of.run);
            for (const uint32_t *each = of.amount + i * TRIALS_WORD; i < end;
                 i++, each += TRIALS_WORD) {
                a = _mm512_mask_add_epi32(a, (__mmask16)bits[i], a,
                                          _mm512_loadu_si512(each));
                b = _mm512_mask_add_epi32(b, (__mmask16)(bits[i] >> 16), b,
                                          _mm512_loadu_si512(each + 16));
            }
            sum[r] += _mm512_reduce_add_epi64(
                _mm512_add_epi64(widened_avx512(a), widened_avx512(b)));
        }
}

/* Of 8 amounts those whose bits, moved up by `shift`, become signs. */
SIMD_TARGET_AVX2 static inline __m256i chosen_avx2(const uint32_t amount[],
                                                   __m256i bits, __m256i shift)
{
    return _mm256_maskload_epi32((const void *)amount,
                                 _mm256_sllv_epi32(bits, shift));
}

SIMD_TARGET_AVX2 static inline __m256i widened_avx2(__m256i x)
{
    __m256i low = _mm256_set1_epi64x(UINT32_MAX);
    return _mm256_add_epi64(_mm256_and_si256(x, low), _mm256_srli_epi64(x, 32));
}

SIMD_TARGET_AVX2 static inline int64_t total_avx2(__m256i x)
{
    __m128i half = _mm_add_epi64(_mm256_castsi256_si128(x),
                                 _mm256_extracti128_si256(x, 1));
    return _mm_cvtsi128_si64(_mm_add_epi64(half, _mm_srli_si128(half, 8)));
}

SIMD_TARGET_AVX2 static int64_t sum_avx2(const uint32_t amount[],
                                         const uint32_t bits[], size_t words)
{
    const __m256i at0 = _mm256_setr_epi32(31, 30, 29, 28, 27, 26, 25, 24);
    const __m256i at1 = _mm256_sub_epi32(at0, _mm256_set1_epi32(8));
    const __m256i at2 = _mm256_sub_epi32(at1, _mm256_set1_epi32(8));
    const __m256i at3 = _mm256_sub_epi32(at2, _mm256_set1_epi32(8));
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    for (size_t i = 0; i < words; i++, amount += TRIALS_WORD) {
        __m256i m = _mm256_set1_epi32((int)bits[i]);
        a = _mm256_add_epi32(a, chosen_avx2(amount, m, at0));
        b = _mm256_add_epi32(b, chosen_avx2(amount + 8, m, at1));
        c = _mm256_add_epi32(c, chosen_avx2(amount + 16, m, at2));
        d = _mm256_add_epi32(d, chosen_avx2(amount + 24, m, at3));
    }
    return total_avx2(
        _mm256_add_epi64(_mm256_add_epi64(widened_avx2(a), widened_avx2(b)),
                         _mm256_add_epi64(widened_avx2(c), widened_avx2(d))));
}

SIMD_TARGET_AVX2 static void sums_avx2(int64_t sum[], TrialAmounts of,
                                       const uint32_t bits[], size_t rows,
                                       size_t words)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < words; i += of.run) {
            size_t left = words - i, n = left < of.run ? left : of.run;
            sum[r] +=
                sum_avx2(of.amount + i * TRIALS_WORD, bits + r * words + i, n);
        }
}

#else
#define sums_avx512 sums_portable
#define sums_avx2   sums_portable
#endif

void trials_sums(SimdIsa isa, int64_t sum[], TrialAmounts of,
                 const uint32_t bits[], size_t rows, size_t words)
{
    if (isa == SIMD_AVX512)
        sums_avx512(sum, of, bits, rows, words);
    else if (isa == SIMD_AVX2)
        sums_avx2(sum, of, bits, rows, words);
    else
        sums_portable(sum, of, bits, rows, words);
}

/* Two words at a time.  Room is written to before it is known how many bits
 * there are; the highest bit, set besides, changes no number that counts. */
static inline __attribute__((always_inline)) size_t
places(uint32_t *restrict place, uint32_t first, const uint32_t *restrict bits,
       size_t words)
{
    enum { ROOM = 6 }; /* without a look: few pairs have more */
    const uint64_t top = UINT64_C(1) << 63;
    size_t at = 0;
    for (size_t i = 0; i < words; i += 2) {
        uint64_t left = bits[i];
        if (i + 1 < words)
            left |= (uint64_t)bits[i + 1] << TRIALS_WORD;
        uint32_t base = first + (uint32_t)(i * TRIALS_WORD);
        size_t count = (size_t)__builtin_popcountll(left);
        for (size_t k = 0; k < ROOM; k++) {
            place[at + k] = base + (uint32_t)__builtin_ctzll(left | top);
            left &= left - 1;
        }
        for (size_t k = ROOM; k < count; k++) {
            place[at + k] = base + (uint32_t)__builtin_ctzll(left);
            left &= left - 1;
        }
        at += count;
    }
    return at;
}

static size_t places_portable(uint32_t place[], uint32_t first,
                              const uint32_t bits[], size_t words)
{
    return places(place, first, bits, words);
}

SIMD_TARGET_AVX2 static size_t places_avx2(uint32_t place[], uint32_t first,
                                           const uint32_t bits[], size_t words)
{
    return places(place, first, bits, words);
}

#ifdef __x86_64__
SIMD_TARGET_AVX512 static size_t places_avx512(uint32_t place[], uint32_t first,
                                               const uint32_t bits[],
                                               size_t words)
{
    const __m512i step = _mm512_set1_epi32(16);
    __m512i at = _mm512_add_epi32(_mm512_set1_epi32((int)first),
                                  _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8,
                                                    9, 10, 11, 12, 13, 14, 15));
    uint32_t *to = place;
    for (size_t i = 0; i < words; i++)
        for (int half = 0; half < 2; half++) {
            __mmask16 some = (__mmask16)(bits[i] >> 16 * half);
            _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(some, at));
            to += __builtin_popcount(some);
            at = _mm512_add_epi32(at, step);
        }
    return (size_t)(to - place);
}
#else
#define places_avx512 places_portable
#endif

size_t trials_places(SimdIsa isa, uint32_t place[], uint32_t first,
                     const uint32_t bits[], size_t words)
{
    if (isa == SIMD_AVX512)
        return places_avx512(place, first, bits, words);
    if (isa == SIMD_AVX2)
        return places_avx2(place, first, bits, words);
    return places_portable(place, first, bits, words);
}
