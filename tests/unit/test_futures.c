/* Simulated years: moments of compound sums, years paid again by the rules. */
#include "contracts.h"
#include "stat/counts.h"
#include "stat/setup.h"
#include "subsidy/futures.h"

enum { ROWS = 200, YEARS = 4000 };

#define MONTHLY 0.298309379028412
#define YEARLY  0.174632702133675

/* Contracts of one year, from 300,000 to 30 million yuan with a heavy tail;
 * firms have several. */
static Table *contracts(Case *c)
{
    static const char *const counties[] = {"随县", "广水", "曾都", "高新区"};
    static char text[ROWS][3][24];
    Contract rows[ROWS];
    uint64_t chance = 20231231;
    for (size_t i = 0; i < ROWS; i++) {
        chance = chance * UINT64_C(6364136223846793005) +
                 UINT64_C(1442695040888963407); /* Knuth's MMIX generator */
        int day = (int)(chance >> 40) % 336;
        snprintf(text[i][0], 24, "C%03zu", i);
        snprintf(text[i][1], 24, "F%d", (int)(chance >> 33) % 41);
        snprintf(text[i][2], 24, "2024-%02d-%02d", 1 + day / 28, 1 + day % 28);
        rows[i] = (Contract){text[i][0],
                             text[i][1],
                             text[i][2],
                             INT64_C(3000000000000) /
                                 (int64_t)(1000 + (chance >> 20) % 100000),
                             counties[(chance >> 50) % 4],
                             NULL,
                             "S",
                             (double)(chance >> 30 & 63)};
    }
    return case_contracts(c, "contracts", rows, ROWS);
}

static FuturesOptions options_of(uint32_t n)
{
    return (FuturesOptions){
        .n = n, .seed = 1, .years = 1, .threads = 2, .shown = -1};
}

static const Outlook busy = {.by_county = 1,
                             .dispersion = 0.05,
                             .growth = {0.1, 0.05},
                             .prices = {0.03, 0.02},
                             .response = {1.2, 0.3},
                             .has_gaming = 1,
                             .gaming = 0.4,
                             .within = 100000000,
                             .value = VALUE_FIT,
                             .tail_from = 100000000};

static double real(const Case *c, const char *table, const char *column,
                   size_t row)
{
    const Column *x = table_find(tables_find(c->tables, table), column);
    assert_non_null(x);
    return x->d[row];
}

static int64_t whole(const Case *c, const char *table, const char *column,
                     size_t row)
{
    const Column *x = table_find(tables_find(c->tables, table), column);
    assert_non_null(x);
    return x->i[row];
}

/* A Poisson number N of contracts drawn with equal chance from x[n]: the mean
 * is the sum of x, the variance the sum of x^2 (Klugman, Panjer, Willmot, Loss
 * Models, 9.3), for mean N = n. */
static void costs_have_the_moments_of_a_compound_sum(void **state)
{
    (void)state;
    Case c = case_open();
    Table *t = contracts(&c);
    double sum = 0, squares = 0;
    const Outlook plain = OUTLOOK_PLAIN;
    const FuturesOptions options = options_of(YEARS);
    Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY
                                 "match = ( { payers = ( { payer = \"city\";"
                                 " } ); cite = \"x\"; } );");
    const SubsidySide side = {"baseline", {"a", "a"}, NULL, policy};
    for (size_t i = 0; i < t->rows; i++) {
        int64_t fen = case_fen(t, "amount", i);
        double x = fen >= 10000 ? (double)((fen + 2) / 5) : 0;
        sum += x;
        squares += x * x;
    }
    assert_int_equal(
        futures_run(c.tables, t, &side, 1, &plain, &options, &c.err), OK);
    double mean = real(&c, "future_cost", "mean", 2), sd = sqrt(squares);
    assert_true(fabs(mean - sum) < 3.5 * sd / sqrt(YEARS));
    assert_true(fabs(real(&c, "future_cost", "sd", 2) / sd - 1) <
                3.5 / sqrt(2 * YEARS));
    assert_true(fabs(real(&c, "future_counts", "mean", 0) - ROWS) <
                3.5 * sqrt((double)ROWS / YEARS));
    arena_free(c.arena);
}

