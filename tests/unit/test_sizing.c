#include "check.h"

#include "book.h"

/* What a fund needs, against exact figures and against the fund itself. */

static ErrCode size_fund(Case *c, const char *party, const char *const ruins[],
                         size_t n)
{
    const PoolSizing sizing = {party, ruins, n};
    return pool_size(c->tables, c->portfolio, c->factors, c->scheme,
                     &c->options, &sizing, c->faults, &c->err);
}

static double at(const Case *c, const char *table, const char *column,
                 size_t row)
{
    return table_find(tables_find(c->tables, table), column)->d[row];
}

/* Benchmark book: P(gov_pool's payment > fund) <= 50%, 5%, and its expected
 * payment, by characteristic function and inverse transform (two step sizes
 * agree): 35,415,000; 94,995,000; 40,973,369.25 of a book of 17,191,600,000.
 * Its layer holds 20% of 3% of the book, so a chance of 0.1% needs just that.
 */
static void the_benchmark_needs_what_is_exact(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.5", "0.05", "0.001"};
    static const double want[] = {35415000, 94995000, 103149600};
    Case c;
    case_open(&c);
    case_w1(&c);
    assert_int_equal(case_scheme(&c, W1_SCHEME), OK);
    assert_int_equal(size_fund(&c, "gov_pool", ruins, 3), OK);
    for (size_t i = 0; i < 3; i++) {
        double fen = 100 * want[i];
        assert_true(at(&c, "pool_size", "balance_low", i) <= fen);
        assert_true(at(&c, "pool_size", "balance_high", i) >= fen);
        assert_close(at(&c, "pool_size", "balance", i), fen, .01);
    }
    double fee = 40973369.25 / 17191600000;
    double se = (at(&c, "pool_size_fee", "fee_high", 0) -
                 at(&c, "pool_size_fee", "fee_low", 0)) /
                3.92;
    assert_true(fabs(at(&c, "pool_size_fee", "fee", 0) - fee) < 4 * se);
    assert_true(se < .01 * fee);
    case_close(&c);
}

static const Loan loans[] = {{"L1", "F1", "A", NULL, NULL, 100000000, 0.05, 1}};

static const char one[] =
    "factors = { groups = ( { asset_correlation = "
    "\"0\"; } ); };\n";

#define FUND(opening, more) FUND_AND(opening, more, "")
#define FUND_AND(opening, more, rest)                                          \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\";"    \
    " parties = ( \"bank\", \"fund\" ); layers = ( { shares = ("               \
    " { party = \"fund\"; share = \"1\"; } ); } ); balances = ("               \
    " { party = \"fund\"; opening = \"" opening                                \
    "\"; overflow = \"bank\"; " more " } ); " rest " };\n"

static void open_one(Case *c, const char *scheme)
{
    case_open(c);
    case_loans(c, loans, COUNT(loans));
    Column *start = case_column(c, FIELD_started_on);
    Column *end = case_column(c, FIELD_matures_on);
    Column *way = case_column(c, FIELD_amortisation);
    start->i[0] = date_of((DateParts){2024, 3, 1}).days;
    end->i[0] = date_of((DateParts){2026, 3, 1}).days;
    way->s[0] = case_text(c, "bullet");
    c->options.years = 2;
    assert_int_equal(case_factors(c, one), OK);
    assert_int_equal(case_scheme(c, scheme), OK);
}

/* One loan of a million, which fails in the first year with 5% and in the
 * second with 4.75%.  So a chance of 6% needs what has become a million by the
 * second year, the least B with B + round(7% B) >= 1,000,000.00: 934,579.44;
 * and with 500,000.00, of which 535,000.00 have become, two fees of 23.25%; a
 * chance of 1% needs a million, or a fee of 50%, as the first year opens. */
static void a_yield_is_searched_for(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.2", "0.06", "0.01"};
    Case c;
    open_one(&c, FUND("500000.00", "yield = \"7%\";"));
    assert_int_equal(size_fund(&c, NULL, ruins, 3), OK);
    assert_true(at(&c, "pool_size", "balance", 0) == 0);
    assert_true(at(&c, "pool_size", "balance", 1) == 93457944);
    assert_true(at(&c, "pool_size", "balance", 2) == 100000000);
    assert_true(at(&c, "pool_size", "fee", 0) == 0);
    assert_close(at(&c, "pool_size", "fee", 1), .2325, 1e-7);
    assert_close(at(&c, "pool_size", "fee", 2), .5, 1e-7);
    case_close(&c);
}

