/* What the models did to a row, step by step: figures reckoned apart. */
#include "contracts.h"
#include "credit/credit.h"
#include "credit/value.h"
#include "data/csv.h"

#include <stdlib.h>
#include <string.h>

static Policy *policy_file(Case *c, const char *path)
{
    Source source;
    const Doc *root = NULL;
    Policy *policy = NULL;
    assert_int_equal(source_read(&source, c->arena, path, &c->err), OK);
    assert_int_equal(doc_read(&root, c->arena, source, c->faults, &c->err), OK);
    assert_int_equal(policy_read(&policy, c->arena, c->tables->texts, root,
                                 c->faults, &c->err),
                     OK);
    return policy;
}

static Table *table_text(Case *c, const char *of, const char *text)
{
    Source source = {0};
    Table *table = NULL;
    size_t refused = 0;
    assert_int_equal(source_of(&source, "t.csv", text, strlen(text), &c->err),
                     OK);
    ErrCode rc = csv_read(&table, &refused, c->tables, source,
                          (CsvOptions){.of = of}, c->faults, &c->err);
    if (rc != OK)
        faults_print(c->faults, stderr);
    assert_int_equal(rc, OK);
    return table;
}

static Date june(void)
{
    const DateParts day = {2025, 6, 1};
    return date_of(day);
}

static const char *cell(const Table *t, const char *name, size_t row)
{
    const Column *c = table_find(t, name);
    assert_non_null(c);
    return c->s[row] == NULL ? "" : c->s[row];
}

/* The trace has a step "step rule | values | result | text". */
static void has_step(const Table *t, const char *wanted)
{
    char line[1024];
    for (size_t i = 0; i < t->rows; i++) {
        snprintf(line, sizeof line, "%s %s | %s | %s | %s", cell(t, "step", i),
                 cell(t, "rule", i), cell(t, "values", i), cell(t, "result", i),
                 cell(t, "text", i));
        if (strcmp(line, wanted) == 0)
            return;
    }
    for (size_t i = 0; i < t->rows; i++)
        print_error("%s %s | %s | %s | %s\n", cell(t, "step", i),
                    cell(t, "rule", i), cell(t, "values", i),
                    cell(t, "result", i), cell(t, "text", i));
    fail_msg("no step %s", wanted);
}

/* From `row` on there is a step "to differ" of that rule. */
static void has_turn(const Table *t, size_t row, const char *rule,
                     const char *formula)
{
    for (; row < t->rows; row++)
        if (strcmp(cell(t, "step", row), "to differ") == 0 &&
            strcmp(cell(t, "rule", row), rule) == 0 &&
            strcmp(cell(t, "formula", row), formula) == 0)
            return;
    fail_msg("no turn of %s: %s", rule, formula);
}

/* ---- applications ---- */

static const char pledges[] =
    "application_id,firm_id,product,amount,term_months,applied_on,founded_on,"
    "tax_credit_grade,overdue_days,past_default,revenue,revenue_prev,"
    "net_profit,operating_cash_flow,rd_expense,total_assets,"
    "total_liabilities,collateral_value,rate\n"
    "a,91990003MA00000154,ip-pledge-loan,500000.00,12,2025-06-01,2017-06-01,A,"
    "0,false,20000000.00,18500000.00,1800000.00,600000.00,1400000.00,"
    "24000000.00,6000000.00,,3.50%\n"
    "b,91990003MA00000154,ip-pledge-loan,900000.00,12,2025-06-01,2017-06-01,D,"
    "3,false,20000000.00,18500000.00,1800000.00,600000.00,1400000.00,"
    "24000000.00,6000000.00,,3.50%\n"
    "c,91990003MA00000154,ip-pledge-loan,900000.00,12,2025-06-01,2017-06-01,A,"
    "0,false,20000000.00,18500000.00,1800000.00,600000.00,1400000.00,"
    "24000000.00,6000000.00,100000.00,3.50%\n"
    "d,91990003MA00000154,ip-pledge-loan,900000.00,12,2024-01-01,2017-06-01,A,"
    "0,false,20000000.00,18500000.00,1800000.00,600000.00,1400000.00,"
    "24000000.00,6000000.00,100000.00,3.50%\n";

typedef struct {
    Case c;
    Policy *policy;
    Table *table;
} Assessed;

