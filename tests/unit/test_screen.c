/* What is told before release: duplicates, related parties, and signs. */
#include "contracts.h"

#include <string.h>

/* Tiers with steps at 100,000 and 500,000 yuan. */
#define POLICY                                                                 \
    POLICY_HEAD                                                                \
    "scales = ( { name = \"city\"; kind = \"marginal_rate\"; on = \"amount\";" \
    "  cite = \"x\"; brackets = ( { from = \"0\"; rate = \"20%\"; },"          \
    "  { from = \"10万\"; rate = \"10%\"; },"                                 \
    "  { from = \"50万\"; rate = \"5%\"; } ); } );\n"                         \
    "outputs = ( \"city\" );\n"                                                \
    "examples = ( { id = \"X\"; of = ( \"city\", \"E1\" ); on = "              \
    "\"2024-01-01\"; given = ( \"amount = 1000.00\" );"                        \
    "  gives = ( \"city = 200.00\" ); } );\n" STACK_CITY

#define YUAN(n) (INT64_C(100) * (n))

static const Table *screened(Case *c, const Contract rows[], size_t n)
{
    Policy *policy = case_policy(c, POLICY);
    Table *t = case_contracts(c, "contracts", rows, n);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c->err), OK);
    const SubsidySide side = {"baseline", {"b", "b"}, t, policy};
    assert_int_equal(
        subsidy_compare(c->tables, &side, 1, (Date){19723}, &c->err), OK);
    return tables_find(c->tables, "subsidy_suspects");
}

/* "finding group id" of each row, in order. */
static void assert_found(const Contract rows[], size_t n,
                         const char *const want[], size_t wanted)
{
    Case c = case_open();
    const Table *t = screened(&c, rows, n);
    for (size_t i = 0; i < t->rows && i < wanted; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s %d %s", case_word(t, "finding", i),
                 (int)case_fen(t, "group", i), case_word(t, "contract_id", i));
        assert_string_equal(line, want[i]);
    }
    assert_int_equal(t->rows, wanted);
    arena_free(c.arena);
}

static void a_second_registration_stands_by_the_first(void **state)
{
    (void)state;
    const Contract rows[] = {
        {"C3", "F2", "2024-05-03", YUAN(9000), "a", "R1", NULL, 1},
        {"C1", "F1", "2024-03-01", YUAN(9000), "a", "R1", NULL, 1},
        {"C2", "F1", "2024-03-01", YUAN(9000), "a", "R2", NULL, 1},
        {"C4", "F3", "2024-03-01", YUAN(9000), "a", "R4", "F3", 1},
    };
    static const char *const want[] = {"duplicate 1 C1", "duplicate 1 C3",
                                       "related-party 2 C4"};
    assert_found(rows, COUNT(rows), want, COUNT(want));
}

/* 60 and 70 thousand reach the step of 100 thousand; with 450 thousand the
 * lowest step reached is told; another year, seller or buyer is another deal;
 * so are contracts that each stand above the step. */
static void halves_under_a_step_are_told_together(void **state)
{
    (void)state;
    const Contract rows[] = {
        {"C1", "F1", "2024-03-01", YUAN(60000), "a", "R1", "S1", 1},
        {"C2", "F1", "2024-09-01", YUAN(70000), "a", "R2", "S1", 1},
        {"C3", "F1", "2024-09-02", YUAN(450000), "a", "R3", "S1", 1},
        {"C4", "F1", "2025-03-01", YUAN(60001), "a", "R4", "S1", 1},
        {"C5", "F1", "2024-03-01", YUAN(60002), "a", "R5", "S2", 1},
        {"C6", "F2", "2024-03-01", YUAN(60003), "a", "R6", "S1", 1},
        {"C7", "F3", "2024-03-01", YUAN(260000), "a", "R7", "S1", 1},
        {"C8", "F3", "2024-03-01", YUAN(230000), "a", "R8", "S1", 1},
        {"C9", "F4", "2024-03-01", YUAN(260000), "a", "R9", "S1", 1},
        {"CA", "F4", "2024-03-02", YUAN(240000), "a", "RA", "S1", 1},
    };
    static const char *const want[] = {"split 1 C1", "split 1 C2", "split 2 C9",
                                       "split 2 CA"};
    assert_found(rows, COUNT(rows), want, COUNT(want));
    Case c = case_open();
    const Table *t = screened(&c, rows, COUNT(rows));
    assert_int_equal(case_fen(t, "step", 0), YUAN(100000));
    assert_int_equal(case_fen(t, "together", 1), YUAN(130000));
    assert_int_equal(case_fen(t, "step", 2), YUAN(500000));
    arena_free(c.arena);
}

static void one_amount_twice_and_sales_both_ways_are_told(void **state)
{
    (void)state;
    const Contract rows[] = {
        {"C1", "F1", "2024-03-01", YUAN(700), "a", "R1", "S1", 1},
        {"C2", "F1", "2024-09-01", YUAN(700), "a", "R2", "S1", 1},
        {"C3", "F1", "2024-09-01", YUAN(701), "a", "R3", "F2", 1},
        {"C4", "F2", "2024-10-01", YUAN(702), "a", "R4", "F1", 1},
        {"C5", "F2", "2024-10-01", YUAN(50), "a", "R5", "F1", 1},
        {"C6", "F3", "2024-10-01", YUAN(702), "a", NULL, NULL, 1},
    };
    /* C5 is too small for the policy: it did not go on */
    static const char *const want[] = {"alike 1 C1", "alike 1 C2",
                                       "both_ways 2 C3", "both_ways 2 C4"};
    assert_found(rows, COUNT(rows), want, COUNT(want));
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    enum { MANY = 60 };
    Contract rows[MANY], turned[MANY];
    static char text[MANY][4][24];
    for (int i = 0; i < MANY; i++) {
        snprintf(text[i][0], 24, "C%02d", i);
        snprintf(text[i][1], 24, "F%d", i * 7 % 5);
        snprintf(text[i][2], 24, "R%d", i * 11 % 53);
        snprintf(text[i][3], 24, "%s%d", i % 3 == 0 ? "F" : "S", i * 5 % 4);
        rows[i] = (Contract){text[i][0],
                             text[i][1],
                             i % 2 == 0 ? "2024-03-01" : "2024-02-01",
                             YUAN(20000 + 9000 * (i * 17 % 23)),
                             "a",
                             text[i][2],
                             text[i][3],
                             1};
        turned[i * 7 % MANY] = rows[i];
    }
    Case a = case_open(), b = case_open();
    const Table *x = screened(&a, rows, MANY), *y = screened(&b, turned, MANY);
    assert_int_equal(x->rows, y->rows);
    assert_in_range(x->rows, 20, 3 * MANY);
    for (size_t i = 0; i < x->rows; i++) {
        assert_int_equal(case_fen(x, "group", i), case_fen(y, "group", i));
        assert_string_equal(case_word(x, "finding", i),
                            case_word(y, "finding", i));
        assert_string_equal(case_word(x, "contract_id", i),
                            case_word(y, "contract_id", i));
    }
    arena_free(a.arena);
    arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_registration_stands_by_the_first),
        cmocka_unit_test(halves_under_a_step_are_told_together),
        cmocka_unit_test(one_amount_twice_and_sales_both_ways_are_told),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
    };
    return RUN(tests);
}
