#include "check.h"

#include "book.h"
#include "pool/model.h"

/* Exact distributions by monthly steps of loans that are paid back within the
 * year. */

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { IS_SMALL = 1 };
#else
enum { IS_SMALL = 0 };
#endif

typedef struct {
    double level, var, es;
} Tail;

static const double levels[] = {0.95, 0.99, 0.999};

/* Loans of 2024-03-01, the opening day, until that day a number of months
 * later. */
static void open_loans(Case *c, const Loan loans[], const char *const way[],
                       const int months[], size_t n, const char *factors)
{
    case_open(c);
    case_loans(c, loans, n);
    Column *start = case_column(c, FIELD_started_on);
    Column *matures = case_column(c, FIELD_matures_on);
    Column *how = case_column(c, FIELD_amortisation);
    Date opening = date_of((DateParts){2024, 3, 1});
    for (size_t i = 0; i < n; i++) {
        start->i[i] = opening.days;
        matures->i[i] = date_add_months(opening, months[i]).days;
        how->s[i] = case_text(c, way[i]);
    }
    c->options.steps = POOL_STEPS_MONTHLY;
    c->options.exact = POOL_EXACT_CHEAP;
    assert_int_equal(case_factors(c, factors), OK);
}

static void has_tails(const Case *c, const char *party, const Tail tails[],
                      double unit, double within)
{
    for (size_t i = 0; i < COUNT(levels); i++) {
        double var = case_exact(c, party, "var", tails[i].level);
        double es = case_exact(c, party, "es", tails[i].level);
        assert_close(var / unit, tails[i].var, within);
        assert_close(es / unit, tails[i].es, within);
    }
}

/* Every simulated figure that has an error lies within four of the exact one.
 */
static void is_simulated(const Case *c)
{
    const Table *t = tables_find(c->tables, "pool_exact");
    int compared = 0;
    assert_non_null(t);
    for (size_t i = 0; i < t->rows; i++) {
        double z = table_find(t, "z")->d[i];
        compared += !isnan(z);
        if (fabs(z) >= 4)
            print_error("row %zu: z %.3g\n", i, z);
        assert_false(fabs(z) >= 4);
    }
    assert_true(compared > 2);
}

/* Three firms of 12 equal parts, 240 360 480; the third one's second loan, 120,
 * is due after six months, and both fail together.  Of a loss the re-guarantor
 * bears half up to 5% of 1,200, the pool an eighth out of 12, the guarantor the
 * rest.  All 13^3 futures in exact rationals, printed to 15 digits; a unit is
 * ten million yuan. */
#define UNIT 1e7

static const char alone[] =
    "factors = { groups = ( { asset_correlation = \"0\"; } ); };\n";

static const char shared[] =
    "scheme = { id = \"m\"; basis = \"net\"; share_base = \"principal\";\n"
    "  denominator = \"opening_balance\";\n"
    "  parties = ( \"guarantor\", \"reguarantor\", \"pool\" );\n"
    "  layers = ( { shares = ( { party = \"guarantor\"; share = \"3/8\"; },\n"
    "    { party = \"reguarantor\"; share = \"4/8\"; },\n"
    "    { party = \"pool\"; share = \"1/8\"; } ); } );\n"
    "  caps = ( { party = \"reguarantor\"; rate = \"5%\"; period = \"year\";\n"
    "    overflow = \"guarantor\"; } );\n"
    "  balances = ( { party = \"pool\"; opening = \"120000000.00\";\n"
    "    overflow = \"guarantor\"; } ); };\n";