/* Without a yield: 500,000.00 and two fees of 25% are enough for the second
 * year. */
static void a_fee_is_what_it_must_bring(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.06", "0.01"};
    Case c;
    open_one(&c, FUND("500000.00", ""));
    assert_int_equal(size_fund(&c, NULL, ruins, 2), OK);
    assert_true(at(&c, "pool_size", "balance", 0) == 100000000);
    assert_close(at(&c, "pool_size", "fee", 0), .25, 1e-12);
    assert_close(at(&c, "pool_size", "fee", 1), .5, 1e-12);
    assert_close(at(&c, "pool_size", "scale", 1), .5, 1e-12);
    case_close(&c);
}

/* A lasts and fails with 1% a year, B of five million starts in the second year
 * and fails with 10%.  Of 95,000.00 net assets ten times do not carry A's
 * million, so a book without premium stays without B; from .5% on B is written.
 * In the third year it fails with .9^2 .1: what is paid comes to 29,701 +
 * 405,000 yuan, what is in force to 1,000,000 (1 + .99 + .99^2) + 5,000,000
 * .9^2, and the fee at which they agree to 434,701 / 7,020,100.  The fund of
 * 150,000.00 pays for B, while A lasts, from (5,000,000 - 150,000) / 8,000,000
 * on. */
static void a_fee_pays_for_the_business_it_makes_room_for(void **state)
{
    (void)state;
    static const Loan book[] = {{"A", "A", "A", NULL, NULL, 100000000, 0.01, 1},
                                {"B", "B", "A", NULL, NULL, 500000000, 0.1, 1}};
    static const char *const ruins[] = {"0.05"}, *const rates[] = {"0", "2%"};
    for (size_t i = 0; i < 2; i++) {
        Case c;
        char scheme[600];
        case_open(&c);
        case_loans(&c, book, COUNT(book));
        Column *start = case_column(&c, FIELD_started_on);
        start->i[0] = date_of((DateParts){2024, 3, 1}).days;
        start->i[1] = date_of((DateParts){2025, 6, 1}).days;
        c.options.as_of = date_of((DateParts){2024, 3, 1});
        c.options.years = 3;
        c.options.scenarios = 20000;
        snprintf(scheme, sizeof scheme,
                 "scheme = { id = \"a\"; source = \"test\"; share_base = "
                 "\"principal\"; parties = ( \"bank\", \"fund\" ); layers = "
                 "( { shares = ( { party = \"fund\"; share = \"1\"; } ); } ); "
                 "balances = ( { party = \"fund\"; opening = \"150000.00\"; "
                 "overflow = \"bank\"; } ); premium = { party = \"fund\"; "
                 "rate = \"%s\"; }; leverage_limit = { party = \"fund\"; "
                 "multiple = \"10\"; net_assets = \"95000.00\"; }; };",
                 rates[i]);
        assert_int_equal(case_factors(&c, one), OK);
        assert_int_equal(case_scheme(&c, scheme), OK);
        assert_int_equal(size_fund(&c, NULL, ruins, 1), OK);
        double low = at(&c, "pool_size_fee", "fee_low", 0);
        double high = at(&c, "pool_size_fee", "fee_high", 0);
        assert_true(fabs(at(&c, "pool_size_fee", "fee", 0) -
                         434701. / 7020100) < 4 * (high - low) / 3.92);
        assert_close(at(&c, "pool_size", "fee", 0), .60625, 1e-8);
        assert_true(isnan(at(&c, "pool_size", "scale", 0)));
        case_close(&c);
    }
}

/* The loan fails in the first year with 5%, in the second with 4.75%: a chance
 * of 1% allows neither, so that the book carried is the less of what the years
 * carry; one of 6% allows either, not both, so that it is the greater; one of
 * 20% allows both, and no book is too large. */
