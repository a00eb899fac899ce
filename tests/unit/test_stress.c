#include "check.h"

#include "book.h"
#include "pool/shock.h"

/* A book under stress beside the book as it is. */

static PoolShock shock_of(const char *const texts[SHOCK_COUNT])
{
    PoolShock s = SHOCK_NONE;
    s.name = "s";
    for (size_t i = 0; i < SHOCK_COUNT; i++)
        if (texts[i] != NULL)
            assert_null(shock_take(&s, i, texts[i]));
    return s;
}

#define SHOCK(...) shock_of((const char *const[SHOCK_COUNT]){__VA_ARGS__})

static ErrCode stress(Case *c, PoolShock shock)
{
    const PoolVariant base = {NULL, c->portfolio, c->factors, c->scheme, NULL};
    case_again(c);
    return pool_stress(c->tables, &base, &shock, 1, &c->options, NULL,
                       c->faults, &c->err);
}

/* A cell of the row of the whole under stress; `level` 0 for the mean. */
static double cell(const Case *c, const char *measure, double level,
                   const char *column)
{
    const Table *t = tables_find(c->tables, "pool_stress");
    for (size_t i = 0; i < t->rows; i++) {
        double at = table_find(t, "level")->d[i];
        if (strcmp(table_find(t, "stress")->s[i], "s") == 0 &&
            strcmp(table_find(t, "party")->s[i], "total") == 0 &&
            strcmp(table_find(t, "measure")->s[i], measure) == 0 &&
            (level == 0 || fabs(at - level) < 1e-12))
            return table_find(t, column)->d[i];
    }
    return (double)NAN;
}

static double summary(const Case *c, size_t row, const char *column)
{
    return table_find(tables_find(c->tables, "pool_stress_summary"), column)
        ->d[row];
}

static void scheme(Case *c, const char *text)
{
    if (case_scheme(c, text) != OK) {
        print_error("%s\n", c->err.text);
        fail();
    }
}

static void a_shock_of_nothing_changes_nothing(void **state)
{
    (void)state;
    static const char *const tables[] = {"pool_stress", "pool_stress_ruin"};
    Case c;
    case_open(&c);
    case_w1(&c);
    scheme(&c, W1_SCHEME);
    c.options.scenarios = 5000;
    c.options.years = 2;
    assert_int_equal(stress(&c, SHOCK("x1", "x1 +0pp", "0", "0%")), OK);
    size_t changes = 0;
    for (size_t k = 0; k < COUNT(tables); k++) {
        const Table *t = tables_find(c.tables, tables[k]);
        for (size_t i = 0; i < t->rows; i++) {
            double change = table_find(t, "change")->d[i];
            double se = table_find(t, "change_se")->d[i];
            if (strcmp(table_find(t, "stress")->s[i], "s") != 0) {
                assert_true(isnan(change));
                continue;
            }
            assert_true(change == 0 && (se == 0 || isnan(se)));
            changes++;
        }
    }
    assert_true(changes >= 50);
    case_close(&c);
}

/* With every pd times 1.5 the exact mean is 1.5 times as large, and the run is
 * that of a file in which they were, byte for byte: firms keep their slots. */
static void pds_times_k_are_a_file_of_such_pds(void **state)
{
    (void)state;
    static const char *const measures[] = {"var", "es", "ul"};
    Case c;
    case_open(&c);
    case_w1(&c);
    c.options.scenarios = 20000;
    assert_int_equal(stress(&c, SHOCK("x1.5")), OK);
    double el = cell(&c, "el", 0, "value"), worst[3];
    double half = 1.96 * cell(&c, "el", 0, "change_se");
    assert_true(fabs(el - 1.5 * 20944675981.0) <
                2 * (cell(&c, "el", 0, "high") - el));
    assert_true(fabs(cell(&c, "el", 0, "change") - .5 * 20944675981.0) <
                2 * half);
    for (size_t i = 0; i < COUNT(measures); i++)
        worst[i] = cell(&c, measures[i], 0.99, "value");
    assert_close(summary(&c, 1, "pd"), 1.5 * summary(&c, 0, "pd"), 1e-12);
    Column *pd = (Column *)(uintptr_t)table_field(c.portfolio, FIELD_pd);
    for (size_t i = 0; i < W1_FIRMS; i++)
        pd->d[i] *= 1.5;
    case_again(&c);
    assert_int_equal(case_run(&c), OK);
    assert_true(case_figure(&c, "total", "el", 0, "value") == el);
    for (size_t i = 0; i < COUNT(measures); i++)
        assert_true(case_figure(&c, "total", measures[i], 0.99, "value") ==
                    worst[i]);
    case_close(&c);
}

