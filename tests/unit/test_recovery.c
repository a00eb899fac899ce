#include "check.h"
#include "credit/estimate.h"
#include "credit/recovery.h"
#include "data/table.h"

/* 3,000,000 yuan, 80% covered and paid after 3 months; a patent of 1,200,000
 * with 70% haircut and 10% cost after 24 months, a house of 900,000 with 25%
 * and 5% after 18; 10% of the rest after 36; 4.35% a year. */
static const RecoverySource sources[] = {{1200000, 0.70, 0.10, 24},
                                         {900000, 0.25, 0.05, 18}};
static const RecoveryCase sample = {.ead = 3000000,
                                    .covered = 0.8,
                                    .covered_months = 3,
                                    .unsecured = 0.1,
                                    .unsecured_months = 36,
                                    .discount = 0.0435,
                                    .sources = sources,
                                    .n = 2};

/* Python: see the sums in the comments of the rows. */
static void a_waterfall_by_hand(void **state)
{
    (void)state;
    RecoveryCase c = sample;
    assert_close(recovery_lgd(NULL, &c), 0.13659105036500852, 1e-14);
    c.covered = 0; /* the bank alone */
    assert_close(recovery_lgd(NULL, &c), 0.64060063904817488, 1e-14);
    c.discount = 0; /* 1 - (324000 + 641250 + 203475) / 3e6 */
    assert_close(recovery_lgd(NULL, &c), 0.610425, 1e-14);
}

static void a_source_pays_no_more_than_is_open(void **state)
{
    (void)state;
    RecoveryCase c = sample;
    c.covered = 0;
    c.discount = 0;
    c.ead = 500000; /* 324000 of the patent, 176000 of the house */
    assert_close(recovery_lgd(NULL, &c), 0, 1e-15);
    c.floor = 0.25;
    assert_close(recovery_lgd(NULL, &c), 0.25, 0);
}

static void nothing_comes_back_from_nothing(void **state)
{
    (void)state;
    RecoveryCase c = {.ead = 1, .discount = 0.05};
    assert_close(recovery_lgd(NULL, &c), 1, 0);
    c.covered = 1;
    assert_close(recovery_lgd(NULL, &c), 0, 0);
}

/* Those who cover 80% share what the lender would have lost alone. */
static void cover_leaves_the_lender_its_part(void **state)
{
    (void)state;
    RecoveryCase alone = sample, with = sample;
    alone.covered = 0;
    with.covered_months = 0;
    assert_close(recovery_lgd(NULL, &with), 0.2 * recovery_lgd(NULL, &alone),
                 1e-13);
}

static void more_value_never_raises_the_loss(void **state)
{
    (void)state;
    double last = 2;
    for (double value = 0; value < 8e6; value += 123456.78) {
        RecoverySource s[] = {sources[0], sources[1]};
        RecoveryCase c = sample;
        s[1].value = value;
        c.sources = s;
        double lgd = recovery_lgd(NULL, &c);
        assert_true(lgd >= 0 && lgd <= last);
        last = lgd;
    }
}

static void what_is_undefined_is_no_number(void **state)
{
    (void)state;
    RecoveryCase bad[9];
    RecoverySource s = {-1, 0, 0, 0};
    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = sample;
    bad[0].ead = 0;
    bad[1].ead = NAN;
    bad[2].covered = 1.01;
    bad[3].unsecured = -0.1;
    bad[4].covered_months = -1;
    bad[5].discount = -1;
    bad[6].floor = NAN;
    bad[7].sources = &s;
    bad[7].n = 1;
    bad[8].unsecured_months = INFINITY;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_true(isnan(recovery_lgd(NULL, &bad[i])));
}

static void estimates_become_amounts_half_away_from_zero(void **state)
{
    (void)state;
    assert_true(estimate_fen(12345.675) == 1234568);
    assert_true(estimate_fen(-0.125) == -13);
    assert_true(estimate_fen(0.004999) == 0);
    assert_true(estimate_fen(9.1e15) == NULL_INT);
    assert_true(estimate_fen(NAN) == NULL_INT);
    assert_true(estimate_fen(INFINITY) == NULL_INT);
    assert_true(estimate_billionths(0.0396) == 39600000);
    assert_true(estimate_billionths(-1e10) == NULL_INT);
    assert_close(estimate_yuan(123456789), 1234567.89, 0);
    assert_close(estimate_rate(35000000), 0.035, 0);
    assert_true(isnan(estimate_yuan(NULL_INT)));
    assert_true(isnan(estimate_rate(NULL_INT)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_waterfall_by_hand),
        cmocka_unit_test(a_source_pays_no_more_than_is_open),
        cmocka_unit_test(nothing_comes_back_from_nothing),
        cmocka_unit_test(cover_leaves_the_lender_its_part),
        cmocka_unit_test(more_value_never_raises_the_loss),
        cmocka_unit_test(what_is_undefined_is_no_number),
        cmocka_unit_test(estimates_become_amounts_half_away_from_zero),
    };
    return RUN(tests);
}
