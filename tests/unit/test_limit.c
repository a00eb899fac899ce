#include "check.h"
#include "policy/limit.h"
#include "policy/match.h"
#include "policy/rounding.h"

static void an_amount_keeps_what_floor_and_cap_leave(void **state)
{
    (void)state;
    const Limit limit = {.id = "L", .floor = {50007}, .cap = {200000003}};
    assert_int_equal(limit_of(&limit, (Money){50006}).fen, 0);
    assert_int_equal(limit_of(&limit, (Money){50007}).fen, 50007);
    assert_int_equal(limit_of(&limit, (Money){200000003}).fen, 200000003);
    assert_int_equal(limit_of(&limit, (Money){MONEY_MAX}).fen, 200000003);
}

static void limits_that_cannot_be_used_say_why(void **state)
{
    (void)state;
    static const struct {
        Limit limit;
        const char *why;
    } rows[] = {
        {{.cap = {LIMIT_NONE}},
         "the limit has neither floor nor cap; write one of them"},
        {{.floor = {-1}, .cap = {LIMIT_NONE}},
         "the floor is below 0; leave it out"},
        {{.cap = {-1}}, "the cap is below 0; write the most that is paid"},
        {{.floor = {7}, .cap = {6}},
         "the floor is above the cap; write the lower amount into floor"},
        {{.scope = LIMIT_COUNT_YEAR, .cap = {LIMIT_NONE}, .count = -1},
         "the count is below 0; write how many it allows"},
        {{.scope = LIMIT_FIRM_COUNT, .cap = {5}, .count = 1},
         "a limit of counts has a count, no floor and no cap"},
        {{.scope = LIMIT_SCHEME_YEAR, .floor = {1}, .cap = {5}},
         "a floor for all awards of a year has no meaning; write a cap"},
        {{.floor = {6}, .cap = {6}}, NULL},
        {{.scope = LIMIT_COUNT_YEAR, .cap = {LIMIT_NONE}, .count = 5}, NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *why = limit_check(&rows[i].limit);
        if (rows[i].why == NULL)
            assert_null(why);
        else
            assert_string_equal(why, rows[i].why);
    }
    assert_int_equal(limit_scope_named("firm_year"), LIMIT_FIRM_YEAR);
    assert_int_equal(limit_scope_named("firmyear"), -1);
}

/* By hand: 四舍五入 to 100 yuan, half to even, down, up. */
static void amounts_round_by_unit_and_mode(void **state)
{
    (void)state;
    static const struct {
        RoundMode mode;
        int64_t fen, want;
    } rows[] = {
        {ROUND_HALF_UP, 5771149, 5770000},
        {ROUND_HALF_UP, 5775000, 5780000},
        {ROUND_HALF_UP, 5774999, 5770000},
        {ROUND_HALF_EVEN, 5775000, 5780000},
        {ROUND_HALF_EVEN, 5765000, 5760000},
        {ROUND_HALF_EVEN, 5765001, 5770000},
        {ROUND_DOWN, 5779999, 5770000},
        {ROUND_UP, 5770001, 5780000},
        {ROUND_UP, 5770000, 5770000},
        {ROUND_UP, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const Rounding r = {{10000}, rows[i].mode, ROUND_PAID};
        assert_int_equal(rounding_of(r, (Money){rows[i].fen}).fen,
                         rows[i].want);
    }
    assert_int_equal(rounding_of(ROUNDING_NONE, (Money){12347}).fen, 12347);
    assert_string_equal(rounding_check((Rounding){{0}, ROUND_UP, ROUND_PAID}),
                        "a unit of rounding below one fen");
    assert_string_equal(
        rounding_check((Rounding){{MONEY_MAX}, ROUND_UP, ROUND_PAID}),
        "a unit of rounding beyond 9e14 yuan");
}

static void payers_split_to_the_fen(void **state)
{
    (void)state;
    static const struct {
        int64_t total, weights[3], want[3];
    } rows[] = {
        {100, {1, 1, 1}, {34, 33, 33}},
        {2386, {40, 30, 30}, {954, 716, 716}},
        {2387, {40, 30, 30}, {955, 716, 716}},
        {865665, {577110, 288555, 0}, {577110, 288555, 0}},
        {500001, {577110, 288555, 0}, {333334, 166667, 0}},
        {0, {0, 1, 0}, {0, 0, 0}},
        {MONEY_MAX, /* by exact fractions: .25, .25 and .4999 are left */
         {MONEY_MAX, MONEY_MAX, 7},
         {449999999999999998, 449999999999999998, 4}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t out[3];
        match_split(out, rows[i].total, rows[i].weights, 3);
        for (size_t j = 0; j < 3; j++)
            assert_int_equal(out[j], rows[i].want[j]);
    }
}

static void matches_that_cannot_be_used_say_why(void **state)
{
    (void)state;
    static const size_t payer[] = {0, 1}, twice[] = {1, 1};
    static const Ratio half[] = {{500000000}, {500000000}};
    static const Ratio short_of[] = {{500000000}, {499999999}};
    static const Ratio over[] = {{1500000000}, {-500000000}};
    assert_null(match_check(&(Match){-1, NULL, 0, payer, half, 2}));
    assert_string_equal(match_check(&(Match){-1, NULL, 0, payer, half, 0}),
                        "a match without payers; name one with its share");
    assert_string_equal(match_check(&(Match){-1, NULL, 0, payer, half, 9}),
                        "more than 8 payers; join some of them");
    assert_string_equal(match_check(&(Match){-1, NULL, 0, twice, half, 2}),
                        "a payer stands twice in a match; add its shares up");
    assert_string_equal(match_check(&(Match){-1, NULL, 0, payer, short_of, 2}),
                        "the shares of the payers do not sum to 100%; "
                        "change one of them");
    assert_string_equal(match_check(&(Match){-1, NULL, 0, payer, over, 2}),
                        "a share over 100%; write one of 0% to 100%");
}

/* 3 x 333,333,333 billionths are one short, 6 x 166,666,667 two too many; one
 * more is a mistake. */
static void thirds_are_shares_of_a_whole(void **state)
{
    (void)state;
    static const size_t payer[] = {0, 1, 2, 3, 4, 5};
    Ratio share[6];
    for (size_t i = 0; i < 6; i++)
        share[i].billionths = 333333333;
    assert_null(match_check(&(Match){-1, NULL, 0, payer, share, 3}));
    share[0].billionths--;
    assert_non_null(match_check(&(Match){-1, NULL, 0, payer, share, 3}));
    for (size_t i = 0; i < 6; i++)
        share[i].billionths = 166666667;
    assert_null(match_check(&(Match){-1, NULL, 0, payer, share, 6}));
    share[0].billionths++;
    assert_non_null(match_check(&(Match){-1, NULL, 0, payer, share, 6}));
}

static void a_match_names_award_and_counties(void **state)
{
    (void)state;
    static const char suixian[] = "随县", gaoxin[] = "高新区";
    const char *const counties[] = {suixian};
    const Match match = {1, counties, 1, NULL, NULL, 0};
    assert_true(match_holds(&match, 1, suixian));
    assert_false(match_holds(&match, 0, suixian));
    assert_false(match_holds(&match, 1, gaoxin));
    assert_false(match_holds(&match, 1, NULL));
    assert_true(match_holds(&(Match){-1, NULL, 0, NULL, NULL, 0}, 1, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_keeps_what_floor_and_cap_leave),
        cmocka_unit_test(limits_that_cannot_be_used_say_why),
        cmocka_unit_test(amounts_round_by_unit_and_mode),
        cmocka_unit_test(payers_split_to_the_fen),
        cmocka_unit_test(matches_that_cannot_be_used_say_why),
        cmocka_unit_test(thirds_are_shares_of_a_whole),
        cmocka_unit_test(a_match_names_award_and_counties),
    };
    return RUN(tests);
}
