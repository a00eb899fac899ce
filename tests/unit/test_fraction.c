#include "check.h"
#include "pool/fraction.h"
#include "stat/stream.h"

static void shares_are_kept_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t num, den;
    } rows[] = {{"3/8", 3, 8},
                {"20%", 1, 5},
                {"0.6‰", 3, 5000},
                {"0.035", 7, 200},
                {"2/6", 1, 3},
                {"0", 0, 1},
                {"1", 1, 1},
                {"12.5%", 1, 8},
                {"0.000000001", 1, INT64_C(1000000000)}};
    static const char *const bad[] = {"",    "a",   "1/0", "-1",   "1/3%",
                                      "3 %", "0x1", ".5",  "1.5/3"};
    Fraction f;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(fraction_parse(&f, rows[i].text));
        assert_int_equal(f.num, rows[i].num);
        assert_int_equal(f.den, rows[i].den);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(fraction_parse(&f, bad[i]));
}

static void fractions_are_compared_exactly(void **state)
{
    (void)state;
    Fraction third = {1, 3}, near = {333333333, 1000000000};
    assert_true(fraction_above(third, near));
    assert_false(fraction_above(near, third));
    assert_false(fraction_above(third, third));
}

static void products_round_half_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(fraction_of(100, (Fraction){1, 3}), 33);
    assert_int_equal(fraction_of(5, (Fraction){1, 2}), 3);
    assert_int_equal(fraction_of(INT64_C(899999999999999999), (Fraction){2, 3}),
                     INT64_C(599999999999999999));
}

/* Parts sum to the whole, each within a fen of its exact value. */
static void parts_sum_to_the_whole(void **state)
{
    (void)state;
    static const Fraction shares[] = {
        {1, 7}, {0, 1}, {2, 9}, {3, 8}, {131, 504}};
    int64_t weight[5], whole, out[5];
    Stream s = stream_new(2385, 1, 1);
    assert_true(fraction_weights(weight, &whole, shares, 5));
    assert_int_equal(weight[0] + weight[1] + weight[2] + weight[3] + weight[4],
                     whole);
    for (uint64_t i = 0; i < 3000; i++) {
        int64_t amount = (int64_t)(stream_word(s, i) >> 5 >> i % 58);
        int64_t sum = 0;
        fraction_split(out, amount, weight, whole, 5);
        for (int j = 0; j < 5; j++) {
            Exact off = (Exact)out[j] * whole - (Exact)amount * weight[j];
            assert_true(off > -whole && off < whole);
            sum += out[j];
        }
        assert_int_equal(sum, amount);
        assert_int_equal(out[1], 0);
    }
}

static void denominators_have_a_limit(void **state)
{
    (void)state;
    const Fraction fine[] = {{1, 999999937}, {1, 999999929}};
    int64_t weight[2], whole;
    assert_false(fraction_weights(weight, &whole, fine, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_kept_as_written),
        cmocka_unit_test(fractions_are_compared_exactly),
        cmocka_unit_test(products_round_half_away_from_zero),
        cmocka_unit_test(parts_sum_to_the_whole),
        cmocka_unit_test(denominators_have_a_limit),
    };
    return RUN(tests);
}