static void all_months_of_three_firms_are_weighed(void **state)
{
    (void)state;
    static const Loan loans[] = {
        {"L1", "F1", NULL, NULL, NULL, INT64_C(240000000000), 0.10, 1},
        {"L2", "F2", NULL, NULL, NULL, INT64_C(360000000000), 0.08, 1},
        {"L3", "F3", NULL, NULL, NULL, INT64_C(480000000000), 0.05, 1},
        {"L4", "F3", NULL, NULL, NULL, INT64_C(120000000000), 0.05, 1}};
    static const char *const way[] = {"equal_principal", "equal_principal",
                                      "equal_principal", "bullet"};
    static const int months[] = {12, 12, 12, 6};
    static const struct {
        const char *party;
        double el, sd;
        Tail tail[3];
    } want[] = {{"total",
                 44.6,
                 111.227874204266,
                 {{0.95, 270, 438.322731481481},
                  {0.99, 560, 625.174074074074},
                  {0.999, 760, 832.074074074074}}},
                {"guarantor",
                 31.3334360532407,
                 89.7169722780566,
                 {{0.95, 198, 366.322731481481},
                  {0.99, 488, 553.174074074074},
                  {0.999, 688, 760.074074074074}}},
                {"reguarantor",
                 10.9821898148148,
                 22.2290999409826,
                 {{0.95, 60, 60}, {0.99, 60, 60}, {0.999, 60, 60}}},
                {"pool",
                 2.28437413194444,
                 4.55640851621346,
                 {{0.95, 12, 12}, {0.99, 12, 12}, {0.999, 12, 12}}}};
    Case c;
    open_loans(&c, loans, way, months, COUNT(loans), alone);
    assert_int_equal(case_scheme(&c, shared), OK);
    assert_int_equal(case_run(&c), OK);
    assert_string_equal(case_inexact(&c), "");
    for (size_t i = 0; i < COUNT(want); i++) {
        const char *p = want[i].party;
        assert_close(case_exact(&c, p, "el", 0) / UNIT, want[i].el, 1e-11);
        assert_close(case_exact(&c, p, "sd", 0) / UNIT, want[i].sd, 1e-11);
        has_tails(&c, p, want[i].tail, UNIT, 1e-11);
    }
    const Table *ruin = tables_find(c.tables, "pool_exact_ruin");
    size_t dry = 0;
    while (strcmp(table_field(ruin, FIELD_party)->s[dry], "pool") != 0)
        dry++;
    assert_close(table_field(ruin, FIELD_probability)->d[dry],
                 0.159966435185185, 1e-11);
    is_simulated(&c);
    case_close(&c);
}

/* Forty firms of 24, 48 ... 120 (ten thousand yuan), due in twelve or 24 equal
 * parts: by a script of its own in Python, which folds the firms' losses one by
 * one at each value of the factor, in steps of 0.2 and 0.14 that agree to
 * ten digits. */
static void months_have_their_distribution(void **state)
{
    (void)state;
    enum { N = 40 };
    static const Tail tails[] = {{0.95, 343, 468.724021416},
                                 {0.99, 547, 669.513526148},
                                 {0.999, 829, 941.337365490}};
    Loan loans[N];
    const char *way[N];
    int months[N];
    char ids[N][16];
    Case c;
    for (int i = 0; i < N; i++) {
        snprintf(ids[i], sizeof ids[i], "%d", i);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = ids[i],
                          .fen = INT64_C(24000000) * (1 + i % 5),
                          .pd = 0.01 + 0.002 * i,
                          .lgd = 1};
        way[i] = "equal_principal";
        months[i] = i % 2 == 0 ? 12 : 24;
    }
    open_loans(&c, loans, way, months, N,
               "factors = { groups = ( { asset_correlation = \"0.2\"; } ); "
               "};\n");
    assert_int_equal(case_run(&c), OK);
    assert_close(case_exact(&c, "total", "el", 0) / 1e4, 95.46, 1e-11);
    assert_close(case_exact(&c, "total", "sd", 0) / 1e4, 122.805264417, 1e-11);
    has_tails(&c, "total", tails, 1e4, 1e-10);
    is_simulated(&c);
    case_close(&c);
}

/* Odd loans, two of each firm; `sd` of the loss given default, or 0.  Firms
 * fail apart from each other, so that the variance is the sum of theirs. */
enum { FIRMS = 60 };

