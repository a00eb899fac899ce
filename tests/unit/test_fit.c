/* Lines and steps from scores to PDs. */
#include "scored.h"
#include "stat/isotonic.h"
#include "stat/odds.h"
#include "stat/platt.h"

/* Isotonic references: max over s <= i of min over t >= i of the mean of
 * s .. t (Robertson, Wright, Dykstra 1988, theorem 1.4.4), which pools nothing,
 * in exact fractions.  Platt references: Newton with 40 digits (mpmath). */
typedef struct {
    double from, pd;
} Step;

static void check_steps(Scored *s, const Cases *c, const Step want[], size_t n)
{
    CasesOrder order;
    Isotonic got;
    assert_int_equal(cases_order(&order, s->arena, c, NULL), OK);
    assert_int_equal(isotonic_fit(&got, s->arena, c, &order, NULL), OK);
    assert_int_equal(got.n, n);
    for (size_t k = 0; k < n; k++) {
        assert_true(got.steps[k].from == want[k].from);
        assert_close(got.steps[k].pd, want[k].pd, 1e-15);
        assert_true(isotonic_pd(&got, want[k].from) == got.steps[k].pd);
    }
    assert_true(isotonic_pd(&got, -3) == got.steps[0].pd);
    assert_true(isotonic_pd(&got, 99) == got.steps[n - 1].pd);
}

static void isotonic_is_the_max_of_mins(void **state)
{
    Scored *s = *state;
    static const Step plain[] = {{0, 0},       {1, 1. / 5},   {5, 1. / 3},
                                 {6, 7. / 18}, {13, 5. / 12}, {22, 1. / 2}};
    static const Step weighted[] = {{0, 0},      {1, 1. / 6},   {3, 3. / 13},
                                    {5, 3. / 8}, {6, 21. / 53}, {22, 2. / 3}};
    check_steps(s, &s->cases, plain, COUNT(plain));
    check_steps(s, &s->weighted, weighted, COUNT(weighted));
}

/* The size of the pituitary fissure of girls by age, the opening example of
 * Robertson, Wright and Dykstra (1988): means 22.5, 23.33, 20.83, 24.25, of
 * which the first three are pooled to 22.22 = (67.5 + 70 + 62.5) / 9. */
static void the_pituitary_example_comes_out(void **state)
{
    (void)state;
    IsotonicStep steps[4];
    static const IsotonicStep ages[] = {{8, 67.5 / 3, 3},
                                        {10, 70. / 3, 3},
                                        {12, 62.5 / 3, 3},
                                        {14, 48.5 / 2, 2}};
    size_t n = 0;
    for (size_t k = 0; k < COUNT(ages); k++)
        n = isotonic_put(steps, n, ages[k]);
    assert_int_equal(n, 2);
    assert_close(steps[0].pd, 200. / 9, 1e-15);
    assert_true(steps[0].from == 8 && steps[0].weight == 9);
    assert_true(steps[1].from == 14 && steps[1].pd == 24.25);
}

static void platt_agrees_with_forty_digits(void **state)
{
    Scored *s = *state;
    static const struct {
        PlattAims aims;
        int weighted;
        double a, b, se_a, se_b, covariance, likelihood;
    } fits[] = {
        {PLATT_LIKELIHOOD, 0, -0.916235811157702956, 0.0266785436718637875,
         0.541659491230232267, 0.0414259320438656385, -0.019413795760817509,
         -38.6378931571705588},
        {PLATT_LIKELIHOOD, 1, -0.723711381284129393, 0.00830048524887178053,
         0.333178020371701757, 0.0262096331254006792, -0.00748481400785312301,
         -96.7536277608367438},
        {PLATT_SMOOTHED, 0, -0.892541546899562076, 0.0248307320357536434,
         0.540071987147409244, 0.0413681088556925303, -0.0193165017483162763,
         -38.6890783001494651},
    };
    for (size_t k = 0; k < COUNT(fits); k++) {
        Platt p;
        const Cases *c = fits[k].weighted ? &s->weighted : &s->cases;
        assert_int_equal(platt_fit(&p, c, fits[k].aims, NULL), OK);
        assert_close(p.intercept, fits[k].a, 1e-13);
        assert_close(p.slope, fits[k].b, 1e-12);
        assert_close(p.se_intercept, fits[k].se_a, 1e-12);
        assert_close(p.se_slope, fits[k].se_b, 1e-12);
        assert_close(p.covariance, fits[k].covariance, 1e-12);
        assert_close(p.log_likelihood, fits[k].likelihood, 1e-13);
        assert_true(p.gradient < 1e-12);
    }
}

/* What LibSVM's sigmoid_train() gives on these three, to its tolerance, as
 * scikit-learn quotes it in test_sigmoid_calibration: A = -.20261354391187855,
 * B = .65236314980010512 of 1 / (1 + exp(A f + B)). */
static void platt_agrees_with_libsvm(void **state)
{
    (void)state;
    static const double score[] = {5, -4, 1};
    static const uint8_t bad[] = {1, 0, 0};
    const Cases c = {score, bad, NULL, COUNT(score)};
    Platt p;
    assert_int_equal(platt_fit(&p, &c, PLATT_SMOOTHED, NULL), OK);
    assert_close(p.slope, 0.20261354391187855, 1e-5);
    assert_close(p.intercept, -0.65236314980010512, 1e-5);
}

static void parted_scores_have_no_line_but_a_smoothed_one(void **state)
{
    Scored *s = *state;
    Platt p;
    Err err = {0};
    double parted[SCORED];
    for (int i = 0; i < SCORED; i++)
        parted[i] = s->score[i] + 100 * s->bad[i];
    Cases c = {parted, s->bad, NULL, SCORED};
    assert_int_equal(platt_fit(&p, &c, PLATT_LIKELIHOOD, &err), ERR_DOMAIN);
    assert_non_null(strstr(err.text, "smoothed aims have one"));
    assert_int_equal(platt_fit(&p, &c, PLATT_SMOOTHED, NULL), OK);
    assert_true(p.slope > 0 && p.gradient < 1e-9);
}

/* Root of the mean's equation with 40 digits; PDs are (score + 1) / 40. */
static void a_shift_moves_the_mean_where_it_should_be(void **state)
{
    Scored *s = *state;
    double x[SCORED], a;
    Err err = {0};
    for (int i = 0; i < SCORED; i++)
        x[i] = odds_log((s->score[i] + 1) / 40);
    assert_int_equal(odds_shift(&a, x, s->weight, SCORED, 0.07, NULL), OK);
    assert_close(a, -1.85915324570217537, 1e-14);
    x[7] = (double)INFINITY;
    assert_int_equal(odds_shift(&a, x, NULL, SCORED, 0.07, &err), ERR_DOMAIN);
    assert_string_equal(
        err.text, "case 8 has a PD of 0 or 1, which no shift of odds moves");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCORED_TEST(isotonic_is_the_max_of_mins),
        SCORED_TEST(the_pituitary_example_comes_out),
        SCORED_TEST(platt_agrees_with_forty_digits),
        cmocka_unit_test(platt_agrees_with_libsvm),
        SCORED_TEST(parted_scores_have_no_line_but_a_smoothed_one),
        SCORED_TEST(a_shift_moves_the_mean_where_it_should_be),
    };
    return RUN(tests);
}
