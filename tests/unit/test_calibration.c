#include "german.h"
#include "scored.h"
#include "stat/bootstrap.h"
#include "stat/brier.h"
#include "stat/calibration.h"
#include "stat/gradescale.h"
#include "stat/gradetest.h"
#include "stat/logloss.h"
#include "stat/psi.h"
#include "stat/setup.h"

/* PDs (score + 1) / 40 of the sixty cases; references by mpmath with 40
 * digits, sums of fractions exactly. */
static Cases with_pd(Scored *s)
{
    for (int i = 0; i < SCORED; i++)
        s->second[i] = (s->score[i] + 1) / 40;
    return (Cases){s->second, s->bad, NULL, SCORED};
}

static void brier_falls_into_murphy_s_parts(void **state)
{
    Scored *s = *state;
    double n[40] = {0}, bads[40] = {0}, expected[40] = {0};
    Cases c = with_pd(s);
    for (size_t i = 0; i < SCORED; i++) {
        size_t group = (size_t)s->score[i];
        n[group]++;
        bads[group] += s->bad[i];
        expected[group] += c.score[i];
    }
    Brier b = brier_groups(brier_of(&c), n, bads, expected, 40);
    assert_close(b.total, 0.244083333333333333, 1e-14);
    assert_close(b.uncertainty, 91. / 400, 1e-15);
    assert_close(b.resolution, 389. / 3600, 1e-14);
    assert_close(b.reliability, 4487. / 36000, 1e-14);
    assert_close(b.uncertainty - b.resolution + b.reliability, b.total, 1e-14);
    assert_true(fabs(b.within) < 1e-15);
    assert_close(logloss_of(&c), 0.69127983764947629, 1e-14);
    s->second[0] = s->bad[0] ? 0 : 1; /* certain and wrong */
    assert_true(isinf(logloss_of(&c)));
}

/* Three groups by hand, in fractions: rates 1/10, 1/4, 1/2 of 10, 20, 10 cases
 * about 11/40; mean PDs 1/5, 1/4, 2/5. */
static void groups_leave_what_differs_within(void **state)
{
    (void)state;
    static const double n[] = {10, 20, 10}, bads[] = {1, 5, 5};
    static const double expected[] = {2, 5, 4};
    Brier b = brier_groups(0.2, n, bads, expected, 3);
    assert_close(b.uncertainty, 11. / 40 * 29 / 40, 1e-15);
    assert_close(b.resolution, 33. / 1600, 1e-13);
    assert_close(b.reliability, 0.005, 1e-13);
    assert_close(b.within, 13. / 800, 1e-13);
}

static void the_line_agrees_with_forty_digits(void **state)
{
    Scored *s = *state;
    CalibrationLine line;
    Cases c = with_pd(s);
    assert_int_equal(calibration_line(&line, s->arena, &c, NULL), OK);
    assert_close(line.intercept, -0.330560761536512846, 1e-12);
    assert_close(line.slope, 0.28425106582303424, 1e-12);
    assert_close(line.se_intercept, 0.382964539350264597, 1e-12);
    assert_close(line.se_slope, 0.278811477241786021, 1e-12);
    assert_close(line.in_the_large, 0.269103189226653607, 1e-13);
    assert_close(line.se_in_the_large, 0.292676104533835561, 1e-13);
    assert_close(line.chi2, 6.35629217961144673, 1e-12);
    assert_close(line.p, 0.0416628226999164645, 1e-12);
}

static void tests_over_all_cases_agree(void **state)
{
    Scored *s = *state;
    CasesOrder order;
    CalibrationGroup groups[7];
    static const size_t sizes[] = {9, 9, 8, 9, 8, 9, 8};
    Cases c = with_pd(s);
    CalibrationZ z = calibration_spiegelhalter(&c);
    assert_close(z.z, 2.78796427298304749, 1e-13);
    assert_close(z.p, 0.00530403928516243264, 1e-12);
    assert_int_equal(cases_order(&order, s->arena, &c, NULL), OK);
    calibration_groups(groups, COUNT(groups), &c, &order);
    for (size_t g = 0; g < COUNT(groups); g++)
        assert_int_equal(groups[g].n, sizes[g]);
    CalibrationChi2 h = calibration_hosmer(groups, COUNT(groups));
    assert_close(h.chi2, 15.1043991170479632, 1e-13);
    assert_close(h.p, 0.00992544773059774488, 1e-12);
}