/* The summary's estimates are those of the table below it, ends and all. */
static void the_summary_has_the_intervals(void **state)
{
    (void)state;
    static const struct {
        const char *column, *measure;
        double level;
        const char *of[3];
    } rows[] = {
        {"el", "el", 0, {"value", "low", "high"}},
        {"el_change", "el", 0, {"change", "change_low", "change_high"}},
        {"var", "var", 0.999, {"value", "low", "high"}},
        {"es", "es", 0.999, {"value", "low", "high"}},
        {"es_change", "es", 0.999, {"change", "change_low", "change_high"}}};
    static const char *const ends[] = {"", "_low", "_high"};
    Case c;
    case_open(&c);
    case_w1(&c);
    c.options.scenarios = 20000;
    assert_int_equal(stress(&c, SHOCK("x1.5")), OK);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(ends); k++) {
            char name[40];
            snprintf(name, sizeof name, "%s%s", rows[i].column, ends[k]);
            double of = cell(&c, rows[i].measure, rows[i].level, rows[i].of[k]);
            assert_true(isfinite(of) && summary(&c, 1, name) == of);
        }
    assert_true(isnan(summary(&c, 0, "el_change_low")));
    assert_true(summary(&c, 0, "el_low") < summary(&c, 0, "el") &&
                summary(&c, 0, "el") < summary(&c, 0, "el_high"));
    case_close(&c);
}

enum { FIRMS = 400 };

/* Equal loans of 10,000 yuan, lost whole. */
static void open_equal(Case *c, double pd, const char *factors)
{
    static Loan loans[FIRMS];
    static char ids[FIRMS][12];
    case_open(c);
    for (int i = 0; i < FIRMS; i++) {
        snprintf(ids[i], sizeof ids[i], "%d", i);
        loans[i] = (Loan){ids[i], ids[i], "A", NULL, NULL, 1000000, pd, 1};
    }
    case_loans(c, loans, FIRMS);
    assert_int_equal(case_factors(c, factors), OK);
}

#define GAUSSIAN                                                               \
    "factors = { groups = ( { asset_correlation = \"0.2\"; } ); };\n"
#define T_OF_4                                                                 \
    "factors = { copula = \"t\"; degrees_of_freedom = \"4\"; w = "             \
    "\"path\"; groups = ( { asset_correlation = \"0.2\"; } ); };\n"

/* Phi(Phi^-1(pd) - sqrt(.2) g), and under a t copula its mean over V: made
 * apart from this program, in Python (statistics.NormalDist; the t copula by
 * 400,000 steps of V and the closed form of t with 4 degrees of freedom). */
static void a_shift_of_factors_is_the_closed_form(void **state)
{
    (void)state;
    static const struct {
        const char *factors, *shift;
        double pd, want;
    } rows[] = {{GAUSSIAN, "-2", .02, .12316253585161552},
                {GAUSSIAN, "-2", .05, .22649895708656198},
                {GAUSSIAN, "+1.5", .02, .003219270801993357},
                {T_OF_4, "-2", .05, .18549680177382463}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c;
        open_equal(&c, rows[i].pd, rows[i].factors);
        c.options.scenarios = 40000;
        assert_int_equal(stress(&c, SHOCK(NULL, NULL, rows[i].shift)), OK);
        double el = cell(&c, "el", 0, "value") / (FIRMS * 1e6);
        double se = (cell(&c, "el", 0, "high") / (FIRMS * 1e6) - el) / 1.96;
        assert_true(se > 0 && fabs(el - rows[i].want) < 4 * se);
        double pd = summary(&c, 1, "pd");
        assert_true(i == 3 ? isnan(pd) : fabs(pd - rows[i].want) < 1e-12);
        case_close(&c);
    }
}

/* Of years that are told apart the second alone is hit: of the firms that live
 * on .98 fail with .1232 instead of .02. */
static void a_shift_is_of_its_year(void **state)
{
    (void)state;
    Case c;
    open_equal(&c, .02, GAUSSIAN);
    c.options.scenarios = 40000;
    c.options.years = 2;
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, "0, -2")), OK);
    double el = cell(&c, "el", 0, "value") / (FIRMS * 1e6);
    double se = (cell(&c, "el", 0, "high") / (FIRMS * 1e6) - el) / 1.96;
    assert_true(fabs(el - (.02 + .98 * .12316253585161552)) < 4 * se);
    case_close(&c);
}

