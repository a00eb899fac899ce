#include "check.h"

#include "book.h"
#include "pool/looks.h"

/* What a fund comes to under shocks of rising size, as a search asks for it,
 * against pool_stress(), which runs every future under each of them. */

enum { FIRMS = 60, SCENARIOS = 3000, SIZES = 7 };

/* The ends of a range first, then what lies between. */
static const int64_t sizes[SHOCK_pledge_product][SIZES] = {
    [SHOCK_pd] = {800, 3000, 1500, 1600, 1550, 1530, 1540},
    [SHOCK_lgd] = {0, 400, 200, 220, 210, 205, 204},
    [SHOCK_factor] = {0, 1500, 500, 600, 550, 525, 510},
    [SHOCK_pledge_value] = {0, 900, 400, 500, 450, 425, 430}};

/* How one is written: as "+20pp". */
static const struct {
    const char *before, *after;
    double of; /* thousandths in one */
} forms[SHOCK_pledge_product] = {[SHOCK_pd] = {"x", "", 1000},
                                 [SHOCK_lgd] = {"+", "pp", 10},
                                 [SHOCK_factor] = {"-", "", 1000},
                                 [SHOCK_pledge_value] = {"-", "%", 10}};

#define NET   "basis = \"net\";"
#define GROSS "recovery = ( { after_months = 12; share = \"1\"; } );"
#define CAP                                                                    \
    "caps = ( { party = \"bank\"; rate = \"1%\"; period = \"year\"; "          \
    "denominator = \"in_force_average\"; overflow = \"fund\"; } );"

/* Loans of many sizes under a fund that runs dry now and then. */
static void open_case(Case *c, const char *factors, const char *basis)
{
    static Loan loans[FIRMS];
    static char ids[FIRMS][12];
    char text[800];
    case_open(c);
    c->options.scenarios = SCENARIOS;
    for (int i = 0; i < FIRMS; i++) {
        snprintf(ids[i], sizeof ids[i], "%d", i);
        loans[i] = (Loan){ids[i],
                          ids[i],
                          "A",
                          NULL,
                          NULL,
                          1000000 + 70000 * (i * i % 41),
                          .01 + .002 * (i % 17),
                          .3 + .005 * (i % 40)};
    }
    case_loans(c, loans, FIRMS);
    Column *pledge = case_column(c, FIELD_collateral_value);
    for (int i = 0; i < FIRMS; i++)
        pledge->i[i] = 500000 + 60000 * (i % 13);
    assert_int_equal(case_factors(c, factors), OK);
    snprintf(text, sizeof text,
             "scheme = { id = \"s\"; source = \"test\"; share_base = "
             "\"principal\"; %s parties = ( \"bank\", \"fund\", \"rest\" ); "
             "layers = ( { "
             "shares = ( { party = \"fund\"; share = \"3/4\"; }, { party = "
             "\"bank\"; share = \"1/4\"; } ); } ); balances = ( { party = "
             "\"fund\"; opening = \"70000.00\"; overflow = \"rest\"; } ); };\n",
             basis);
    assert_int_equal(case_scheme(c, text), OK);
}

static void draw_losses(Case *c)
{
    Column *sd = case_column(c, FIELD_lgd_sd);
    for (int i = 0; i < FIRMS; i++)
        sd->d[i] = .2 + .01 * (i % 9);
}

/* All sizes by pool_stress(), the fund's row of a table by size. */
static void run_all(Case *c, int which)
{
    PoolShock shocks[SIZES];
    static char said[SIZES][32];
    const PoolVariant base = {NULL, c->portfolio, c->factors, c->scheme, NULL};
    for (size_t i = 0; i < SIZES; i++) {
        snprintf(said[i], sizeof said[i], "%s%g%s", forms[which].before,
                 (double)sizes[which][i] / forms[which].of, forms[which].after);
        shocks[i] = SHOCK_NONE;
        shocks[i].name = said[i];
        assert_null(shock_take(&shocks[i], (size_t)which, said[i]));
    }
    case_again(c);
    assert_int_equal(pool_stress(c->tables, &base, shocks, SIZES, &c->options,
                                 NULL, c->faults, &c->err),
                     OK);
}

static double cell(const Case *c, const char *table, size_t size,
                   const char *column)
{
    const Table *t = tables_find(c->tables, table);
    const Column *measure = table_find(t, "measure");
    size_t rank = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(table_find(t, "party")->s[i], "fund") == 0 &&
            (measure == NULL || strcmp(measure->s[i], "el") == 0) &&
            rank++ == 1 + size) /* after the book as it is */
            return table_find(t, column)->d[i];
    fail();
    return 0;
}

