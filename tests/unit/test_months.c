#include "enumerated.h"
#include "stat/chisquare.h"

/* Three loans, two years by months, every one of the 25^3 paths: principals 240
 * 360 480, paid back in 24 equal parts, hazards 10 8 5% a year, independent,
 * the months of a year alike.  Cover 80%; of the covered claim the guarantor
 * pays 3/8, the re-guarantor 4/8 up to 5% of the covered balance of loans alive
 * as the year of the claim opens, counted over its months, the pool 1/8 out of
 * 12 and of 6 that come on 2024-10-15; what either cannot pay goes to the
 * guarantor.  Claims are paid four months after the default; 15% of each comes
 * back five months later and 15% fourteen months later.  Expected values by
 * enumeration in exact rationals, printed to 14 digits.
 * A unit is 1e12 fen, so that rounding to the fen stays below 1e-11 of it. */

static const Loan loans[] = {
    {"L1", "F1", "A", NULL, NULL, INT64_C(240000000000000), 0.10, NAN},
    {"L2", "F2", "A", NULL, NULL, INT64_C(360000000000000), 0.08, NAN},
    {"L3", "F3", "A", NULL, NULL, INT64_C(480000000000000), 0.05, NAN},
};

static const char factors[] =
    "factors = { correlation = \"0\"; groups = "
    "( { asset_correlation = \"0\"; } ); };\n";

static const char scheme[] =
    "scheme = { id = \"tiny\"; basis = \"gross\"; share_base = \"covered\";\n"
    "  cover = \"80%\"; denominator = \"opening_balance\";\n"
    "  parties = ( \"bank\", \"guarantor\", \"reguarantor\", \"pool\" );\n"
    "  layers = ( { shares = ( { party = \"guarantor\"; share = \"3/8\"; },\n"
    "    { party = \"reguarantor\"; share = \"4/8\"; },\n"
    "    { party = \"pool\"; share = \"1/8\"; } ); } );\n"
    "  caps = ( { party = \"reguarantor\"; rate = \"5%\"; period = \"year\";\n"
    "    overflow = \"guarantor\"; } );\n"
    "  balances = ( { party = \"pool\"; opening = \"120000000000.00\";\n"
    "    replenish = ( { on = \"2024-10-15\"; amount = \"60000000000.00\"; } );"
    "    overflow = \"guarantor\"; } );\n"
    "  claim_after_months = 4;\n"
    "  recovery = ( { after_months = 5; share = \"15%\"; },\n"
    "    { after_months = 14; share = \"15%\"; } ); };\n";

static const Known known = {
    {15.6802, 44.819310323642, 12.778533250056, 5.1229564263024},
    {10.97614, 31.373517226549, 8.9449732750389, 3.5860694984117},
    {0.13064444444444, 0.056231355, 0.001119306712963},
    {0.1458962962963, 0.19650308814815, 0.021430029027778},
    {{.95, 158.76, 217.343662969},
     {.99, 248.36, 305.01274425166},
     {.999, 374.36, 411.71079962963}}};

static const double levels[] = {.95, .99, .999};

static void open_loans(Case *c, const Loan list[], size_t n, const char *way,
                       int end)
{
    case_open(c);
    case_loans(c, list, n);
    Column *start = case_column(c, FIELD_started_on);
    Column *matures = case_column(c, FIELD_matures_on);
    Column *how = case_column(c, FIELD_amortisation);
    for (size_t i = 0; i < n; i++) {
        start->i[i] = date_of((DateParts){2024, 3, 1}).days;
        matures->i[i] = date_of((DateParts){end, 3, 1}).days;
        how->s[i] = case_text(c, way);
    }
    c->options.steps = POOL_STEPS_MONTHLY;
}

static int set_up(void **state)
{
    static Case c;
    open_loans(&c, loans, COUNT(loans), "equal_principal", 2026);
    c.options.years = 2;
    *state = &c;
    return case_factors(&c, factors) == OK && case_scheme(&c, scheme) == OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    case_close(*state);
    return 0;
}

enum { STEPS = 24, NEVER = STEPS, PATHS = 25 * 25 * 25 };

/* A scenario in which firms that fail in those years do so in those steps. */
static uint64_t find_scenario(const Model *m, const int step_of[])
{
    for (uint64_t q = 0;; q++) {
        size_t i = 0;
        while (i < COUNT(loans) &&
               (step_of[i] == NEVER ||
                months_step(&m->dues->months, q, (size_t)step_of[i] / 12,
                            enumerated_slot(m, i)) == (size_t)step_of[i]))
            i++;
        if (i == COUNT(loans))
            return q;
    }
}

