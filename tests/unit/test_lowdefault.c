#include "check.h"
#include "stat/lowdefault.h"
#include "stat/lowyears.h"
#include "stat/setup.h"

/* Obligors of each of three grades and the worse ones. */
static const size_t and_worse[] = {800, 700, 300};

/* 100, 400, 300 obligors without a default: Pluto and Tasche (2005), tables of
 * sections 2; more digits by 1 - (1 - level)^(1/n). */
static void independent_bounds_are_the_published_ones(void **state)
{
    (void)state;
    static const double level[] = {.5, .75, .9, .95, .99, .999};
    static const double want[3][6] = {
        {.0008660587, .0017313674, .0028740932, .0037376628, .0057399260,
         .0085975222},
        {.0009897202, .0019784608, .0032840031, .0042704730, .0065572215,
         .0098196907},
        {.0023078235, .0046103209, .0076459039, .0099360819, .0152333479,
         .0227627790},
    };
    for (size_t k = 0; k < COUNT(level); k++) {
        for (int i = 0; i < 3; i++) {
            double pd;
            assert_int_equal(
                lowdefault_bound(&pd, 0, and_worse[i], 0, level[k], NULL), OK);
            assert_close(pd, want[i][k], 1e-7);
            assert_close(pd, 1 - pow(1 - level[k], 1. / (double)and_worse[i]),
                         1e-11);
        }
    }
}

/* The same book with asset correlation .12: the published table's digits, and
 * 16 of mpmath's adaptive quadrature and root. */
static void one_factor_bounds_agree_with_sixteen_digits(void **state)
{
    (void)state;
    static const double level[] = {.5, .9, .95};
    static const double want[3][3] = {{.00153458, .00864348, .01310307},
                                      {.00172982, .00961776, .01452054},
                                      {.00370157, .01891253, .02779522}};
    static const double first[] = {0.001534584086392714, 0.008643477290869255,
                                   0.01310307420048828};
    for (size_t k = 0; k < COUNT(level); k++) {
        double pd[3];
        for (int i = 0; i < 3; i++) {
            assert_int_equal(
                lowdefault_bound(&pd[i], 0, and_worse[i], .12, level[k], NULL),
                OK);
            assert_true(fabs(pd[i] - want[i][k]) < 5.1e-9);
        }
        assert_close(pd[0], first[k], 1e-12);
    }
}

/* Windridge's book, published as .0334; 16 digits by mpmath. */
static void defaults_that_were_seen_enter(void **state)
{
    (void)state;
    double pd;
    assert_int_equal(lowdefault_bound(&pd, 35, 9810, .15, .95, NULL), OK);
    assert_close(pd, 0.03339916727478049, 1e-12);
    assert_int_equal(lowdefault_bound(&pd, 2, 800, .12, .9, NULL), OK);
    assert_close(pd, 0.0200632357375719, 1e-12);
    assert_close(lowdefault_cdf(3, 500, .01, .2), 0.611670585233499801, 1e-12);
    assert_int_equal(lowdefault_bound(&pd, 5, 5, .12, .9, NULL), OK);
    assert_true(pd == 1);
}

/* Independent: betas.  At the conservative prior the upper quantile is the
 * bound without a prior (Tasche 2013). */
static void beliefs_of_independent_defaults_are_betas(void **state)
{
    (void)state;
    LowBelief b;
    double bound;
    assert_int_equal(
        lowdefault_belief(&b, 0, 800, 0, .95, LOWDEFAULT_UNIFORM, NULL), OK);
    assert_close(b.mean, 1. / 802, 1e-15);
    assert_close(b.high, 1 - pow(.05, 1. / 801), 1e-10);
    assert_close(b.low, 1 - pow(.95, 1. / 801), 1e-10);
    assert_int_equal(
        lowdefault_belief(&b, 3, 500, 0, .9, LOWDEFAULT_JEFFREYS, NULL), OK);
    assert_close(b.mean, 3.5 / 501, 1e-15);
    assert_int_equal(
        lowdefault_belief(&b, 3, 500, 0, .9, LOWDEFAULT_CONSERVATIVE, NULL),
        OK);
    assert_int_equal(lowdefault_bound(&bound, 3, 500, 0, .9, NULL), OK);
    assert_close(b.high, bound, 1e-10);
}