/* Each figure is that of all futures; returns what the last run counted for. */
static double hold(Case *c, int which, int is_mean)
{
    static Looks looks;
    const Book *book;
    LooksDone done = {.asked = &c->options};
    const PoolVariant base = {NULL, c->portfolio, c->factors, c->scheme, NULL};
    const char *table = is_mean ? "pool_stress" : "pool_stress_ruin";
    run_all(c, which);
    assert_int_equal(
        model_book(&book, c->arena, &base, &c->options, c->faults, &c->err),
        OK);
    LooksAsked asked = {book, base, 1, which, is_mean, &done};
    assert_int_equal(looks_open(&looks, &asked, SCENARIOS, &c->err), OK);
    for (size_t i = 0; i < SIZES; i++) {
        Figure f;
        assert_int_equal(looks_at(&f, &looks, sizes[which][i], &c->err), OK);
        assert_close(f.value, cell(c, table, i, "value"), 0);
        assert_close(f.low, cell(c, table, i, "low"), 1e-15);
        assert_close(f.high, cell(c, table, i, "high"), 1e-15);
    }
    looks_close(&looks);
    return done.part;
}

#define GROUP(more)                                                            \
    "factors = { groups = ( { asset_correlation = \"0.2\"; " more " } ); };\n"

static void futures_that_are_known_are_not_run_again(void **state)
{
    (void)state;
    for (int which = 0; which < SHOCK_pledge_product; which++)
        for (int is_drawn = 0; is_drawn < 2; is_drawn++) {
            Case c;
            open_case(&c, GROUP(""), NET);
            if (is_drawn)
                draw_losses(&c);
            double part = hold(&c, which, 0);
            int is_shaped = which == SHOCK_lgd || which == SHOCK_pledge_value;
            if (is_drawn && is_shaped)
                assert_close(part, 1, 0);
            else
                assert_true(part > 0 && part < .1);
            assert_close(hold(&c, which, 1), 1, 0);
            case_close(&c);
        }
}

/* What came back of a default of the first year is there for those of the
 * second; a loss that hangs on the factor scatters less where more firms fail;
 * a cap is of what defaults have left: such futures may be dry under a shock
 * and not under a larger one. */
static void futures_without_an_order_are_run_always(void **state)
{
    (void)state;
    for (int which = 0; which < SHOCK_pledge_product; which++) {
        Case c;
        open_case(&c, GROUP(""), GROSS);
        c.options.years = 4;
        assert_close(hold(&c, which, 0), 1, 0);
        case_close(&c);
    }
    Case c;
    open_case(&c, GROUP("lgd_loading = \"0.3\";"), NET);
    draw_losses(&c);
    assert_close(hold(&c, SHOCK_pd, 0), 1, 0);
    case_close(&c);
    open_case(&c, GROUP(""), NET CAP);
    assert_close(hold(&c, SHOCK_pd, 0), 1, 0);
    case_close(&c);
}

/* An eighth of the futures are the first eighth. */
static void some_futures_are_the_first_ones(void **state)
{
    (void)state;
    static Looks looks;
    Case c;
    Figure some, all;
    const Book *book;
    LooksDone done = {.asked = &c.options};
    open_case(&c, GROUP(""), NET);
    const PoolVariant base = {NULL, c.portfolio, c.factors, c.scheme, NULL};
    assert_int_equal(
        model_book(&book, c.arena, &base, &c.options, c.faults, &c.err), OK);
    LooksAsked asked = {book, base, 1, SHOCK_pd, 1, &done};
    assert_int_equal(looks_open(&looks, &asked, SCENARIOS / 8, &c.err), OK);
    assert_int_equal(looks_at(&some, &looks, 2000, &c.err), OK);
    looks_close(&looks);
    assert_close(done.runs, .125, 0);
    c.options.scenarios /= 8;
    assert_int_equal(looks_open(&looks, &asked, SCENARIOS / 8, &c.err), OK);
    assert_int_equal(looks_at(&all, &looks, 2000, &c.err), OK);
    looks_close(&looks);
    assert_memory_equal(&some, &all, sizeof some);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(futures_that_are_known_are_not_run_again),
        cmocka_unit_test(futures_without_an_order_are_run_always),
        cmocka_unit_test(some_futures_are_the_first_ones),
    };
    return RUN(tests);
}
