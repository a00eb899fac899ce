#include "check.h"

#include "book.h"
#include "pool/model.h"

/* New business by rule is the same book with its renewals written out. */

static const Date opening = {20088}; /* 2024-12-31 */

typedef struct {
    Loan loan;
    const char *start, *end;
} Dated;

/* 12 months, 6 months, 18 months that start within the horizon; one without a
 * date to mature on, one that has matured. */
static const Dated loans[] = {
    {{"A", "F1", "A", NULL, NULL, 1000000, .05, .5},
     "2024-04-30",
     "2025-04-30"},
    {{"B", "F1", "A", NULL, NULL, 500001, .05, .5}, "2024-09-01", "2025-03-01"},
    {{"C", "F2", "A", NULL, NULL, 800000, .07, .5}, "2025-02-01", "2026-08-01"},
    {{"D", "F3", "A", NULL, NULL, 300000, .08, .5}, "2024-01-15", NULL},
    {{"E", "F3", "A", NULL, NULL, 700000, .08, .5}, "2023-01-15", "2024-01-15"},
};

/* Half of each, half of that again: to the fen, half away from zero. */
static const Dated again[] = {
    {{"A1", "F1", "A", NULL, NULL, 500000, .05, .5},
     "2025-04-30",
     "2026-04-30"},
    {{"A2", "F1", "A", NULL, NULL, 250000, .05, .5},
     "2026-04-30",
     "2027-04-30"},
    {{"A3", "F1", "A", NULL, NULL, 125000, .05, .5},
     "2027-04-30",
     "2028-04-30"},
    {{"B1", "F1", "A", NULL, NULL, 250001, .05, .5},
     "2025-03-01",
     "2025-09-01"},
    {{"B2", "F1", "A", NULL, NULL, 125001, .05, .5},
     "2025-09-01",
     "2026-03-01"},
    {{"B3", "F1", "A", NULL, NULL, 62501, .05, .5}, "2026-03-01", "2026-09-01"},
    {{"B4", "F1", "A", NULL, NULL, 31251, .05, .5}, "2026-09-01", "2027-03-01"},
    {{"B5", "F1", "A", NULL, NULL, 15626, .05, .5}, "2027-03-01", "2027-09-01"},
    {{"B6", "F1", "A", NULL, NULL, 7813, .05, .5}, "2027-09-01", "2028-03-01"},
    {{"C1", "F2", "A", NULL, NULL, 400000, .07, .5},
     "2026-08-01",
     "2028-02-01"},
};

#define SCHEME(rule)                                                           \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\"; "   \
    "parties = ( \"bank\","                                                    \
    " \"fund\" ); layers = ( { shares = ( { party = \"bank\"; share = "        \
    "\"20%\"; }, { party = \"fund\"; share = \"80%\"; } ); } ); caps = ( { "   \
    "party = \"fund\"; rate = \"20%\"; denominator = \"new_business\"; "       \
    "overflow = \"bank\"; } ); " rule "};"
#define HALF  "new_business = { renewed = \"50%\"; }; "
#define TRIPS "breakers = ( { by = \"bank\"; suspend = \"20%\"; } ); "

static int64_t days(const char *day)
{
    Date date;
    if (day == NULL)
        return NULL_INT;
    return date_parse(&date, day, NULL) == OK ? date.days : NULL_INT;
}

static void open_case(Case *c, const Dated all[], size_t n, const char *scheme)
{
    Loan plain[COUNT(loans) + COUNT(again)];
    for (size_t i = 0; i < n; i++)
        plain[i] = all[i].loan;
    case_open(c);
    case_loans(c, plain, n);
    Column *start = case_column(c, FIELD_started_on);
    Column *end = case_column(c, FIELD_matures_on);
    for (size_t i = 0; i < n; i++) {
        start->i[i] = days(all[i].start);
        end->i[i] = days(all[i].end);
    }
    c->options.years = 3;
    c->options.as_of = opening;
    c->options.scenarios = 5000;
    assert_int_equal(case_factors(c,
                                  "factors = { groups = ( { asset_correlation "
                                  "= \"0.1\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(c, scheme), OK);
}

/* The el of the book under a rule, that of the same book written out. */
static double written_out(const char *rule_scheme, const char *book_scheme)
{
    Dated all[COUNT(loans) + COUNT(again)];
    Case rule, book;
    memcpy(all, loans, sizeof loans);
    memcpy(all + COUNT(loans), again, sizeof again);
    open_case(&rule, loans, COUNT(loans), rule_scheme);
    open_case(&book, all, COUNT(all), book_scheme);
    assert_int_equal(case_run(&rule), OK);
    assert_int_equal(case_run(&book), OK);
    static const char *const tables[] = {"pool_figures", "pool_events"};
    static const char *const columns[] = {"value", "probability"};
    for (size_t i = 0; i < COUNT(tables); i++) {
        const Table *a = tables_find(rule.tables, tables[i]);
        const Table *b = tables_find(book.tables, tables[i]);
        assert_int_equal(a->rows, b->rows);
        assert_memory_equal(table_find(a, columns[i])->d,
                            table_find(b, columns[i])->d,
                            a->rows * sizeof(double));
    }
    const Table *summary = tables_find(rule.tables, "pool_summary");
    assert_int_equal(table_find(summary, "loans")->i[0], COUNT(loans));
    double el = case_figure(&rule, "total", "el", 0, "value");
    case_close(&rule);
    case_close(&book);
    return el;
}

static void what_matures_is_written_again(void **state)
{
    (void)state;
    written_out(SCHEME(HALF), SCHEME(""));
}

/* A breaker stops renewals as it stops loans: those that start in the year. */
static void a_suspended_bank_renews_nothing(void **state)
{
    (void)state;
    double el = written_out(SCHEME(HALF TRIPS), SCHEME(TRIPS));
    assert_true(el < .995 * written_out(SCHEME(HALF), SCHEME("")));
}

static void a_term_is_asked_for(void **state)
{
    (void)state;
    static const Dated bare[] = {
        {{"A", "F1", "A", NULL, NULL, 1000000, .05, .5}, NULL, "2025-04-30"}};
    Case c;
    open_case(&c, bare, 1, SCHEME(HALF));
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "loan 'A' has no started_on, so no term to be renewed "
                        "for");
    case_close(&c);
}

static void faults_of_the_rule(void **state)
{
    (void)state;
    static const struct {
        const char *scheme, *problem;
    } rows[] = {{SCHEME("new_business = \"all\"; "),
                 "'new_business' is not a group { ... }"},
                {SCHEME("new_business = { renewed = \"201%\"; }; "),
                 "more than twice a loan is renewed"},
                {SCHEME("new_business = { }; "), "'renewed' is missing here"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c;
        case_open(&c);
        assert_int_equal(case_scheme(&c, rows[i].scheme), ERR_RULE);
        const Fault *f = faults_at(c.faults, 0);
        while (f->is_warning)
            f++;
        assert_string_equal(f->problem, rows[i].problem);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_matures_is_written_again),
        cmocka_unit_test(a_suspended_bank_renews_nothing),
        cmocka_unit_test(a_term_is_asked_for),
        cmocka_unit_test(faults_of_the_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