/* Jeffreys and binomial of 7 of 500 at 1%: betas with 40 digits; with asset
 * correlation .2 by mpmath's quadrature. */
static void a_grade_is_held_to_its_defaults(void **state)
{
    (void)state;
    GradeTest t = gradetest_of(500, 7, 0.01, 0.2);
    assert_close(t.jeffreys, 0.179308865846742042, 1e-12);
    assert_close(t.binomial, 0.237078663950755873, 1e-12);
    assert_close(t.correlated, 0.233993082125873, 1e-11);
    assert_close(t.low, 0.00628336504259523199, 1e-10);
    assert_close(t.high, 0.027289633703910564, 1e-10);
    assert_int_equal(t.light, GRADETEST_GREEN);
    assert_int_equal(gradetest_of(500, 10, 0.01, 0).light, GRADETEST_YELLOW);
    assert_int_equal(gradetest_of(500, 12, 0.01, 0).light, GRADETEST_RED);
    t = gradetest_of(100, 0, 0.02, 0.12);
    assert_true(t.binomial == 1 && t.correlated == 1 && t.low == 0);
    t = gradetest_of(3, 3, 0.02, 0);
    assert_true(t.high == 1 && isnan(t.correlated));
    t = gradetest_of(300, 3, 0.0077, 0); /* where GSL's inverse is NaN */
    assert_close(t.low, 0.00282425484869550206584615506544, 1e-12);
    assert_close(t.high, 0.0264440635118983087474994772618, 1e-12);
}

static void stability_counts_empty_bins_as_half_a_case(void **state)
{
    (void)state;
    static const double now[] = {30, 50, 20, 0, 7, 0};
    static const double then[] = {25, 40, 30, 5, 0, 0};
    double part[6];
    Psi p = psi_of(part, now, then, COUNT(now));
    assert_close(p.value, 0.330249699316185082, 1e-14);
    assert_close(p.chance, 0.183547655197542004, 1e-10);
    assert_int_equal(p.bins, 5);
    assert_close(part[3], 0.1074362817, 1e-9);
    assert_true(part[5] == 0);
    p = psi_of(NULL, then, then, COUNT(then));
    assert_true(p.value == 0);
}

static void cuts_fall_between_different_values(void **state)
{
    (void)state;
    static const double x[] = {1, 1, 1, 1, 1, 2, 3, (double)NAN, 4, 9, 9};
    double cuts[4];
    size_t n;
    assert_int_equal(psi_cuts(cuts, &n, x, COUNT(x), 5, NULL), OK);
    assert_int_equal(n, 2); /* 1 fills two fifths by itself */
    assert_true(cuts[0] == 3 && cuts[1] == 9);
    assert_int_equal(psi_bin(cuts, n, 1), 0);
    assert_int_equal(psi_bin(cuts, n, 3), 1);
    assert_int_equal(psi_bin(cuts, n, 99), n);
}

static void bootstrap_draws_are_places_in_a_stream(void **state)
{
    (void)state;
    enum { N = 1000, TIMES = 200 };
    static double count[N], again[N], mean[N];
    Stream s = stream_new(1, BOOTSTRAP_USE, 0);
    double squares = 0;
    for (size_t k = 0; k < TIMES; k++) {
        double sum = 0;
        bootstrap_draw(count, N, s, k);
        for (int i = 0; i < N; i++) {
            sum += count[i];
            mean[i] += count[i] / TIMES;
            squares += (count[i] - 1) * (count[i] - 1) / (N * TIMES);
        }
        assert_true(sum == N);
    }
    bootstrap_draw(again, N, s, TIMES - 1);
    assert_memory_equal(count, again, sizeof count);
    /* counts are binomial (N, 1 / N): variance .999, of the means .999 / 200;
     * six deviations of either */
    assert_close(squares, 0.999, 6 * 1.42 / 447);
    for (int i = 0; i < N; i++)
        assert_true(mean[i] > 0.57 && mean[i] < 1.43);
}