static void add_path(Sums *s, const Model *m, Worker *k, const int step_of[])
{
    double chance = 1;
    dues_clear(&k->table, find_scenario(m, step_of), 1);
    for (size_t i = 0; i < COUNT(loans); i++) {
        int year = step_of[i] / 12; /* 2: never */
        uint32_t bit = UINT32_C(1) << enumerated_slot(m, i);
        for (int y = 0; y < year; y++)
            chance *= 1 - loans[i].pd;
        if (step_of[i] == NEVER)
            continue;
        chance *= loans[i].pd / 12;
        dues_take(
            &k->table,
            &(EventsTile){.rows = 1, .year = year, .words = 1, .bits = &bit});
    }
    enumerated_add(s, m, k, chance);
}

static void all_paths_of_months_give_the_exact_figures(void **state)
{
    Case *c = *state;
    Model m;
    Worker k = {0};
    static Outcome outcomes[PATHS];
    Sums s = {.outcomes = outcomes};
    assert_int_equal(model_open(&m, c->portfolio, c->factors, c->scheme,
                                &c->options, c->faults, &c->err),
                     OK);
    assert_true(worker_open(&k, &m));
    for (int path = 0; path < PATHS; path++)
        add_path(&s, &m, &k,
                 (const int[]){path % 25, path / 25 % 25, path / 25 / 25});
    enumerated_check(&s, &known);
    worker_close(&k);
    model_close(&m);
}

#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 20000 };
#else
enum { SCENARIOS = 1000000 };
#endif

static void simulated_months_agree_within_their_errors(void **state)
{
    Case *c = *state;
    c->options.scenarios = SCENARIOS;
    case_again(c);
    assert_int_equal(case_run(c), OK);
    enumerated_near(c, &known);
    for (size_t i = 0; i < COUNT(known.tail); i++) {
        double low = case_figure(c, "guarantor", "es", levels[i], "low");
        double high = case_figure(c, "guarantor", "es", levels[i], "high");
        is_near(case_figure(c, "guarantor", "es", levels[i], "value") / UNIT,
                known.tail[i].es, (high - low) / 3.92 / UNIT);
    }
}

/* Contributions of firms to the ES of each party sum to it, to the fen. */
static void contributions_of_months_sum_to_the_shortfall(void **state)
{
    Case *c = *state;
    static const char *const who[] = {"total", "bank", "guarantor",
                                      "reguarantor", "pool"};
    c->options.scenarios = 20000;
    c->options.contributions = "0.99";
    case_again(c);
    assert_int_equal(case_run(c), OK);
    c->options.contributions = NULL;
    const Table *t = tables_find(c->tables, "pool_contributors");
    assert_int_equal(t->rows, COUNT(who) * COUNT(loans));
    for (size_t j = 0; j < COUNT(who); j++) {
        int64_t sum = 0;
        for (size_t i = 0; i < t->rows; i++)
            if (strcmp(table_field(t, FIELD_party)->s[i], who[j]) == 0)
                sum += table_find(t, "contribution")->i[i];
        assert_true(sum > 0);
        assert_close((double)sum, case_figure(c, who[j], "es", .99, "value"),
                     1e-15);
    }
}

/* 120,000 draws, twelve cells; the chance to pass 31.26 is .001. */
static void months_come_alike(void **state)
{
    (void)state;
    enum { DRAWS = 120000 };
    const Book book = {.years = 2, .year_steps = 12, .nslots = 32};
    Months months;
    int count[24] = {0};
    double sum = 0;
    months_open(&months, &book, 20261127);
    for (uint64_t i = 0; i < DRAWS; i++)
        count[months_step(&months, i / 32, 1, i % 32)]++;
    for (int k = 0; k < 12; k++) {
        double off = count[12 + k] - DRAWS / 12.0;
        sum += off * off / (DRAWS / 12.0);
        assert_int_equal(count[k], 0);
    }
    assert_true(sum < 31.26);
    assert_close(1 - chisquare_cdf(31.26, 11), 0.001, 0.01);
}

/* Forty firms of odd principals, due after all is over. */
static void open_bullets(Case *c, const char *of_scheme)
{
    enum { FIRMS = 40 };
    Loan list[FIRMS];
    static char names[FIRMS][16];
    for (int i = 0; i < FIRMS; i++) {
        snprintf(names[i], sizeof names[i], "F%d", i);
        list[i] = (Loan){names[i],
                         names[i],
                         "A",
                         NULL,
                         NULL,
                         INT64_C(7919003) * (i + 3),
                         0.01 + 0.002 * i,
                         0.55};
    }
    open_loans(c, list, FIRMS, "bullet", 2050);
    c->options.years = 3;
    c->options.scenarios = 3000;
    c->options.steps = POOL_STEPS_YEARLY;
    assert_int_equal(
        case_factors(
            c,
            "factors = { correlation = \"0.3\"; autoregression = \"0.5\"; "
            "groups = ( { asset_correlation = \"0.2\"; } ); };"),
        OK);
    if (of_scheme != NULL)
        assert_int_equal(case_scheme(c, of_scheme), OK);
}