static void numbers_have_their_mean_and_variance(void **state)
{
    (void)state;
    enum { N = 20000 };
    static const double means[] = {0, 0.3, 7, 700, 5000};
    static const double dispersions[] = {0, 0.0015, 0.5};
    for (size_t k = 0; k < COUNT(means); k++)
        for (size_t d = 0; d < COUNT(dispersions); d++) {
            double m = means[k], v = m + dispersions[d] * m * m, s = 0, q = 0;
            for (uint32_t i = 0; i < N; i++) {
                uint64_t next = 0;
                double x = (double)counts_mixed(m, dispersions[d],
                                                stream_new(9, 9, i), &next) -
                           m;
                s += x / N;
                q += x * x / N;
            }
            assert_true(fabs(s) <= 4 * sqrt(v / N));
            assert_true(fabs(q - v) <= 0.06 * v);
        }
}

/* Any year, written and paid by the rules, comes to what was simulated. */
static void a_simulated_year_is_paid_to_the_same_fen(void **state)
{
    (void)state;
    static const char *const scenarios[] = {NULL, "tiers", "steps", "pro-rata"};
    static const uint32_t years[] = {0, 7, 99};
    for (size_t y = 0; y < COUNT(years); y++) {
        Case c = case_open();
        SubsidySide side[COUNT(scenarios)];
        Policy *base = case_rules(&c, "rules/subsidy/suizhou/transfer.cfg");
        FuturesOptions options = options_of(100);
        options.shown = years[y];
        for (size_t k = 0; k < COUNT(scenarios); k++) {
            Policy *policy = base;
            if (k > 0)
                assert_int_equal(policy_scenario(&policy, base, scenarios[k],
                                                 c.faults, &c.err),
                                 OK);
            if (k < 3) /* so that the city's fund is short now and then */
            {
                ErrCode rc =
                    policy_changed(&policy, c.arena, policy,
                                   &(PolicyChange){"city_fund", "6000万"}, 1,
                                   c.faults, &c.err);
                if (rc != OK)
                    fail_msg("%s", c.err.text);
            }
            side[k] = (SubsidySide){
                k > 0 ? scenarios[k] : "baseline", {"a", "a"}, NULL, policy};
        }
        Table *t = contracts(&c);
        assert_int_equal(futures_run(c.tables, t, side, COUNT(side), &busy,
                                     &options, &c.err),
                         OK);
        for (size_t k = 0; k < COUNT(side); k++) {
            Table *of_year;
            int64_t paid = 0, claimed = 0;
            assert_int_equal(futures_year(&of_year, c.tables, t, side,
                                          COUNT(side), k, years[y], &busy,
                                          &options, &c.err),
                             OK);
            assert_int_equal(
                subsidy_apply(of_year, side[k].policy, (Date){0}, &c.err), OK);
            for (size_t i = 0; i < of_year->rows; i++) {
                paid += case_fen(of_year, "paid", i);
                claimed += case_fen(of_year, "claimed", i);
            }
            assert_true(paid > 0);
            assert_int_equal(paid, whole(&c, "future_years", "paid", k));
            assert_int_equal(claimed, whole(&c, "future_years", "claimed", k));
            assert_int_equal(of_year->rows,
                             whole(&c, "future_years", "contracts", k));
        }
        arena_free(c.arena);
    }
}

#define JOINED(allocation)                                                     \
    POLICY_FLAT STACK_CITY                                                     \
        "match = ( { counties = ( \"随县\", \"广水\" ); cite = \"x\";"     \
        " payers = ( { payer = \"city\"; share = \"70%\"; },"                  \
        " { payer = \"county\"; share = \"30%\"; } ); },"                      \
        " { payers = ( { payer = \"city\"; } ); cite = \"x\"; } );"            \
        "limits = ( { id = \"L2\"; scope = \"firm_year\"; cap = \"300万\";"   \
        " cite = \"x\"; }, { id = \"L3\"; scope = \"firm_count_year\";"        \
        " count = 3; queue = \"score\"; cite = \"x\"; } );"                    \
        "budget = ( { payer = \"city\"; amount = \"5000万\"; cite = \"x\";"   \
        " allocation = \"" allocation                                          \
        "\"; seed = 3; },"                                                     \
        " { payer = \"county\"; county = \"广水\"; amount = \"300万\";"     \
        " cite = \"x\"; allocation = \"" allocation "\"; seed = 3; } );"

