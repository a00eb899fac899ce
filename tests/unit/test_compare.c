#include "contracts.h"

#include <string.h>

/* Two payers; scenarios that cap, cut and step the scale. */
#define POLICY                                                                 \
    POLICY_HEAD                                                                \
    "scales = ( { name = \"city\"; kind = \"marginal_rate\"; on = \"amount\";" \
    "  cite = \"x\"; brackets = ( { from = \"0\"; rate = \"20%\"; } ); } );\n" \
    "outputs = ( \"city\" );\n"                                                \
    "examples = ( { id = \"X\"; of = ( \"city\", \"E1\" );\n"                  \
    "  on = \"2024-01-01\"; given = ( \"amount = 1000.00\" );\n"               \
    "  gives = ( \"city = 200.00\" ); } );\n" STACK_CITY                       \
    "limits = ();\n"                                                           \
    "match = ( { payers = ( { payer = \"city\"; share = \"60%\"; },\n"         \
    "  { payer = \"county\"; share = \"40%\"; } ); } );\n"                     \
    "budget = ( { payer = \"city\"; amount = \"40000\"; cite = \"c\"; } );\n"  \
    "scenarios = (\n"                                                          \
    "  { id = \"steps\"; title = { zh = \"分档\"; en = \"steps\"; };\n"      \
    "    changes = ( { path = \"scales.city\"; value = { name = \"city\";\n"   \
    "      kind = \"single_rate\"; on = \"amount\"; cite = \"x\";\n"           \
    "      brackets = ( { from = \"0\"; rate = \"20%\"; },\n"                  \
    "        { from = \"10万\"; rate = \"10%\"; } ); }; } ); },\n"            \
    "  { id = \"other\"; title = { zh = \"其他\"; en = \"other\"; };\n"      \
    "    changes = ( { path = \"limits\"; value = ( { id = \"cap\";\n"         \
    "      scope = \"claim\"; cap = \"15000\"; floor = \"3000\";\n"            \
    "      cite = \"c\"; } ); }, { path = \"budget.0.amount\";\n"              \
    "      value = \"90000\"; } ); } );\n"

/* Awards of 20, 16, 2 and 30, 1 thousand yuan. */
static const Contract rows[] = {
    {"C1", "F1", "2024-03-01", 10000000, "随县", "R1", NULL, 1},
    {"C2", "F2", "2024-03-05", 8000000, "随县", "R2", NULL, 1},
    {"C3", "F3", "2024-03-05", 1000000, "广水", "R3", NULL, 1},
    {"C4", "F4", "2024-04-01", 15000000, "广水", "R4", NULL, 1},
    {"C5", "F5", "2024-04-02", 9999900, NULL, "R5", NULL, 1},
    {"C6", "F5", "2024-04-03", 9600000, "广水", "R6", NULL, 1},
    {"C7", "F6", "2024-04-03", 500, "广水", "R7", NULL, 1},
    {"C8", "F2", "2024-05-03", 500000, "随县", "R1", NULL, 1},
    {"C9", "F7", "2025-05-03", 1500000, "随县", "R9", NULL, 1},
};

enum { SCENARIOS = 2 };
static const char *const other[] = {"other"}, *const steps[] = {"steps"},
                         *const both[] = {"other", "steps"};

/* The contracts under the policy and under scenarios[n] of it. */
static Table *compare(Case *c, const char *const scenarios[], size_t n)
{
    SubsidySide side[1 + SCENARIOS];
    Policy *policy = case_policy(c, POLICY), *reform = policy;
    for (size_t k = 0; k <= n; k++) {
        const char *name = k == 0 ? "baseline" : scenarios[k - 1];
        Table *t = case_contracts(c, name, rows, COUNT(rows));
        if (k > 0 &&
            policy_scenario(&reform, policy, name, c->faults, &c->err) != OK)
            faults_print(c->faults, stderr);
        assert_int_equal(c->err.code, OK);
        assert_int_equal(subsidy_apply(t, reform, (Date){19723}, &c->err), OK);
        side[k] = (SubsidySide){name, {name, name}, t, reform};
    }
    assert_int_equal(
        subsidy_compare(c->tables, side, n + 1, (Date){19723}, &c->err), OK);
    assert_int_equal(
        subsidy_lists(c->tables, tables_find(c->tables, "baseline"), &c->err),
        OK);
    return tables_find(c->tables, "baseline");
}

