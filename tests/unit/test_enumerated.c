#include "check.h"

#include "book.h"
#include "pool/model.h"
#include "stat/sample.h"

/* Five loans, three years, every one of the 4^5 paths: principals 300 240 180
 * 150 120, hazards 10 8 6 5 4% a year, independent; balances 1, 2/3, 1/3 as
 * the years open.  Cover 80%; of the covered claim the guarantor pays 3/8, the
 * re-guarantor 4/8 up to 4/8 x 10% of the covered balance of loans alive as
 * the year opens, the pool 1/8 out of 12; what either cannot pay goes to the
 * guarantor.  30% of each claim comes back a year later.  Expected values by
 * enumeration in exact rationals, printed to 12 decimals.
 * A unit is 1e12 fen, so that rounding to the fen stays below 1e-11 of it. */
#define UNIT 1e12

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

static const char *const parties[] = {"bank", "guarantor", "reguarantor",
                                      "pool"};
static const double gross[] = {27.418946, 80.860913329556, 21.222707804555,
                               7.592162865889};
static const double net[] = {19.1932622, 56.602639330689, 14.855895463188,
                             5.314514006122};
static const double dry[] = {.260596, .134006017624, .037694110995};
static const double capped[] = {.29017216, .271403115384, .253822093106};

static const struct {
    double level, var, es;
} tails[] = {{.95, 186.564, 233.953399859},
             {.99, 266.28, 298.268088025},
             {.999, 350.28, 375.610555377}};

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

/* The guarantor's net payment and the chance of each path. */
typedef struct {
    int64_t loss;
    double chance;
} Outcome;

typedef struct {
    double gross[4], net[4], dry[3], capped[3];
    Outcome outcomes[PATHS];
} Sums;

/* The slot of each loan: the order is by pd. */
static uint32_t slot_of(const Model *m, size_t loan)
{
    for (size_t k = 0; k < m->book->nloans; k++)
        if (m->book->loans[k].row == loan)
            return m->book->loans[k].slot;
    fail();
    return 0;
}

static void add_path(Sums *s, const Model *m, Worker *k, int path)
{
    double chance = 1;
    dues_clear(&k->table, 0, 1);
    for (size_t i = 0; i < COUNT(loans); i++, path /= 4) {
        int year = path % 4; /* 3: never */
        uint32_t bit = UINT32_C(1) << slot_of(m, i);
        for (int y = 0; y < 3 && y < year; y++)
            chance *= 1 - loans[i].pd;
        chance *= year < 3 ? loans[i].pd : 1;
        if (year < 3)
            dues_take(&k->table,
                      &(EventsTile){
                          .rows = 1, .year = year, .words = 1, .bits = &bit});
    }
    model_path(m, k, 0);
    int was_dry = 0;
    for (int y = 0; y < 3; y++) {
        s->dry[y] += !was_dry && k->path.year[y].dry >> 3 & 1 ? chance : 0;
        was_dry |= (int)(k->path.year[y].dry >> 3 & 1);
        s->capped[y] += k->path.year[y].capped >> 2 & 1 ? chance : 0;
    }
    for (int j = 0; j < 4; j++) {
        s->gross[j] += chance * (double)k->path.gross[j] / UNIT;
        s->net[j] += chance * (double)k->path.net[j] / UNIT;
    }
    static int n;
    s->outcomes[n++ % PATHS] = (Outcome){k->path.net[1], chance};
}

static int by_loss(const void *a, const void *b)
{
    const Outcome *x = a, *y = b;
    return x->loss < y->loss ? -1 : x->loss > y->loss;
}

/* VaR: the first loss at which `level` is reached; ES beyond it. */
static void check_tail(const Outcome o[], double level, double var, double es)
{
    double sum = 0, beyond = 0;
    size_t at = 0;
    while (sum + o[at].chance < level - 1e-12)
        sum += o[at++].chance;
    for (size_t i = at; i < PATHS; i++)
        beyond += o[i].chance * (double)(o[i].loss - o[at].loss) / UNIT;
    assert_close((double)o[at].loss / UNIT, var, 1e-12);
    assert_close((double)o[at].loss / UNIT + beyond / (1 - level), es, 1e-11);
}

static void all_paths_give_the_exact_figures(void **state)
{
    Case *c = *state;
    Model m;
    Worker k = {0};
    static Sums s;
    assert_int_equal(model_open(&m, c->portfolio, c->factors, c->scheme,
                                &c->options, c->faults, &c->err),
                     OK);
    assert_true(worker_open(&k, &m));
    for (int path = 0; path < PATHS; path++)
        add_path(&s, &m, &k, path);
    for (int j = 0; j < 4; j++) {
        assert_close(s.gross[j], gross[j], 1e-12);
        assert_close(s.net[j], net[j], 1e-12);
    }
    for (int y = 0; y < 3; y++) {
        assert_close(s.dry[y], dry[y], 1e-11);
        assert_close(s.capped[y], capped[y], 1e-11);
    }
    qsort(s.outcomes, PATHS, sizeof *s.outcomes, by_loss);
    for (size_t i = 0; i < COUNT(tails); i++)
        check_tail(s.outcomes, tails[i].level, tails[i].var, tails[i].es);
    worker_close(&k);
    model_close(&m);
}

#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 20000 };
#else
enum { SCENARIOS = 1000000 };
#endif

static void is_near(double got, double want, double se)
{
    if (!(fabs(got - want) < 4 * se))
        print_error("%.12g is not near %.12g, error %.3g\n", got, want, se);
    assert_true(fabs(got - want) < 4 * se);
}

static void simulation_agrees_within_its_errors(void **state)
{
    Case *c = *state;
    c->options.scenarios = SCENARIOS;
    case_again(c);
    assert_int_equal(case_run(c), OK);
    for (int j = 0; j < 4; j++) {
        const char *p = parties[j];
        is_near(case_figure(c, p, "gross_el", 0, "value") / UNIT, gross[j],
                case_figure(c, p, "gross_el", 0, "se") / UNIT);
        is_near(case_figure(c, p, "el", 0, "value") / UNIT, net[j],
                case_figure(c, p, "el", 0, "se") / UNIT);
    }
    for (int y = 0; y < 3; y++) {
        is_near(case_chance(c, "pool_ruin", "pool", y + 1, "probability"),
                dry[y], case_chance(c, "pool_ruin", "pool", y + 1, "se"));
        is_near(
            case_chance(c, "pool_events", "reguarantor", y + 1, "probability"),
            capped[y],
            case_chance(c, "pool_events", "reguarantor", y + 1, "se"));
    }
    const Table *time = tables_find(c->tables, "pool_ruin_time");
    double ever = dry[0] + dry[1] + dry[2];
    double high = table_find(time, "mean_year_high")->d[0];
    double mean = table_find(time, "mean_year")->d[0];
    is_near(table_find(time, "probability")->d[0], ever,
            table_find(time, "se")->d[0]);
    is_near(mean, (dry[0] + 2 * dry[1] + 3 * dry[2]) / ever,
            (high - mean) / 1.96);
    double el = 0;
    for (int j = 0; j < 4; j++)
        el += case_figure(c, parties[j], "el", 0, "value");
    assert_close(case_figure(c, "total", "el", 0, "value"), el, 1e-12);
    assert_close(case_figure(c, "total", "el_exact", 0, "value") / UNIT,
                 net[0] + net[1] + net[2] + net[3], 1e-12);
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
