#include "check.h"

#include "book.h"

/* Workload W1 and its exact answer by characteristic function, trapezoid in
 * the factors and inverse FFT of 2^17 points; steps 0.10 and 0.07 agree to
 * 2.6e-13 in the distribution. */

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 400, SEEDS = 20, IS_SMALL = 1 };
#else
enum { SCENARIOS = 100000, SEEDS = 20, IS_SMALL = 0 };
#endif

/* Chi-square of 20 degrees, 0.1% and 99.9%: too good fails too. */
#define BAND_LOW  5.9
#define BAND_HIGH 45.3

static const struct {
    const char *party, *measure;
    double level, want; /* yuan */
} rows[] = {
    {"total", "el", 0, 209446759.80958524},
    {"total", "sd", 0, 137408353.9},
    {"total", "es", 0.95, 601380235.9},
    {"total", "es", 0.99, 806495633.7},
    {"total", "es", 0.999, 1106168292},
    {"bank", "el", 0, 41984286.17},
    {"bank", "sd", 0, 28238393.46},
    {"bank", "es", 0.99, 170792547.8},
    {"guarantor", "el", 0, 84236695.28},
    {"guarantor", "sd", 0, 56909007.9},
    {"guarantor", "es", 0.99, 351673016.8},
    {"guarantor", "es", 0.999, 501509345.9},
    {"reguarantor", "el", 0, 42252409.11},
    {"reguarantor", "sd", 0, 28830673.42},
    {"reguarantor", "es", 0.99, 180880469},
    {"gov_pool", "el", 0, 40973369.25},
    {"gov_pool", "sd", 0, 24397157.14},
};

static const struct {
    const char *party;
    double level, want;
} quantiles[] = {
    {"total", 0.95, 474975000},        {"total", 0.99, 677925000},
    {"total", 0.999, 974610000},       {"bank", 0.99, 135585000},
    {"bank", 0.999, 229431000},        {"guarantor", 0.99, 287387700},
    {"guarantor", 0.999, 435730200},   {"reguarantor", 0.99, 151802700},
    {"reguarantor", 0.999, 206299200}, {"gov_pool", 0.99, 103149600},
};

static const struct {
    const char *party;
    double want;
} ruins[] = {{"gov_pool", 0.03611787975}, {"reguarantor", 0.002424609802}};

static double figure[SEEDS][COUNT(rows)], error[SEEDS][COUNT(rows)];
static double dry[SEEDS][COUNT(ruins)];
static int covered[COUNT(quantiles)];
static double expected;

static int run_seeds(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    case_w1(&c);
    if (case_scheme(&c, W1_SCHEME) != OK)
        return -1;
    c.options.scenarios = SCENARIOS;
    for (int s = 0; s < SEEDS; s++) {
        c.options.seed = (uint64_t)s + 1;
        case_again(&c);
        if (case_run(&c) != OK)
            return -1;
        for (size_t i = 0; i < COUNT(rows); i++) {
            figure[s][i] = case_figure(&c, rows[i].party, rows[i].measure,
                                       rows[i].level, "value");
            error[s][i] = case_figure(&c, rows[i].party, rows[i].measure,
                                      rows[i].level, "se");
        }
        for (size_t i = 0; i < COUNT(quantiles); i++) {
            double want = quantiles[i].want * 100;
            double low = case_figure(&c, quantiles[i].party, "var",
                                     quantiles[i].level, "low");
            double high = case_figure(&c, quantiles[i].party, "var",
                                      quantiles[i].level, "high");
            covered[i] += low <= want && want <= high;
        }
        for (size_t i = 0; i < COUNT(ruins); i++)
            dry[s][i] =
                case_chance(&c, "pool_ruin", ruins[i].party, 1, "probability");
        expected = case_figure(&c, "total", "el_exact", 0, "value");
    }
    case_close(&c);
    return 0;
}

static void squares_lie_in_the_band(const char *what, const char *measure,
                                    double sum)
{
    print_message("%s %s: sum of 20 squares %.1f\n", what, measure, sum);
    assert_true(sum > BAND_LOW && sum < BAND_HIGH);
}

/* Each figure in units of the mean standard error that the runs report. */
static void figures_are_as_far_off_as_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double sum = 0, se = 0;
        if (IS_SMALL && strcmp(rows[i].measure, "el") != 0)
            continue; /* tails of 400 scenarios are no tails */
        for (int s = 0; s < SEEDS; s++)
            se += error[s][i] / SEEDS;
        for (int s = 0; s < SEEDS; s++) {
            double z = (figure[s][i] - rows[i].want * 100) / se;
            sum += z * z;
        }
        squares_lie_in_the_band(rows[i].party, rows[i].measure, sum);
    }
}

/* 95% of 20: 14 or fewer have a chance of 0.03%. */
static void quantile_intervals_cover(void **state)
{
    (void)state;
    if (IS_SMALL)
        skip(); /* 400 scenarios have no upper end of a 99.9% interval */
    for (size_t i = 0; i < COUNT(quantiles); i++) {
        print_message("%s VaR %g: %d of 20 intervals cover\n",
                      quantiles[i].party, quantiles[i].level, covered[i]);
        assert_true(covered[i] > 14);
    }
}

static void layers_are_passed_as_often_as_they_must(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ruins); i++) {
        double sum = 0, p = ruins[i].want;
        if (IS_SMALL)
            continue; /* one case in 400 */
        for (int s = 0; s < SEEDS; s++) {
            double z = (dry[s][i] - p) / sqrt(p * (1 - p) / SCENARIOS);
            sum += z * z;
        }
        squares_lie_in_the_band(ruins[i].party, "ruin", sum);
    }
}

static void closed_form_is_the_sum_of_pd_times_loss(void **state)
{
    (void)state;
    assert_close(expected, 20944675980.958524, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_as_far_off_as_they_say),
        cmocka_unit_test(quantile_intervals_cover),
        cmocka_unit_test(layers_are_passed_as_often_as_they_must),
        cmocka_unit_test(closed_form_is_the_sum_of_pd_times_loss),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, run_seeds, NULL);
}