/* The row of a table whose first column reads `word`. */
static size_t row_of(const Table *t, const char *word)
{
    size_t row = 0;
    while (row < t->rows && (t->columns[0]->s[row] == NULL ||
                             strcmp(t->columns[0]->s[row], word) != 0))
        row++;
    assert_true(row < t->rows);
    return row;
}

static int64_t value_of(Case *c, const char *table, const char *word,
                        const char *column)
{
    const Table *t = tables_find(c->tables, table);
    assert_non_null(t);
    return case_fen(t, column, row_of(t, word));
}

static int64_t sum_of(Case *c, const char *table, const char *column)
{
    const Table *t = tables_find(c->tables, table);
    int64_t sum = 0;
    assert_non_null(t);
    for (size_t i = 0; i < t->rows; i++)
        sum += case_fen(t, column, i);
    return sum;
}

/* By hand: awards of 2024 in fen are 2000000, 1600000, 200000, 3000000,
 * 1999980, 1920000; the city's 60% of them 6431988, of which 4000000 are
 * there; the county pays 4287992; C9 of 2025 gets 300000. */
static void totals_are_those_of_the_rows(void **state)
{
    (void)state;
    Case c = case_open();
    compare(&c, other, 1);
#define TOTAL(word, column) value_of(&c, "subsidy_total", word, column)
    assert_int_equal(TOTAL("claimed", "baseline"), 55600400);
    assert_int_equal(TOTAL("refused_claims", "baseline"), 500500);
    assert_int_equal(TOTAL("computed", "baseline"), 11019980);
    assert_int_equal(TOTAL("cut_by_cap", "baseline"), 0);
    assert_int_equal(TOTAL("cut_by_budget", "baseline"), 2431988);
    assert_int_equal(TOTAL("paid_city", "baseline"), 4180000);
    assert_int_equal(TOTAL("paid_county", "baseline"), 4407992);
    /* other: 1500000, 1500000, 0, 1500000, 1500000, 1500000 and 300000 */
    assert_int_equal(TOTAL("computed", "other"), 11019980);
    assert_int_equal(TOTAL("cut_by_cap", "other"), 3219980);
    assert_int_equal(TOTAL("cut_by_budget", "other"), 0);
    assert_int_equal(TOTAL("paid", "other"), 7800000);
    for (int side = 0; side < 2; side++) {
        const char *s = side ? "other" : "baseline";
        assert_int_equal(TOTAL("computed", s),
                         TOTAL("cut_by_cap", s) + TOTAL("cut_by_rounding", s) +
                             TOTAL("cut_by_budget", s) + TOTAL("paid", s));
        assert_int_equal(TOTAL("paid", s),
                         TOTAL("paid_city", s) + TOTAL("paid_county", s));
    }
    assert_int_equal(TOTAL("paid", "other_change"), 7800000 - 8587992);
#define COUNTED(word, column) value_of(&c, "subsidy_counts", word, column)
    assert_int_equal(COUNTED("contracts", "baseline"), 9);
    assert_int_equal(COUNTED("duplicate", "baseline"), 1);
    assert_int_equal(COUNTED("ineligible", "baseline"), 1);
    assert_int_equal(COUNTED("contracts_paid", "baseline"), 7);
    assert_int_equal(COUNTED("contracts_paid", "other"), 6);
    assert_int_equal(COUNTED("firms_paid", "baseline"), 6);
    assert_int_equal(COUNTED("firms_paid", "other_change"), -1);
    arena_free(c.arena);
}

/* Column `name` of the side, "tiers_paid"; kept until the next call. */
static const char *of_side(const char *side, const char *name)
{
    static char text[64];
    snprintf(text, sizeof text, "%s_%s", side, name);
    return text;
}