static void worse_is_dearer(void **state)
{
    (void)state;
    static const char *const pds[] = {"x1", "x1.2", "x2", "x5"};
    static const char *const lgds[] = {"-10pp", "x1", "x1.1", "+30pp"};
    static const char *const shifts[] = {"1", "0", "-0.5", "-3"};
    Case c;
    case_open(&c);
    case_manual(&c);
    Column *lgd = (Column *)(uintptr_t)table_field(c.portfolio, FIELD_lgd);
    for (size_t i = 0; i < MANUAL_LOANS; i++)
        lgd->d[i] = 0.5;
    c.options.scenarios = 10000;
    for (int kind = 0; kind < 3; kind++) {
        double el = -1, var = -1, es = -1;
        for (size_t i = 0; i < COUNT(pds); i++) {
            assert_int_equal(stress(&c, SHOCK(kind == 0 ? pds[i] : NULL,
                                              kind == 1 ? lgds[i] : NULL,
                                              kind == 2 ? shifts[i] : NULL)),
                             OK);
            double e = cell(&c, "el", 0, "value");
            double v = cell(&c, "var", 0.99, "value");
            double s = cell(&c, "es", 0.99, "value");
            assert_true(e > el && v >= var && s > es);
            el = e;
            var = v;
            es = s;
        }
    }
    case_close(&c);
}

/* Firms that have failed: what is lost is certain.  A million each, half lost;
 * pledges of 300,000, 800,000 and none, worth half as much: at most what comes
 * back is theirs, so .5 + .5 min(.3, .5), .5 + .5 min(.8, .5) and .5. */
static void a_pledge_falls_by_what_it_can_be_worth(void **state)
{
    (void)state;
    static const Loan loans[] = {{"1", "1", "A", NULL, NULL, 100000000, 1, .5},
                                 {"2", "2", "A", NULL, NULL, 100000000, 1, .5},
                                 {"3", "3", "A", NULL, NULL, 100000000, 1, .5}};
    Case c;
    case_open(&c);
    case_loans(&c, loans, 3);
    assert_int_equal(case_factors(&c, GAUSSIAN), OK);
    c.options.scenarios = 100;
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, NULL, "-50%")), ERR_INPUT);
    assert_non_null(strstr(c.err.text, "collateral_value"));
    Column *value = case_column(&c, FIELD_collateral_value);
    Column *product = case_column(&c, FIELD_product);
    for (int i = 0; i < 3; i++) {
        value->i[i] = NULL_INT;
        product->s[i] = case_text(&c, i == 0 ? "ip-pledge-loan" : "general");
    }
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, NULL, "-50%")), ERR_INPUT);
    assert_non_null(strstr(c.err.text, "no loan has a collateral_value"));
    value->i[0] = 30000000;
    value->i[1] = 80000000;
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, NULL, "-50%")), OK);
    assert_close(cell(&c, "el", 0, "change"), 15000000 + 25000000, 1e-12);
    assert_close(summary(&c, 1, "lgd"), (.65 + .75 + .5) / 3, 1e-12);
    assert_int_equal(
        stress(&c, SHOCK(NULL, NULL, NULL, "-50%", "ip-pledge-loan")), OK);
    assert_close(cell(&c, "el", 0, "change"), 15000000, 1e-12);
    assert_int_equal(stress(&c, SHOCK(NULL, "+20pp", NULL, "-100%")), OK);
    assert_close(cell(&c, "el", 0, "change"), 50000000 + 50000000 + 20000000,
                 1e-12);
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, NULL, "-50%", "bonds")),
                     ERR_INPUT);
    assert_non_null(strstr(c.err.text, "no loan of product 'bonds'"));
    case_close(&c);
}

/* Nobody recovers from failure, no chance passes 1, no loss is above all or
 * below nothing; drawn losses have a deviation that their mean allows. */
