/* Numbers a period against a computation in 40 digits and a published fit. */
#include "check.h"

#include "stat/countfit.h"
#include "stat/setup.h"

enum { MOST = 200 };

/* Numbers as a table of how often each was seen. */
typedef struct {
    int64_t x[MOST];
    CountSeries series;
} Numbers;

static void take(Numbers *n, const int seen[], size_t kinds)
{
    n->series = (CountSeries){n->x, 1, 0};
    for (size_t k = 0; k < kinds; k++)
        for (int i = 0; i < seen[k]; i++)
            n->x[n->series.periods++] = (int64_t)k;
}

/* Mites on 150 apple leaves; k = 1.02459 is that of Bliss and Fisher,
 * Biometrics 9 (1953). */
static const int mites[] = {70, 38, 17, 10, 9, 3, 2, 1};

/* Deaths by horse kick in 200 corps and years (Bortkiewicz, 1898). */
static const int kicks[] = {109, 65, 22, 3, 1};

static const int64_t two[] = {12, 30, 7, 19, 25, 41, 3, 16, 22, 28, 9, 14,
                              2,  0,  5, 1,  7,  3,  0, 4,  2,  9,  1, 6};

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-10 * (1 + fabs(want))))
        fail_msg("%.15g, not %.15g", got, want);
}

/* Figures by Python's mpmath 1.3 in 40 digits (findroot, psi, loggamma). */
static void fits_are_those_of_forty_digits(void **state)
{
    (void)state;
    Numbers n = {0};
    CountFit f;
    take(&n, mites, COUNT(mites));
    assert_int_equal(countfit_of(&f, 1, &n.series, NULL), OK);
    assert_true(fabs(1 / f.dispersion - 1.02459) < 5e-6);
    near(f.dispersion, 0.975997882563698);
    near(f.low, 0.544590659648786);
    near(f.high, 1.59891659162877);
    near(f.log_likelihood, -222.437153598435);
    near(f.aic, 2 * 222.437153598435 + 4);
    near(f.pearson, 139.415644802977);
    assert_int_equal(countfit_of(&f, 0, &n.series, NULL), OK);
    near(f.log_likelihood, -242.809940821005);
    near(f.aic, 2 * 242.809940821005 + 2);
    near(f.pearson, 295.441860465116);
    assert_true(f.dispersion == 0 && isnan(f.low) && isnan(f.high));
}

/* One dispersion, two means; an interval as before. */
static void strata_share_a_dispersion(void **state)
{
    (void)state;
    const CountSeries series = {two, 2, 12};
    CountFit f;
    assert_int_equal(countfit_of(&f, 1, &series, NULL), OK);
    near(f.dispersion, 0.348764829750046);
    near(f.low, 0.147424844047803);
    near(f.high, 0.799417333257591);
    near(f.log_likelihood, -72.5298187255176);
    near(f.aic, 2 * 72.5298187255176 + 6);
    near(f.pearson, 22.0714350950346);
    assert_int_equal(countfit_of(&f, 0, &series, NULL), OK);
    near(f.log_likelihood, -94.8048264244938);
    near(f.aic, 2 * 94.8048264244938 + 4);
}

/* Variance below the mean: no dispersion, and what it may be at most. */
static void numbers_that_vary_little_are_poisson(void **state)
{
    (void)state;
    Numbers n = {0};
    CountFit poisson, mixed;
    take(&n, kicks, COUNT(kicks));
    assert_int_equal(countfit_of(&poisson, 0, &n.series, NULL), OK);
    assert_int_equal(countfit_of(&mixed, 1, &n.series, NULL), OK);
    assert_true(mixed.dispersion == 0 && mixed.low == 0);
    near(mixed.log_likelihood, -206.106721471754);
    near(mixed.aic, poisson.aic + 2);
    assert_true(fabs(mixed.high - 0.400792710663889) < 1e-8);
}

static void numbers_beyond_all_fits_are_refused(void **state)
{
    (void)state;
    static const int64_t batch[12] = {[3] = 80}, none[12] = {0};
    const CountSeries wild = {batch, 1, 12}, empty = {none, 1, 12};
    CountFit f;
    Err err = {0};
    assert_int_equal(countfit_of(&f, 1, &wild, &err), ERR_DOMAIN);
    assert_non_null(strstr(err.text, "vary more than"));
    assert_int_equal(countfit_of(&f, 0, &wild, NULL), OK);
    err = (Err){0};
    assert_int_equal(countfit_of(&f, 0, &empty, &err), ERR_DOMAIN);
    assert_non_null(strstr(err.text, "are all 0"));
}

/* Mites are no Poisson numbers, kicks are; the same by any threads. */
static void chances_tell_what_fits(void **state)
{
    (void)state;
    static const struct {
        const int *seen;
        size_t kinds;
        int is_mixed, fits;
    } known[] = {{mites, COUNT(mites), 0, 0},
                 {mites, COUNT(mites), 1, 1},
                 {kicks, COUNT(kicks), 0, 1}};
    for (size_t k = 0; k < COUNT(known); k++) {
        Numbers n = {0};
        CountFit f;
        double p, again;
        take(&n, known[k].seen, known[k].kinds);
        assert_int_equal(countfit_of(&f, known[k].is_mixed, &n.series, NULL),
                         OK);
        assert_int_equal(countfit_chance(&p, &f, &n.series, 199, 1, 1, NULL),
                         OK);
        assert_int_equal(
            countfit_chance(&again, &f, &n.series, 199, 1, 3, NULL), OK);
        assert_true(p == again);
        assert_true(known[k].fits ? p > 0.05 && p < 0.999 : p < 0.006);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_are_those_of_forty_digits),
        cmocka_unit_test(strata_share_a_dispersion),
        cmocka_unit_test(numbers_that_vary_little_are_poisson),
        cmocka_unit_test(numbers_beyond_all_fits_are_refused),
        cmocka_unit_test(chances_tell_what_fits),
    };
    stat_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
