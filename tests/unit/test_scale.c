#include "check.h"
#include "data/table.h"
#include "policy/scale.h"

/* Sanming 2023: 1% to 100,000 yuan, 0.5% to 1,000,000, 0.1% above. */
static const Bracket sanming[] = {
    {{0}, {10000000}, {0}},
    {{10000000}, {5000000}, {0}},
    {{100000000}, {1000000}, {0}},
};
/* Fuqing: 0.5% to 30 million yuan, 0.3% above. */
static const Bracket fuqing[] = {
    {{0}, {5000000}, {0}},
    {{INT64_C(3000000000)}, {3000000}, {0}},
};
/* Fixed awards: 50,000 yuan from 1 million, 500,000 from 10 million. */
static const Bracket fixed[] = {
    {{0}, {0}, {0}},
    {{100000000}, {0}, {5000000}},
    {{1000000000}, {0}, {50000000}},
};
static const Bracket flat[] = {{{0}, {200000000}, {0}}};
static const Bracket whole[] = {{{0}, {RATIO_ONE}, {0}},
                                {{7}, {RATIO_ONE}, {0}}};

#define SCALE(kind, brackets)                                                  \
    {                                                                          \
        kind, COUNT(brackets), brackets                                        \
    }
static const Scale marginal = SCALE(SCALE_MARGINAL_RATE, sanming);
static const Scale single = SCALE(SCALE_SINGLE_RATE, sanming);

