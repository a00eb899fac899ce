/* Distributions of values against a computation in 40 digits. */
#include "check.h"

#include <stdlib.h>

#include "stat/chisquare.h"
#include "stat/normal.h"
#include "stat/setup.h"
#include "stat/stream.h"
#include "stat/valuefit.h"

static const double sample[] = {3,  7,  8,  12,  15,  21,  22,  30,  41,  44,
                                58, 63, 90, 121, 150, 200, 333, 480, 900, 2100};

/* Roots of the likelihood equations, log-likelihoods and distances of that
 * sample by Python's mpmath 1.3 in 40 digits (findroot, psi, gammainc). */
static const struct {
    FitKind kind;
    double a, b, log_likelihood, ks, ad;
} known[] = {
    {FIT_LOGNORMAL, 4.07967956990437, 1.66091104072519, -120.1196874929,
     0.0847621051490146, 0.13247341318264},
    {FIT_GAMMA, 0.465607287377421, 504.502413016552, -123.728663256546,
     0.187772774462537, 0.933166811508262},
    {FIT_WEIBULL, 0.592216755302345, 138.950416196569, -122.191487849443,
     0.13473585326245, 0.473395843198798},
    {FIT_PARETO, 1.03153054073763, 54.3842667568083, -120.552108774796,
     0.0666720673276947, 0.115191433258776},
};

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-11 * (1 + fabs(want))))
        fail_msg("%.15g, not %.15g", got, want);
}

static void fits_are_those_of_forty_digits(void **state)
{
    (void)state;
    double work[COUNT(sample)];
    for (size_t k = 0; k < COUNT(known); k++) {
        ValueFit f;
        assert_int_equal(
            valuefit_of(&f, known[k].kind, sample, COUNT(sample), work, NULL),
            OK);
        near(f.a, known[k].a);
        near(f.b, known[k].b);
        near(f.log_likelihood, known[k].log_likelihood);
        near(f.aic, 4 - 2 * known[k].log_likelihood);
        FitDistance d = valuefit_distance(&f, sample, COUNT(sample));
        near(d.ks, known[k].ks);
        near(d.ad, known[k].ad);
    }
}

static void quantiles_undo_the_distribution(void **state)
{
    (void)state;
    double work[COUNT(sample)];
    for (int kind = 0; kind < FITS; kind++) {
        ValueFit f;
        assert_int_equal(
            valuefit_of(&f, (FitKind)kind, sample, COUNT(sample), work, NULL),
            OK);
        for (double p = 0.0005; p < 1; p += 0.0333)
            near(valuefit_cdf(&f, valuefit_quantile(&f, p)), p);
    }
    /* mpmath: gammainc(0.2, 0, 0.001, regularized) */
    near(chisquare_cdf(0.002, 0.4), 0.273530102033034);
}

static void values_that_do_not_vary_are_refused(void **state)
{
    (void)state;
    double same[12], work[12];
    Err err = {0};
    ValueFit f;
    for (size_t i = 0; i < COUNT(same); i++)
        same[i] = 5;
    assert_int_equal(valuefit_of(&f, FIT_GAMMA, same, 12, work, &err),
                     ERR_DOMAIN);
    assert_int_equal(valuefit_of(&f, FIT_GAMMA, sample, 9, work, NULL),
                     ERR_DOMAIN);
    assert_non_null(strstr(err.text, "values to fit a distribution to: "));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* When the fit is the truth, its p is uniform; a gamma sample is no lognormal
 * one. */
static void chances_tell_the_truth_from_another_law(void **state)
{
    (void)state;
    enum { N = 400, SAMPLES = 99 };
    const ValueFit truth = {.kind = FIT_GAMMA, .a = 0.7, .b = 100};
    static double x[N], work[N];
    ValueFit f;
    FitDistance p[2];
    for (size_t i = 0; i < N; i++)
        x[i] = valuefit_quantile(
            &truth, normal_uniform(stream_word(stream_new(5, 6, 7), i)));
    qsort(x, N, sizeof *x, by_value);
    for (int kind = FIT_LOGNORMAL; kind <= FIT_GAMMA; kind++) {
        assert_int_equal(valuefit_of(&f, (FitKind)kind, x, N, work, NULL), OK);
        FitDistance seen = valuefit_distance(&f, x, N), again;
        assert_int_equal(
            valuefit_chance(&p[kind], &f, seen, N, SAMPLES, 1, 1, NULL), OK);
        assert_int_equal(
            valuefit_chance(&again, &f, seen, N, SAMPLES, 1, 3, NULL), OK);
        assert_true(again.ks == p[kind].ks && again.ad == p[kind].ad);
    }
    assert_true(p[FIT_LOGNORMAL].ad <= 0.02);
    assert_true(p[FIT_GAMMA].ad > 0.05 && p[FIT_GAMMA].ks > 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_are_those_of_forty_digits),
        cmocka_unit_test(quantiles_undo_the_distribution),
        cmocka_unit_test(values_that_do_not_vary_are_refused),
        cmocka_unit_test(chances_tell_the_truth_from_another_law),
    };
    stat_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
