#include "check.h"

#include "book.h"
#include "pool/model.h"
#include "pool/severity.h"
#include "stat/betarank.h"
#include "stat/normal.h"
#include "stat/vasicek.h"

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 200, IS_SMALL = 1 };
#else
enum { SCENARIOS = 20000, IS_SMALL = 0 };
#endif

enum { SEEDS = 40 };

#define UNIT 1e9 /* fen of a loan */

/* mpmath 1.3, 30 digits: halving on betainc() and ncdf(). */
static void shares_have_the_rank_of_the_normal(void **state)
{
    (void)state;
    static const struct {
        double z, a, b, want;
    } rows[] = {{-3, 1.332, 1.628, 0.0044999127187439633},
                {0.5, 1.332, 1.628, 0.59429763262841702},
                {4, 1.332, 1.628, 0.99864460876839607},
                {-6, 2.385, 0.7, 0.00021217036745135376},
                {1.5, 0.3, 0.4, 0.99312602538415366},
                {-2, 0.3, 0.4, 1.3878518953226157e-5},
                {2, 40, 60, 0.49923142882839129}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        double start = log(rows[i].a / rows[i].b);
        double s = betarank_at(rows[i].z, rows[i].a, rows[i].b, start);
        assert_close(betarank_value(s), rows[i].want, 1e-12);
    }
}

/* n equal loans in one group, mean .45, sd .25; pd rises from 2%. */
static void open_book(Case *c, size_t n, double rise, const char *factors)
{
    case_open(c);
    Loan *loans = case_like(c, (Loan){.fen = (int64_t)UNIT, .lgd = 0.45}, n);
    for (size_t i = 0; i < n; i++)
        loans[i].pd = 0.02 + rise * (double)i;
    case_loans(c, loans, n);
    case_deviate(c, 0.25);
    assert_int_equal(case_factors(c, factors), OK);
    c->options.scenarios = SCENARIOS;
    free(loans);
}

#define LOADED(more, q)                                                        \
    "factors = { " more                                                        \
    " groups = ( { asset_correlation = \"0.2\"; "                              \
    "lgd_loading = \"" q "\"; } ); };\n"
#define UNCONDITIONAL(q) LOADED("lgd_basis = \"unconditional\";", q)

/* Large pool, pd 2%, rho .2, unconditional mean .45 and sd .25: EL by
 * quadrature; at q = .1 E[LGD | default] is .5349370116. */
static void an_unconditional_mean_is_passed_in_defaults(void **state)
{
    (void)state;
    static const struct {
        const char *factors;
        double el;
    } rows[] = {{UNCONDITIONAL("0.05"), .01019991263},
                {UNCONDITIONAL("0.1"), .01069874023},
                {UNCONDITIONAL("0.2"), .01140305796}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c;
        open_book(&c, 100, 0, rows[i].factors);
        assert_int_equal(case_run(&c), OK);
        double el = case_figure(&c, "total", "el_exact", 0, "value");
        assert_close(el / (100 * UNIT), rows[i].el, 1e-8);
        case_close(&c);
    }
}

static int64_t large(const Case *c, const char *column)
{
    return table_find(tables_find(c->tables, "pool_large"), column)->i[2];
}

/* Its quantile at 99.9%, large pool; a pool of 20,000 loans lies near. */
static void bad_years_lose_more_of_each_loan(void **state)
{
    (void)state;
    static const struct {
        const char *factors;
        double var;
    } rows[] = {{UNCONDITIONAL("0.05"), .1404470839},
                {UNCONDITIONAL("0.1"), .1557920763},
                {UNCONDITIONAL("0.2"), .1758849467}};
    enum { N = 4000 };
    for (size_t i = 0; !IS_SMALL && i < COUNT(rows); i++) {
        Case c;
        open_book(&c, N, 0, rows[i].factors);
        c.options.scenarios = 100000;
        c.options.seed = i + 1;
        assert_int_equal(case_run(&c), OK);
        double low = case_figure(&c, "total", "var", 0.999, "low");
        double high = case_figure(&c, "total", "var", 0.999, "high");
        assert_true(low / N / UNIT < rows[i].var);
        assert_true(high / N / UNIT > rows[i].var);
        assert_close((double)large(&c, "var_large") / N / UNIT, rows[i].var,
                     1e-9);
        case_close(&c);
    }
}

/* Losses that hardly vary are .45 of Vasicek's pool, and the gain of a quantile
 * for want of loans .45 of its gain. */