static Assessed assess(void)
{
    Assessed a = {.c = case_open()};
    a.policy = policy_file(&a.c, "rules/credit/ip-pledge-loan.cfg");
    a.table = table_text(&a.c, "applications", pledges);
    Column *value = case_column(a.table, FIELD_ip_value);
    Column *carry = case_column(a.table, FIELD_pledge_value);
    for (size_t i = 0; i < a.table->rows; i++) {
        value->i[i] = i == 0 ? 250893165 : 100000000;
        carry->i[i] = i == 0 ? 70129841 : 40000000;
    }
    assert_int_equal(credit_apply(a.table, a.policy, june(), &a.c.err), OK);
    return a;
}

static ErrCode explain(Table **trace, Assessed *a, size_t row)
{
    assert_int_equal(policy_explain(trace, a->c.tables, a->policy, a->table,
                                    row, june(), &a->c.err),
                     OK);
    return credit_explain(*trace, a->policy, a->table, row, june(), &a->c.err);
}

/* 1.03^-2.5 of 500,000 is 464,383.673737; lgd = 1 - .5 / 1.03 - .5 x that over
 * the exposure = 5.017943342%; loss 132.9755 (decimals of 40 digits). */
static void a_loan_is_explained_to_its_outcome(void **state)
{
    (void)state;
    Table *t;
    Assessed a = assess();
    assert_int_equal(explain(&t, &a, 0), OK);
    static const char *const wanted[] = {
        "exposure ead | min(500000.00, 500000.00) | 500000.00 | "
        "exposure at default",
        "recovery C1 | min(2508931.65 * (1 - 60%) * (1 - 8%), 500000.00) | "
        "500000.00 | pledged rights",
        "recovery today C1 | 500000.00 / (1 + 3%) ** (30 / 12) | 464383.67 | ",
        "recovery unsecured | 0.00 * 30% | 0.00 | what comes back unsecured",
        "cover covered | 50% / (1 + 3%) ** (12 / 12) | 48.54368932% | "
        "part that others pay",
        "lgd lgd | max(1 - 48.54368932% - (1 - 50%) * 464383.67 / 500000.00, "
        "5%) | 5.01794334% | loss given default",
        "expected loss expected_loss | 0.53% * 5.01794334% * 500000.00 | "
        "132.98 | expected loss",
        "price P2 | 0.53% * 5.01794334% | 0.0265951% | expected loss",
        "price P4 | 10.5% * 75% * 9% | 0.70875% | capital",
        "price floor price_floor | "
        "round_up(1.8% + 0.0265951% + 0.6% + 0.70875%, 0.01%) | 3.14% | "
        "lowest rate",
        "test price_short | 3.5% < 3.14% | approve | "
        "is the rate below the lowest?",
        "limit, binds L1 | 500000.00 | 500000.00 | amount asked for",
        "outcome outcome |  | approve | nothing speaks against it"};
    for (size_t i = 0; i < COUNT(wanted); i++)
        has_step(t, wanted[i]);
    arena_free(a.c.arena);
}

/* c: the pledge of 1,000,000 brings 368,000 and other collateral, 60% of
 * 100,000 less 8%, the rest up to 400,000, which the limit allows. */
static void what_speaks_against_a_loan_is_said_in_words(void **state)
{
    (void)state;
    Table *t;
    Assessed a = assess();
    assert_int_equal(explain(&t, &a, 1), OK);
    has_step(t, "reason E4 |  |  | overdue now");
    has_step(t, "reason E6 |  |  | tax credit grade D");
    has_step(t, "outcome outcome |  | decline | conditions are not met");
    assert_int_equal(explain(&t, &a, 2), OK);
    has_step(t,
             "recovery C1 | min(1000000.00 * (1 - 60%) * (1 - 8%), "
             "400000.00) | 368000.00 | pledged rights");
    has_step(t,
             "recovery C2 | min(100000.00 * (1 - 40%) * (1 - 8%), 32000.00) "
             "| 32000.00 | other collateral");
    has_step(t,
             "test limit_short | 400000.00 < 900000.00 | refer | "
             "is the limit below the amount?");
    has_step(t, "reason L3 |  |  | value that can be lent against");
    assert_int_equal(explain(&t, &a, 3), OK);
    has_step(t,
             "reason not-in-force |  |  | "
             "no version of the policy is in force");
    arena_free(a.c.arena);
}

/* The one cell of a run that is no longer what it was. */
static void change(const Table *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->columns[i]->name, name) == 0) {
            Column *c = t->columns[i];
            if (c->type == TYPE_REAL)
                c->d[0] *= 1.0000000001;
            else if (c->type == TYPE_CATEGORY)
                c->s[0] = "refer";
            else
                c->i[0]++;
            return;
        }
    fail_msg("no column '%s'", name);
}

