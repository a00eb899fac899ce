#include "scene.h"

/* Two firms, defaults set by hand, every payment worked out on paper.
 * Amounts in fen; nothing comes back unless said. */

static const Loan loans[] = {
    {"L1", "F1", "A", NULL, "甲", 600000, 0.01, 1},
    {"L2", "F1", "A", NULL, "乙", 400000, 0.01, 1},
    {"L3", "F2", "A", NULL, "甲", 1000000, 0.02, 1},
};

static void open_scene(Scene *s, double lgd, const char *scheme)
{
    Loan own[COUNT(loans)];
    memcpy(own, loans, sizeof own);
    for (size_t i = 0; i < COUNT(own); i++)
        own[i].lgd = lgd;
    case_open(&s->c);
    case_loans(&s->c, own, COUNT(own));
    scene_ask(&s->c, "0.1");
    assert_int_equal(case_scheme(&s->c, scheme), OK);
    scene_open(s);
}

/* F1 defaults in year `first`, F2 in year `second`; -1 is never. */
static const WaterfallPath *play(Scene *s, int first, int second)
{
    return scene_play(s, (const int[]){first, second}, 2);
}

#define TWO                                                                    \
    "scheme = { id = \"a\"; parties = ( \"bank\", \"fund\" ); "                \
    "layers = ( { shares = ( { party = \"bank\"; share = \"20%\"; }, { party " \
    "= \"fund\"; share = \"80%\"; } ); } );\n"

static void life_caps_count_what_was_paid_before(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 1,
               TWO
               "share_base = \"principal\"; caps = ( { party = "
               "\"fund\"; rate = \"60%\"; period = \"life\"; "
               "overflow = \"bank\"; } ); };");
    const WaterfallPath *p = play(&s, 0, 2); /* 80% of 1e6 twice, cap 1.2e6 */
    assert_int_equal(p->year[0].paid[1], 800000);
    assert_int_equal(p->year[2].paid[1], 400000);
    assert_int_equal(p->year[2].paid[0], 600000);
    assert_int_equal(p->year[0].capped, 0);
    assert_int_equal(p->year[2].capped, 2);
    scene_close(&s);
}

static void yearly_caps_of_loans_in_force_shrink(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 1,
               TWO
               "share_base = \"principal\"; caps = ( { party = "
               "\"fund\"; rate = \"50%\"; denominator = "
               "\"in_force_opening\"; overflow = \"bank\"; } ); };");
    const WaterfallPath *p = play(&s, 0, 1);
    assert_int_equal(p->year[0].paid[1], 800000); /* of 1e6 at most */
    assert_int_equal(p->year[1].paid[1], 500000); /* 1e6 are left */
    assert_int_equal(p->year[1].capped, 2);
    scene_close(&s);
}

static void funds_are_filled_by_the_date(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 1,
               TWO
               "share_base = \"principal\"; balances = ( { party = "
               "\"fund\"; opening = \"7000.00\"; replenish = ( { on = "
               "\"2025-02-28\"; amount = \"500.00\"; }, { on = "
               "\"2025-03-01\"; amount = \"1000.00\"; }, { on = "
               "\"2023-01-01\"; amount = \"9.00\"; } ); overflow = "
               "\"bank\"; } ); };");
    const WaterfallPath *p = play(&s, 0, 1);
    assert_int_equal(p->year[0].paid[1], 750000); /* 7000 + 500 yuan */
    assert_int_equal(p->year[0].paid[0], 250000);
    assert_int_equal(p->year[1].paid[1], 100000);
    assert_int_equal(p->year[1].dry, 2);
    assert_int_equal(p->year[2].balance[1], 0);
    scene_close(&s);
}

/* Shared 80% of 1e6, of which a customer's cap leaves 5e5: 4/5 and 1/5 of it;
 * the bank keeps the rest. */
static void customers_cap_comes_before_the_shares(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 1,
               TWO
               "share_base = \"covered\"; cover = \"80%\"; "
               "customer_cap = \"5000.00\"; };");
    const WaterfallPath *p = play(&s, 1, -1);
    assert_int_equal(p->year[1].paid[1], 400000);
    assert_int_equal(p->year[1].paid[0], 600000);
    scene_close(&s);
}

/* Three loans of 1.00, 2.00 in all: 66.7, 133.3, 200 as running sums. */
static void a_customers_cap_is_split_by_running_sums(void **state)
{
    (void)state;
    static const Loan equal[] = {
        {"L1", "F1", "A", NULL, "甲", 100, 0.01, 1},
        {"L2", "F1", "A", NULL, "甲", 100, 0.01, 1},
        {"L3", "F1", "A", NULL, "甲", 100, 0.01, 1},
    };
    static const int64_t want[] = {67, 66, 67};
    Scene s;
    case_open(&s.c);
    case_loans(&s.c, equal, COUNT(equal));
    scene_ask(&s.c, "0.1");
    assert_int_equal(case_scheme(&s.c, TWO "share_base = \"principal\"; "
                                           "customer_cap = \"2.00\"; };"),
                     OK);
    scene_open(&s);
    for (size_t i = 0; i < COUNT(want); i++)
        assert_int_equal(s.m.dues->shared[i * s.m.book->width], want[i]);
    scene_close(&s);
}

/* 90% of 0.15 come back: of 1.5 fen lost one is 2, half away from zero, though
 * 1 - 0.9 in floating point is less than a tenth. */