static void losses_of_no_spread_are_vasicek_s(void **state)
{
    (void)state;
    enum { N = 1000 };
    Case c;
    open_book(&c, N, 0, LOADED("", "0"));
    Column *sd = (Column *)(uintptr_t)table_field(c.portfolio, FIELD_lgd_sd);
    for (size_t i = 0; i < N; i++)
        sd->d[i] = 0.001;
    c.options.scenarios = 2;
    assert_int_equal(case_run(&c), OK);
    assert_close((double)large(&c, "var_large") / N / UNIT,
                 .45 * vasicek_var(.02, .2, .999), 1e-9);
    assert_close((double)large(&c, "es_large") / N / UNIT,
                 .45 * vasicek_es(.02, .2, .999), 1e-8);
    assert_close((double)large(&c, "granularity") / UNIT,
                 .45 * vasicek_granularity(.02, .2, .999), 1e-5);
    case_close(&c);
}

/* Squares of z over the seeds, of the mean against sum of pd x lgd. */
static void is_met(const char *factors)
{
    double squares = 0, want = 0;
    Case c;
    open_book(&c, 200, 0.0005, factors);
    for (int i = 0; i < 200; i++)
        want += (0.02 + 0.0005 * i) * 0.45;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        case_again(&c);
        c.options.seed = seed;
        assert_int_equal(case_run(&c), OK);
        double el = case_figure(&c, "total", "el", 0, "value") / UNIT;
        double se = case_figure(&c, "total", "el", 0, "se") / UNIT;
        squares += (el - want) / se * ((el - want) / se);
    }
    if (!(squares > 17.9 && squares < 73.4))
        print_error("squares of 40 z-scores sum to %g\n", squares);
    assert_true(squares > 17.9 && squares < 73.4);
    case_close(&c);
}

static void a_mean_over_defaults_is_met(void **state)
{
    (void)state;
    is_met(LOADED("", "0.1"));
    is_met(LOADED("copula = \"t\"; degrees_of_freedom = \"4\"; w = \"year\";",
                  "0.2"));
    is_met(LOADED("", "0"));
}

/* Without a loading the share is beta by itself: one loan that always fails,
 * mean .45, sd .25. */
static void one_loan_loses_a_beta_share(void **state)
{
    (void)state;
    Case c;
    open_book(&c, 1, 0.98, LOADED("", "0"));
    Column *pd = (Column *)(uintptr_t)table_find(c.portfolio, "pd");
    pd->d[0] = 1;
    double squares = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        case_again(&c);
        c.options.seed = seed;
        assert_int_equal(case_run(&c), OK);
        double sd = case_figure(&c, "total", "sd", 0, "value") / UNIT;
        double se = case_figure(&c, "total", "sd", 0, "se") / UNIT;
        squares += (sd - 0.25) / se * ((sd - 0.25) / se);
    }
    assert_true(squares > 17.9 && squares < 73.4);
    case_close(&c);
}

static int64_t sum_of(const Table *t, const char *column)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->rows; i++)
        sum += table_find(t, column)->i[i];
    return sum;
}

/* The same by any instructions and threads; told again by number. */
static void draws_are_places(void **state)
{
    (void)state;
    static const char *const isas[] = {"portable", "avx2", "avx512"};
    Case c;
    Model m;
    Sample first = {0}, s;
    open_book(&c, 300, 0.0003, LOADED("", "0.1"));
    c.options.years = 2;
    for (size_t i = 0; i < COUNT(isas); i++) {
        case_again(&c);
        setenv("KEDAN_ISA", isas[i], 1);
        c.options.threads = (int)i * 3 + 1;
        assert_int_equal(model_open(&m, c.portfolio, c.factors, NULL,
                                    &c.options, c.faults, &c.err),
                         OK);
        assert_int_equal(
            model_run(i == 0 ? &first : &s, &m, &c.options, &c.err), OK);
        model_close(&m);
        for (uint64_t q = 0; i > 0 && q < SCENARIOS; q++)
            assert_int_equal(s.total[q], first.total[q]);
        if (i > 0)
            sample_free(&s);
    }
    unsetenv("KEDAN_ISA");
    for (uint64_t q = 1; q < SCENARIOS; q = q * 5 + 3) {
        case_again(&c);
        assert_int_equal(pool_replay(c.tables, c.portfolio, c.factors, NULL,
                                     &c.options, q, c.faults, &c.err),
                         OK);
        const Table *story = tables_find(c.tables, "pool_story");
        assert_int_equal(sum_of(story, "claim") + sum_of(story, "kept") -
                             sum_of(story, "recovered"),
                         first.total[q]);
    }
    sample_free(&first);
    case_close(&c);
}