static void bounds_hold(void **state)
{
    (void)state;
    static const Loan loans[] = {
        {"1", "1", "A", NULL, NULL, 100000000, 1, .9},
        {"2", "2", "A", NULL, NULL, 100000000, .4, .9}};
    Case c;
    case_open(&c);
    case_loans(&c, loans, 2);
    assert_int_equal(case_factors(&c, GAUSSIAN), OK);
    c.options.scenarios = 2000;
    assert_int_equal(stress(&c, SHOCK("x0")), OK);
    assert_close(cell(&c, "el", 0, "value"), 90000000, 1e-12);
    assert_int_equal(stress(&c, SHOCK("x3", "+30pp")), OK);
    assert_close(cell(&c, "el", 0, "value"), 200000000, 1e-12);
    assert_int_equal(stress(&c, SHOCK("x3", "x0.5 -60pp")), OK);
    assert_true(cell(&c, "el", 0, "value") == 0);
    Column *sd = case_column(&c, FIELD_lgd_sd);
    sd->d[0] = sd->d[1] = 0.25;
    assert_int_equal(stress(&c, SHOCK("x3", "+8pp")), OK);
    double el = cell(&c, "el", 0, "value");
    assert_true(fabs(el - 196000000) <
                4 * (cell(&c, "el", 0, "high") - el) / 1.96);
    assert_true(cell(&c, "var", 0.99, "value") > el);
    case_close(&c);
}

#define FUND(opening)                                                          \
    "scheme = { id = \"s\"; source = \"test\"; share_base = \"principal\"; "   \
    "parties = ( \"bank\","                                                    \
    " \"fund\" ); layers = ( { shares = ( { party = \"fund\"; share = \"1\";"  \
    " } ); } ); balances = ( { party = \"fund\"; opening = \"" opening         \
    "\"; overflow = \"bank\"; } ); };\n"

static ErrCode reverse(Case *c, const char *party, const char *level)
{
    const PoolVariant base = {NULL, c->portfolio, c->factors, c->scheme, NULL};
    const PoolReverse of = {party, level, SHOCK_pd};
    case_again(c);
    return pool_stress(c->tables, &base, NULL, 0, &c->options, &of, c->faults,
                       &c->err);
}

static double found(const Case *c, size_t row, const char *column)
{
    return table_find(tables_find(c->tables, "pool_stress_reverse"), column)
        ->d[row];
}

static void open_one(Case *c)
{
    static const Loan one[] = {{"L1", "F1", "A", NULL, NULL, 100000000, .1, 1}};
    case_open(c);
    case_loans(c, one, 1);
    assert_int_equal(case_factors(c, GAUSSIAN), OK);
    c->options.scenarios = 10000;
}

/* One loan of a million that fails with .1 m, a fund of half of it: it is dry
 * as often, so a quarter of the time at 2.5, give or take sqrt(.25 .75 / n) /
 * .1; what it pays is a million times .1 m, half a million at 5. */
static void the_multiplier_that_empties_a_fund(void **state)
{
    (void)state;
    Case c;
    open_one(&c);
    scheme(&c, FUND("500000.00"));
    assert_int_equal(reverse(&c, NULL, "0.25"), OK);
    double ruin = found(&c, 0, "value"), mean = found(&c, 1, "value");
    double se = sqrt(.25 * .75 / 10000) / .1, se_mean = .5 / sqrt(10000) / .1;
    assert_true(fabs(ruin - 2.5) < 4 * se);
    assert_close(found(&c, 0, "high") - found(&c, 0, "low"), 2 * 1.96 * se, .1);
    assert_true(fabs(mean - 5) < 4 * se_mean);
    assert_close(found(&c, 1, "high") - found(&c, 1, "low"), 2 * 1.96 * se_mean,
                 .1);
    /* ... and it is that: at it the fund is dry so often, below it is not. */
    for (int below = 0; below < 2; below++) {
        char text[32];
        snprintf(text, sizeof text, "x%.3f", ruin - .001 * below);
        assert_int_equal(stress(&c, SHOCK(text)), OK);
        const Table *t = tables_find(c.tables, "pool_stress_ruin");
        assert_int_equal(table_find(t, "value")->d[1] >= .25, !below);
    }
    scheme(&c,
           "scheme = { id = \"s\"; source = \"test\"; share_base = "
           "\"principal\"; parties = ( \"bank\" ); layers = ( { shares = "
           "( { party = \"bank\"; share = \"1\"; } ); } ); };\n");
    assert_int_equal(reverse(&c, NULL, "0.25"), ERR_DOMAIN);
    assert_non_null(strstr(c.err.text, "none of its parties has a fund"));
    scheme(&c, FUND("2000000.00"));
    assert_int_equal(reverse(&c, "fund", "0.01"), OK);
    assert_true(isnan(found(&c, 0, "value")));
    assert_true(isnan(found(&c, 1, "value")));
    assert_int_equal(reverse(&c, "bank", "0.01"), ERR_DOMAIN);
    assert_non_null(strstr(c.err.text, "has no fund"));
    assert_int_equal(reverse(&c, "nobody", "0.01"), ERR_DOMAIN);
    assert_non_null(strstr(c.err.text, "no party is called 'nobody'"));
    case_close(&c);
}

