#include "check.h"
#include "policy/number.h"

static Number n(int64_t a, int64_t b)
{
    return (Number){a, b};
}

static const char *text(Number a)
{
    static char out[4][NUMBER_TEXT];
    static int at;
    return number_format(out[at = (at + 1) % 4], a);
}

static void fractions_stay_exact(void **state)
{
    (void)state;
    Number third = number_divide(number_int(1), number_int(3));
    Number sum = number_add(third, number_add(third, third));
    assert_int_equal(number_compare(sum, number_int(1)), 0);
    assert_int_equal(sum.num, sum.den);
    Number growth = number_subtract(n(115, 100), number_int(1));
    assert_int_equal(number_compare(growth, n(15, 100)), 0);
    assert_int_equal(number_compare(n(299999, 1000000), n(3, 10)), -1);
}

static void what_does_not_fit_is_reduced_then_a_double(void **state)
{
    (void)state;
    /* 6e18 / 9e18 squared is 4/9 */
    Number a = n(INT64_C(6000000000000000000), INT64_C(9000000000000000000));
    Number square = number_multiply(a, a);
    assert_true(square.den > 0);
    assert_int_equal(number_compare(square, n(4, 9)), 0);
    /* two primes, so nothing cancels; their ratio is 1/2 but for 2^-61 */
    Number b = n(INT64_C(2305843009213693951), INT64_C(4611686018427388039));
    Number c = number_multiply(b, b);
    assert_int_equal(c.den, 0);
    assert_close(number_double(c), 0.25, 1e-15);
}

static void doubles_meet_fractions(void **state)
{
    (void)state;
    assert_int_equal(number_compare(number_real(0.3), n(3, 10)), 0);
    assert_int_equal(number_real(3.0).den, 1);
    assert_int_equal(number_compare(number_real(0.1), n(1, 3)), -1);
    assert_close(number_double(n(1, 3)), 1.0 / 3, 0);
    assert_true(isnan(number_double(NUMBER_NULL)));
    assert_true(number_is_null(number_real(INFINITY)));
    assert_true(number_is_null(number_real(NAN)));
}

static void the_undefined_is_null(void **state)
{
    (void)state;
    assert_true(number_is_null(number_divide(n(1, 2), number_int(0))));
    assert_true(number_is_null(number_log(number_int(0))));
    assert_true(number_is_null(number_log(number_int(-2))));
    assert_true(number_is_null(number_sqrt(number_int(-4))));
    assert_true(number_is_null(number_add(NUMBER_NULL, number_int(1))));
    assert_true(number_is_null(number_exp(number_int(1000))));
    assert_int_equal(number_whole(NUMBER_NULL, 1), INT64_MIN);
    assert_int_equal(number_whole(number_real(1e300), 1), INT64_MIN);
}

static void powers_and_roots(void **state)
{
    (void)state;
    assert_string_equal(text(number_power(n(3, 2), number_int(3))), "3.375");
    assert_string_equal(text(number_power(number_int(2), number_int(-2))),
                        "0.25");
    assert_string_equal(text(number_sqrt(n(9, 4))), "1.5");
    assert_close(number_double(number_power(number_int(2), n(1, 2))),
                 1.4142135623730951, 1e-15);
    assert_close(number_double(number_exp(number_int(1))), 2.718281828459045,
                 1e-15);
    /* 1000 squarings of 2 leave whole numbers: 2^1000 = 1.0715...e301 */
    assert_close(number_double(number_power(number_int(2), number_int(1000))),
                 1.0715086071862673e301, 1e-13);
}