static void every_table_adds_up_to_the_total(void **state)
{
    (void)state;
    static const char *const tables[] = {"subsidy_by_county",
                                         "subsidy_by_tier"};
    Case c = case_open();
    compare(&c, both, 2);
    for (size_t i = 0; i < COUNT(tables); i++) {
        const char *t = tables[i];
        assert_int_equal(sum_of(&c, t, "contracts"), 9);
        assert_int_equal(sum_of(&c, t, "claimed"),
                         TOTAL("claimed", "baseline"));
        assert_int_equal(sum_of(&c, t, "baseline_computed"),
                         TOTAL("computed", "baseline"));
        assert_int_equal(sum_of(&c, t, "baseline_paid"),
                         TOTAL("paid", "baseline"));
        for (size_t k = 0; k < COUNT(both); k++) {
            const char *s = both[k];
            assert_int_equal(sum_of(&c, t, of_side(s, "paid")),
                             TOTAL("paid", s));
            assert_int_equal(sum_of(&c, t, of_side(s, "change")),
                             TOTAL("paid", of_side(s, "change")));
        }
    }
    for (size_t k = 0; k < COUNT(both); k++) {
        const char *s = both[k], *t = "subsidy_changes";
        assert_int_equal(sum_of(&c, t, of_side(s, "baseline")),
                         TOTAL("paid", "baseline"));
        assert_int_equal(sum_of(&c, t, of_side(s, "paid")), TOTAL("paid", s));
        assert_int_equal(sum_of(&c, t, of_side(s, "contracts")), 7);
    }
    assert_int_equal(sum_of(&c, "subsidy_payment", "paid"),
                     TOTAL("paid", "baseline"));
    assert_int_equal(sum_of(&c, "subsidy_notice", "paid"),
                     TOTAL("paid", "baseline"));
    arena_free(c.arena);
}

/* What a scenario comes to does not hang on what else it is beside. */
static void each_scenario_stands_as_if_alone(void **state)
{
    (void)state;
    Case c = case_open(), alone = case_open();
    compare(&c, both, 2);
    compare(&alone, steps, 1);
    const Table *t = tables_find(c.tables, "subsidy_total");
    const Table *own = tables_find(alone.tables, "subsidy_total");
    for (size_t i = 0; i < t->rows; i++)
        assert_int_equal(case_fen(t, "steps", i), case_fen(own, "steps", i));
    const Table *firms = tables_find(c.tables, "subsidy_changed_firms");
    size_t of_steps = 0;
    for (size_t i = 0; i < firms->rows; i++)
        of_steps += strcmp(case_word(firms, "scenario", i), "steps") == 0;
    assert_int_equal(of_steps,
                     tables_find(alone.tables, "subsidy_changed_firms")->rows);
    arena_free(c.arena);
    arena_free(alone.arena);
}

static void winners_and_losers_stand_in_five_classes(void **state)
{
    (void)state;
    Case c = case_open();
    compare(&c, other, 1);
    static const struct {
        const char *class;
        int64_t firms, baseline, other;
    } want[] = {
        /* C1 2000000 to 1500000, C2 1600000 to 1500000 */
        {"newly_paid", 0, 0, 0},
        {"more", 2, 3607992 - 220008, 4500000},
        {"same", 1, 300000, 300000},
        {"less", 2, 3600000, 3000000},
        {"no_longer_paid", 1, 200000, 0},
    };
    const Table *t = tables_find(c.tables, "subsidy_changes");
    int64_t more = 0;
    assert_int_equal(t->rows, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(case_word(t, "class", i), want[i].class);
        assert_int_equal(case_fen(t, "other_change", i),
                         case_fen(t, "other_paid", i) -
                             case_fen(t, "other_baseline", i));
        more += case_fen(t, "other_firms", i);
        if (i != 1 && i != 3) {
            assert_int_equal(case_fen(t, "other_firms", i), want[i].firms);
            assert_int_equal(case_fen(t, "other_baseline", i),
                             want[i].baseline);
        }
    }
    assert_int_equal(more, 6);
    const Table *firms = tables_find(c.tables, "subsidy_changed_firms");
    assert_int_equal(firms->rows, 5);
    assert_string_equal(case_word(firms, "firm_id", 4), "F3");
    assert_string_equal(case_word(firms, "class", 4), "no_longer_paid");
    arena_free(c.arena);
}

