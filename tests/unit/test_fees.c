#include "check.h"

#include "book.h"
#include "pool/model.h"

/* Premiums of the portfolio's own fee_rate, worked out by hand, and against a
 * scheme's rate where that is the same. */

/* Gives the loans of a case their fee_rate in billionths; as many as it has. */
static void give_rates(Case *c, const int64_t rate[])
{
    Column *fee = case_column(c, FIELD_fee_rate);
    for (size_t i = 0; i < c->portfolio->rows; i++)
        fee->i[i] = rate[i];
}

static const char independent[] =
    "factors = { groups = ( { asset_correlation = \"0\"; } ); };\n";

#define HEAD                                                                   \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\"; "   \
    "parties = ( \"bank\", \"fund\" ); layers = ( { shares = ( { party = "     \
    "\"fund\"; share = \"1\"; } ); } ); "

/* Fees of 7,348.14, 3,101.232 and 15,185.205 fen are 25,634 together.  The bank
 * gets 20% (5,126.8) and the fund 70%: running sums of 5,127 and 23,071.  F1
 * has paid the year in which it fails; then the third loan's fee is left, of
 * 3,037 and 13,666.5, so 13,667; and nothing once F2 has failed. */
static void fees_are_split_to_the_fen(void **state)
{
    (void)state;
    static const Loan loans[] = {
        {"L1", "F1", NULL, NULL, NULL, 612345, 0.01, 0.4},
        {"L2", "F1", NULL, NULL, NULL, 387654, 0.01, 0.4},
        {"L3", "F2", NULL, NULL, NULL, 1012347, 0.02, 0.4},
    };
    static const int64_t rates[] = {12000000, 8000000, 15000000};
    static const int64_t want[][2] = {{5127, 17944}, {3037, 10630}, {0, 0}};
    static const uint32_t bits[] = {1, 2};
    Case c;
    Model m;
    Worker k = {0};
    case_open(&c);
    case_loans(&c, loans, COUNT(loans));
    give_rates(&c, rates);
    c.options.years = 3;
    assert_int_equal(case_factors(&c, independent), OK);
    assert_int_equal(case_scheme(&c, HEAD
                                 "premium = ( { party = \"fund\"; fee_share = "
                                 "\"70%\"; }, { party = \"bank\"; fee_share = "
                                 "\"1/5\"; } ); };"),
                     OK);
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    assert_true(worker_open(&k, &m));
    dues_clear(&k.table, 0, 1);
    for (int t = 0; t < 2; t++)
        dues_take(
            &k.table,
            &(EventsTile){.rows = 1, .year = t, .words = 1, .bits = &bits[t]});
    model_path(&m, &k, 0);
    for (int t = 0; t < 3; t++)
        for (int j = 0; j < 2; j++)
            assert_int_equal(k.path.account[t][ACCOUNT_PREMIUM][j], want[t][j]);
    worker_close(&k);
    model_close(&m);
    case_close(&c);
}

static const Loan one[] = {{"L1", "F1", NULL, NULL, NULL, 100000000, 0.05, 1}};
static const int64_t two_percent[] = {20000000};

#define FUND(opening, share)                                                   \
    HEAD "balances = ( { party = \"fund\"; opening = \"" opening               \
         "\"; overflow = \"bank\"; } ); premium = { party = \"fund\"; "        \
         "fee_share = \"" share "\"; }; };"

static void open_one(Case *c, const char *scheme, const int64_t *rate,
                     int years)
{
    case_open(c);
    case_loans(c, one, 1);
    if (rate != NULL)
        give_rates(c, rate);
    c->options.years = years;
    assert_int_equal(case_factors(c, independent), OK);
    assert_int_equal(case_scheme(c, scheme), OK);
}

static double at(const Case *c, const char *table, const char *column,
                 size_t row)
{
    return table_find(tables_find(c->tables, table), column)->d[row];
}

/* A million that fails in the first year with 5% and in the second with 4.75%,
 * and half of its 2% for the fund: 10,000 a year.  A chance of 6% needs what is
 * a million with two fees, one of 1% what is with one.  A million in the first
 * year and 950,000 in the second are in force, for 97,500 to be paid: 5%. */
