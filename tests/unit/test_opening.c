#include "scene.h"

#include "pool/told.h"

/* The state in which a scheme opens: what its limits have seen already, what is
 * still to come in, and who has failed.  Two firms of 10,000.00 each. */

static const Loan loans[] = {
    {"L1", "F1", "A", NULL, "甲", 600000, 0.01, 1},
    {"L2", "F1", "A", NULL, "乙", 400000, 0.01, 1},
    {"L3", "F2", "A", NULL, "甲", 1000000, 0.02, 1},
};

static ErrCode open_case(Case *c, const char *scheme)
{
    case_open(c);
    case_loans(c, loans, COUNT(loans));
    c->options.scenarios = 4000;
    scene_ask(c, "0.1");
    return case_scheme(c, scheme);
}

static void open_scene(Scene *s, const char *scheme)
{
    assert_int_equal(open_case(&s->c, scheme), OK);
    scene_open(s);
}

/* F1 defaults in the first year, F2 in the second. */
static const WaterfallPath *play(Scene *s)
{
    return scene_play(s, (const int[]){0, 1}, 2);
}

#define TWO                                                                    \
    "scheme = { id = \"a\"; source = \"test\"; parties = ( \"bank\", "         \
    "\"fund\" ); share_base = \"principal\"; layers = ( { shares = ( { party " \
    "= \"bank\"; share = \"20%\"; }, { party = \"fund\"; share = \"80%\"; } "  \
    "); } );\n"

/* Half of 20,000.00 less 3,000.00 used; half of the 10,000.00 that are left in
 * the second year, where the use counts no more. */
static void what_is_used_of_a_yearly_cap_counts_in_the_first_year(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, TWO
               "basis = \"net\"; caps = ( { party = \"fund\"; rate = "
               "\"50%\"; overflow = \"bank\"; } ); opening = { "
               "caps_used = ( { party = \"fund\"; amount = "
               "\"3000.00\"; } ); }; };");
    const WaterfallPath *p = play(&s);
    assert_int_equal(p->year[0].paid[1], 700000);
    assert_int_equal(p->year[1].paid[1], 500000);
    assert_int_equal(p->year[0].capped, 2);
    scene_close(&s);
}

/* 60% of 20,000.00 less 3,000.00: 9,000.00, of which 8,000.00 go at once. */
static void what_is_used_of_a_cap_for_life_counts_for_life(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, TWO
               "basis = \"net\"; caps = ( { party = \"fund\"; rate = "
               "\"60%\"; period = \"life\"; overflow = \"bank\"; } ); "
               "opening = { caps_used = ( { party = \"fund\"; amount = "
               "\"3000.00\"; } ); }; };");
    const WaterfallPath *p = play(&s);
    assert_int_equal(p->year[0].paid[1], 800000);
    assert_int_equal(p->year[1].paid[1], 100000);
    scene_close(&s);
}

/* The lower layer has 12,000.00, of which 3,000.00 are taken. */
static void layers_begin_where_claims_have_got_to(void **state)
{
    (void)state;
#define LAYERED(period)                                                        \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\"; "   \
    "basis = \"net\"; denominator = \"opening_book\"; period = \"" period      \
    "\"; parties = ( \"a\", \"b\" ); layers = ( { upto = \"60%\"; shares = "   \
    "( { party = \"a\"; share = \"1\"; } ); }, { shares = ( { party = "        \
    "\"b\"; share = \"1\"; } ); } ); opening = { claimed = \"3000.00\"; }; };"
    Scene s;
    open_scene(&s, LAYERED("year"));
    const WaterfallPath *p = play(&s);
    assert_int_equal(p->year[0].paid[0], 900000);
    assert_int_equal(p->year[1].paid[0], 1000000);
    scene_close(&s);
    open_scene(&s, LAYERED("life"));
    p = play(&s);
    assert_int_equal(p->year[0].paid[0], 900000);
    assert_int_equal(p->year[1].paid[0], 0);
    scene_close(&s);
}

#define DUE                                                                    \
    TWO "basis = \"net\"; balances = ( { party = \"fund\"; opening = "         \
        "\"4000.00\"; overflow = \"bank\"; } ); opening = { receivables = ( "  \
        "{ party = \"fund\"; year = 1; amount = \"1000.00\"; }, { party = "    \
        "\"bank\"; year = 2; amount = \"7.00\"; }, { party = \"fund\"; year "  \
        "= 5; amount = \"500.00\"; } ); }; };"