/* By hand from the texts of the schemes. */
static void awards_are_those_of_the_notices(void **state)
{
    (void)state;
    static const struct {
        Scale scale;
        int64_t value, want;
    } rows[] = {
        {SCALE(SCALE_MARGINAL_RATE, sanming), 10000000, 100000},
        {SCALE(SCALE_MARGINAL_RATE, sanming), 100000000, 550000},
        {SCALE(SCALE_MARGINAL_RATE, sanming), 150000000, 600000},
        {SCALE(SCALE_MARGINAL_RATE, sanming), 10000099, 100000},
        {SCALE(SCALE_MARGINAL_RATE, sanming), 10000100, 100001},
        {SCALE(SCALE_MARGINAL_RATE, fuqing), 5000000000, 21000000},
        {SCALE(SCALE_SINGLE_RATE, sanming), 9999999, 100000},
        {SCALE(SCALE_SINGLE_RATE, sanming), 10000000, 50000},
        {SCALE(SCALE_SINGLE_RATE, sanming), 100000000, 100000},
        {SCALE(SCALE_SINGLE_AMOUNT, fixed), 99999999, 0},
        {SCALE(SCALE_SINGLE_AMOUNT, fixed), 100000000, 5000000},
        {SCALE(SCALE_SINGLE_AMOUNT, fixed), MONEY_MAX, 50000000},
        {SCALE(SCALE_MARGINAL_RATE, flat), 28855500, 5771100},
        {SCALE(SCALE_MARGINAL_RATE, flat), 2, 0},
        {SCALE(SCALE_MARGINAL_RATE, flat), 3, 1},
        {SCALE(SCALE_MARGINAL_RATE, whole), MONEY_MAX, MONEY_MAX},
        {SCALE(SCALE_MARGINAL_RATE, flat), 0, 0},
        {SCALE(SCALE_MARGINAL_RATE, flat), -500, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(scale_of(&rows[i].scale, (Money){rows[i].value}).fen,
                         rows[i].want);
}

/* The definition, bracket by bracket in 128 bits, rounded once. */
static int64_t plain(const Scale *scale, int64_t value)
{
    Exact sum = 0;
    for (size_t k = 0; k < scale->n; k++) {
        int64_t from = scale->brackets[k].from.fen;
        int64_t to =
            k + 1 < scale->n ? scale->brackets[k + 1].from.fen : INT64_MAX;
        int64_t top = value < to ? value : to;
        if (top > from)
            sum += (Exact)(top - from) * scale->brackets[k].rate.billionths;
    }
    return (int64_t)exact_divide(sum, RATIO_ONE);
}

static uint64_t numbers = UINT64_C(0x9e3779b97f4a7c15);

static uint64_t next_number(void)
{
    numbers ^= numbers << 13;
    numbers ^= numbers >> 7;
    numbers ^= numbers << 17;
    return numbers;
}

/* Rates with odd billionths, amounts with odd fen from 1 to 9e17. */
static const Bracket odd[] = {
    {{0}, {123456789}, {0}},
    {{31}, {987654321}, {0}},
    {{INT64_C(77777777)}, {333333333}, {0}},
    {{INT64_C(1234567891)}, {1}, {0}},
    {{INT64_C(98765432109)}, {999999999}, {0}},
    {{INT64_C(345678901234567)}, {71828183}, {0}},
    {{INT64_C(270000000000000001)}, {RATIO_ONE}, {0}},
};

static void no_fen_is_off_on_a_million_amounts(void **state)
{
    (void)state;
    enum { N = 1000000 };
    static int64_t value[N], got[N];
    const Scale scale = SCALE(SCALE_MARGINAL_RATE, odd);
    int64_t off = 0, fell = 0;
    for (size_t i = 0; i < N; i++) {
        value[i] = (int64_t)(next_number() % (UINT64_C(1) << (4 + i % 56)));
        value[i] = value[i] > MONEY_MAX ? MONEY_MAX : value[i];
    }
    scale_apply(got, &scale, value, N);
    for (size_t i = 0; i < N; i++) {
        off += got[i] != plain(&scale, value[i]);
        off += got[i] != scale_of(&scale, (Money){value[i]}).fen;
        fell += scale_of(&scale, (Money){value[i] | 1}).fen < got[i];
    }
    assert_int_equal(off, 0);
    assert_int_equal(fell, 0); /* one fen more never pays less */
}

static void nulls_stay_null(void **state)
{
    (void)state;
    const int64_t value[] = {NULL_INT, 10000000, NULL_INT, -1};
    int64_t out[4];
    scale_apply(out, &marginal, value, 4);
    assert_int_equal(out[0], NULL_INT);
    assert_int_equal(out[1], 100000);
    assert_int_equal(out[2], NULL_INT);
    assert_int_equal(out[3], 0);
}

static void a_bracket_starts_with_its_first_fen(void **state)
{
    (void)state;
    assert_int_equal(scale_bracket(&single, (Money){0}), 0);
    assert_int_equal(scale_bracket(&single, (Money){9999999}), 0);
    assert_int_equal(scale_bracket(&single, (Money){10000000}), 1);
    assert_int_equal(scale_bracket(&single, (Money){MONEY_MAX}), 2);
}

static void scales_that_cannot_be_used_say_why(void **state)
{
    (void)state;
    static const Bracket late[] = {{{1}, {0}, {0}}};
    static const Bracket equal[] = {{{0}, {0}, {0}}, {{0}, {0}, {0}}};
    static const Bracket steep[] = {{{0}, {RATIO_ONE + 1}, {0}}};
    static const Bracket below[] = {{{0}, {-1}, {0}}};
    static const Bracket debt[] = {{{0}, {0}, {-1}}};
    static const Bracket huge[] = {{{0}, {0}, {MONEY_MAX + 1}}};
    static Bracket many[SCALE_BRACKETS + 1];
    static const struct {
        Scale scale;
        const char *why;
    } rows[] = {
        {{SCALE_SINGLE_RATE, 0, NULL}, "a scale without brackets"},
        {SCALE(SCALE_SINGLE_RATE, late),
         "the first bracket does not start at 0; write from = \"0\""},
        {SCALE(SCALE_SINGLE_RATE, equal),
         "the brackets do not rise; write the lowest first"},
        {SCALE(SCALE_MARGINAL_RATE, steep),
         "a rate outside 0% to 100%; write \"20%\" or \"0.2\""},
        {SCALE(SCALE_SINGLE_RATE, below),
         "a rate outside 0% to 100%; write \"20%\" or \"0.2\""},
        {SCALE(SCALE_SINGLE_AMOUNT, debt), "an amount below 0"},
        {SCALE(SCALE_SINGLE_AMOUNT, huge), "an amount beyond 9e15 yuan"},
        {SCALE(SCALE_SINGLE_RATE, many), "a scale of more than 64 brackets"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(scale_check(&rows[i].scale), rows[i].why);
    assert_null(scale_check(&marginal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(awards_are_those_of_the_notices),
        cmocka_unit_test(no_fen_is_off_on_a_million_amounts),
        cmocka_unit_test(nulls_stay_null),
        cmocka_unit_test(a_bracket_starts_with_its_first_fen),
        cmocka_unit_test(scales_that_cannot_be_used_say_why),
    };
    return RUN(tests);
}