static void open_odd(Case *c, double sd, double lgd, int64_t fen)
{
    static const char *const ways[] = {"equal_principal", "equal_payment",
                                       "bullet"};
    static char ids[2 * FIRMS][16], firms[FIRMS][16];
    Loan loans[2 * FIRMS];
    const char *way[2 * FIRMS];
    int months[2 * FIRMS];
    for (int i = 0; i < 2 * FIRMS; i++) {
        snprintf(ids[i], sizeof ids[i], "L%d", i);
        snprintf(firms[i / 2], sizeof firms[0], "F%d", i / 2);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = firms[i / 2],
                          .fen = fen + 7919 * (i * i % 97),
                          .pd = 0.4 - 0.001 * (i / 2 % 13),
                          .lgd = lgd};
        way[i] = ways[i % 3];
        months[i] = 5 + i * 7 % 50;
    }
    open_loans(c, loans, way, months, 2 * FIRMS,
               "factors = { correlation = \"0\"; groups = ( { "
               "asset_correlation = \"0\"; } ); };\n");
    if (sd > 0)
        case_deviate(c, sd);
}

/* What a loan of the book owes as each month opens. */
static void fill_balances(double balance[2 * FIRMS][12], const Case *c,
                          double pd[])
{
    Model m;
    assert_int_equal(model_open(&m, c->portfolio, c->factors, NULL, &c->options,
                                c->faults, (Err *)(uintptr_t)&c->err),
                     OK);
    for (size_t i = 0; i < m.book->nloans; i++) {
        uint32_t row = m.book->loans[i].row;
        pd[row] = m.book->pd[m.book->loans[i].slot];
        for (size_t t = 0; t < 12; t++)
            balance[row][t] =
                (double)m.book->balance[i * m.book->width + t] / 100;
    }
    model_close(&m);
}

/* Mean and standard deviation of the sum over firms that fail apart: of each,
 * over its months, the mean of its loss and of its square. */
static void add_up(double *el, double *sd, const Case *c, double lgd,
                   double deviation)
{
    double balance[2 * FIRMS][12], pd[2 * FIRMS], variance = 0;
    fill_balances(balance, c, pd);
    *el = 0;
    for (size_t i = 0; i < 2 * FIRMS; i += 2) {
        double mean = 0, square = 0;
        for (size_t t = 0; t < 12; t++) {
            double a = balance[i][t], b = balance[i + 1][t];
            mean += (a + b) * lgd / 12;
            square += ((a + b) * (a + b) * lgd * lgd +
                       (a * a + b * b) * deviation * deviation) /
                      12;
        }
        *el += pd[i] * mean;
        variance += pd[i] * square - pd[i] * pd[i] * mean * mean;
    }
    *sd = sqrt(variance);
}

/* Loans of a firm fail in the same month, whether their losses are drawn each
 * by itself or not; the bytes are those of any threads and instruction set. */
static void loans_of_a_firm_fail_in_the_same_month(void **state)
{
    (void)state;
    static const char *const isas[] = {"portable", "avx2", "avx512"};
    for (int drawn = 0; drawn < 2; drawn++) {
        double el, sd, first = 0;
        for (size_t i = 0; i < COUNT(isas); i++) {
            Case c;
            setenv("KEDAN_ISA", isas[i], 1);
            open_odd(&c, drawn ? 0.2 : 0, 0.5, 1000003);
            c.options.threads = (int)i + 1;
            assert_int_equal(case_run(&c), OK);
            assert_string_equal(case_inexact(&c), "");
            add_up(&el, &sd, &c, 0.5, drawn ? 0.2 : 0);
            assert_close(case_exact(&c, "total", "el", 0), el, 1e-6);
            assert_close(case_exact(&c, "total", "sd", 0), sd, 1e-5);
            double es = case_exact(&c, "total", "es", 0.99);
            first = i == 0 ? es : first;
            assert_true(es == first);
            is_simulated(&c);
            case_close(&c);
        }
    }
    unsetenv("KEDAN_ISA");
}

/* What comes back of drawn losses differs, so that the parties have no exact
 * distribution; what a fund is asked for hangs on the months' claims alone. */