/* 20% below 100,000 yuan, 10% from there: 99,999.99 earns 20,000.00, of which
 * the next fen loses 10,000. */
static void a_cliff_is_marked_where_one_more_fen_pays_less(void **state)
{
    (void)state;
    Case c = case_open();
    compare(&c, steps, 1);
    const Table *t = tables_find(c.tables, "subsidy_curve");
    const Column *marginal = table_find(t, "baseline_marginal_rate");
    const Column *effective = table_find(t, "steps_effective_rate");
    size_t cliffs = 0;
    for (size_t i = 0; i < t->rows; i++) {
        int64_t value = case_fen(t, "value", i);
        if (i > 0)
            assert_true(value > case_fen(t, "value", i - 1));
        assert_int_equal(case_fen(t, "baseline", i), (value * 2 + 5) / 10);
        assert_int_equal(case_fen(t, "baseline_cliff", i), 0);
        if (value < 9999998)
            assert_close(effective->d[i], 0.2, 1e-6);
        if (i + 1 < t->rows && value > 10000001)
            assert_close(marginal->d[i], 0.2, 1e-9);
        if (case_fen(t, "steps_cliff", i)) {
            cliffs++;
            assert_int_equal(value, 9999999);
            assert_int_equal(case_fen(t, "steps", i), 2000000);
            assert_int_equal(case_fen(t, "steps", i + 1), 1000000);
            assert_true(isnan(table_find(t, "steps_marginal_rate")->d[i]));
        }
    }
    assert_int_equal(cliffs, 1);
    const Table *falls = tables_find(c.tables, "subsidy_cliffs");
    assert_int_equal(falls->rows, 1);
    assert_string_equal(case_word(falls, "policy", 0), "steps");
    assert_int_equal(case_fen(falls, "value", 0), 9999999);
    assert_int_equal(case_fen(falls, "next_value", 0), 10000000);
    assert_int_equal(case_fen(falls, "lost", 0), 1000000);
    const Table *marks = tables_find(c.tables, "subsidy_steps");
    assert_int_equal(marks->rows, 1);
    assert_string_equal(case_word(marks, "name_zh", 0), "10万");
    assert_string_equal(case_word(marks, "name", 0), "100 thousand");
    assert_int_equal(case_fen(marks, "x", 0), 10000000);
    arena_free(c.arena);
}

/* 9,500,000 to 9,999,999 fen: C5 and C6, both of F5; 10,000,000 is C1. */
static void contracts_just_under_a_step_are_counted(void **state)
{
    (void)state;
    Case c = case_open();
    compare(&c, steps, 1);
    const Table *t = tables_find(c.tables, "subsidy_under_step");
    assert_int_equal(t->rows, 1);
    assert_int_equal(case_fen(t, "step", 0), 10000000);
    assert_int_equal(case_fen(t, "under_contracts", 0), 2);
    assert_int_equal(case_fen(t, "under_claimed", 0), 19599900);
    assert_int_equal(case_fen(t, "under_firms", 0), 1);
    assert_int_equal(case_fen(t, "repeat_firms", 0), 1);
    assert_int_equal(case_fen(t, "over_contracts", 0), 1);
    assert_int_equal(case_fen(t, "over_claimed", 0), 10000000);
    arena_free(c.arena);
}

/* The city's wants by day in fen: 1200000, 2280000 by 5 March; 4080000 is over
 * 4000000 on 1 April. */
static void a_budget_tells_the_day_it_was_exhausted(void **state)
{
    (void)state;
    Case c = case_open();
    compare(&c, other, 1);
    const Table *t = tables_find(c.tables, "subsidy_budget");
    assert_int_equal(t->rows, 2);
    assert_int_equal(case_fen(t, "year", 0), 2024);
    assert_int_equal(case_fen(t, "baseline_budget", 0), 4000000);
    assert_int_equal(case_fen(t, "baseline_wanted", 0), 6431988);
    assert_int_equal(case_fen(t, "baseline_paid", 0), 4000000);
    assert_int_equal(case_fen(t, "baseline_left", 0), 0);
    assert_int_equal(case_fen(t, "baseline_exhausted_on", 0),
                     case_day("2024-04-01"));
    assert_int_equal(case_fen(t, "other_exhausted_on", 0), NULL_INT);
    assert_int_equal(case_fen(t, "other_left", 0), 4500000);
    assert_int_equal(case_fen(t, "baseline_left", 1), 3820000);
    arena_free(c.arena);
}