static void recoveries_of_the_scheme_say_the_loss_exactly(void **state)
{
    (void)state;
    static const Loan small[] = {{"L1", "F1", "A", NULL, "甲", 15, 0.01, 0.1}};
    Scene s;
    case_open(&s.c);
    case_loans(&s.c, small, COUNT(small));
    scene_ask(&s.c, "0.1");
    assert_int_equal(case_scheme(&s.c,
                                 TWO "share_base = \"principal\"; recovery = ( "
                                     "{ after_months = 12; share = \"90%\"; } "
                                     "); };"),
                     OK);
    scene_open(&s);
    const WaterfallPath *p = scene_play(&s, (const int[]){0}, 1);
    assert_int_equal(p->year[1].back[0] + p->year[1].back[1], 13);
    scene_close(&s);
}

/* A bank's 20% and a cover of 80% count once when the shares are of the
 * principal, and both when they are of the covered part. */
static void share_base_says_what_the_shares_are_of(void **state)
{
    (void)state;
    static const struct {
        const char *base;
        int64_t bank;
    } rows[] = {{TWO "share_base = \"principal\"; cover = \"80%\"; };", 200000},
                {TWO "share_base = \"covered\"; cover = \"80%\"; };", 360000}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Scene s;
        open_scene(&s, 1, rows[i].base);
        assert_int_equal(play(&s, 0, -1)->net[0], rows[i].bank);
        assert_int_equal(s.k.path.net[1], 1000000 - rows[i].bank);
        scene_close(&s);
    }
}

/* lgd 40%: 6e5 of 1e6 come back, 2/3 a year after the claim, 1/3 two years
 * after it; the claim is paid a year after the default. */
static void recoveries_come_with_their_lags(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 0.4,
               TWO
               "share_base = \"principal\"; claim_after_months = 15; "
               "recovery = ( { after_months = 12; share = \"2/3\"; }, { "
               "after_months = 24; share = \"1/3\"; } ); };");
    const WaterfallPath *p = play(&s, 2, -1);
    assert_int_equal(s.m.waterfall->run, 6);
    assert_int_equal(p->year[3].paid[1], 800000);
    assert_int_equal(p->year[4].back[1], 320000);
    assert_int_equal(p->year[4].back[0], 80000);
    assert_int_equal(p->year[5].back[1], 160000);
    assert_int_equal(p->gross[1], 800000);
    assert_int_equal(p->net[1], 320000);
    scene_close(&s);
}

/* What comes back in the year of the claim fills the fund only after it. */
static void same_year_recoveries_come_after_the_claim(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 0.25,
               TWO
               "share_base = \"principal\"; balances = ( { party = "
               "\"fund\"; opening = \"4000.00\"; overflow = \"bank\"; } ); "
               "recovery = ( { after_months = 6; share = \"100%\"; } ); "
               "};");
    const WaterfallPath *p = play(&s, 0, 1);
    assert_int_equal(p->year[0].paid[1], 400000);
    assert_int_equal(p->year[0].back[1], 300000); /* 3/4 of it */
    assert_int_equal(p->year[1].paid[1], 300000);
    scene_close(&s);
}

/* 5e5 a layer, of 2e6: in a year, or of all years together. */
static void layers_are_of_a_year_or_of_all(void **state)
{
    (void)state;
#define THREE(period)                                                          \
    "scheme = { id = \"a\"; period = \"" period                                \
    "\"; share_base = "                                                        \
    "\"principal\"; basis = \"net\"; denominator = \"opening_book\"; "         \
    "parties = ( \"a\", \"b\" ); layers = ( "                                  \
    "{ upto = \"25%\"; shares = ( { party = \"a\"; share = \"1\"; } ); }, "    \
    "{ shares = ( { party = \"b\"; share = \"1\"; } ); } ); };"
    Scene s;
    open_scene(&s, 0.4, THREE("year"));
    const WaterfallPath *p = play(&s, 0, 1); /* 4e5 a year */
    assert_int_equal(p->net[0], 800000);
    assert_int_equal(p->year[1].dry, 0);
    scene_close(&s);
    open_scene(&s, 0.4, THREE("life"));
    p = play(&s, 0, 1);
    assert_int_equal(p->net[0], 500000);
    assert_int_equal(p->net[1], 300000);
    assert_int_equal(p->year[1].dry, 1);
    scene_close(&s);
}

/* 乙 has 4e5 in F1 alone; 甲 6e5 there and 1e6 in F2. */
static void breakers_follow_each_bank(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, 1,
               TWO
               "share_base = \"principal\"; breakers = ( { by = "
               "\"bank\"; warn = \"30%\"; suspend = \"50%\"; "
               "resume = \"10%\"; } ); };");
    play(&s, 1, 2);
    tally_banks(&s.k.tally, s.m.dues, &s.m.scheme->breaker,
                dues_banks(&s.k.table, 0),
                (VolumesGone){dues_banks_gone(&s.k.table, 0), 0});
    static const uint64_t warned[] = {0, 0, 1, 1, 0, 1};
    static const uint64_t suspended[] = {0, 0, 1, 0, 0, 1};
    assert_string_equal(s.m.book->banks[0], "乙");
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(s.k.tally.warned[i], warned[i]);
        assert_int_equal(s.k.tally.suspended[i], suspended[i]);
    }
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(life_caps_count_what_was_paid_before),
        cmocka_unit_test(yearly_caps_of_loans_in_force_shrink),
        cmocka_unit_test(funds_are_filled_by_the_date),
        cmocka_unit_test(customers_cap_comes_before_the_shares),
        cmocka_unit_test(a_customers_cap_is_split_by_running_sums),
        cmocka_unit_test(recoveries_of_the_scheme_say_the_loss_exactly),
        cmocka_unit_test(share_base_says_what_the_shares_are_of),
        cmocka_unit_test(recoveries_come_with_their_lags),
        cmocka_unit_test(same_year_recoveries_come_after_the_claim),
        cmocka_unit_test(layers_are_of_a_year_or_of_all),
        cmocka_unit_test(breakers_follow_each_bank),
    };
    return RUN(tests);
}