/* The modes on both sides of zero, as IEEE 754 names them. */
static void rounding_modes(void **state)
{
    (void)state;
    static const struct {
        int64_t num; /* tenths */
        int want[6]; /* by mode, in the order of RoundMode */
    } cases[] = {
        {25, {3, 2, 3, 2, 2, 3}},        {35, {4, 4, 4, 3, 3, 4}},
        {24, {2, 2, 3, 2, 2, 3}},        {-25, {-3, -2, -3, -2, -3, -2}},
        {-26, {-3, -3, -3, -2, -3, -2}}, {30, {3, 3, 3, 3, 3, 3}}};
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int m = 0; m < 6; m++) {
            Number unit = number_int(1);
            Number exact =
                number_round(n(cases[i].num, 10), unit, (RoundMode)m);
            assert_int_equal(number_whole(exact, 1), cases[i].want[m]);
            Number real = {0, 0}; /* the same as a double */
            double x = (double)cases[i].num / 10;
            memcpy(&real.num, &x, sizeof x);
            Number rounded = number_round(real, unit, (RoundMode)m);
            assert_int_equal(number_whole(rounded, 1), cases[i].want[m]);
        }
    assert_string_equal(text(number_round(n(12345, 1), n(1000, 1), ROUND_UP)),
                        "13000");
}

/* a / unit may be longer than 64 bits where the result is not: by hand. */
static void rounding_keeps_every_digit(void **state)
{
    (void)state;
    const int64_t most = INT64_MAX, e18 = INT64_C(1000000000000000000);
    const struct {
        Number a, unit;
        RoundMode mode;
        Number want;
    } cases[] = {
        {n(most, 1), n(1, e18), ROUND_UP, n(most, 1)},
        {n(1234567, 10), n(1, e18 / 1000), ROUND_FLOOR, n(1234567, 10)},
        {n(2000, 3), n(1, e18 / 1000), ROUND_HALF_AWAY,
         n(INT64_C(666666666666666667), e18 / 1000)},
        {n(-2000, 3), n(1, e18 / 1000), ROUND_CEILING,
         n(INT64_C(-666666666666666666), e18 / 1000)},
        {n(most, 1), n(1, most), ROUND_DOWN, n(most, 1)},
        {n(-1, most), n(most, 1), ROUND_FLOOR, n(-most, 1)},
        {n(1, most), n(most, 1), ROUND_HALF_AWAY, n(0, 1)},
        {n(most, 1), n(1, 3), ROUND_UP, n(most, 1)},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Number got = number_round(cases[i].a, cases[i].unit, cases[i].mode);
        assert_true(got.den > 0); /* no double */
        assert_int_equal(number_compare(got, cases[i].want), 0);
    }
    /* a double's last digit is far above the unit, and far below it */
    const Number large = number_real(1e300), small = number_real(1e-300);
    for (int m = 0; m <= ROUND_HALF_TO_ZERO; m++)
        assert_int_equal(
            number_compare(number_round(large, n(1, e18), (RoundMode)m), large),
            0);
    assert_int_equal(
        number_whole(number_round(small, number_int(1), ROUND_UP), 1), 1);
    assert_true(number_is_null(number_round(NUMBER_NULL, large, ROUND_UP)));
    assert_true(number_is_null(number_round(large, n(0, 1), ROUND_UP)));
    assert_true(number_is_null(number_round(large, n(-5, 1), ROUND_UP)));
    assert_true(number_is_null(number_round(small, NUMBER_NULL, ROUND_UP)));
}

static void numbers_are_told_shortly(void **state)
{
    (void)state;
    assert_string_equal(text(n(3, 10)), "0.3");
    assert_string_equal(text(n(-1, 8)), "-0.125");
    assert_string_equal(text(n(-7, 1)), "-7");
    assert_string_equal(text(n(1, 3)), "0.333333333333");
    assert_string_equal(text(NUMBER_NULL), "null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_stay_exact),
        cmocka_unit_test(what_does_not_fit_is_reduced_then_a_double),
        cmocka_unit_test(doubles_meet_fractions),
        cmocka_unit_test(the_undefined_is_null),
        cmocka_unit_test(powers_and_roots),
        cmocka_unit_test(rounding_modes),
        cmocka_unit_test(rounding_keeps_every_digit),
        cmocka_unit_test(numbers_are_told_shortly),
    };
    return RUN(tests);
}