static void lists_stand_by_date_and_name_the_refused(void **state)
{
    (void)state;
    Case c = case_open();
    compare(&c, NULL, 0);
    const Table *notice = tables_find(c.tables, "subsidy_notice");
    const Table *refused = tables_find(c.tables, "subsidy_refused");
    const Table *payment = tables_find(c.tables, "subsidy_payment");
    assert_int_equal(notice->rows, 7);
    assert_string_equal(case_word(notice, "contract_id", 0), "C1");
    assert_string_equal(case_word(notice, "contract_id", 6), "C9");
    assert_int_equal(refused->rows, 2);
    assert_string_equal(case_word(refused, "refusal", 0), "ineligible");
    assert_string_equal(case_word(refused, "refusal", 1), "duplicate");
    assert_int_equal(payment->rows, 6);
    assert_int_equal(value_of(&c, "subsidy_payment", "F5", "contracts"), 2);
    assert_null(tables_find(c.tables, "subsidy_changes"));
    assert_int_equal(tables_find(c.tables, "subsidy_total")->n, 2);
    arena_free(c.arena);
}

static void tables_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *policy = case_policy(&c, POLICY);
    const Date day = {19723};
    const SubsidySide side[] = {
        {"baseline",
         {"a", "a"},
         case_contracts(&c, "raw", rows, COUNT(rows)),
         policy},
        {"tiers", {"b", "b"}, case_contracts(&c, "few", rows, 2), policy}};
    assert_int_equal(subsidy_compare(c.tables, side, 1, day, &c.err),
                     ERR_INPUT);
    assert_string_equal(c.err.text,
                        "the contracts have not been through a "
                        "subsidy policy: 'claimed' is missing");
    c.err = (Err){0};
    assert_int_equal(subsidy_lists(c.tables, side[0].contracts, &c.err),
                     ERR_INPUT);
    c.err = (Err){0};
    Table *whole = case_contracts(&c, "whole", rows, COUNT(rows));
    assert_int_equal(subsidy_apply(whole, policy, day, &c.err), OK);
    const SubsidySide pair[] = {{"baseline", {"a", "a"}, whole, policy},
                                side[1]};
    assert_int_equal(subsidy_compare(c.tables, pair, 2, day, &c.err),
                     ERR_INPUT);
    assert_string_equal(c.err.text, "'tiers' has 2 contracts and 'baseline' 9");
    arena_free(c.arena);
}

static void no_contracts_give_empty_tables(void **state)
{
    (void)state;
    Case c = case_open();
    const Date day = {19723};
    Table *t = case_contracts(&c, "none", rows, 0);
    const SubsidySide side = {
        "baseline", {"a", "a"}, t, case_policy(&c, POLICY)};
    assert_int_equal(subsidy_apply(t, side.policy, day, &c.err), OK);
    assert_int_equal(subsidy_compare(c.tables, &side, 1, day, &c.err), OK);
    assert_int_equal(subsidy_lists(c.tables, t, &c.err), OK);
    assert_int_equal(TOTAL("paid", "baseline"), 0);
    assert_int_equal(tables_find(c.tables, "subsidy_notice")->rows, 0);
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_those_of_the_rows),
        cmocka_unit_test(every_table_adds_up_to_the_total),
        cmocka_unit_test(each_scenario_stands_as_if_alone),
        cmocka_unit_test(winners_and_losers_stand_in_five_classes),
        cmocka_unit_test(a_cliff_is_marked_where_one_more_fen_pays_less),
        cmocka_unit_test(contracts_just_under_a_step_are_counted),
        cmocka_unit_test(a_budget_tells_the_day_it_was_exhausted),
        cmocka_unit_test(lists_stand_by_date_and_name_the_refused),
        cmocka_unit_test(tables_that_do_not_fit_are_refused),
        cmocka_unit_test(no_contracts_give_empty_tables),
    };
    return RUN(tests);
}