/* One of 200 at asset correlation .12, uniform prior: nested quadrature by
 * mpmath, another order of integration and other nodes. */
static void beliefs_of_correlated_defaults_agree(void **state)
{
    (void)state;
    LowBelief b;
    assert_int_equal(
        lowdefault_belief(&b, 1, 200, .12, .95, LOWDEFAULT_UNIFORM, NULL), OK);
    assert_close(b.mean, 0.028150757793951, 1e-12);
    assert_close(b.high, 0.081162953478897, 1e-12);
    double low = b.low, high = b.high;
    assert_int_equal(
        lowdefault_belief(&b, 1, 200, 1e-9, .95, LOWDEFAULT_UNIFORM, NULL), OK);
    assert_close(b.mean, 2. / 202, 1e-6); /* hardly correlated: the beta */
    assert_true(low > 0 && b.high < high);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    double pd;
    LowBelief b;
    Err err = {0};
    assert_int_equal(lowdefault_bound(&pd, 3, 2, 0, .9, &err), ERR_DOMAIN);
    assert_string_equal(err.text, "3 of 2 obligors cannot have defaulted");
    assert_int_equal(lowdefault_bound(&pd, 0, 2, 1, .9, NULL), ERR_DOMAIN);
    assert_int_equal(lowdefault_bound(&pd, 0, 2, 0, 1, NULL), ERR_DOMAIN);
    assert_int_equal(
        lowdefault_belief(&b, 2, 2, 0, .9, LOWDEFAULT_CONSERVATIVE, NULL),
        ERR_DOMAIN);
}

/* 800 obligors over two years, rho .12, theta .3: the double integral by
 * Gauss-Legendre panels, 240 x 240 nodes, and a secant (Python). */
static void several_years_agree_with_a_double_integral(void **state)
{
    (void)state;
    static const struct {
        size_t d;
        double pd;
    } rows[] = {{0, 0.0035311629843770447}, {2, 0.008437916097723847}};
    Arena *arena = arena_new();
    for (size_t k = 0; k < COUNT(rows); k++) {
        LowYears book = {rows[k].d, 800, 2, .12, .3};
        Figure f;
        assert_int_equal(lowyears_bound(&f, arena, &book, .9, 1, NULL), OK);
        assert_true(fabs(f.value - rows[k].pd) < 4 * f.se);
        assert_true(f.se < 1e-3 * f.value); /* and not by a wide error */
    }
    arena_free(arena);
}

/* One year is lowdefault_bound(); independent years are 1 - (1 - p)^(1/T). */
static void one_year_and_independent_years_are_exact(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Figure f;
    double pd;
    LowYears one = {1, 300, 1, .12, .3}, five = {0, 800, 5, 0, .3};
    assert_int_equal(lowdefault_bound(&pd, 1, 300, .12, .9, NULL), OK);
    assert_int_equal(lowyears_bound(&f, arena, &one, .9, 1, NULL), OK);
    assert_close(f.value, pd, 1e-14);
    assert_int_equal(lowyears_bound(&f, arena, &five, .9, 1, NULL), OK);
    assert_close(f.value, 1 - pow(.1, 1. / 4000), 1e-10);
    assert_true(f.se == 0);
    five.years = 21;
    assert_int_equal(lowyears_bound(&f, arena, &five, .9, 1, NULL), ERR_DOMAIN);
    arena_free(arena);
}

int main(void)
{
    stat_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(independent_bounds_are_the_published_ones),
        cmocka_unit_test(one_factor_bounds_agree_with_sixteen_digits),
        cmocka_unit_test(defaults_that_were_seen_enter),
        cmocka_unit_test(beliefs_of_independent_defaults_are_betas),
        cmocka_unit_test(beliefs_of_correlated_defaults_agree),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(several_years_agree_with_a_double_integral),
        cmocka_unit_test(one_year_and_independent_years_are_exact),
    };
    return RUN(tests);
}
