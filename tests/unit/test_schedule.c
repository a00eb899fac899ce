#include "check.h"
#include "pool/schedule.h"

static const Date opening = {19783}; /* 2024-03-01 */

static void balances_fall_as_agreed(void **state)
{
    (void)state;
    /* equal payment at 4.35%: 1,000,000.00 over 36 months, balances after 12
     * and 24 by the annuity formula in 30 digits */
    static const struct {
        const char *word;
        int year, month, day;
        int64_t rate, want[4];
    } rows[] = {
        {"bullet", 2026, 3, 1, 0, {100000000, 100000000, 0, 0}},
        {"bullet", 2026, 3, 2, 0, {100000000, 100000000, 100000000, 0}},
        {"equal_principal", 2027, 3, 1, 0, {100000000, 66666667, 33333333, 0}},
        {"equal_principal", 2026, 8, 20, 0, {100000000, 60000000, 20000000, 0}},
        {"equal_payment",
         2027,
         3,
         1,
         43500000,
         {100000000, 68103121, 34790726, 0}},
        {"equal_payment", 2027, 3, 1, 0, {100000000, 66666667, 33333333, 0}},
        {NULL, 2024, 3, 1, 0, {0, 0, 0, 0}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        ScheduleLoan loan = {
            schedule_named(rows[i].word),
            100000000,
            1,
            date_of((DateParts){rows[i].year, rows[i].month, rows[i].day}),
            {rows[i].rate},
            {0}};
        for (int y = 0; y < 4; y++)
            assert_int_equal(schedule_balance(&loan, opening, 12 * y),
                             rows[i].want[y]);
    }
}

static void loans_without_an_end_stand_for_ever(void **state)
{
    (void)state;
    ScheduleLoan loan = {SCHEDULE_EQUAL_PRINCIPAL, 2385, 0, {0}, {0}, {0}};
    assert_int_equal(schedule_balance(&loan, opening, 12 * 29), 2385);
    assert_int_equal(schedule_named("balloon"), SCHEDULE_COUNT);
}

/* 900.00 from 2025-01-10 in 36 equal parts: on 2025-03-01 a month has passed,
 * on 2026-03-01 13 whole ones. */
static void new_business_stands_from_its_start(void **state)
{
    (void)state;
    ScheduleLoan loan = {SCHEDULE_EQUAL_PRINCIPAL,
                         90000,
                         1,
                         date_of((DateParts){2028, 1, 10}),
                         {0},
                         date_of((DateParts){2025, 1, 10})};
    static const int64_t want[] = {0, 87500, 57500, 27500, 0};
    for (int y = 0; y < 5; y++)
        assert_int_equal(schedule_balance(&loan, opening, 12 * y), want[y]);
}

/* 1,000,000.00 at 4.35% over 36 months: what an annuity leaves after each of
 * the first three, P ((1 + i)^n - (1 + i)^m) / ((1 + i)^n - 1), in 30 digits;
 * and of one that starts on 2024-04-15, as months open on the first. */
static void balances_fall_month_by_month(void **state)
{
    (void)state;
    static const int64_t want[] = {100000000, 97394507, 94779568, 92155151};
    static const int64_t later[] = {0, 0, 100000000, 97222222, 94444444};
    ScheduleLoan loan = {SCHEDULE_EQUAL_PAYMENT,           100000000,  1,
                         date_of((DateParts){2027, 3, 1}), {43500000}, {0}};
    ScheduleLoan planned = {SCHEDULE_EQUAL_PRINCIPAL,
                            100000000,
                            1,
                            date_of((DateParts){2027, 4, 15}),
                            {0},
                            date_of((DateParts){2024, 4, 15})};
    for (int m = 0; m < 4; m++)
        assert_int_equal(schedule_balance(&loan, opening, m), want[m]);
    for (int m = 0; m < 5; m++)
        assert_int_equal(schedule_balance(&planned, opening, m), later[m]);
}

/* 700.00 from 2023-08-31 in 7 equal parts, the sixth on 2024-02-29: on
 * 2024-03-01 one is left.  Opened on that last day of February, it is the same:
 * 29 days are all that the month has. */
static void months_that_are_too_short_end_on_their_last_day(void **state)
{
    (void)state;
    ScheduleLoan loan = {SCHEDULE_EQUAL_PRINCIPAL,
                         70000,
                         1,
                         date_of((DateParts){2024, 3, 31}),
                         {0},
                         date_of((DateParts){2023, 8, 31})};
    Date first = date_of((DateParts){2023, 3, 1});
    Date last = date_of((DateParts){2023, 2, 28});
    Date leap = date_of((DateParts){2020, 2, 29});
    assert_int_equal(schedule_balance(&loan, first, 12), 10000);
    assert_int_equal(schedule_balance(&loan, last, 12), 20000);
    assert_int_equal(schedule_balance(&loan, leap, 48), 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balances_fall_as_agreed),
        cmocka_unit_test(balances_fall_month_by_month),
        cmocka_unit_test(loans_without_an_end_stand_for_ever),
        cmocka_unit_test(new_business_stands_from_its_start),
        cmocka_unit_test(months_that_are_too_short_end_on_their_last_day),
    };
    return RUN(tests);
}