/* The same fund of half a million against other shocks.  With an lgd of 40% the
 * loan loses 400,000, so +10 points empty it, not +9.9 (net); a firm fails with
 * Phi(Phi^-1(.1) + sqrt(.2) g) under factors that fall by g, a quarter of the
 * time at g = (Phi^-1(.25) - Phi^-1(.1)) / sqrt(.2) = 1.35745; a pledge of
 * 600,000 that comes back is lost by a sixth until 500,000 are asked for. */
static void other_shocks_empty_it_too(void **state)
{
    (void)state;
    static const int shocks[] = {SHOCK_lgd, SHOCK_factor, SHOCK_pledge_value};
    static const double want[] = {.101, 1.35745, .167};
    static const char *const levels[] = {"0.05", "0.25", "0.05"};
    for (size_t i = 0; i < COUNT(shocks); i++) {
        const PoolReverse of = {NULL, levels[i], shocks[i]};
        Case c;
        open_one(&c);
        Column *lgd = (Column *)(uintptr_t)table_field(c.portfolio, FIELD_lgd);
        lgd->d[0] = shocks[i] == SHOCK_factor ? 1 : .4;
        Column *pledge = case_column(&c, FIELD_collateral_value);
        pledge->i[0] = 60000000;
        assert_int_equal(
            case_factors(&c,
                         "factors = { groups = ( { asset_correlation = "
                         "\"0.2\"; } ); };"),
            OK);
        scheme(&c,
               "scheme = { id = \"s\"; source = \"test\"; basis = "
               "\"net\"; share_base = \"principal\"; parties = ( "
               "\"bank\", \"fund\" ); layers = ( { shares = ( { party = "
               "\"fund\"; share = \"1\"; } ); } ); balances = ( { party "
               "= \"fund\"; opening = \"500000.00\"; overflow = "
               "\"bank\"; } ); };\n");
        const PoolVariant base = {NULL, c.portfolio, c.factors, c.scheme, NULL};
        case_again(&c);
        assert_int_equal(pool_stress(c.tables, &base, NULL, 0, &c.options, &of,
                                     c.faults, &c.err),
                         OK);
        if (shocks[i] != SHOCK_factor)
            assert_close(found(&c, 0, "value"), want[i], 1e-12);
        else
            assert_true(found(&c, 0, "low") <= want[i] &&
                        found(&c, 0, "high") >= want[i]);
        assert_true(found(&c, 0, "high") - found(&c, 0, "low") < .15);
        case_close(&c);
    }
}

static void what_cannot_be_read_says_what_to_write(void **state)
{
    (void)state;
    static const struct {
        size_t which;
        const char *text;
    } bad[] = {{SHOCK_pd, "1.5"},
               {SHOCK_pd, "x-1"},
               {SHOCK_pd, "x1001"},
               {SHOCK_pd, "x2x"},
               {SHOCK_pd, ""},
               {SHOCK_lgd, "10pp"},
               {SHOCK_lgd, "+10"},
               {SHOCK_lgd, "+10%"},
               {SHOCK_lgd, "+101pp"},
               {SHOCK_lgd, "x"},
               {SHOCK_lgd, ""},
               {SHOCK_lgd, "x1 8pp"},
               {SHOCK_factor, "two"},
               {SHOCK_factor, "-6.5"},
               {SHOCK_factor, "-2;"},
               {SHOCK_factor, "-2,"},
               {SHOCK_factor, ""},
               {SHOCK_pledge_value, "-0.3"},
               {SHOCK_pledge_value, "101%"},
               {SHOCK_pledge_value, "%"},
               {SHOCK_pledge_product, ""}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        PoolShock s = SHOCK_NONE;
        const char *way_out = shock_take(&s, bad[i].which, bad[i].text);
        assert_non_null(way_out);
        assert_memory_equal(way_out, "write ", 6);
    }
}

/* What is told of a file of stresses. */
static const char *told(Case *c, const char *text)
{
    PoolShock *shocks;
    size_t n;
    case_again(c);
    const Doc *root = case_doc(c, "stress.cfg", text);
    assert_int_equal(
        shocks_read(&shocks, &n, c->arena, root, c->faults, &c->err), ERR_RULE);
    const Fault *f = faults_at(c->faults, 0);
    return f->problem != NULL ? f->problem : f->value;
}