static void a_changed_result_differs(void **state)
{
    (void)state;
    static const char *const names[] = {"ead", "lgd", "expected_loss",
                                        "price_floor", "outcome"};
    for (size_t i = 0; i < COUNT(names); i++) {
        Table *t;
        Assessed a = assess();
        change(a.table, names[i]);
        assert_int_equal(explain(&t, &a, 0), ERR_DIFFERS);
        assert_non_null(strstr(a.c.err.text, names[i]));
        arena_free(a.c.arena);
    }
}

/* ---- rights ---- */

static const char rights[] =
    "application_id,ip_id,kind,status,filed_on,owners,pledged,disputed,"
    "revenue,revenue_growth,royalty_rate,fee_paid_until\n"
    "A1,T1,trademark,in_force,2015-06-01,1,false,false,1000000.00,0%,5%,\n"
    "A1,T2,trademark,in_force,2015-06-01,2,true,false,1000000.00,0%,5%,\n"
    "A1,ZL202010000001.1,invention,in_force,2020-03-15,1,false,false,"
    "2000000.00,10%,4%,\n";

static Table *value(Case *c, Policy **policy)
{
    *policy = policy_file(c, "rules/value/ip-income.cfg");
    Table *t = table_text(c, "ip_rights", rights);
    assert_int_equal(value_apply(t, NULL, *policy, june(), &c->err), OK);
    return t;
}

static ErrCode explain_right(Table **trace, Case *c, const Policy *policy,
                             const Table *t, size_t row)
{
    assert_int_equal(
        policy_explain(trace, c->tables, policy, t, row, june(), &c->err), OK);
    return value_explain(*trace, policy, t, row, june(), &c->err);
}

/* 50,000 a year for ten years at 18%: 224,704.3147.  The invention is 62 months
 * old: in ten months its seventh year falls due, 2,000; (80,000 - 2,000)
 * / 1.18.
 */
static void a_right_is_explained_year_by_year(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *policy;
    Table *trace, *t = value(&c, &policy);
    assert_int_equal(explain_right(&trace, &c, policy, t, 0), OK);
    has_step(trace, "life legal | 12 * null - 120 | null | months left by law");
    has_step(trace,
             "life life_years | min(null, 120) / 12 | 10 | "
             "years of life");
    has_step(trace,
             "discount discount | 2% + 5% + 5% + 3% + 3% | 18% | "
             "discount a year");
    has_step(trace,
             "year 1 | (1000000.00 * (1 + 0%) ** 0 * 5% * 1 - 0.00) * "
             "(1 - 0%) / (1 + 18%) ** 1 | 42372.88 | "
             "worth today of the year");
    has_step(trace,
             "year 10 | (1000000.00 * (1 + 0%) ** 9 * 5% * 1 - 0.00) * "
             "(1 - 0%) / (1 + 18%) ** 10 | 9553.22 | "
             "worth today of the year");
    has_step(trace,
             "income income | 224704.31 | 224704.31 | "
             "by the income method");
    has_step(trace,
             "pledge pledge_value | 224704.31 * (1 - 50%) | 112352.16 | "
             "what can be lent against it");
    assert_int_equal(explain_right(&trace, &c, policy, t, 1), OK);
    has_step(trace,
             "eligibility R2 | true = null or not true | false | "
             "pledged to somebody already");
    has_step(trace,
             "pledge pledge_value | 224704.31 * (1 - 50%) | 0.00 | "
             "it cannot be pledged, so nothing");
    assert_int_equal(explain_right(&trace, &c, policy, t, 2), OK);
    has_step(trace, "life legal | 12 * 20 - 62 | 178 | months left by law");
    has_step(trace,
             "year 1 | (2000000.00 * (1 + 10%) ** 0 * 4% * 1 - 2000.00) "
             "* (1 - 0%) / (1 + 18%) ** 1 | 66101.69 | "
             "worth today of the year");
    change(t, "ip_value");
    assert_int_equal(explain_right(&trace, &c, policy, t, 0), ERR_DIFFERS);
    arena_free(c.arena);
}

