#include "rules.h"

#include "data/table.h"

static Date day(int y, int m, int d)
{
    return date_of((DateParts){y, m, d});
}

/* A column of the table, in the type of its field. */
static Column *put(Table *t, const char *name, FieldType type)
{
    Column *c;
    assert_int_equal(table_add(&c, t, name, type, "", NULL), OK);
    return c;
}

static const char *word(Ruled *r, const char *text)
{
    return texts_put(r->texts, text, strlen(text));
}

static Tables *tables(Ruled *r)
{
    Tables *t = tables_new(r->arena);
    t->texts = r->texts;
    return t;
}

/* Rows of the sample loan: what each is about stands beside it. */
static const struct {
    int y, m, d;
    int64_t employees, rd_staff, amount, pledge;
    const char *titles, *kind;
} rows[] = {
    {2024, 8, 1, 10, 3, 300000000, 500000000, "hnte", "transfer"},
    {2024, 6, 30, 10, 3, 300000000, 500000000, NULL, "transfer"}, /* 30% */
    {2024, 8, 1, 501, 3, 300000000, 500000000, NULL, "licence"},
    {2026, 8, 1, 301, 3, 300000000, 500000000, NULL, "licence"}, /* amended */
    {2022, 8, 1, 10, 3, 300000000, 500000000, NULL, "licence"},  /* too early */
    {2024, 8, 1, NULL_INT, 3, 300000000, NULL_INT, NULL, NULL},
};

static Table *loans(Ruled *r)
{
    Table *t;
    size_t n = COUNT(rows);
    assert_int_equal(table_new(&t, tables(r), "applications", n, NULL), OK);
    Column *amount = put(t, "amount", TYPE_MONEY),
           *on = put(t, "applied_on", TYPE_DATE),
           *founded = put(t, "founded_on", TYPE_DATE),
           *employees = put(t, "employees", TYPE_COUNT),
           *staff = put(t, "rd_staff", TYPE_COUNT),
           *revenue = put(t, "revenue", TYPE_MONEY),
           *expense = put(t, "rd_expense", TYPE_MONEY),
           *cost = put(t, "total_cost", TYPE_MONEY),
           *titles = put(t, "titles", TYPE_LIST),
           *pledge = put(t, "pledge_value", TYPE_MONEY),
           *kind = put(t, "kind", TYPE_CATEGORY);
    for (size_t i = 0; i < n; i++) {
        amount->i[i] = rows[i].amount;
        on->i[i] = day(rows[i].y, rows[i].m, rows[i].d).days;
        founded->i[i] = day(2020, 2, 29).days;
        employees->i[i] = rows[i].employees;
        staff->i[i] = rows[i].rd_staff;
        revenue->i[i] = 1000000000;
        expense->i[i] = 60000000;
        cost->i[i] = 900000000;
        titles->s[i] = rows[i].titles ? word(r, rows[i].titles) : NULL;
        pledge->i[i] = rows[i].pledge;
        kind->s[i] = rows[i].kind ? word(r, rows[i].kind) : NULL;
    }
    return t;
}

static void sample(Ruled *r)
{
    if (ruled_file(r, "tests/rules/loan.cfg") != OK)
        print_error("%s%s\n", r->said, r->err.text);
    assert_non_null(r->policy);
}

static const char *cell(const Table *t, const char *column, size_t row)
{
    static char out[8][CELL_TEXT];
    static int at;
    const Column *c = table_find(t, column);
    assert_non_null(c);
    at = (at + 1) % 8;
    return cell_format(out[at], c, row);
}

static void each_row_is_judged_by_the_rules_of_its_day(void **state)
{
    (void)state;
    Ruled r;
    sample(&r);
    Table *t = loans(&r);
    assert_int_equal(policy_apply(t, r.policy, day(2024, 1, 1), &r.err), OK);
    /* 3/10 = 30%: 20; 60/1000 = 6%: 50; transfer: 5 */
    assert_string_equal(cell(t, "score", 0), "75");
    assert_string_equal(cell(t, "grade", 0), "A");
    assert_string_equal(cell(t, "public_share", 0), "80%");
    /* 20% of 1 million and 10% of 2 million */
    assert_string_equal(cell(t, "award", 0), "400000.00");
    assert_string_equal(cell(t, "credit_limit", 0), "2000000.00"); /* 40% */
    assert_string_equal(cell(t, "credit_limit", 1), "1500000.00"); /* 30% */
    assert_string_equal(cell(t, "binding", 0), "L2");
    assert_string_equal(cell(t, "eligible", 0), "true");
    assert_string_equal(cell(t, "reasons", 0), "");
    assert_string_equal(cell(t, "trace", 0),
                        "S1:1 S2:1.1 S3:1 grading:G1 share_table:P1 "
                        "credit_limit:L2");
    assert_string_equal(cell(t, "eligible", 2), "false");
    assert_string_equal(cell(t, "reasons", 2), "E1;S1;S3");
    assert_string_equal(cell(t, "eligible", 3), "false");  /* 300 since 2026 */
    assert_string_equal(cell(t, "award", 3), "500000.00"); /* 15% above */
    assert_string_equal(cell(t, "eligible", 4), "false");
    assert_string_equal(cell(t, "reasons", 4), "not-in-force");
    assert_string_equal(cell(t, "award", 4), "");
    assert_string_equal(cell(t, "eligible", 5), "");
    assert_string_equal(cell(t, "missing", 5), "employees");
    /* what is left of the limits: the amount, and half of it below grade A */
    assert_string_equal(cell(t, "credit_limit", 5), "1500000.00");
    ruled_free(&r);
}