#define ID     "id = \"a\"; "
#define SOURCE "source = \"s\"; confidence = \"M\"; "

static void a_file_of_stresses_is_read_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text, *problem;
    } bad[] = {{"stress = ( );", "stress"},
               {"stresses = ( );", "no list of stresses"},
               {"stresses = ( { " ID SOURCE "} );", "does nothing"},
               {"stresses = ( { " ID SOURCE "pledge_product = \"x\"; } );",
                "does nothing"},
               {"stresses = ( { " ID "pd = \"x2\"; } );", "source"},
               {"stresses = ( { " ID SOURCE "pd = \"2\"; } );", "can be read"},
               {"stresses = ( { " ID SOURCE "pb = \"x2\"; } );", "pb"},
               {"stresses = ( { " ID SOURCE "pd = \"x2\"; }, { " ID SOURCE
                "pd = \"x3\"; } );",
                "stands there already"}};
    Case c;
    case_open(&c);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (strstr(told(&c, bad[i].text), bad[i].problem) == NULL) {
            print_error("%s: %s\n", bad[i].text, told(&c, bad[i].text));
            fail();
        }
    char many[4000];
    int at = snprintf(many, sizeof many, "stresses = (");
    for (int i = 0; i < 16; i++)
        at += snprintf(many + at, sizeof many - (size_t)at,
                       "%s{ id = \"%d\"; " SOURCE "pd = \"x2\"; }",
                       i > 0 ? "," : "", i);
    snprintf(many + at, sizeof many - (size_t)at, ");");
    assert_non_null(strstr(told(&c, many), "more than 15"));
    PoolShock *shocks;
    size_t n;
    case_again(&c);
    const Doc *root = case_doc(&c, "stress.cfg",
                               "stresses = ( { " ID SOURCE
                               "lgd = \"x0.92 +8pp\"; pd = \"x2\"; } );");
    assert_int_equal(shocks_read(&shocks, &n, c.arena, root, c.faults, &c.err),
                     OK);
    assert_int_equal(n, 1);
    assert_true(shocks->pd == 2 && shocks->lgd == .92 && shocks->points == .08);
    assert_string_equal(shock_said(c.arena, shocks), "pd x2, lgd x0.92 +8pp");
    case_close(&c);
}

static void one_factor_for_all_years_has_one_shift(void **state)
{
    (void)state;
    Case c;
    open_equal(&c, .02,
               "factors = { timing = \"copula_time\"; groups = ("
               " { asset_correlation = \"0.2\"; } ); };\n");
    c.options.scenarios = 100;
    c.options.years = 2;
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, "-2")), OK);
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, "-2, -1")), ERR_DOMAIN);
    assert_non_null(strstr(c.err.text, "shift it by one number"));
    assert_int_equal(stress(&c, SHOCK(NULL, NULL, "-2, -2, -1")), ERR_DOMAIN);
    assert_non_null(
        strstr(c.err.text, "shifts the factors of 3 years, and --years is 2"));
    const PoolVariant base = {NULL, c.portfolio, c.factors, NULL, NULL};
    case_again(&c);
    assert_int_equal(pool_stress(c.tables, &base, NULL, 0, &c.options, NULL,
                                 c.faults, &c.err),
                     ERR_DOMAIN);
    assert_int_equal(reverse(&c, NULL, "0.1"), ERR_DOMAIN);
    assert_non_null(strstr(c.err.text, "without a scheme"));
    assert_int_equal(reverse(&c, NULL, "1.1"), ERR_DOMAIN);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shock_of_nothing_changes_nothing),
        cmocka_unit_test(pds_times_k_are_a_file_of_such_pds),
        cmocka_unit_test(the_summary_has_the_intervals),
        cmocka_unit_test(a_shift_of_factors_is_the_closed_form),
        cmocka_unit_test(a_shift_is_of_its_year),
        cmocka_unit_test(worse_is_dearer),
        cmocka_unit_test(a_pledge_falls_by_what_it_can_be_worth),
        cmocka_unit_test(bounds_hold),
        cmocka_unit_test(the_multiplier_that_empties_a_fund),
        cmocka_unit_test(other_shocks_empty_it_too),
        cmocka_unit_test(what_cannot_be_read_says_what_to_write),
        cmocka_unit_test(a_file_of_stresses_is_read_whole),
        cmocka_unit_test(one_factor_for_all_years_has_one_shift),
    };
    return RUN(tests);
}
