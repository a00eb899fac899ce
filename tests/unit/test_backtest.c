/* Years that are over: published totals, coverage of what is foretold. */
#include "contracts.h"
#include "stat/counts.h"
#include "stat/setup.h"
#include "subsidy/backtest.h"

enum { YEARS = 100, MEAN = 30, MOST = YEARS * MEAN * 2 };

#define RULES                                                                  \
    "policy = { id = \"t\"; kind = \"subsidy\"; title = { en = \"test\"; };"   \
    " issuer = \"x\"; document = \"x\"; source = \"x\"; confidence = \"D\";"   \
    " date_used = \"registered_on\"; };"                                       \
    "versions = ( { id = \"1\"; from = \"1990-01-01\"; cite = \"x\"; } );"     \
    "inputs = ( { name = \"amount\"; type = \"money\"; required = \"yes\"; }"  \
    " ); eligibility = ();"                                                    \
    "scales = ( { name = \"city\"; kind = \"marginal_rate\"; cite = \"x\";"    \
    " on = \"amount\"; brackets = ( { from = \"0\"; rate = \"20%\"; } ); } );" \
    "outputs = ( \"city\" );"                                                  \
    "match = ( { payers = ( { payer = \"city\"; } ); cite = \"x\"; } "         \
    ");" STACK_CITY                                                            \
    "examples = ( { id = \"X\"; of = ( \"city\" ); on = \"2024-01-01\";"       \
    " given = ( \"amount = 1000.00\" ); gives = ( \"city = 200.00\" ); } );"

static double real(const Case *c, const char *table, const char *column,
                   size_t row)
{
    const Column *x = table_find(tables_find(c->tables, table), column);
    assert_non_null(x);
    return x->d[row];
}

static FuturesOptions options_of(int years, int threads)
{
    return (FuturesOptions){
        .n = 1000, .seed = 1, .years = years, .threads = threads, .shown = -1};
}

/* A Poisson number of contracts a year, nothing changes from year to year. */
static Table *steady_years(Case *c)
{
    size_t n = 0;
    static char text[MOST][3][32];
    static Contract rows[MOST];
    Stream s = stream_new(5, 5, 5);
    uint64_t next = 0;
    for (int year = 0; year < YEARS; year++) {
        int64_t number =
            counts_mixed(MEAN, 0, stream_new(5, 6, (uint32_t)year), &next);
        for (int64_t k = 0; k < number; k++, n++) {
            uint64_t word = stream_word(s, n);
            assert_true(n < MOST);
            snprintf(text[n][0], 32, "C%05zu", n);
            snprintf(text[n][1], 32, "F%05zu", n);
            snprintf(text[n][2], 32, "%d-%02d-15", 1990 + year,
                     1 + (int)(word % 12));
            rows[n] = (Contract){text[n][0],
                                 text[n][1],
                                 text[n][2],
                                 5000000 + (int64_t)(word >> 40) *
                                               4, /* .05 to .7 million yuan
                                                   */
                                 NULL,
                                 NULL,
                                 "S",
                                 50};
        }
    }
    return case_contracts(c, "contracts", rows, n);
}

/* What is foretold of a year from k years has a variance of v about a mean that
 * itself varies by v / k: P(|Z| < 1.96 / sqrt(1 + 1 / k)) of the years lie
 * within, .8342 and .9383 (R: 2 * pnorm(qnorm(.975) / sqrt(1 + 1 / k)) - 1). */
static void intervals_hold_as_often_as_they_should(void **state)
{
    (void)state;
    static const struct {
        int years;
        double part;
    } cases[] = {{1, 0.8342}, {10, 0.9383}};
    for (size_t k = 0; k < COUNT(cases); k++) {
        Case c = case_open();
        const Outlook plain = OUTLOOK_PLAIN;
        const FuturesOptions options = options_of(cases[k].years, 2);
        const BacktestPlan plan = {case_policy(&c, RULES), "city", NULL_INT};
        ErrCode rc = backtest_run(c.tables, steady_years(&c), &plan, &plain,
                                  &options, &c.err);
        if (rc != OK)
            fail_msg("%s", c.err.text);
        double p = cases[k].part, sd = sqrt(p * (1 - p) / (YEARS - 1));
        assert_true(fabs(real(&c, "backtest_summary", "coverage", 0) - p) <
                    3 * sd);
        assert_true(fabs(real(&c, "backtest_summary", "bias", 0)) <
                    4 * real(&c, "backtest_summary", "bias_se", 0));
        assert_int_equal(tables_find(c.tables, "backtest_years")->rows,
                         YEARS - 1);
        arena_free(c.arena);
    }
}