static void the_order_and_number_of_rows_change_nothing(void **state)
{
    (void)state;
    enum { N = 5000 };
    Ruled r;
    sample(&r);
    Table *few = loans(&r), *many;
    assert_int_equal(table_new(&many, few->owner, "many", N, NULL), OK);
    for (size_t c = 0; c < few->n; c++) {
        Column *to = put(many, few->columns[c]->name, few->columns[c]->type);
        for (size_t i = 0; i < N; i++)
            to->i[i] = few->columns[c]->i[i * 7 % COUNT(rows)];
    }
    assert_int_equal(policy_apply(few, r.policy, day(2024, 1, 1), NULL), OK);
    assert_int_equal(policy_apply(many, r.policy, day(2024, 1, 1), NULL), OK);
    for (size_t c = 0; c < few->n; c++) {
        const Column *got = table_find(many, few->columns[c]->name);
        for (size_t i = 0; i < N; i++) /* every cell has eight bytes */
            assert_memory_equal(&got->i[i],
                                &few->columns[c]->i[i * 7 % COUNT(rows)], 8);
    }
    ruled_free(&r);
}

static void a_scenario_changes_what_it_names_alone(void **state)
{
    (void)state;
    Ruled r;
    Policy *strict = NULL;
    sample(&r);
    assert_int_equal(
        policy_scenario(&strict, r.policy, "strict", r.faults, &r.err), OK);
    Table *t = loans(&r);
    assert_int_equal(policy_apply(t, strict, day(2024, 1, 1), NULL), OK);
    assert_string_equal(cell(t, "credit_limit", 0), "500000.00"); /* 10% */
    assert_string_equal(cell(t, "credit_limit", 1), "1500000.00");
    assert_string_equal(cell(t, "score", 0), "75");
    assert_int_equal(
        policy_scenario(&strict, r.policy, "mild", r.faults, &r.err),
        ERR_USAGE);
    assert_string_equal(r.err.text,
                        "policy 'loan-test' has no scenario "
                        "'mild'; it has: strict");
    ruled_free(&r);
}

/* As row 1 is judged by its own date. */
static void a_policy_stands_as_on_one_day_for_rows_of_any_date(void **state)
{
    (void)state;
    Ruled r;
    Policy *june = NULL;
    sample(&r);
    Table *t = loans(&r);
    assert_int_equal(policy_standing(&june, r.policy, day(2024, 6, 30), &r.err),
                     OK);
    assert_int_equal(policy_apply(t, june, day(2026, 1, 1), NULL), OK);
    assert_string_equal(cell(t, "credit_limit", 0), "1500000.00"); /* 30% */
    assert_string_equal(cell(t, "eligible", 3), "true");
    assert_string_equal(cell(t, "reasons", 4), "S3"); /* its kind alone */
    assert_int_equal(policy_standing(&june, r.policy, day(2022, 8, 1), &r.err),
                     ERR_RULE);
    assert_string_equal(r.err.text,
                        "no version of 'loan-test' is in force on 2022-08-01; "
                        "its versions run from 2023-01-03 to ...");
    ruled_free(&r);
}

static void a_failure_adds_no_column(void **state)
{
    (void)state;
    Ruled r;
    Table *t;
    sample(&r);
    assert_int_equal(table_new(&t, tables(&r), "empty", 1, NULL), OK);
    Column *on = put(t, "applied_on", TYPE_DATE);
    on->i[0] = day(2024, 8, 1).days;
    put(t, "amount", TYPE_REAL);
    assert_int_equal(policy_apply(t, r.policy, day(2024, 8, 1), &r.err),
                     ERR_RULE);
    assert_string_equal(r.err.text,
                        "policy 'loan-test' reads 'amount' as "
                        "money, but the column is number");
    assert_int_equal(t->n, 2);
    ruled_free(&r);
}

