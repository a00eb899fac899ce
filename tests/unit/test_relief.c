#include "check.h"
#include "credit/power.h"
#include "credit/relief.h"

static double relief(ReliefCase c)
{
    Err err = {0};
    double value = NAN;
    assert_int_equal(relief_value(&value, NULL, &c, &err), OK);
    return value;
}

static const ReliefCase oracle = {.revenue = 1e7,
                                  .growth = 0.05,
                                  .royalty = 0.04,
                                  .discount = 0.18,
                                  .years = 8};

/* Computed apart, to the fen. */
static void the_published_case_is_met_to_the_fen(void **state)
{
    (void)state;
    ReliefCase c = oracle;
    assert_int_equal(floor(relief(c) * 100 + 0.5), 186750913);
    c.timing = RELIEF_MID_YEAR;
    assert_int_equal(floor(relief(c) * 100 + 0.5), 202863417);
}

/* Python, fractions: 12345678.9 r 3.7% g -6.25% i 21.5% tax 15%, 2.5 years:
 * 12345678.9*.037*.85*(1/1.215 + .9375/1.215**2 + .5*.9375**2/1.215**2.5) */
static void a_part_year_and_tax_count_in_part(void **state)
{
    (void)state;
    ReliefCase c = {.revenue = 12345678.9,
                    .growth = -0.0625,
                    .royalty = 0.037,
                    .discount = 0.215,
                    .tax = 0.15,
                    .years = 2.5};
    assert_close(relief(c), 671002.54559646861, 1e-14);
    c.timing = RELIEF_MID_YEAR;
    assert_close(relief(c), 734133.72509869735, 1e-14);
}

/* The same, less 2000, 4000 and 4000 due in its years. */
static void fees_are_deducted_in_their_years(void **state)
{
    (void)state;
    static const double fees[] = {2000, 4000, 4000, 9e9};
    ReliefCase c = oracle;
    c.fees = fees;
    c.n_fees = 3;
    assert_close(relief(oracle) - relief(c), 7002.1764640007013, 1e-10);
    c.years = 2.25; /* a fee that falls into a part year is paid whole */
    ReliefCase bare = c;
    bare.n_fees = 0;
    assert_close(relief(bare) - relief(c), 7323.9465618816894, 1e-10);
}

static void a_worthless_right_may_cost_more_than_it_saves(void **state)
{
    (void)state;
    static const double fees[] = {8000};
    ReliefCase c = oracle;
    c.revenue = 1000;
    c.years = 1;
    c.fees = fees;
    c.n_fees = 1;
    assert_close(relief(c), (40 - 8000) / 1.18, 1e-14);
    c.years = 0;
    assert_close(relief(c), 0, 0);
}

static void longer_life_and_lower_discount_are_worth_more(void **state)
{
    (void)state;
    ReliefCase c = oracle;
    double last = -1;
    for (int months = 0; months <= 720; months++) {
        c.years = months / 12.0;
        double value = relief(c);
        assert_true(value > last);
        last = value;
    }
    last = INFINITY;
    for (double rate = 0.01; rate < 0.5; rate += 0.013) {
        c.discount = rate;
        double value = relief(c);
        assert_true(value < last);
        last = value;
    }
}

static void what_is_no_case_is_refused(void **state)
{
    (void)state;
    ReliefCase bad[9];
    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = oracle;
    bad[0].growth = -1;
    bad[1].discount = -1.5;
    bad[2].years = -0.01;
    bad[3].years = 60.5;
    bad[4].revenue = -1;
    bad[5].royalty = NAN;
    bad[6].tax = 1.01;
    bad[7].discount = INFINITY;
    bad[8].growth = NAN;
    for (size_t i = 0; i < COUNT(bad); i++) {
        Err err = {0};
        double value = 7;
        assert_int_equal(relief_value(&value, NULL, &bad[i], &err), ERR_DOMAIN);
        assert_true(value == 7);
        assert_true(strlen(err.text) > 10);
    }
}

/* Python, decimal with 40 digits. */
static void powers_agree_with_decimal_arithmetic(void **state)
{
    (void)state;
    static const struct {
        double base, exponent, want;
    } rows[] = {
        {1.18, -8, 0.26603816373050476},
        {1.18, -7.5, 0.2889914174886456},
        {1.0435, -0.25, 0.98941134680578302},
        {1.0435, -2.0833333333333335, 0.91511158923163782},
        {1.215, -60, 8.4221568247750611e-06},
        {0.9, 13.7, 0.23611434832232409},
        {3, 0.5, 1.7320508075688772},
        {1.0000001, 900, 1.0000900040456737},
        {1000.5, -3.3, 1.2568504159127096e-10},
        {0.70710678118654746, 2.25, 0.45850202160233555},
        {1.41421356237309515, 7, 11.313708498984766},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_close(power_of(rows[i].base, rows[i].exponent), rows[i].want,
                     4e-15 * (1 + fabs(rows[i].exponent)));
    assert_close(power_of(1.18, 0), 1, 0);
    assert_close(power_of(2, -1000), ldexp(1, -1000), 0);
    assert_true(isinf(power_of(1e300, 7)));
    assert_true(power_of(1e-300, 7) == 0);
    assert_true(isnan(power_of(0, 2)));
    assert_true(isnan(power_of(-1, 2)));
    assert_true(isnan(power_of(2, 1001)));
    assert_true(isnan(power_of(INFINITY, 1)));
    assert_true(isnan(power_of(2, NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_case_is_met_to_the_fen),
        cmocka_unit_test(a_part_year_and_tax_count_in_part),
        cmocka_unit_test(fees_are_deducted_in_their_years),
        cmocka_unit_test(a_worthless_right_may_cost_more_than_it_saves),
        cmocka_unit_test(longer_life_and_lower_discount_are_worth_more),
        cmocka_unit_test(what_is_no_case_is_refused),
        cmocka_unit_test(powers_agree_with_decimal_arithmetic),
    };
    return RUN(tests);
}
