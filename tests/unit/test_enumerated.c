#include "enumerated.h"
#include "stat/sample.h"

/* Five loans, three years, every one of the 4^5 paths: principals 300 240 180
 * 150 120, hazards 10 8 6 5 4% a year, independent; balances 1, 2/3, 1/3 as
 * the years open.  Cover 80%; of the covered claim the guarantor pays 3/8, the
 * re-guarantor 4/8 up to 4/8 x 10% of the covered balance of loans alive as
 * the year opens, the pool 1/8 out of 12; what either cannot pay goes to the
 * guarantor.  30% of each claim comes back a year later.  Expected values by
 * enumeration in exact rationals, printed to 12 decimals.
 * A unit is 1e12 fen, so that rounding to the fen stays below 1e-11 of it. */

static const Loan loans[] = {
    {"L1", "F1", "A", NULL, NULL, INT64_C(300000000000000), 0.10, NAN},
    {"L2", "F2", "A", NULL, NULL, INT64_C(240000000000000), 0.08, NAN},
    {"L3", "F3", "A", NULL, NULL, INT64_C(180000000000000), 0.06, NAN},
    {"L4", "F4", "A", NULL, NULL, INT64_C(150000000000000), 0.05, NAN},
    {"L5", "F5", "A", NULL, NULL, INT64_C(120000000000000), 0.04, NAN},
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
    "    overflow = \"guarantor\"; } );\n"
    "  recovery = ( { after_months = 12; share = \"30%\"; } ); };\n";

static const Known known = {
    {27.418946, 80.860913329556, 21.222707804555, 7.592162865889},
    {19.1932622, 56.602639330689, 14.855895463188, 5.314514006122},
    {.260596, .134006017624, .037694110995},
    {.29017216, .271403115384, .253822093106},
    {{.95, 186.564, 233.953399859},
     {.99, 266.28, 298.268088025},
     {.999, 350.28, 375.610555377}}};

static int set_up(void **state)
{
    static Case c;
    case_open(&c);
    case_loans(&c, loans, COUNT(loans));
    Column *start = case_column(&c, FIELD_started_on);
    Column *end = case_column(&c, FIELD_matures_on);
    Column *way = case_column(&c, FIELD_amortisation);
    for (size_t i = 0; i < COUNT(loans); i++) {
        start->i[i] = date_of((DateParts){2024, 3, 1}).days;
        end->i[i] = date_of((DateParts){2027, 3, 1}).days;
        way->s[i] = case_text(&c, "equal_principal");
    }
    c.options.years = 3;
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

enum { PATHS = 4 * 4 * 4 * 4 * 4 };

static void add_path(Sums *s, const Model *m, Worker *k, int path)
{
    double chance = 1;
    dues_clear(&k->table, 0, 1);
    for (size_t i = 0; i < COUNT(loans); i++, path /= 4) {
        int year = path % 4; /* 3: never */
        uint32_t bit = UINT32_C(1) << enumerated_slot(m, i);
        for (int y = 0; y < 3 && y < year; y++)
            chance *= 1 - loans[i].pd;
        chance *= year < 3 ? loans[i].pd : 1;
        if (year < 3)
            dues_take(&k->table,
                      &(EventsTile){
                          .rows = 1, .year = year, .words = 1, .bits = &bit});
    }
    enumerated_add(s, m, k, chance);
}

static void all_paths_give_the_exact_figures(void **state)
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
        add_path(&s, &m, &k, path);
    enumerated_check(&s, &known);
    worker_close(&k);
    model_close(&m);
}

#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 20000 };
#else
enum { SCENARIOS = 1000000 };
#endif

static void simulation_agrees_within_its_errors(void **state)
{
    Case *c = *state;
    c->options.scenarios = SCENARIOS;
    case_again(c);
    assert_int_equal(case_run(c), OK);
    enumerated_near(c, &known);
    const Table *time = tables_find(c->tables, "pool_ruin_time");
    const double *dry = known.dry;
    double ever = dry[0] + dry[1] + dry[2];
    double high = table_find(time, "mean_year_high")->d[0];
    double mean = table_find(time, "mean_year")->d[0];
    is_near(table_find(time, "probability")->d[0], ever,
            table_find(time, "se")->d[0]);
    is_near(mean, (dry[0] + 2 * dry[1] + 3 * dry[2]) / ever,
            (high - mean) / 1.96);
    double el = 0;
    for (int j = 0; j < 4; j++)
        el += case_figure(c, enumerated_parties[j], "el", 0, "value");
    assert_close(case_figure(c, "total", "el", 0, "value"), el, 1e-12);
}

/* The bank pays a fifth of a default in the year it happens: the variance of
 * its first year is .04 times the sum of P^2 p (1 - p), 631.537196; .3 of it
 * comes back a year later; the pool's balance moves as it pays. */
static void means_by_year_have_their_errors(void **state)
{
    Case *c = *state;
    const double error = sqrt(631.537196 / SCENARIOS);
    const Table *t = tables_find(c->tables, "pool_years");
    const Column *paid = table_find(t, "paid_se");
    const Column *back = table_find(t, "recovered_se");
    const Column *balance = table_find(t, "balance_se");
    size_t run = t->rows / 4;
    assert_close((double)paid->i[0] / UNIT, error, 0.02);
    assert_close((double)back->i[1] / UNIT, .3 * error, 0.02);
    assert_int_equal(back->i[0], 0);
    assert_int_equal(balance->i[0], NULL_INT);
    assert_int_equal(balance->i[3 * run], paid->i[3 * run]);
    const Table *d = tables_find(c->tables, "pool_distribution");
    Figure share =
        sample_share((uint64_t)table_find(d, "count")->i[0], SCENARIOS);
    assert_true(table_find(d, "low")->d[0] == share.low);
    assert_true(table_find(d, "high")->d[0] == share.high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_paths_give_the_exact_figures),
        cmocka_unit_test(simulation_agrees_within_its_errors),
        cmocka_unit_test(means_by_year_have_their_errors),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, set_up, tear_down);
}