static void receivables_come_in_before_the_claims(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, DUE);
    const WaterfallPath *p = play(&s);
    assert_int_equal(s.m.waterfall->run, 5);
    assert_int_equal(p->year[0].paid[1], 500000);
    assert_int_equal(p->year[0].paid[0], 500000);
    assert_int_equal(p->year[1].paid[1], 0);
    assert_int_equal(p->year[4].balance[1], 50000);
    assert_int_equal(p->account[1][ACCOUNT_RECEIVED][0], 700);
    assert_int_equal(p->net[1], 500000); /* what is owed is no recovery of it */
    scene_close(&s);
}

static double account(const Case *c, const char *party, const char *measure,
                      int64_t year, const char *column)
{
    const Table *t = tables_find(c->tables, "pool_accounts");
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(table_find(t, "party")->s[i], party) == 0 &&
            strcmp(table_find(t, "measure")->s[i], measure) == 0 &&
            table_find(t, "year")->i[i] == year)
            return table_find(t, column)->d[i];
    return NAN;
}

static void receivables_are_told_by_year(void **state)
{
    (void)state;
    Case c;
    assert_int_equal(open_case(&c, DUE), OK);
    assert_int_equal(case_run(&c), OK);
    assert_float_equal(account(&c, "fund", "receivables", 1, "value"), 100000,
                       0);
    assert_float_equal(account(&c, "fund", "receivables", 1, "se"), 0, 0);
    assert_float_equal(account(&c, "fund", "receivables", 3, "value"), 0, 0);
    assert_float_equal(account(&c, "bank", "receivables", 2, "value"), 700, 0);
    case_again(&c);
    assert_int_equal(pool_replay(c.tables, c.portfolio, c.factors, c.scheme,
                                 &c.options, 7, c.faults, &c.err),
                     OK);
    const Table *t = tables_find(c.tables, "pool_story_accounts");
    assert_int_equal(t->rows, 15);
    int64_t sum = 0;
    for (size_t i = 0; i < 10; i++) /* receivables of two parties */
        sum += table_find(t, "amount")->i[i];
    assert_int_equal(sum, 150700);
    case_close(&c);
}

/* F1's second loan is 120 days late: 10,000.00 are lost in the first year for
 * sure, and 2% of the other 10,000.00 a year. */
static void overdue_firms_default_in_the_first_year(void **state)
{
    (void)state;
    Case c;
    Model m;
    Sample s;
    assert_int_equal(
        open_case(&c, TWO "basis = \"net\"; opening = { overdue_days = 90; }; "
                          "};"),
        OK);
    Column *late = case_column(&c, FIELD_overdue_days);
    late->i[0] = 0;
    late->i[1] = 120;
    late->i[2] = 89;
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    assert_int_equal(model_run(&s, &m, &c.options, &c.err), OK);
    assert_int_equal(s.tally.paid[0] + s.tally.paid[1] >= (Exact)1000000 * s.n,
                     1);
    for (size_t q = 0; q < s.n; q++)
        assert_true(s.total[q] == 1000000 || s.total[q] == 2000000);
    sample_free(&s);
    model_close(&m);
    case_again(&c);
    assert_int_equal(case_run(&c), OK);
    assert_close(case_figure(&c, "total", "el_exact", 0, "value"),
                 1000000 + 1000000 * (1 - .98 * .98 * .98), 1e-12);
    assert_int_equal(faults_warned(c.faults), 1);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "1 firms are overdue by 90 days or more and default in "
                        "the first year");
    case_close(&c);
}

/* By months it does so in the first, before anything is paid back. */
static void overdue_firms_default_in_the_first_month(void **state)
{
    (void)state;
    Scene s;
    Told told;
    assert_int_equal(
        open_case(&s.c, TWO "basis = \"net\"; opening = { overdue_days = 90; "
                            "}; };"),
        OK);
    case_column(&s.c, FIELD_overdue_days)->i[1] = 120;
    Column *end = case_column(&s.c, FIELD_matures_on);
    Column *way = case_column(&s.c, FIELD_amortisation);
    for (size_t i = 0; i < COUNT(loans); i++) {
        end->i[i] = date_of((DateParts){2026, 3, 1}).days;
        way->s[i] = case_text(&s.c, i < 2 ? "equal_principal" : "bullet");
    }
    s.c.options.steps = POOL_STEPS_MONTHLY;
    s.c.options.years = 1;
    scene_open(&s);
    assert_int_equal(told_open(&told, &s.m, &s.c.err), OK);
    for (uint64_t q = 0; q < 50; q++) {
        told_scenario(&told, q);
        assert_true(told.n >= 1);
        assert_int_equal(told.defaults[0].step, 0);
        assert_int_equal(model_total(&s.m, &told.worker.table, 0, 0),
                         1000000 * (int64_t)told.n);
    }
    told_close(&told);
    case_again(&s.c);
    s.c.options.exact = POOL_EXACT_FULL;
    assert_int_equal(case_run(&s.c), OK);
    assert_close(case_figure(&s.c, "total", "el_exact", 0, "value"), 1020000,
                 1e-12);
    assert_close(case_exact(&s.c, "total", "el", 0), 10200, 1e-9);
    assert_close(case_exact(&s.c, "total", "sd", 0), 10000 * sqrt(.02 * .98),
                 1e-9);
    scene_close(&s);
}

