#include "check.h"
#include "stat/radix.h"
#include "stat/sample.h"
#include "stat/stream.h"

static void numbers_of_all_sizes_are_sorted(void **state)
{
    (void)state;
    enum { N = 4099 };
    static int64_t x[N], work[N];
    Stream s = stream_new(2385, 1, 0);
    for (int shift = 0; shift < 64; shift += 9) {
        uint64_t sum = 0, after = 0;
        for (uint64_t i = 0; i < N; i++) {
            x[i] = (int64_t)stream_word(s, i) >> shift;
            sum += (uint64_t)x[i];
        }
        radix_sort(x, work, N);
        for (size_t i = 0; i < N; i++) {
            assert_true(i == 0 || x[i - 1] <= x[i]);
            after += (uint64_t)x[i];
        }
        assert_true(sum == after);
    }
    radix_sort(x, work, 0);
}

/* Equal numbers keep their order, and each what goes with it. */
static void what_goes_with_a_number_stays_with_it(void **state)
{
    (void)state;
    enum { N = 1009 };
    static int64_t x[N], work[N], was[N];
    static double y[N], with[N];
    Stream s = stream_new(2385, 2, 0);
    for (uint64_t i = 0; i < N; i++) {
        was[i] = x[i] = (int64_t)(stream_word(s, i) % 97) - 48;
        y[i] = (double)i;
    }
    radix_sort_with(x, y, work, with, N);
    for (size_t i = 0; i < N; i++) {
        assert_true(x[i] == was[(size_t)y[i]]);
        assert_true(i == 0 || x[i - 1] < x[i] ||
                    (x[i - 1] == x[i] && y[i - 1] < y[i]));
    }
}

/* Twenty numbers; moments in exact rationals, roots with 40 digits. */
static const int64_t numbers[] = {3,   7,   11,  19,  23,  31,  41,
                                  59,  61,  73,  97,  101, 127, 151,
                                  167, 181, 223, 257, 311, 442};

static void moments_of_a_known_sample(void **state)
{
    (void)state;
    Figure mean = sample_mean(numbers, COUNT(numbers));
    Figure sd = sample_sd(numbers, COUNT(numbers));
    assert_close(mean.value, 119.25, 1e-15);
    assert_close(sd.value, 116.72814796061741, 1e-14);
    assert_close(mean.se, sd.value / sqrt(20), 1e-14);
    assert_close(mean.high - mean.low, 2 * 1.9599639845400545 * mean.se, 1e-12);
    assert_close(sd.se, 22.128813428867385, 1e-12);
}

/* Rank ceil(a n) with a as written: 0.95 of 20 is rank 19, not 20. */
static void quantiles_are_order_statistics(void **state)
{
    (void)state;
    static const struct {
        const char *level;
        double var, es;
    } rows[] = {{"0.5", 73, 205.7},
                {"0.95", 311, 442},
                {"0.951", 442, 442},
                {"75%", 167, 282.8}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Level level;
        assert_int_equal(level_parse(&level, rows[i].level, NULL), OK);
        assert_close(sample_var(numbers, 20, level).value, rows[i].var, 1e-15);
        assert_close(sample_es(numbers, 20, level).value, rows[i].es, 1e-14);
    }
}

/* 0.5 of 20: ranks floor(10 - 4.38) and ceil(10 + 4.38) + 1. */
static void intervals_lie_between_order_statistics(void **state)
{
    (void)state;
    Level level = {1, 2};
    Figure f = sample_var(numbers, 20, level);
    assert_close(f.low, 23, 1e-15);
    assert_close(f.high, 181, 1e-15);
    assert_int_equal(level_parse(&level, "0.99", NULL), OK);
    assert_true(isnan(sample_var(numbers, 20, level).high));
}

/* Half of twenty: ten numbers, so t of 9 degrees of freedom (printed tables).
 */
