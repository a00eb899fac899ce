/* From one year to the next: what a budget leaves, and what it left unpaid. */
#include "contracts.h"

#define ROW(id, firm, day, yuan)                                               \
    {                                                                          \
        id, firm, day, INT64_C(100) * (yuan), "随县", NULL, NULL, 1            \
    }

/* 300 yuan a year. */
#define CARRY(word)                                                            \
    POLICY_FLAT STACK_CITY                                                     \
        "budget = ( { payer = \"fund\"; amount = \"300\"; cite = \"c\";\n"     \
        "  carry_over = \"" word "\"; } );\n"

/* 2024 wants 200 and leaves 100; 2025 wants 500 of 400; nothing is claimed in
 * 2026, so 2027 has 600 and wants 450. */
static const Contract rows[] = {
    ROW("C1", "F1", "2024-03-01", 1000), ROW("C2", "F1", "2025-03-02", 1000),
    ROW("C3", "F2", "2025-03-03", 1500), ROW("C4", "F1", "2027-03-02", 2250)};

static Table *paid(Case *c, const char *text, Policy **policy)
{
    *policy = case_policy(c, text);
    Table *t = case_contracts(c, "t", rows, COUNT(rows));
    assert_int_equal(subsidy_apply(t, *policy, (Date){19723}, &c->err), OK);
    return t;
}

static void what_a_year_leaves_is_the_next_ones(void **state)
{
    (void)state;
    static const char *const fund[] = {"fund"};
    static const struct {
        const char *text;
        int64_t paid[4];
    } cases[] = {{CARRY("no"), {20000, 20000, 10000, 30000}},
                 {CARRY("yes"), {20000, 20000, 20000, 45000}}};
    for (size_t k = 0; k < COUNT(cases); k++) {
        Case c = case_open();
        Policy *policy;
        Table *t = paid(&c, cases[k].text, &policy);
        for (size_t i = 0; i < COUNT(rows); i++)
            assert_int_equal(case_fen(t, "paid_fund", i), cases[k].paid[i]);
        assert_parts(t, fund, 1);
        arena_free(c.arena);
    }
}

static void a_carried_budget_says_what_it_carries(void **state)
{
    (void)state;
    static const char *const names[] = {"year",     "b_budget", "b_carried",
                                        "b_wanted", "b_paid",   "b_left"};
    static const int64_t want[][COUNT(names)] = {
        {2024, 30000, 0, 20000, 20000, 10000},
        {2025, 40000, 10000, 50000, 40000, 0},
        {2027, 60000, 30000, 45000, 45000, 15000}};
    Case c = case_open();
    Policy *policy;
    Table *t = paid(&c, CARRY("yes"), &policy);
    const SubsidySide side = {"b", {"b", "b"}, t, policy};
    assert_int_equal(subsidy_compare(c.tables, &side, 1, (Date){19723}, &c.err),
                     OK);
    const Table *funds = tables_find(c.tables, "subsidy_budget");
    assert_int_equal(funds->rows, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++)
        for (size_t k = 0; k < COUNT(names); k++)
            assert_int_equal(case_fen(funds, names[k], i), want[i][k]);
    assert_int_equal(case_fen(funds, "b_exhausted_on", 1),
                     case_day("2025-03-03"));
    arena_free(c.arena);
}

static void a_budget_that_carries_nothing_has_no_column_for_it(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *policy;
    Table *t = paid(&c, CARRY("no"), &policy);
    const SubsidySide side = {"b", {"b", "b"}, t, policy};
    assert_int_equal(subsidy_compare(c.tables, &side, 1, (Date){19723}, &c.err),
                     OK);
    assert_null(
        table_find(tables_find(c.tables, "subsidy_budget"), "b_carried"));
    arena_free(c.arena);
}

static void what_budgets_cut_waits(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *policy;
    Table *t = paid(&c, CARRY("no"), &policy);
    assert_int_equal(subsidy_lists(c.tables, t, &c.err), OK);
    const Table *list = tables_find(c.tables, "subsidy_waiting");
    assert_int_equal(list->rows, 2);
    assert_string_equal(case_word(list, "contract_id", 0), "C3");
    assert_int_equal(case_fen(list, "paid", 0), 10000);
    assert_int_equal(case_fen(list, "cut_fund", 0), 20000);
    assert_string_equal(case_word(list, "contract_id", 1), "C4");
    assert_int_equal(case_fen(list, "cut_by_budget", 1), 15000);
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_year_leaves_is_the_next_ones),
        cmocka_unit_test(a_carried_budget_says_what_it_carries),
        cmocka_unit_test(a_budget_that_carries_nothing_has_no_column_for_it),
        cmocka_unit_test(what_budgets_cut_waits),
    };
    return RUN(tests);
}