static void a_fund_is_sized_with_fees(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.06", "0.01"};
    const PoolSizing sizing = {NULL, ruins, 2};
    Case c;
    open_one(&c, FUND("500000.00", "1/2"), two_percent, 2);
    assert_int_equal(pool_size(c.tables, c.portfolio, c.factors, c.scheme,
                               &c.options, &sizing, c.faults, &c.err),
                     OK);
    assert_true(at(&c, "pool_size", "balance", 0) == 98000000);
    assert_true(at(&c, "pool_size", "balance", 1) == 99000000);
    assert_close(at(&c, "pool_size", "fee", 0), .25, 1e-12);
    assert_close(at(&c, "pool_size", "fee", 1), .5, 1e-12);
    assert_close(at(&c, "pool_size_fee", "rate", 0), .01, 1e-15);
    double low = at(&c, "pool_size_fee", "fee_low", 0);
    double high = at(&c, "pool_size_fee", "fee_high", 0);
    assert_true(fabs((low + high) / 2 - .05) < high - low);
    low = at(&c, "pool_size_now", "surplus_low", 0);
    high = at(&c, "pool_size_now", "surplus_high", 0);
    assert_true(fabs((low + high) / 2 + 7800000) < high - low);
    assert_true(high - low < 500000);
    case_close(&c);
}

/* With 980,000.00 and a fee of 20,000.00 the fund pays the million in full;
 * with a fen less of it does not. */
static void the_exact_twin_has_them(void **state)
{
    (void)state;
    static const char *const shares[] = {
        FUND("980000.00", "100%"),
        FUND("979999.99", "100%"),
    };
    for (int less = 0; less < 2; less++) {
        Case c;
        open_one(&c, shares[less], two_percent, 1);
        c.options.exact = POOL_EXACT_FULL;
        assert_int_equal(case_run(&c), OK);
        assert_close(at(&c, "pool_exact_ruin", "probability", 0), less * .05,
                     1e-9);
        double chance = case_chance(&c, "pool_ruin", "fund", 1, "probability");
        assert_true(less ? fabs(chance - .05) < .004 : chance == 0);
        case_close(&c);
    }
}

enum { FIRMS = 90, LOANS = 2 * FIRMS };

/* Loans of whole hundreds of yuan, new business among them, all of 1.2%, under
 * a scheme with a limit of leverage and breakers of banks. */