static void short_tails_have_wider_intervals(void **state)
{
    (void)state;
    Figure f = sample_es(numbers, COUNT(numbers), (Level){1, 2});
    assert_close((f.high - f.value) / f.se, 2.2621571628, 1e-10);
    f = sample_es(numbers, COUNT(numbers), (Level){24, 25});
    assert_true(isnan(f.low) && isnan(f.se));
}

/* 1, 1, 1, 2, 3, 3: mean 11/6, variance 29/30; t of 5 degrees 2.5705818356. */
static void counted_numbers_have_their_mean(void **state)
{
    (void)state;
    static const uint64_t count[] = {3, 1, 2}, none[3];
    Figure f = sample_counts(count, 3);
    assert_close(f.value, 11. / 6, 1e-15);
    assert_close(f.high - f.value, 2.5705818356 * sqrt(29. / 180), 1e-10);
    assert_true(isnan(sample_counts(none, 3).value));
}

/* Level 75%: VaR 167 in [97, 442], ES 282.8, r = .80894; by hand. */
static void unexpected_loss_joins_both_intervals(void **state)
{
    (void)state;
    Figure f = sample_ul(numbers, COUNT(numbers), (Level){3, 4});
    assert_close(f.value, 47.75, 1e-15);
    assert_close(f.low, 6.235564455109156, 1e-12);
    assert_close(f.high, 283.29485262861243, 1e-12);
}

/* The largest of ten numbers bounds no quantile of 99% from above. */
static void unexpected_loss_has_no_end_where_its_quantile_has_none(void **state)
{
    (void)state;
    Level level = {99, 100};
    assert_true(isnan(sample_var(numbers, COUNT(numbers), level).high));
    assert_true(isnan(sample_ul(numbers, COUNT(numbers), level).high));
}

static void equal_numbers_have_no_spread(void **state)
{
    (void)state;
    static const int64_t same[] = {7, 7, 7, 7};
    Level level = {3, 4};
    assert_true(sample_sd(same, 4).value == 0 && sample_sd(same, 4).se == 0);
    assert_true(sample_es(same, 4, level).value == 7);
    assert_true(sample_ul(same, 4, (Level){1, 2}).value == 0);
}

/* 36 of 1,000: sqrt(.036 x .964 / 1000); Wilson's interval by hand. */
static void shares_have_wilson_s_interval(void **state)
{
    (void)state;
    Figure f = sample_share(36, 1000);
    assert_close(f.se, 0.00589101010014412, 1e-10);
    assert_close(f.low, 0.026115571407387317, 1e-12);
    assert_close(f.high, 0.049435660467207838, 1e-12);
    f = sample_share(0, 1000);
    assert_true(f.low == 0 && f.se == 0);
    assert_close(f.high, 0.0038267584855551241, 1e-12);
    f = sample_share(1000, 1000);
    assert_true(f.high == 1 && f.low < 1);
}

static void levels_outside_0_and_1_are_refused(void **state)
{
    (void)state;
    Level level;
    Err err = {0};
    assert_int_equal(level_parse(&level, "1", &err), ERR_DOMAIN);
    assert_string_equal(err.text,
                        "level '1' is not between 0 and 1; write 0.99");
    assert_int_equal(level_parse(&level, "0", NULL), ERR_DOMAIN);
    assert_int_equal(level_parse(&level, "high", NULL), ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_all_sizes_are_sorted),
        cmocka_unit_test(what_goes_with_a_number_stays_with_it),
        cmocka_unit_test(moments_of_a_known_sample),
        cmocka_unit_test(quantiles_are_order_statistics),
        cmocka_unit_test(intervals_lie_between_order_statistics),
        cmocka_unit_test(short_tails_have_wider_intervals),
        cmocka_unit_test(counted_numbers_have_their_mean),
        cmocka_unit_test(unexpected_loss_joins_both_intervals),
        cmocka_unit_test(
            unexpected_loss_has_no_end_where_its_quantile_has_none),
        cmocka_unit_test(equal_numbers_have_no_spread),
        cmocka_unit_test(shares_have_wilson_s_interval),
        cmocka_unit_test(levels_outside_0_and_1_are_refused),
    };
    return RUN(tests);
}