/* A year that is foretold is that of `subsidy simulate` then. */
static void a_year_is_foretold_as_it_would_have_been(void **state)
{
    (void)state;
    Case c = case_open();
    const Outlook plain = OUTLOOK_PLAIN;
    const FuturesOptions options = options_of(1, 1);
    Policy *policy = case_policy(&c, RULES);
    const BacktestPlan plan = {policy, NULL, NULL_INT};
    const SubsidySide side = {"baseline", {"a", "a"}, NULL, policy};
    const Contract rows[] = {
        {"C1", "F1", "2023-02-01", 10000000, NULL, NULL, "S", 50},
        {"C2", "F2", "2023-03-01", 30000000, NULL, NULL, "S", 50},
        {"C3", "F3", "2024-03-01", 20000000, NULL, NULL, "S", 50}};
    assert_int_equal(backtest_run(c.tables, case_contracts(&c, "all", rows, 3),
                                  &plan, &plain, &options, &c.err),
                     OK);
    assert_int_equal(futures_run(c.tables,
                                 case_contracts(&c, "before", rows, 2), &side,
                                 1, &plain, &options, &c.err),
                     OK);
    assert_true(real(&c, "backtest_years", "predicted", 0) ==
                real(&c, "future_cost", "mean", 2));
    assert_int_equal(
        case_fen(tables_find(c.tables, "backtest_years"), "realised", 0),
        4000000);
    arena_free(c.arena);
}

/* 2022 came to nothing, so that 2023 has nothing to be drawn from. */
static void a_year_without_contracts_came_to_nothing(void **state)
{
    (void)state;
    Case c = case_open();
    const Outlook plain = OUTLOOK_PLAIN;
    const FuturesOptions options = options_of(1, 1);
    const BacktestPlan plan = {case_policy(&c, RULES), NULL, NULL_INT};
    const Contract rows[] = {
        {"C1", "F1", "2021-02-01", 10000000, NULL, NULL, "S", 50},
        {"C2", "F2", "2023-03-01", 30000000, NULL, NULL, "S", 50}};
    assert_int_equal(backtest_run(c.tables,
                                  case_contracts(&c, "contracts", rows, 2),
                                  &plan, &plain, &options, &c.err),
                     OK);
    const Table *t = tables_find(c.tables, "backtest_years");
    assert_int_equal(t->rows, 1);
    assert_int_equal(case_fen(t, "year", 0), 2022);
    assert_int_equal(case_fen(t, "realised", 0), 0);
    arena_free(c.arena);
}

static void what_cannot_be_foretold_is_refused(void **state)
{
    (void)state;
    static const Contract rows[] = {
        {"C1", "F1", "2021-02-01", 10000000, NULL, NULL, "S", 50},
        {"C2", "F2", "2023-03-01", 30000000, NULL, NULL, "S", 50},
        {"C3", "F3", "2024-03-01", 20000000, NULL, NULL, "S", 50},
        {"C4", "F4", NULL, 20000000, NULL, NULL, "S", 50}};
    static const struct {
        size_t first, n;
        const char *payer, *why;
    } wrong[] = {{0, 1, NULL, "no year follows another"},
                 {2, 1, NULL, "no year follows another"},
                 {0, 0, NULL, "no year follows another"},
                 {1, 2, "county", "'county' pays nothing"},
                 {0, 4, NULL, "has no date"}};
    for (size_t k = 0; k < COUNT(wrong); k++) {
        Case c = case_open();
        const Outlook plain = OUTLOOK_PLAIN;
        const FuturesOptions options = options_of(1, 1);
        const BacktestPlan plan = {case_policy(&c, RULES), wrong[k].payer,
                                   NULL_INT};
        assert_int_equal(
            backtest_run(c.tables,
                         case_contracts(&c, "contracts", rows + wrong[k].first,
                                        wrong[k].n),
                         &plan, &plain, &options, &c.err),
            ERR_INPUT);
        assert_non_null(strstr(c.err.text, wrong[k].why));
        arena_free(c.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_as_often_as_they_should),
        cmocka_unit_test(a_year_is_foretold_as_it_would_have_been),
        cmocka_unit_test(a_year_without_contracts_came_to_nothing),
        cmocka_unit_test(what_cannot_be_foretold_is_refused),
    };
    stat_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