static void open_book(Case *c, const char *premium)
{
    static Loan book[LOANS];
    static char ids[LOANS][8], firms[FIRMS][8], text[2000];
    static int64_t rates[LOANS];
    for (size_t i = 0; i < LOANS; i++) {
        snprintf(ids[i], sizeof ids[i], "L%zu", i);
        snprintf(firms[i % FIRMS], sizeof *firms, "F%zu", i % FIRMS);
        book[i] = (Loan){ids[i], firms[i % FIRMS],
                         NULL,   NULL,
                         "甲",   240000 + 10000 * (int64_t)(i % 17),
                         0.05,   0.385};
        rates[i] = 12000000;
    }
    case_open(c);
    case_loans(c, book, LOANS);
    give_rates(c, rates);
    Column *start = case_column(c, FIELD_started_on);
    Column *end = case_column(c, FIELD_matures_on);
    int32_t opening = date_of((DateParts){2024, 3, 1}).days;
    for (size_t i = 0; i < LOANS; i++) {
        start->i[i] = opening - 365 + (int64_t)(i * 211 % (3 * 365));
        end->i[i] = start->i[i] + 700 + (int64_t)(i * 97 % 900);
    }
    c->options.as_of = (Date){opening};
    c->options.years = 3;
    c->options.scenarios = 2000;
    snprintf(text, sizeof text,
             "scheme = { id = \"a\"; source = \"test\"; share_base = "
             "\"covered\"; cover = \"80%%\"; parties = ( \"bank\", \"fund\" "
             "); layers = ( { shares = ( { party = \"fund\"; share = \"1\"; } "
             "); } ); balances = ( { party = \"fund\"; opening = "
             "\"20000.00\"; yield = \"1.5%%\"; overflow = \"bank\"; } ); "
             "premium = { party = \"fund\"; %s }; reserves = { party = "
             "\"fund\"; unearned = \"50%%\"; compensation = \"1%%\"; ceiling "
             "= \"10%%\"; }; leverage_limit = { party = \"fund\"; multiple = "
             "\"15\"; net_assets = \"20000.00\"; }; breakers = ( { by = "
             "\"bank\"; warn = \"4%%\"; suspend = \"9%%\"; resume = \"1%%\"; "
             "} ); };",
             premium);
    assert_int_equal(case_factors(c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.2\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(c, text), OK);
}

/* All cells of a table that both runs leave, as text. */
static void check_alike(const Case *c, const Case *d, const char *name)
{
    const Table *a = tables_find(c->tables, name);
    const Table *b = tables_find(d->tables, name);
    assert_non_null(a);
    assert_int_equal(a->rows, b->rows);
    for (size_t i = 0; i < a->n; i++)
        for (size_t row = 0; row < a->rows; row++) {
            char x[CELL_TEXT], y[CELL_TEXT];
            assert_string_equal(cell_format(x, a->columns[i], row),
                                cell_format(y, b->columns[i], row));
        }
}

/* Loans that all pay 1.2%, of which 75% are the fund's, are a premium of 0.9%,
 * in what is simulated, sized and told. */
static void equal_fees_are_a_rate(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.05"};
    static const char *const names[] = {
        "pool_figures", "pool_ruin",           "pool_events", "pool_accounts",
        "pool_size",    "pool_story_accounts", "pool_years",  "pool_size_now"};
    static const char *const ways[] = {"rate = \"0.9%\";",
                                       "fee_share = \"75%\";"};
    const PoolSizing sizing = {NULL, ruins, 1};
    Case c[2];
    for (int i = 0; i < 2; i++) {
        open_book(&c[i], ways[i]);
        assert_int_equal(case_run(&c[i]), OK);
        assert_int_equal(pool_size(c[i].tables, c[i].portfolio, c[i].factors,
                                   c[i].scheme, &c[i].options, &sizing,
                                   c[i].faults, &c[i].err),
                         OK);
        assert_int_equal(pool_replay(c[i].tables, c[i].portfolio, c[i].factors,
                                     c[i].scheme, &c[i].options, 7, c[i].faults,
                                     &c[i].err),
                         OK);
    }
    for (size_t k = 0; k < COUNT(names); k++)
        check_alike(&c[0], &c[1], names[k]);
    assert_close(at(&c[1], "pool_size_fee", "rate", 0), .009, 1e-12);
    assert_close(at(&c[1], "pool_size_fee", "fee", 0),
                 at(&c[0], "pool_size_fee", "fee", 0), 1e-12);
    case_close(&c[0]);
    case_close(&c[1]);
}

static void loans_without_fees_are_told(void **state)
{
    (void)state;
    static const struct {
        int64_t rate;
        const char *problem;
    } cases[] = {
        {NULL_INT, "loan 'L1' has no fee_rate"},
        {-1, "a fee_rate is not in [0%, 100%]"},
        {1000000001, "a fee_rate is not in [0%, 100%]"},
    };
    Case c;
    for (size_t i = 0; i < COUNT(cases); i++) {
        open_one(&c, FUND("1", "1"), &cases[i].rate, 1);
        assert_int_equal(case_run(&c), ERR_INPUT);
        const Fault *f = faults_at(c.faults, 0);
        assert_int_equal(f->line, 1);
        assert_string_equal(f->problem, cases[i].problem);
        case_close(&c);
    }
    open_one(&c, FUND("1", "1"), NULL, 1);
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(c.err.text,
                        "portfolio: the scheme's premium needs the column "
                        "fee_rate (担保费率), which is missing");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fees_are_split_to_the_fen),
        cmocka_unit_test(a_fund_is_sized_with_fees),
        cmocka_unit_test(the_exact_twin_has_them),
        cmocka_unit_test(equal_fees_are_a_rate),
        cmocka_unit_test(loans_without_fees_are_told),
    };
    return RUN(tests);
}