static Column *field(const Case *c, Field id)
{
    return (Column *)(uintptr_t)table_field(c->portfolio, id);
}

static void open_model(Model *m, Case *c)
{
    assert_int_equal(model_open(m, c->portfolio, c->factors, NULL, &c->options,
                                c->faults, &c->err),
                     OK);
}

/* More means than have distributions of their own, half of them below 1/64 and
 * half above 63/64, in no order; deviation .05. */
static void means_near_nought_and_one_are_met(void **state)
{
    (void)state;
    enum { N = 600 };
    Case c;
    Model m;
    open_book(&c, N, 0, LOADED("", "0"));
    for (size_t i = 0; i < N; i++) {
        double small = 0.003 + 0.00002 * (double)(i * 287 % N);
        field(&c, FIELD_lgd)->d[i] = i % 2 == 0 ? small : 1 - small;
        field(&c, FIELD_lgd_sd)->d[i] = 0.05;
    }
    open_model(&m, &c);
    for (uint32_t i = 256; i < N; i++) {
        double mean, square;
        severity_given(&mean, &square, m.dues->severity, 0, i, 0);
        assert_close(mean, m.book->loans[i].lgd, 1e-6);
        assert_close(sqrt(square - mean * mean), 0.05, 0.02);
    }
    model_close(&m);
    case_close(&c);
}

/* Over defaults, by sums over the factor: phi(y) P(default | y) E[share | y],
 * pd 2%, rho .2. */
static double mean_over_defaults(const Model *m, uint32_t loan)
{
    double sum = 0, all = 0;
    for (int i = -64; i <= 64; i++) {
        double y = i / 8.0, mean, square;
        double t = (normal_quantile(.02) - sqrt(.2) * y) / sqrt(.8);
        double weight = normal_density(y) * normal_cdf(t);
        severity_given(&mean, &square, m->dues->severity, 0, loan, y);
        sum += weight * mean;
        all += weight;
    }
    return sum / all;
}

static void they_are_met_over_defaults_too(void **state)
{
    (void)state;
    static const double means[] = {.0083, .0117, .45, .9877, .9951};
    Case c;
    Model m;
    open_book(&c, COUNT(means), 0, LOADED("", "0.1"));
    for (size_t i = 0; i < COUNT(means); i++) {
        field(&c, FIELD_lgd)->d[i] = means[i];
        field(&c, FIELD_lgd_sd)->d[i] = 0.05;
    }
    open_model(&m, &c);
    for (uint32_t i = 0; i < COUNT(means); i++) {
        double got = mean_over_defaults(&m, i);
        double want = means[m.book->loans[i].row];
        assert_close(got, want, 1e-4);
    }
    model_close(&m);
    case_close(&c);
}

/* Means that no distribution of that deviation has. */
static void what_no_distribution_has_is_refused(void **state)
{
    (void)state;
    Case c;
    open_book(&c, 2, 0, LOADED("", "0.1"));
    Column *sd = (Column *)(uintptr_t)table_find(c.portfolio, "lgd_sd");
    sd->d[1] = 0.5;
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "no beta distribution has the mean 0.45 and the "
                        "standard deviation 0.5 of loan '1'");
    case_again(&c);
    sd->d[1] = 0.35;
    Column *lgd = (Column *)(uintptr_t)table_find(c.portfolio, "lgd");
    lgd->d[1] = 0.15;
    assert_int_equal(case_run(&c), ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "portfolio: no beta distribution gives loan '1' a mean "
                        "loss of 0.15 over defaults and lgd_sd 0.35");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_have_the_rank_of_the_normal),
        cmocka_unit_test(an_unconditional_mean_is_passed_in_defaults),
        cmocka_unit_test(bad_years_lose_more_of_each_loan),
        cmocka_unit_test(losses_of_no_spread_are_vasicek_s),
        cmocka_unit_test(a_mean_over_defaults_is_met),
        cmocka_unit_test(one_loan_loses_a_beta_share),
        cmocka_unit_test(draws_are_places),
        cmocka_unit_test(means_near_nought_and_one_are_met),
        cmocka_unit_test(they_are_met_over_defaults_too),
        cmocka_unit_test(what_no_distribution_has_is_refused),
    };
    return RUN(tests);
}