/* The same where claims hang on one another: payers by county, limits of firms
 * and by score, short budgets with queues. */
static void joined_years_are_paid_to_the_same_fen(void **state)
{
    (void)state;
    static const char *const texts[] = {JOINED("ranked"), JOINED("pro_rata"),
                                        JOINED("lottery")};
    const Outlook answering = {.response = {1.2, 0.3}};
    for (size_t k = 0; k < COUNT(texts); k++) {
        Case c = case_open();
        FuturesOptions options = options_of(100);
        Table *of_year, *t = contracts(&c);
        options.shown = 7;
        const SubsidySide side[] = {
            {"flat",
             {"a", "a"},
             NULL,
             case_policy(&c, POLICY_FLAT STACK_CITY
                         "match = ( { payers = ( { payer = "
                         "\"city\"; } ); cite = \"x\"; } );")},
            {"joined", {"a", "a"}, NULL, case_policy(&c, texts[k])}};
        assert_int_equal(
            futures_run(c.tables, t, side, 2, &answering, &options, &c.err),
            OK);
        assert_int_equal(futures_year(&of_year, c.tables, t, side, 2, 1, 7,
                                      &answering, &options, &c.err),
                         OK);
        assert_int_equal(
            subsidy_apply(of_year, side[1].policy, (Date){0}, &c.err), OK);
        int64_t paid = 0, cut = 0;
        for (size_t i = 0; i < of_year->rows; i++) {
            paid += case_fen(of_year, "paid", i);
            cut += case_fen(of_year, "cut_by_budget", i);
        }
        assert_true(cut > 0);
        assert_int_equal(paid, whole(&c, "future_years", "paid", 1));
        assert_int_equal(paid + cut, whole(&c, "future_years", "wanted", 1));
        arena_free(c.arena);
    }
}

/* One rate by bracket, 10% and from 60,000 yuan on 20%.  If 20 of 40 within
 * reach belonged below and half of them went over, 10 are left there. */
static void stepping_is_seen_from_the_poorer_side(void **state)
{
    (void)state;
    enum { UNDER = 10, OVER = 30 };
    static char text[UNDER + OVER][2][24];
    Contract rows[UNDER + OVER];
    Case c = case_open();
    const Outlook seen = {
        .has_gaming = 1, .gaming_is_seen = 1, .within = 100000000};
    const FuturesOptions options = options_of(100);
    Policy *policy = case_policy(
        &c, POLICY_HEAD STACK_CITY
        "match = ( { payers = ( { payer = \"city\"; } ); cite = \"x\"; } );"
        "scales = ( { name = \"city\"; kind = \"single_rate\"; cite = \"x\";"
        " on = \"amount\"; cliffs = \"known\"; brackets = ("
        " { from = \"0\"; rate = \"10%\"; },"
        " { from = \"6万\"; rate = \"20%\"; } ); } );"
        "outputs = ( \"city\" ); examples = ( { id = \"X\";"
        " of = ( \"city\", \"E1\" ); on = \"2024-01-01\";"
        " given = ( \"amount = 1000.00\" );"
        " gives = ( \"city = 100.00\" ); } );");
    const SubsidySide side = {"baseline", {"a", "a"}, NULL, policy};
    for (size_t i = 0; i < COUNT(rows); i++) {
        snprintf(text[i][0], 24, "C%03zu", i);
        snprintf(text[i][1], 24, "F%03zu", i);
        rows[i] = (Contract){
            text[i][0], text[i][1], "2024-05-06", i < UNDER ? 5900000 : 6100000,
            "随县",     NULL,       "S",          50};
    }
    Table *t = case_contracts(&c, "contracts", rows, COUNT(rows));
    assert_int_equal(
        futures_run(c.tables, t, &side, 1, &seen, &options, &c.err), OK);
    assert_int_equal(whole(&c, "future_gaming", "under", 0), UNDER);
    assert_int_equal(whole(&c, "future_gaming", "over", 0), OVER);
    assert_true(fabs(real(&c, "future_gaming", "share", 0) - 0.5) < 1e-15);
    /* 1 - 2 q of Wilson's interval of 10 in 40, .14187 to .40194 (JASA 22
     * (1927), computed in Python) */
    assert_true(fabs(real(&c, "future_gaming", "high", 0) - 0.7162576) < 1e-6);
    assert_true(fabs(real(&c, "future_gaming", "low", 0) - 0.1961208) < 1e-6);
    arena_free(c.arena);
}