static void overdue_firms_have_an_exact_twin(void **state)
{
    (void)state;
    Case c;
    assert_int_equal(
        open_case(&c, TWO "basis = \"net\"; opening = { overdue_days = 90; }; "
                          "};"),
        OK);
    case_column(&c, FIELD_overdue_days)->i[1] = 90;
    c.options.years = 1;
    c.options.exact = POOL_EXACT_FULL;
    assert_int_equal(case_run(&c), OK);
    const Table *t = tables_find(c.tables, "pool_exact");
    assert_non_null(t);
    assert_string_equal(table_find(t, "measure")->s[0], "el");
    assert_close(table_find(t, "value")->d[0], 1020000, 1e-9);
    case_close(&c);
}

/* Whether the first line of what is wrong says so. */
static int is_told(const Case *c, const char *problem)
{
    char line[512] = "";
    FILE *f = tmpfile();
    assert_non_null(f);
    faults_print(c->faults, f);
    rewind(f);
    assert_non_null(fgets(line, sizeof line, f));
    fclose(f);
    return strstr(line, problem) != NULL;
}

static void faults_of_openings(void **state)
{
    (void)state;
    static const struct {
        const char *scheme, *problem;
    } rows[] = {
        {TWO "opening = { caps_used = ( { party = \"fund\"; amount = \"1\"; } "
             "); }; };",
         "'fund' has no one cap to be used up"},
        {TWO "opening = { receivables = ( { party = \"fund\"; amount = \"1\"; "
             "year = 11; } ); }; };",
         "the year of a receivable is 1 to 10"},
        {TWO "opening = { receivables = ( { party = \"fund\"; amount = "
             "\"-1\"; year = 1; } ); }; };",
         "'amount' is below 0"},
        {TWO "opening = { overdue_days = 0; }; };",
         "overdue_days is not between 1 and 36500"},
        {TWO "opening = { denominators = ( { denominator = \"released\"; "
             "amount = \"1\"; } ); }; };",
         "no layer or cap is a part of this denominator; write the "
         "denominator and the period of one"},
        {TWO "opening = { denominators = ( { denominator = \"cohort\"; amount "
             "= \"1\"; } ); }; };",
         "denominator 'cohort' is not known; write one of \"new_business\", "
         "\"released\""},
        {TWO "opening = \"full\"; };", "'opening' is not a group { ... }"},
        {TWO "opening = { overdue = 90; }; };",
         "'overdue' is not a name that is known here"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c;
        assert_int_equal(open_case(&c, rows[i].scheme), ERR_RULE);
        assert_true(is_told(&c, rows[i].problem));
        case_close(&c);
    }
    Case c;
    assert_int_equal(open_case(&c, TWO "opening = { overdue_days = 90; }; };"),
                     OK);
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(c.err.text,
                        "portfolio: the opening state needs the column "
                        "overdue_days (逾期天数), which is missing");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_used_of_a_yearly_cap_counts_in_the_first_year),
        cmocka_unit_test(what_is_used_of_a_cap_for_life_counts_for_life),
        cmocka_unit_test(layers_begin_where_claims_have_got_to),
        cmocka_unit_test(receivables_come_in_before_the_claims),
        cmocka_unit_test(receivables_are_told_by_year),
        cmocka_unit_test(overdue_firms_default_in_the_first_year),
        cmocka_unit_test(overdue_firms_default_in_the_first_month),
        cmocka_unit_test(overdue_firms_have_an_exact_twin),
        cmocka_unit_test(faults_of_openings),
    };
    return RUN(tests);
}