static void a_book_grows_beside_what_does_not(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.2", "0.06", "0.01"};
    static const char other[] =
        "scheme = { id = \"a\"; source = \"test\"; share_base = "
        "\"principal\"; parties = ( \"bank\", \"first\", \"fund\" ); layers = "
        "( { shares = ( { party = \"first\"; share = \"1\"; } ); } ); balances "
        "= ( { party = \"first\"; opening = \"200000.00\"; overflow = "
        "\"fund\"; }, { party = \"fund\"; opening = \"500000.00\"; overflow = "
        "\"bank\"; } ); };";
    static const char layers[] =
        "scheme = { id = \"a\"; source = \"test\"; share_base = "
        "\"principal\"; parties = ( \"bank\", \"fund\" ); period = \"life\"; "
        "layers = ( { upto = \"60%\"; shares = ( { party = \"fund\"; share = "
        "\"1\"; } ); }, { shares = ( { party = \"bank\"; share = \"1/2\"; }, { "
        "party = \"fund\"; share = \"1/2\"; } ); } ); balances = ( { party = "
        "\"fund\"; opening = \"250000.00\"; overflow = \"bank\"; } ); opening "
        "= "
        "{ claimed = \"50000.00\"; }; };";
#define PAID "replenish = ( { on = \"2025-06-01\"; amount = \"300000.00\"; } );"
#define CAPPED                                                                 \
    "caps = ( { party = \"fund\"; rate = \"80%\"; period = \"life\"; "         \
    "overflow "                                                                \
    "= \"bank\"; } ); opening = { caps_used = ( { party = \"fund\"; amount = " \
    "\"300000.00\"; } ); };"
#define DUE                                                                    \
    "opening = { receivables = ( { party = \"fund\"; year = 2; amount = "      \
    "\"200000.00\"; } ); };"
    static const struct {
        const char *scheme;
        double once, never; /* the fund runs dry in either year, in neither */
    } cases[] = {
        {FUND("500000.00", PAID), .8, .5},
        /* 35,000.00 of interest */
        {FUND("500000.00", PAID " yield = \"7%\";"), .835, .5},
        {FUND_AND("500000.00", "", DUE), .7, .5},
        {other, .7, .7},
        /* 80% of the book less 300,000.00 come to the fund, */
        {FUND_AND("500000.00", "", CAPPED), 1, 1},
        /* and here 60% less 50,000.00, and half of the rest */
        {layers, .34375, .34375},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Case c;
        open_one(&c, cases[i].scheme);
        c.options.scenarios = 10000;
        c.options.as_of = date_of((DateParts){2024, 3, 1});
        assert_int_equal(size_fund(&c, "fund", ruins, 3), OK);
        assert_true(isnan(at(&c, "pool_size", "scale", 0)));
        assert_close(at(&c, "pool_size", "scale", 1), cases[i].once, 1e-7);
        assert_close(at(&c, "pool_size", "scale", 2), cases[i].never, 1e-7);
        case_close(&c);
    }
}

/* Who is cut to a cap on a customer, and what stands in a denominator, is
 * another at another size. */
static void a_book_whose_inside_changes_with_its_size_has_none(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.01"};
    static const char *const rest[] = {
        "customer_cap = \"400000.00\";",
        "caps = ( { party = \"fund\"; rate = \"8%\"; denominator = "
        "\"released\"; overflow = \"bank\"; } ); opening = { denominators = ( "
        "{ denominator = \"released\"; amount = \"1.00\"; } ); };"};
    for (size_t i = 0; i < COUNT(rest); i++) {
        char scheme[900];
        Case c;
        snprintf(scheme, sizeof scheme, FUND_AND("500000.00", "", "%s"),
                 rest[i]);
        open_one(&c, scheme);
        c.options.scenarios = 1000;
        assert_int_equal(size_fund(&c, NULL, ruins, 1), OK);
        assert_true(isnan(at(&c, "pool_size", "scale", 0)));
        case_close(&c);
    }
}

enum { FIRMS = 200 };

/* Two hundred firms over three years, money coming back and premium, and a
 * fund of `opening`. */