/* 112,352.16 of the first trademark; the second is pledged already. */
static void a_pledge_is_the_sum_of_its_rights(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *policy = policy_file(&c, "rules/value/ip-income.cfg");
    Table *trace, *r = table_text(&c, "ip_rights", rights);
    Table *t = table_text(&c, "applications",
                          "application_id,firm_id,product,amount,term_months,"
                          "applied_on\nA1,91990003MA00000154,ip-pledge-loan,"
                          "100000,12,2025-06-01\n");
    r->rows = 2;
    assert_int_equal(value_apply(r, t, policy, june(), &c.err), OK);
    assert_int_equal(case_fen(t, "pledge_value", 0), 11235216);
    assert_int_equal(
        policy_explain(&trace, c.tables, policy, r, 0, june(), &c.err), OK);
    assert_int_equal(value_explain_rights(trace, policy, r, t, 0, &c.err), OK);
    has_step(trace, "right T1 | 224704.31 | 112352.16 | ");
    has_step(trace,
             "right T2 | 224704.31 | 0.00 | pledged to somebody "
             "already; co-owned: every owner must consent");
    change(t, "pledge_value");
    assert_int_equal(value_explain_rights(trace, policy, r, t, 0, &c.err),
                     ERR_DIFFERS);
    arena_free(c.arena);
}

/* ---- contracts ---- */

static const char terms[] = POLICY_FLAT STACK_CITY
    "limits = ( { id = \"firm\"; scope = \"firm_year\"; cap = \"50万\";\n"
    "  cite = \"art. 4\"; } );\n"
    "match = ( { cite = \"art. 5\"; payers = ( { payer = \"city\"; share = "
    "\"70%\"; }, { payer = \"county\"; share = \"30%\"; } ); } );\n"
    "budget = ( { payer = \"city\"; amount = \"30万\"; cite = \"art. 6\";\n"
    "  allocation = \"first_come\"; last = \"partial\"; } );\n"
    "rounding = { unit = \"100.00\"; mode = \"down\"; when = \"paid\";\n"
    "  cite = \"art. 7\"; };\n";

/* C3 is first in line: 20% of 12,345.67 is 2,469.13, the city's part 1,728.39
 * and 1,700 in hundreds.  C1 takes 240,000 of the firm's 500,000, so 260,000 of
 * the 300,000 of C2 are left; the city's part is 182,000, its fund holds
 * 300,000 - 1,700 - 168,000 = 130,300. */
static void a_claim_is_explained_cut_by_cut(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        {"C1", "F1", "2024-03-01", 120000000, "随县", NULL, NULL, 1},
        {"C2", "F1", "2024-03-02", 150000000, "随县", NULL, NULL, 1},
        {"C3", "F2", "2024-02-01", 1234567, "随县", NULL, NULL, 1},
        {"C4", "F2", "2024-02-03", 1234567, "随县", "R", "F2", 1},
    };
    const Date day = {19723};
    Policy *policy = case_policy(&c, terms);
    Table *trace, *t = case_contracts(&c, "t", rows, COUNT(rows));
    assert_int_equal(subsidy_apply(t, policy, day, &c.err), OK);
    assert_int_equal(case_fen(t, "paid", 1), 20830000);
    assert_int_equal(
        policy_explain(&trace, c.tables, policy, t, 1, day, &c.err), OK);
    assert_int_equal(subsidy_explain(trace, policy, t, 1, day, &c.err), OK);
    has_step(trace,
             "base claimed | 1500000.00 | 1500000.00 | "
             "what the claim is based on");
    has_step(trace,
             "limit, binds firm | min(300000.00, 500000.00 - 240000.00) "
             "| 260000.00 | limit of a firm and year");
    has_step(trace, "part county | 78000.00 | 78000.00 | part of the payer");
    has_step(trace,
             "budget, binds budget-city | "
             "min(182000.00, 300000.00 - 169700.00) | 130300.00 | "
             "first come, first served");
    has_step(trace, "pays county |  | 78000.00 | what the payer pays");
    has_step(trace,
             "paid budget-city | 300000.00 - 40000.00 - 0.00 - 51700.00 "
             "| 208300.00 | paid in the end");
    assert_int_equal(subsidy_explain(trace, policy, t, 2, day, &c.err), OK);
    has_step(trace, "part city | 1728.39 | 1700.00 | part of the payer");
    assert_int_equal(subsidy_explain(trace, policy, t, 3, day, &c.err), OK);
    has_step(trace,
             "refusal related-party |  |  | "
             "buyer and seller are related");
    change(t, "paid_county");
    assert_int_equal(subsidy_explain(trace, policy, t, 0, day, &c.err),
                     ERR_DIFFERS);
    arena_free(c.arena);
}

/* ---- what rules check sees ---- */