/* Ranks 25 and 975 of 999 values; NaNs left out. */
static void percentiles_are_order_statistics(void **state)
{
    (void)state;
    static double x[1002];
    for (int i = 0; i < 1002; i++)
        x[i] = i < 999 ? (i * 500 + 7) % 999 + 1 : (double)NAN;
    Figure f = bootstrap_interval(2.385, x, 1002);
    assert_true(f.value == 2.385 && f.low == 25 && f.high == 975);
    assert_close(f.se, 288.5307609250702, 1e-14); /* sqrt(999 1000 / 12) */
    f = bootstrap_interval(2.385, x, 39);
    assert_true(isnan(f.low) && isnan(f.high));
}

static void a_scale_rises_by_one_factor(void **state)
{
    (void)state;
    Grade g[10];
    Err err = {0};
    assert_int_equal(gradescale_geometric(g, 10, 0.0003, 0.3072, NULL), OK);
    for (int k = 0; k < 10; k++) {
        assert_close(g[k].high / g[k].low, 2, 1e-13);
        assert_close(g[k].pd / g[k].low, sqrt(2), 1e-13);
        assert_int_equal(gradescale_of(g, 10, g[k].pd), k);
        assert_int_equal(gradescale_of(g, 10, g[k].low), k);
    }
    assert_int_equal(gradescale_of(g, 10, 0), 0);
    assert_int_equal(gradescale_of(g, 10, 1), 9);
    assert_int_equal(gradescale_geometric(g, 10, 0.1, 0.1, &err), ERR_DOMAIN);
}

/* Computed with 40 digits from the fits of german.h. */
static void german_credit_agrees_to_the_printed_digits(void **state)
{
    Scored *s = *state;
    static const struct {
        void (*load)(German *);
        double z, chi2, p;
    } fits[] = {
        {german_full, 0.0431421629001718, 9.38422230114841, 0.310926917491476},
        {german_numeric, 0.0164166634196107, 3.56837667259631,
         0.893818633087423},
    };
    static German g;
    CalibrationGroup groups[10];
    CasesOrder order;
    CalibrationLine line;
    for (size_t i = 0; i < COUNT(fits); i++) {
        fits[i].load(&g);
        Cases c = {g.pd, g.bad, NULL, GERMAN_ROWS};
        assert_int_equal(cases_order(&order, s->arena, &c, NULL), OK);
        calibration_groups(groups, COUNT(groups), &c, &order);
        CalibrationChi2 h = calibration_hosmer(groups, COUNT(groups));
        assert_close(h.chi2, fits[i].chi2, 1e-12);
        assert_close(h.p, fits[i].p, 1e-12);
        assert_close(calibration_spiegelhalter(&c).z, fits[i].z, 1e-11);
        /* a fit is calibrated on its own data */
        assert_int_equal(calibration_line(&line, s->arena, &c, NULL), OK);
        assert_true(fabs(line.intercept) < 1e-10 &&
                    fabs(line.slope - 1) < 1e-10 &&
                    fabs(line.in_the_large) < 1e-10);
        if (i > 0)
            continue;
        GradeTest t =
            gradetest_of(100, groups[1].bads, groups[1].expected / 100, 0);
        assert_int_equal(groups[1].bads, 9);
        assert_close(t.binomial, 0.0498576298989015, 1e-12);
        assert_close(t.jeffreys, 0.0329931021786672, 1e-12);
        assert_close(t.z, 1.98268344592627, 1e-12);
    }
}

int main(void)
{
    stat_setup();
    const struct CMUnitTest tests[] = {
        SCORED_TEST(brier_falls_into_murphy_s_parts),
        cmocka_unit_test(groups_leave_what_differs_within),
        SCORED_TEST(the_line_agrees_with_forty_digits),
        SCORED_TEST(tests_over_all_cases_agree),
        SCORED_TEST(a_grade_is_held_to_its_defaults),
        SCORED_TEST(stability_counts_empty_bins_as_half_a_case),
        SCORED_TEST(cuts_fall_between_different_values),
        SCORED_TEST(bootstrap_draws_are_places_in_a_stream),
        SCORED_TEST(percentiles_are_order_statistics),
        SCORED_TEST(a_scale_rises_by_one_factor),
        SCORED_TEST(german_credit_agrees_to_the_printed_digits),
    };
    return RUN(tests);
}