static void open_book(Case *c, const char *opening, int64_t times)
{
    static Loan book[FIRMS];
    static char ids[FIRMS][8], text[1200];
    for (size_t i = 0; i < FIRMS; i++) {
        snprintf(ids[i], sizeof ids[i], "%04zu", i);
        book[i] = (Loan){ids[i], ids[i], "A",
                         NULL,   NULL,   times * (int64_t)(1000000 + 7919 * i),
                         0.02,   0.45};
    }
    case_open(c);
    c->options.scenarios = 20000;
    c->options.years = 3;
    case_loans(c, book, FIRMS);
    snprintf(text, sizeof text,
             "scheme = { id = \"a\"; source = \"test\"; share_base = "
             "\"principal\"; parties = ( \"bank\", \"fund\" ); layers = ( { "
             "shares = ( { party = \"bank\"; share = \"20%%\"; }, { party = "
             "\"fund\"; share = \"80%%\"; } ); } ); caps = ( { party = "
             "\"fund\"; rate = \"9%%\"; period = \"life\"; overflow = "
             "\"bank\"; } ); balances = ( { party = \"fund\"; opening = "
             "\"%s\"; overflow = \"bank\"; } ); premium = { party = "
             "\"fund\"; rate = \"0.7%%\"; }; };",
             opening);
    assert_int_equal(case_factors(c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.2\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(c, text), OK);
}

static double chance_dry(Case *c)
{
    double sum = 0;
    assert_int_equal(case_run(c), OK);
    for (int64_t y = 1; y <= 3; y++)
        sum += case_chance(c, "pool_ruin", "fund", y, "probability");
    return sum;
}

/* The fund runs dry in 5% of the scenarios with the balance that is said, and
 * in more of them with a fen less; the chance it has now is what the simulation
 * counts; so it is with a book of the scale that is said. */
static void the_simulation_agrees_to_the_fen(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.05"};
    char opening[40];
    Case c;
    open_book(&c, "50000.00", 1);
    assert_int_equal(size_fund(&c, "fund", ruins, 1), OK);
    double need = at(&c, "pool_size", "balance", 0);
    double now = at(&c, "pool_size_now", "probability", 0);
    double scale = at(&c, "pool_size", "scale", 0);
    case_again(&c);
    assert_close(chance_dry(&c), now, 1e-12);
    case_close(&c);
    for (int less = 0; less < 2; less++) {
        snprintf(opening, sizeof opening, "%.2f", (need - less) / 100);
        open_book(&c, opening, 1);
        assert_true(less ? chance_dry(&c) > .05 : chance_dry(&c) <= .05);
        case_close(&c);
    }
    assert_close(scale, 5000000 / need, 1e-12);
    snprintf(opening, sizeof opening, "%.2f", 3 * need / 100 + .01);
    open_book(&c, opening, 3); /* the same fund to its book */
    assert_close(chance_dry(&c), .05, 1e-3);
    case_close(&c);
}

/* Every cell of a table as text, for any number of threads. */
static void threads_change_nothing(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.05", "0.01"};
    static const char *const names[] = {"pool_size_now", "pool_size",
                                        "pool_size_fee", "pool_size_curve"};
    Case c, d;
    open_book(&c, "50000.00", 1);
    open_book(&d, "50000.00", 1);
    d.options.threads = 3;
    assert_int_equal(size_fund(&c, "fund", ruins, 2), OK);
    assert_int_equal(size_fund(&d, "fund", ruins, 2), OK);
    for (size_t k = 0; k < COUNT(names); k++) {
        const Table *a = tables_find(c.tables, names[k]);
        const Table *b = tables_find(d.tables, names[k]);
        for (size_t i = 0; i < a->n; i++)
            for (size_t row = 0; row < a->rows; row++) {
                char x[CELL_TEXT], y[CELL_TEXT];
                assert_string_equal(cell_format(x, a->columns[i], row),
                                    cell_format(y, b->columns[i], row));
            }
    }
    case_close(&c);
    case_close(&d);
}

static void a_fund_that_is_not_there_is_told(void **state)
{
    (void)state;
    static const char *const ruins[] = {"0.05"};
    Case c;
    open_one(&c, FUND("1", ""));
    assert_int_equal(size_fund(&c, "nobody", ruins, 1), ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "scheme.cfg: no party is called 'nobody'; "
                        "its parties are bank, fund");
    case_close(&c);
    case_open(&c);
    case_w1(&c);
    assert_int_equal(case_scheme(&c, W1_SCHEME), OK);
    assert_int_equal(size_fund(&c, NULL, ruins, 1), ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "scheme.cfg: none of its parties has a fund; name the "
                        "one that shall with --party");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_benchmark_needs_what_is_exact),
        cmocka_unit_test(a_yield_is_searched_for),
        cmocka_unit_test(a_fee_is_what_it_must_bring),
        cmocka_unit_test(a_fee_pays_for_the_business_it_makes_room_for),
        cmocka_unit_test(a_book_grows_beside_what_does_not),
        cmocka_unit_test(a_book_whose_inside_changes_with_its_size_has_none),
        cmocka_unit_test(the_simulation_agrees_to_the_fen),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_fund_that_is_not_there_is_told),
    };
    return RUN(tests);
}
