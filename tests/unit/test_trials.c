#include "check.h"
#include "stat/trials.h"

enum { WORDS = 71, WIDE = 3, BANDS = 28, TRIALS = WORDS * TRIALS_WORD };

static TrialBand bands[BANDS];
static double low[BANDS][TRIALS_PARTS], high[BANDS][TRIALS_PARTS];

static void make_bands(void)
{
    for (int b = 0; b < BANDS; b++)
        for (size_t part = 0; part < TRIALS_PARTS; part++) {
            low[b][part] = 0.0007 + 0.031 * b + 0.0061 * (double)part;
            high[b][part] = low[b][part] * 1.07;
            trials_set(&bands[b], part,
                       trials_bound(low[b][part], high[b][part]));
        }
}

enum { ROWS = 5, STRIDE = WORDS * TRIALS_WORD / TRIALS_PER_RANDOM + 3 };

/* Rows with bands of their own: those of row r start at band r. */
static size_t run_tile(SimdIsa isa, uint32_t yes[], TrialOpen open[],
                       size_t rows, Stream s, uint64_t first)
{
    const TrialBand *band[ROWS];
    for (size_t r = 0; r < rows; r++)
        band[r] = bands + r;
    return trials_run(isa, yes, open,
                      &(TrialTile){rows, WORDS, WIDE, s, first, STRIDE}, band);
}

static void every_instruction_set_gives_the_same_answers(void **state)
{
    (void)state;
    static uint32_t yes[ROWS * WORDS], want_yes[ROWS * WORDS];
    static TrialOpen open[ROWS * WORDS], want_open[ROWS * WORDS];
    Stream s = stream_new(2385, 7, 11);
    make_bands();
    size_t want = run_tile(SIMD_PORTABLE, want_yes, want_open, ROWS, s, 77777);
    assert_true(want > 10);
    for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++) {
        assert_int_equal(run_tile(isa, yes, open, ROWS, s, 77777), want);
        assert_memory_equal(yes, want_yes, sizeof yes);
        assert_memory_equal(open, want_open, want * sizeof *open);
    }
}

/* A row is what it is alone. */
static void rows_do_not_hang_together(void **state)
{
    (void)state;
    static uint32_t yes[ROWS * WORDS], one[WORDS];
    static TrialOpen open[ROWS * WORDS];
    Stream s = stream_new(2385, 7, 11);
    make_bands();
    run_tile(simd_isa(), yes, open, ROWS, s, 77777);
    for (size_t r = 0; r < ROWS; r++) {
        const TrialBand *band = bands + r;
        TrialTile tile = {1, WORDS, WIDE, s, 77777 + r * STRIDE, 0};
        trials_run(simd_isa(), one, open, &tile, &band);
        assert_memory_equal(one, yes + r * WORDS, sizeof one);
    }
}

/* With the whole uniform: a sure yes lies below the lowest chance, a sure no
 * not below the highest. */
static void answers_are_those_of_the_whole_uniform(void **state)
{
    (void)state;
    uint32_t yes[WORDS], open[WORDS];
    TrialOpen list[WORDS];
    Stream s = stream_new(2385, 7, 11), rest = stream_new(2385, 8, 11);
    size_t opened = 0;
    make_bands();
    for (uint64_t first = 0; first < 100000; first += 5000) {
        size_t n = run_tile(simd_isa(), yes, list, 1, s, first);
        memset(open, 0, sizeof open);
        for (size_t i = 0; i < n; i++)
            open[list[i].word] = list[i].bits;
        for (size_t t = 0; t < TRIALS; t++) {
            size_t b = t / TRIALS_WORD / WIDE;
            size_t part = t % TRIALS_WORD / TRIALS_PART;
            double u = trials_uniform(s, first, rest, 4 * first, t);
            int is_yes = yes[t / TRIALS_WORD] >> t % TRIALS_WORD & 1;
            int is_open = open[t / TRIALS_WORD] >> t % TRIALS_WORD & 1;
            assert_true(u > 0 && u < 1 && !(is_yes && is_open));
            assert_true(!is_yes || u < low[b][part]);
            assert_true(is_yes || is_open || u >= high[b][part]);
            opened += (size_t)is_open;
        }
    }
    assert_true(opened > 100);
}

static void bounds_hold_their_ends(void **state)
{
    (void)state;
    TrialBound all = trials_bound(1, 1), none = trials_bound(0, 0);
    assert_int_equal(all.yes, 65535); /* the last draw stays open */
    assert_int_equal(all.open, 65535);
    assert_int_equal(none.yes, 0);
    assert_int_equal(none.open, 0);
}

/* Words from empty to full. */
static uint32_t word_of(uint64_t random, int density)
{
    uint32_t w = (uint32_t)random;
    return density == 0   ? 0
           : density == 1 ? w & w >> 7 & w >> 11
           : density == 2 ? w
                          : UINT32_MAX;
}

/* The numbers of the set bits of so many words, from 77 on. */
static void check_places(SimdIsa isa, const uint32_t bits[], size_t words)
{
    static uint32_t listed[2 * TRIALS + TRIALS_ROOM];
    size_t n = trials_places(isa, listed, 77, bits, words), k = 0;
    TRIALS_EACH(place, bits, words)
    assert_true(k < n && listed[k++] == 77 + place);
    assert_int_equal(k, n);
}

/* Sums over set bits, and each of them once; amounts up to `most`. */
static void check_sums(uint32_t most)
{
    static uint32_t amount[TRIALS], bits[2 * WORDS];
    Stream s = stream_new(2385, 9, 0);
    TrialAmounts of = {amount, trials_safe(most)};
    for (uint64_t t = 0; t < TRIALS; t++)
        amount[t] = most - (uint32_t)(stream_word(s, t) % (most / 8 + 1));
    for (int density = 0; density < 4; density++) {
        int64_t want[2] = {5, -7}, visited = 5;
        for (size_t i = 0; i < 2 * WORDS; i++)
            bits[i] = word_of(stream_word(s, TRIALS + i), density);
        for (uint32_t t = 0; t < 2 * TRIALS; t++)
            if (bits[t / TRIALS_WORD] >> t % TRIALS_WORD & 1)
                want[t / TRIALS] += amount[t % TRIALS];
        TRIALS_EACH(place, bits, WORDS)
        visited += amount[place];
        assert_int_equal(visited, want[0]);
        for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++) {
            check_places(isa, bits, 2 * WORDS);
            check_places(isa, bits, 2 * WORDS - 1);
            int64_t sum[2] = {5, -7};
            trials_sums(isa, sum, of, bits, 2, WORDS);
            assert_memory_equal(sum, want, sizeof want);
        }
    }
}

static void set_bits_are_summed_and_visited(void **state)
{
    (void)state;
    check_sums(0);
    check_sums(1);
    check_sums(UINT32_MAX / WORDS);     /* within 32 bits */
    check_sums(UINT32_MAX / WORDS + 1); /* just beyond */
    check_sums(UINT32_MAX / 5);
    check_sums(UINT32_MAX);
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
        cmocka_unit_test(rows_do_not_hang_together),
        cmocka_unit_test(answers_are_those_of_the_whole_uniform),
        cmocka_unit_test(bounds_hold_their_ends),
        cmocka_unit_test(set_bits_are_summed_and_visited),
        cmocka_unit_test(uniforms_have_the_bits_of_one),
    };
    return RUN(tests);
}