/* Loans that nothing is paid of lose the same in whichever month. */
static void months_move_no_default_out_of_its_year(void **state)
{
    (void)state;
    static const char *const measures[] = {"var", "es", "ul"};
    Case c;
    double was[9];
    open_bullets(&c, NULL);
    for (int run = 0; run < 2; run++) {
        case_again(&c);
        assert_int_equal(case_run(&c), OK);
        for (size_t i = 0; i < 9; i++) {
            double x = case_figure(&c, "total", measures[i % 3], levels[i / 3],
                                   "value");
            assert_true(run == 0 || x == was[i]);
            was[i] = x;
        }
        c.options.steps = POOL_STEPS_MONTHLY;
    }
    case_close(&c);
}

/* The story of one scenario by both steps: the same firms in the same years,
 * each in a month of it, in the order of time. */
static void a_story_tells_the_months(void **state)
{
    (void)state;
    Case c;
    open_bullets(&c, NULL);
    c.scheme = NULL;
    uint64_t seen = 0;
    for (uint64_t q = 0; q < 30; q++) {
        const Table *t[2];
        for (int run = 0; run < 2; run++) {
            case_again(&c);
            c.options.steps = run ? POOL_STEPS_MONTHLY : POOL_STEPS_YEARLY;
            assert_int_equal(pool_replay(c.tables, c.portfolio, c.factors, NULL,
                                         &c.options, q, c.faults, &c.err),
                             OK);
            t[run] = tables_find(c.tables, "pool_story");
        }
        assert_null(table_find(t[0], "month"));
        assert_int_equal(t[0]->rows, t[1]->rows);
        int64_t sum[2] = {0}, last = 0;
        for (size_t i = 0; i < t[0]->rows; i++) {
            int64_t month = table_find(t[1], "month")->i[i];
            int64_t year = table_field(t[1], FIELD_year)->i[i];
            assert_true(month >= 1 && month <= 12);
            assert_true(12 * year + month >= last);
            last = 12 * year + month;
            for (int run = 0; run < 2; run++)
                sum[run] += table_field(t[run], FIELD_outstanding)->i[i] *
                            table_field(t[run], FIELD_year)->i[i];
            seen |= UINT64_C(1) << month;
        }
        assert_int_equal(sum[0], sum[1]);
    }
    assert_int_equal(seen, 0x1FFE); /* each of the twelve */
    case_close(&c);
}

/* One year, one loan of 1,200.00 with 12 months to go, all lost: it stands at
 * 1,200, 1,100, ... as the months open, 650 in the mean; as the year opens at
 * 1,200. */
static void what_was_paid_back_is_not_lost(void **state)
{
    (void)state;
    static const Loan one[] = {{"L1", "F1", "A", NULL, NULL, 120000, 0.25, 1}};
    static const double want[] = {0.25 * 120000, 0.25 * 65000};
    for (int run = 0; run < 2; run++) {
        Case c;
        open_loans(&c, one, 1, "equal_principal", 2025);
        assert_int_equal(case_factors(&c, factors), OK);
        c.options.steps = run ? POOL_STEPS_MONTHLY : POOL_STEPS_YEARLY;
        assert_int_equal(case_run(&c), OK);
        assert_close(case_figure(&c, "total", "el_exact", 0, "value"),
                     want[run], 1e-15);
        is_near(case_figure(&c, "total", "el", 0, "value"), want[run],
                case_figure(&c, "total", "el", 0, "se"));
        case_close(&c);
    }
}

/* A firm's second loan starts in November; the first is of March and stands for
 * all the year.  The firm fails for certain: in the second half of a year of
 * twelve months after the loan's start, 2025-01 and 2025-02 (two of twelve:
 * November's own defaults come before the loan's first opening of a month,
 * 2024-12), with both, else with one.  So the mean claim is 1,000 + 300 x 3/12.
 * The cap is a tenth of the new business, which is there when the firm fails
 * after October: in 4 of 12 months. */