/* number[periods] contracts of as many months of 2024, or of years up to it. */
static Table *numbered(Case *c, const int number[], int periods, int by_month)
{
    static char text[ROWS * 2][2][24];
    Contract rows[ROWS * 2];
    size_t n = 0;
    for (int k = 0; k < periods; k++)
        for (int i = 0; i < number[k]; i++, n++) {
            snprintf(text[n][0], 24, "C%03zu", n);
            snprintf(text[n][1], 24, "%d-%02d-01",
                     by_month ? 2024 : 2025 - periods + k,
                     by_month ? 1 + k : 7);
            rows[n] = (Contract){text[n][0], "F1", text[n][1], 5900000,
                                 "随县",     NULL, "S",        50};
        }
    return case_contracts(c, "contracts", rows, n);
}

/* Dispersions of those numbers by Python's mpmath 1.3 in 40 digits; of a year
 * a twelfth where they are of months, and simulated years vary by it. */
static void a_number_is_fitted_by_month_and_by_year(void **state)
{
    (void)state;
    static const int number[] = {12, 30, 7, 19, 25, 41, 3, 16, 22, 28, 9, 14};
    static const struct {
        int periods, years, by_month;
        double dispersion, of_year;
        const char *per;
    } known[] = {{12, 3, 1, MONTHLY, MONTHLY / 12, "month"},
                 {5, 5, 0, YEARLY, YEARLY, "year"}};
    const Outlook fitted = {.is_counted = 1};
    for (size_t k = 0; k < COUNT(known); k++) {
        Case c = case_open();
        FuturesOptions options = options_of(YEARS);
        options.years = known[k].years;
        Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY
                                     "match = ( { payers = ( { payer = "
                                     "\"city\"; } ); cite = \"x\"; } );");
        const SubsidySide side = {"baseline", {"a", "a"}, NULL, policy};
        Table *t = numbered(&c, number, known[k].periods, known[k].by_month);
        ErrCode rc =
            futures_run(c.tables, t, &side, 1, &fitted, &options, &c.err);
        if (rc != OK)
            fail_msg("%s", c.err.text);
        const Table *fits = tables_find(c.tables, "future_numbers");
        assert_string_equal(table_find(fits, "per")->s[1], known[k].per);
        assert_int_equal(whole(&c, "future_numbers", "chosen", 1), 1);
        assert_true(fabs(real(&c, "future_numbers", "dispersion", 1) -
                         known[k].dispersion) < 1e-11);
        double m = (double)t->rows / (known[k].by_month ? 1 : 5);
        double d = known[k].of_year, sd = sqrt(m + d * m * m);
        assert_true(fabs(real(&c, "future_numbers", "year_dispersion", 1) - d) <
                    1e-11);
        assert_true(fabs(real(&c, "future_counts", "mean", 0) - m) <
                    3.5 * sd / sqrt(YEARS));
        assert_true(fabs(real(&c, "future_counts", "sd", 0) / sd - 1) < 0.05);
        arena_free(c.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_have_the_moments_of_a_compound_sum),
        cmocka_unit_test(numbers_have_their_mean_and_variance),
        cmocka_unit_test(a_simulated_year_is_paid_to_the_same_fen),
        cmocka_unit_test(joined_years_are_paid_to_the_same_fen),
        cmocka_unit_test(a_number_is_fitted_by_month_and_by_year),
        cmocka_unit_test(stepping_is_seen_from_the_poorer_side),
    };
    stat_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