static void a_fund_runs_dry_by_the_claims_of_months(void **state)
{
    (void)state;
    Case c;
    open_odd(&c, 0.2, 0.5, 1000003);
    assert_int_equal(
        case_scheme(
            &c,
            "scheme = { id = \"g\"; basis = \"gross\"; share_base = "
            "\"principal\"; parties = ( \"bank\", \"fund\" ); layers = ( "
            "{ shares = ( { party = \"fund\"; share = \"60%\"; }, { party "
            "= \"bank\"; share = \"40%\"; } ); } ); balances = ( { party "
            "= \"fund\"; opening = \"260000.00\"; overflow = \"bank\"; } "
            "); recovery = ( { after_months = 24; share = \"100%\"; } ); "
            "};"),
        OK);
    assert_int_equal(case_run(&c), OK);
    assert_string_equal(case_inexact(&c),
                        "what comes back is not in one proportion to all "
                        "claims, so the parties have no exact distribution");
    const Table *t = tables_find(c.tables, "pool_exact_ruin");
    assert_int_equal(t->rows, 1);
    double p = table_field(t, FIELD_probability)->d[0];
    assert_true(p > 0.05 && p < 0.95);
    assert_true(fabs(table_find(t, "z")->d[0]) < 4);
    case_close(&c);
}

/* Losses in more than a million units of a fen, and all the units: the same by
 * a smooth distribution as by each. */
static void amounts_without_a_unit_agree_with_all_their_units(void **state)
{
    (void)state;
    Case a, b;
    if (IS_SMALL)
        skip();
    open_odd(&a, 0, 1, 10003);
    assert_int_equal(case_run(&a), OK);
    open_odd(&b, 0, 1, 10003);
    b.options.exact = POOL_EXACT_FULL;
    assert_int_equal(case_run(&b), OK);
    for (size_t i = 0; i < COUNT(levels); i++) {
        double var = case_exact(&b, "total", "var", levels[i]);
        double es = case_exact(&b, "total", "es", levels[i]);
        assert_true(fabs(case_exact(&a, "total", "var", levels[i]) - var) <
                    0.15); /* two units of some seven fen */
        assert_close(case_exact(&a, "total", "es", levels[i]), es, 1e-6);
    }
    case_close(&a);
    case_close(&b);
}

#define LIMITED(limit)                                                         \
    "scheme = { id = \"n\"; basis = \"net\"; share_base = \"principal\"; "     \
    "parties = ( \"fund\" ); layers = ( { shares = ( { party = \"fund\"; "     \
    "share = \"100%\"; } ); } ); " limit " };"

/* Whether a loan of May is written hangs on the limit of leverage, or on its
 * bank. */
static void business_that_may_be_stopped_has_no_twin(void **state)
{
    (void)state;
    static const Loan loans[] = {
        {"L1", "F1", NULL, NULL, "X", 1000000, 0.10, 1},
        {"L2", "F2", NULL, NULL, "Y", 1000000, 0.08, 1}};
    static const char *const way[] = {"bullet", "bullet"};
    static const int months[] = {24, 24};
    static const char *const schemes[] = {
        LIMITED(""),
        LIMITED(
            "breakers = ( { by = \"bank\"; suspend = \"5%\"; } ); opening = "
            "{ suspended = ( \"X\" ); };"),
        LIMITED(
            "breakers = ( { by = \"bank\"; suspend = \"5%\"; } ); opening = "
            "{ suspended = ( \"Y\" ); };"),
        LIMITED("leverage_limit = { party = \"fund\"; multiple = \"10\"; "
                "net_assets = \"1000.00\"; };")};
    Case c;
    open_loans(&c, loans, way, months, COUNT(loans), alone);
    Column *start =
        (Column *)(uintptr_t)table_field(c.portfolio, FIELD_started_on);
    c.options.as_of = date_of((DateParts){2024, 3, 1});
    start->i[1] = date_of((DateParts){2024, 5, 10}).days;
    for (int i = 0; i < 4; i++) {
        case_again(&c);
        assert_int_equal(case_scheme(&c, schemes[i]), OK);
        assert_int_equal(case_run(&c), OK);
        assert_string_equal(case_inexact(&c),
                            i > 1 ? "what starts within the year may be "
                                    "stopped, so by monthly steps there is no "
                                    "exact distribution"
                                  : "");
        if (i < 2)
            is_simulated(&c);
    }
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_months_of_three_firms_are_weighed),
        cmocka_unit_test(months_have_their_distribution),
        cmocka_unit_test(loans_of_a_firm_fail_in_the_same_month),
        cmocka_unit_test(a_fund_runs_dry_by_the_claims_of_months),
        cmocka_unit_test(amounts_without_a_unit_agree_with_all_their_units),
        cmocka_unit_test(business_that_may_be_stopped_has_no_twin),
    };
    return RUN(tests);
}