static void new_business_is_of_firms_that_still_stand(void **state)
{
    (void)state;
    static const Loan two[] = {{"L1", "F1", "A", NULL, NULL, 100000, 1, 1},
                               {"L2", "F1", "A", NULL, NULL, 30000, 1, 1}};
    Case c;
    open_loans(&c, two, 2, "bullet", 2030);
    table_field(c.portfolio, FIELD_started_on);
    Column *start =
        (Column *)(uintptr_t)table_field(c.portfolio, FIELD_started_on);
    start->i[1] = date_of((DateParts){2024, 11, 10}).days;
    c.options.as_of = date_of((DateParts){2024, 3, 1});
    assert_int_equal(case_factors(&c, factors), OK);
    assert_int_equal(
        case_scheme(&c,
                    "scheme = { id = \"n\"; basis = \"net\"; share_base = "
                    "\"principal\"; parties = ( \"bank\", \"pool\" ); "
                    "layers = ( { shares = ( { party = \"pool\"; share = "
                    "\"100%\"; } ); } ); caps = ( { party = \"pool\"; rate "
                    "= \"10%\"; denominator = \"new_business\"; overflow = "
                    "\"bank\"; } ); };"),
        OK);
    assert_int_equal(case_run(&c), OK);
    is_near(case_figure(&c, "total", "el", 0, "value"),
            100000 + 30000 * 3 / 12.0, case_figure(&c, "total", "el", 0, "se"));
    is_near(case_figure(&c, "pool", "el", 0, "value"), 3000 * 4 / 12.0,
            case_figure(&c, "pool", "el", 0, "se"));
    case_close(&c);
}

#define BY_LAYERS(clauses)                                                     \
    "scheme = { id = \"n\"; basis = \"gross\"; share_base = \"principal\"; "   \
    "parties = ( \"bank\", \"pool\" ); denominator = \"opening_book\"; "       \
    "layers = ( { upto = \"3%\"; shares = ( { party = \"pool\"; share = "      \
    "\"100%\"; } ); }, { shares = ( { party = \"bank\"; share = \"100%\"; } "  \
    "); } ); " clauses "};"

/* What is asked for within a year does not hang on the order of its months, but
 * for the rounding of each: the exact distribution of yearly steps holds. */
static void one_year_has_its_exact_twin_by_months_too(void **state)
{
    (void)state;
    static const char *const measures[] = {"el", "sd"};
    double was[4];
    for (int run = 0; run < 2; run++) {
        Case c;
        open_bullets(&c, BY_LAYERS(""));
        c.options.years = 1;
        c.options.exact = POOL_EXACT_CHEAP;
        c.options.steps = run ? POOL_STEPS_MONTHLY : POOL_STEPS_YEARLY;
        Column *lgd = (Column *)(uintptr_t)table_field(c.portfolio, FIELD_lgd);
        for (size_t i = 0; i < c.portfolio->rows; i++)
            lgd->d[i] = 1;
        assert_int_equal(case_run(&c), OK);
        for (int i = 0; i < 4; i++) {
            double x =
                case_exact(&c, i < 2 ? "total" : "pool", measures[i % 2], 0);
            assert_true(run == 0 || x == was[i]);
            was[i] = x;
        }
        case_close(&c);
    }
}

/* Why there is no exact distribution, or none of parties. */
static void what_has_no_exact_twin_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *scheme, *way, *why;
    } rows[] = {
        {BY_LAYERS("balances = ( { party = \"pool\"; opening = \"1000.00\"; "
                   "overflow = \"bank\"; } ); recovery = ( { after_months = 6; "
                   "share = \"100%\"; } ); "),
         "bullet",
         "funds are filled again within the year, so by monthly steps the "
         "parties have no exact distribution"},
    };
    static const Loan list[] = {
        {"L1", "F1", "A", NULL, NULL, 120000, 0.25, 0.5},
        {"L2", "F2", "A", NULL, NULL, 120000, 0.25, 0.5}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c;
        open_loans(&c, list, 2, rows[i].way, 2050);
        c.options.exact = POOL_EXACT_CHEAP;
        assert_int_equal(case_factors(&c, factors), OK);
        assert_int_equal(case_scheme(&c, rows[i].scheme), OK);
        assert_int_equal(case_run(&c), OK);
        const Table *t = tables_find(c.tables, "pool_exact_reason");
        assert_non_null(t);
        assert_string_equal(table_find(t, "reason")->s[0], rows[i].why);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_paths_of_months_give_the_exact_figures),
        cmocka_unit_test(simulated_months_agree_within_their_errors),
        cmocka_unit_test(contributions_of_months_sum_to_the_shortfall),
        cmocka_unit_test(months_come_alike),
        cmocka_unit_test(months_move_no_default_out_of_its_year),
        cmocka_unit_test(a_story_tells_the_months),
        cmocka_unit_test(what_was_paid_back_is_not_lost),
        cmocka_unit_test(new_business_is_of_firms_that_still_stand),
        cmocka_unit_test(one_year_has_its_exact_twin_by_months_too),
        cmocka_unit_test(what_has_no_exact_twin_is_told),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, set_up, tear_down);
}