static void parameters_are_those_of_the_day(void **state)
{
    (void)state;
    Ruled r;
    Ratio ltv;
    Money m;
    sample(&r);
    assert_int_equal(
        policy_ratio(&ltv, r.policy, "ltv", day(2024, 6, 30), NULL), OK);
    assert_int_equal(ltv.billionths, 300000000);
    assert_int_equal(policy_ratio(&ltv, r.policy, "ltv", day(2024, 7, 1), NULL),
                     OK);
    assert_int_equal(ltv.billionths, 400000000);
    assert_int_equal(policy_money(&m, r.policy, "ltv", day(2024, 7, 1), &r.err),
                     ERR_RULE);
    assert_string_equal(r.err.text,
                        "parameter 'ltv' of policy 'loan-test' is "
                        "ratio, not money");
    assert_false(policy_in_force(r.policy, day(2023, 1, 2)));
    assert_true(policy_in_force(r.policy, day(2023, 1, 3)));
    assert_string_equal(policy_reason(r.policy, "E1")->cite, "art. 6 (1)");
    assert_string_equal(policy_reason(r.policy, "E1")->text.en,
                        "too many employees");
    assert_null(policy_reason(r.policy, "E9"));
    ruled_free(&r);
}

/* The steps of a trace as lines, "step rule | formula | values | result". */
static void lines_of(char *out, size_t size, const Table *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->rows; i++)
        n += (size_t)snprintf(out + n, size - n, "%s %s | %s | %s | %s\n",
                              cell(t, "step", i), cell(t, "rule", i),
                              cell(t, "formula", i), cell(t, "values", i),
                              cell(t, "result", i));
}

static void an_explanation_puts_the_numbers_in(void **state)
{
    (void)state;
    Ruled r;
    Table *trace;
    char text[8192];
    sample(&r);
    Table *t = loans(&r);
    assert_int_equal(policy_explain(&trace, t->owner, r.policy, t, 0,
                                    day(2024, 1, 1), &r.err),
                     OK);
    lines_of(text, sizeof text, trace);
    static const char *const wanted[] = {
        "version 2023 | 2023-01-03 .. 2025-12-31 |  | \n",
        "input employees |  |  | 10\n",
        "parameter ltv |  |  | 40%\n",
        "fact staff_share | rd_staff / employees | 3 / 10 | 0.3\n",
        "fact lendable | ltv * pledge_value | 40% * 5000000.00 | 2000000.00\n",
        ("eligibility E2 | revenue <= 2亿 or \"hnte\" in titles | 10000000.00 "
         "<= 2亿 or \"hnte\" in hnte | true\n"),
        "points S1 | staff_share >= 30% | 0.3 | 20 / 20\n",
        "scorecard score |  |  | 75\n",
        "decision G1 | score: >= 70, age: >= 2 | 75, 4 | grade = A\n",
        "bracket award | from 0.00: 20% | 1000000.00 * 20% | 200000\n",
        "bracket award | from 1000000.00: 10% | 2000000.00 * 10% | 200000\n",
        "scale award | amount | 3000000.00 | 400000.00\n",
        "limit, binds L2 | lendable | 2000000.00 | 2000000.00\n",
        "eligible  |  |  | true\n"};
    for (size_t i = 0; i < COUNT(wanted); i++)
        if (strstr(text, wanted[i]) == NULL)
            fail_msg("no line %s in\n%s", wanted[i], text);
    ruled_free(&r);
}

static void memory_that_runs_out_is_an_error(void **state)
{
    (void)state;
    ErrCode rc = ERR_MEMORY, told = ERR_MEMORY;
    for (long n = 0; rc != OK || told != OK; n++) {
        Ruled r;
        Table *trace;
        sample(&r);
        Table *t = loans(&r);
        mem_fail_from(n);
        told = policy_explain(&trace, t->owner, r.policy, t, 0, day(2024, 1, 1),
                              &r.err);
        mem_fail_from(n);
        rc = policy_apply(t, r.policy, day(2024, 1, 1), &r.err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        assert_true(told == OK || told == ERR_MEMORY);
        ruled_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_judged_by_the_rules_of_its_day),
        cmocka_unit_test(the_order_and_number_of_rows_change_nothing),
        cmocka_unit_test(a_scenario_changes_what_it_names_alone),
        cmocka_unit_test(a_policy_stands_as_on_one_day_for_rows_of_any_date),
        cmocka_unit_test(a_failure_adds_no_column),
        cmocka_unit_test(parameters_are_those_of_the_day),
        cmocka_unit_test(an_explanation_puts_the_numbers_in),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
    };
    return RUN(tests);
}