/* The file with the first `from` in it made `to`; *line is where. */
static char *file_with(const char *path, const char *from, const char *to,
                       size_t *line)
{
    static char text[1 << 16], out[1 << 16];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    char *at = strstr(text, from);
    assert_non_null(at);
    *line = 1;
    for (const char *p = text; p < at; p++)
        *line += *p == '\n';
    snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, to,
             at + strlen(from));
    return out;
}

static void sections_are_checked_before_any_run(void **state)
{
    (void)state;
    static const char credit[] = "rules/credit/ip-pledge-loan.cfg",
                      worth[] = "rules/value/ip-income.cfg";
    static const struct {
        const char *path, *from, *to, *says;
    } rows[] = {
        {credit, "discount = \"lpr_1y\"", "discount = \"lpr_1yr\"",
         ":15: this is no column, parameter or figure; did you mean 'lpr_1y'?"},
        {credit, "\"pd\", \"lgd\"", "\"pd\", \"lgdd\"",
         ":37: this is no column, parameter or figure; did you mean 'lgd'?"},
        {credit, "grade = \"grade\"", "grade = \"grad\"",
         ":22: this is no column of words"},
        {credit, "outcome = {", "outcome = { limit_flor = \"1\";",
         ":13: 'limit_flor' is not a name that is known here; did you mean "
         "'limit_floor'?"},
        {worth, "\"risk_free\", \"tech", "\"risk_fre\", \"tech",
         ":17: this is no column, parameter or figure; did you mean "
         "'risk_free'?"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c = case_open();
        char said[4096], wanted[256];
        size_t line;
        Policy *policy = case_policy(
            &c, file_with(rows[i].path, rows[i].from, rows[i].to, &line));
        ErrCode rc = rows[i].path == credit
                         ? credit_check(policy, c.arena, c.tables->texts,
                                        c.faults, &c.err)
                         : value_check(policy, c.arena, c.tables->texts,
                                       c.faults, &c.err);
        assert_int_equal(rc, ERR_RULE);
        FILE *f = tmpfile();
        faults_print(c.faults, f);
        rewind(f);
        said[fread(said, 1, sizeof said - 1, f)] = '\0';
        fclose(f);
        snprintf(wanted, sizeof wanted, "t.cfg:%zu%s", line, rows[i].says);
        if (strstr(said, wanted) == NULL)
            fail_msg("no '%s' in\n%s", wanted, said);
        arena_free(c.arena);
    }
}

static void bundled_sections_pass(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *credit = policy_file(&c, "rules/credit/kechuang-danbao-dai.cfg");
    Policy *worth = policy_file(&c, "rules/value/ip-income.cfg");
    assert_int_equal(
        credit_check(credit, c.arena, c.tables->texts, c.faults, &c.err), OK);
    assert_int_equal(
        value_check(worth, c.arena, c.tables->texts, c.faults, &c.err), OK);
    assert_int_equal(faults_count(c.faults), 0);
    assert_int_equal(
        credit_check(worth, c.arena, c.tables->texts, c.faults, &c.err),
        ERR_RULE);
    arena_free(c.arena);
}

/* Row b of the pledges is overdue, its tax credit is D, and 900,000 yuan are
 * asked against a right that carries 400,000. */
static void what_would_have_had_to_differ_is_told(void **state)
{
    (void)state;
    Table *t;
    Assessed a = assess();
    assert_int_equal(
        policy_explain(&t, a.c.tables, a.policy, a.table, 1, june(), &a.c.err),
        OK);
    size_t rows = t->rows;
    assert_int_equal(policy_differ(t, a.policy, a.table, 1, june(), &a.c.err),
                     OK);
    has_turn(t, rows, "E4", "overdue_days: 3 -> 0");
    has_turn(t, rows, "E6", "tax_credit_grade: D -> A, B, M, C");
    arena_free(a.c.arena);
}

/* Whichever allocation fails, ERR_MEMORY is all that happens. */
static void memory_may_run_out(void **state)
{
    (void)state;
    Table *t;
    Assessed a = assess();
    assert_int_equal(explain(&t, &a, 0), OK);
    size_t rows = t->rows;
    ErrCode rc = ERR_MEMORY;
    for (long n = 0; rc != OK; n++) {
        a.c.err = (Err){0};
        mem_fail_from(n);
        rc = credit_explain(t, a.policy, a.table, 0, june(), &a.c.err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        assert_true(rc == OK || t->rows == rows);
    }
    rows = t->rows;
    rc = ERR_MEMORY;
    for (long n = 0; rc != OK; n++) {
        a.c.err = (Err){0};
        mem_fail_from(n);
        rc = policy_differ(t, a.policy, a.table, 1, june(), &a.c.err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        assert_true(rc == OK || t->rows == rows);
    }
    arena_free(a.c.arena);
}

static const char banded[] =
    "application_id,firm_id,product,amount,term_months,applied_on,rd_staff,"
    "employees,industry,county,founded_on\n"
    "a,91990003MA00000154,p,4万,13,2025-06-01,4,100,C35,随县,\n"
    "b,91990003MA00000154,p,15万,12,2026-06-01,,,,,2019-12-31\n";

static Table *explained(Case *c, const Table *table, size_t row, Policy *policy)
{
    Table *t;
    assert_int_equal(
        policy_explain(&t, c->tables, policy, table, row, june(), &c->err), OK);
    return t;
}

/* As files say it, but for the bands of all others, which are told as what
 * they are. */
static void a_band_is_told_as_its_condition(void **state)
{
    (void)state;
    static const char *const wanted[2][7] = {
        {"staff_share < 0.05", "amount < lowest", "industry in (C34, C35)",
         "county: otherwise", "founded_on = null",
         "industry in (C39, C38, C37, C36, C35, C34, ...)",
         "term_months: otherwise"},
        {"staff_share = null", "amount >= 10万", "industry = null",
         "county = null", "founded_on < date(\"2020-01-01\")",
         "industry = null", "term_months = 12"}};
    Case c = case_open();
    Policy *policy = policy_file(&c, "tests/rules/bands.cfg");
    Table *table = table_text(&c, "applications", banded);
    for (size_t row = 0; row < 2; row++) {
        const Table *t = explained(&c, table, row, policy);
        size_t k = 0;
        for (size_t i = 0; i < t->rows; i++)
            if (strcmp(cell(t, "step", i), "points") == 0)
                assert_string_equal(cell(t, "formula", i), wanted[row][k++]);
        assert_int_equal(k, 7);
    }
    arena_free(c.arena);
}

/* A number near by comes before words, and words that do the same together. */
static void what_is_near_comes_first(void **state)
{
    (void)state;
    static const char *const wanted[] = {"employees: 100 -> 40",
                                         "county: 随县 -> 曾都区, 广水市",
                                         "rd_staff: 4 -> 10"};
    Case c = case_open();
    Policy *policy = policy_file(&c, "tests/rules/bands.cfg");
    Table *table = table_text(&c, "applications", banded);
    Table *t = explained(&c, table, 0, policy);
    size_t rows = t->rows;
    assert_int_equal(policy_differ(t, policy, table, 0, june(), &c.err), OK);
    assert_int_equal(t->rows, rows + COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_string_equal(cell(t, "formula", rows + i), wanted[i]);
    arena_free(c.arena);
}

/* A call is shown with the values of its arguments, not with what it stands
 * for. */
static void a_call_is_shown_as_it_is_written(void **state)
{
    (void)state;
    Table *t;
    Case c = case_open();
    Policy *policy = policy_file(&c, "tests/rules/knowledge.cfg");
    Table *table = table_text(&c, "applications", pledges);
    assert_int_equal(
        policy_explain(&t, c.tables, policy, table, 0, june(), &c.err), OK);
    has_step(
        t,
        "fact burden | a_year(500000.00) / 20000000.00 | 0.0254764889532 | ");
    has_step(t,
             "fact young | 2025-06-01 < 2017-06-01 + duration(\"P8Y\") | "
             "false | ");
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_shown_as_it_is_written),
        cmocka_unit_test(a_loan_is_explained_to_its_outcome),
        cmocka_unit_test(what_speaks_against_a_loan_is_said_in_words),
        cmocka_unit_test(a_changed_result_differs),
        cmocka_unit_test(a_right_is_explained_year_by_year),
        cmocka_unit_test(a_pledge_is_the_sum_of_its_rights),
        cmocka_unit_test(a_claim_is_explained_cut_by_cut),
        cmocka_unit_test(sections_are_checked_before_any_run),
        cmocka_unit_test(bundled_sections_pass),
        cmocka_unit_test(what_would_have_had_to_differ_is_told),
        cmocka_unit_test(a_band_is_told_as_its_condition),
        cmocka_unit_test(what_is_near_comes_first),
        cmocka_unit_test(memory_may_run_out),
    };
    return RUN(tests);
}
