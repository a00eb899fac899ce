#include "check.h"
#include "stat/trials.h"

enum { WORDS = 71, WIDE = 3, BANDS = 24, TRIALS = WORDS * TRIALS_WORD };

static TrialBand bands[BANDS];
static double low[BANDS], high[BANDS];

static void make_bands(void)
{
    for (int b = 0; b < BANDS; b++) {
        low[b] = 0.0007 + 0.031 * b;
        high[b] = low[b] * 1.07;
        bands[b] = trials_band(low[b], high[b]);
    }
}

static void every_instruction_set_gives_the_same_answers(void **state)
{
    (void)state;
    uint32_t yes[WORDS], open[WORDS], want_yes[WORDS], want_open[WORDS];
    Stream s = stream_new(2385, 7, 11);
    make_bands();
    trials_run(SIMD_PORTABLE, want_yes, want_open, WORDS, s, 77777, bands,
               WIDE);
    for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++) {
        trials_run(isa, yes, open, WORDS, s, 77777, bands, WIDE);
        assert_memory_equal(yes, want_yes, sizeof yes);
        assert_memory_equal(open, want_open, sizeof open);
    }
}

/* With the whole uniform: a sure yes lies below the lowest chance, a sure no
 * not below the highest. */
static void answers_are_those_of_the_whole_uniform(void **state)
{
    (void)state;
    uint32_t yes[WORDS], open[WORDS];
    Stream s = stream_new(2385, 7, 11), rest = stream_new(2385, 8, 11);
    size_t opened = 0;
    make_bands();
    for (uint64_t first = 0; first < 100000; first += 5000) {
        trials_run(simd_isa(), yes, open, WORDS, s, first, bands, WIDE);
        for (size_t t = 0; t < TRIALS; t++) {
            size_t b = t / TRIALS_WORD / WIDE;
            double u = trials_uniform(s, first, rest, 4 * first, t);
            int is_yes = yes[t / TRIALS_WORD] >> t % TRIALS_WORD & 1;
            int is_open = open[t / TRIALS_WORD] >> t % TRIALS_WORD & 1;
            assert_true(u > 0 && u < 1 && !(is_yes && is_open));
            assert_true(!is_yes || u < low[b]);
            assert_true(is_yes || is_open || u >= high[b]);
            opened += (size_t)is_open;
        }
    }
    assert_true(opened > 100);
}

static void bands_hold_their_ends(void **state)
{
    (void)state;
    TrialBand all = trials_band(1, 1), none = trials_band(0, 0);
    assert_int_equal(all.yes, 65535); /* the last draw stays open */
    assert_int_equal(all.open, 65535);
    assert_int_equal(none.yes, 0);
    assert_int_equal(none.open, 0);
}

/* Sums over set bits, and each of them once, for words from empty to full. */
static void set_bits_are_summed_and_visited(void **state)
{
    (void)state;
    static int64_t amount[TRIALS];
    uint32_t bits[WORDS];
    Stream s = stream_new(2385, 9, 0);
    for (uint64_t t = 0; t < TRIALS; t++)
        amount[t] = (int64_t)(stream_word(s, t) >> 12) - (INT64_C(1) << 50);
    for (int density = 0; density < 4; density++) {
        int64_t want = 0, visited = 0;
        for (size_t i = 0; i < WORDS; i++) {
            uint32_t w = (uint32_t)stream_word(s, TRIALS + i);
            bits[i] = density == 0   ? 0
                      : density == 1 ? w & w >> 7 & w >> 11
                      : density == 2 ? w
                                     : UINT32_MAX;
        }
        for (uint32_t t = 0; t < TRIALS; t++)
            want +=
                bits[t / TRIALS_WORD] >> t % TRIALS_WORD & 1 ? amount[t] : 0;
        TRIALS_EACH(place, bits, WORDS)
        visited += amount[place];
        assert_int_equal(visited, want);
        for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++)
            assert_int_equal(trials_sum(isa, amount, bits, WORDS), want);
    }
}

static void uniforms_have_the_bits_of_one(void **state)
{
    (void)state;
    enum { N = 1003 };
    static uint64_t trial[N];
    static double u[N];
    Stream s = stream_new(2385, 7, 11), rest = stream_new(2385, 8, 11);
    for (uint64_t i = 0; i < N; i++)
        trial[i] = stream_word(s, i) >> 8;
    for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++) {
        trials_uniforms(isa, u, trial, N, s, rest);
        for (size_t i = 0; i < N; i++) {
            double want = trials_uniform(s, 0, rest, 0, trial[i]);
            assert_memory_equal(&u[i], &want, sizeof want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instruction_set_gives_the_same_answers),
        cmocka_unit_test(answers_are_those_of_the_whole_uniform),
        cmocka_unit_test(bands_hold_their_ends),
        cmocka_unit_test(set_bits_are_summed_and_visited),
        cmocka_unit_test(uniforms_have_the_bits_of_one),
    };
    return RUN(tests);
}
