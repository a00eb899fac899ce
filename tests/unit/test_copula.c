#include "check.h"

#include "book.h"
#include "pool/terms.h"

#include <stdlib.h>

/* What the simulation makes of factor models, by seeds. */

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 200, IS_SMALL = 1 };
#else
enum { SCENARIOS = 10000, IS_SMALL = 0 };
#endif

enum { SEEDS = 40 };

/* n equal loans of 1.00 yuan, lost whole, in the groups A and B by turns. */
static void equal_loans(Case *c, size_t n, double pd, const char *factors)
{
    case_open(c);
    Loan *loans = case_like(c, (Loan){.fen = 100, .pd = pd, .lgd = 1}, n);
    for (size_t i = 0; i < n; i++)
        loans[i].industry = i % 2 == 0 ? "A" : "B";
    case_loans(c, loans, n);
    assert_int_equal(case_factors(c, factors), OK);
    c->options.scenarios = SCENARIOS;
    free(loans);
}

/* One run of the model: the caller frees the sample. */
static void run(Sample *out, Case *c)
{
    Model m;
    case_again(c);
    assert_int_equal(model_open(&m, c->portfolio, c->factors, c->scheme,
                                &c->options, c->faults, &c->err),
                     OK);
    assert_int_equal(model_run(out, &m, &c->options, &c->err), OK);
    model_close(&m);
}

static double mean_of(const Sample *s)
{
    double sum = 0;
    for (uint64_t i = 0; i < s->n; i++)
        sum += (double)s->total[i] / 100;
    return sum / (double)s->n;
}

static double share_beyond(const Sample *s, int64_t loans)
{
    uint64_t k = 0;
    for (uint64_t i = 0; i < s->n; i++)
        k += s->total[i] > 100 * loans;
    return (double)k / (double)s->n;
}

static double square(double x)
{
    return x * x;
}

/* Squares of 40 standard normals lie in this band but for one time in 500. */
static void is_chi_square(double sum)
{
    if (!(sum > 17.9 && sum < 73.4))
        print_error("squares of 40 z-scores sum to %g\n", sum);
    assert_true(sum > 17.9 && sum < 73.4);
}

#define T4(more)                                                               \
    "factors = { copula = \"t\"; degrees_of_freedom = \"4\"; " more            \
    " groups = ( { asset_correlation = \"0.2\"; } ); };\n"

/* 1,000 equal loans, pd 2%, rho .2, t(4): mean 20, sd 54.24534234 and
 * P(L <= 282) = 0.9900162043 by a binomial mixture, 15 digits. */
static void t_copula_has_its_mean_and_tail(void **state)
{
    (void)state;
    const double p = 1 - 0.9900162043, root = sqrt(SCENARIOS);
    double means = 0, tails = 0;
    Case c;
    Sample s;
    equal_loans(&c, 1000, 0.02, T4("w = \"path\";"));
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        c.options.seed = seed;
        run(&s, &c);
        means += square((mean_of(&s) - 20) / 54.24534234 * root);
        tails += square((share_beyond(&s, 282) - p) / sqrt(p * (1 - p)) * root);
        sample_free(&s);
    }
    is_chi_square(means);
    is_chi_square(tails);
    case_close(&c);
}

/* pd 2% over three years by hazard, t(4) with one V for all years, Y anew each
 * year: E[1 - (1 - Phi(T w))^3] = 0.05410023531, by trapezoid in the mixing
 * normal.  With a V for each year it is 1 - 0.98^3. */
static void one_w_for_all_years_thins_out_the_weak(void **state)
{
    (void)state;
    static const struct {
        const char *factors;
        double want;
    } ways[] = {{T4("w = \"path\";"), 0.05410023531},
                {T4("w = \"year\";"), 0.058808}};
    for (size_t i = 0; i < COUNT(ways); i++) {
        double squares = 0;
        Case c;
        equal_loans(&c, 100, 0.02, ways[i].factors);
        c.options.years = 3;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            case_again(&c);
            c.options.seed = seed;
            assert_int_equal(case_run(&c), OK);
            squares +=
                square((case_figure(&c, "total", "el", 0, "value") / 100 -
                        100 * ways[i].want) /
                       (case_figure(&c, "total", "el", 0, "se") / 100));
        }
        is_chi_square(squares);
        case_close(&c);
    }
}

/* With copula_time three years of 2% are one of 1 - 0.98^3, draw by draw. */
static void copula_time_is_one_long_year(void **state)
{
    (void)state;
    static const char *const factors[] = {
        T4("w = \"path\"; timing = \"copula_time\";"),
        "factors = { timing = \"copula_time\"; groups = "
        "( { asset_correlation = \"0.2\"; } ); };\n"};
    for (size_t i = 0; i < COUNT(factors); i++) {
        Case years, one;
        Sample a, b;
        equal_loans(&years, 1000, 0.02, factors[i]);
        equal_loans(&one, 1000, 0.058808, factors[i]);
        years.options.years = 3;
        run(&a, &years);
        run(&b, &one);
        for (uint64_t q = 0; q < SCENARIOS; q++)
            assert_int_equal(a.total[q], b.total[q]);
        sample_free(&a);
        sample_free(&b);
        case_close(&years);
        case_close(&one);
    }
}

/* Two groups of unequal degrees, some years: the same losses by any set of
 * instructions and any threads. */
static void instructions_and_threads_change_nothing(void **state)
{
    (void)state;
    static const char *const isas[] = {"portable", "avx2", "avx512"};
    static const char *const timings[] = {"hazard", "copula_time"};
    char text[512];
    for (size_t k = 0; k < COUNT(timings); k++) {
        Case c;
        Sample first = {0}, s;
        snprintf(text, sizeof text,
                 "factors = { copula = \"t\"; w = \"path\"; timing = \"%s\";"
                 " correlation = \"0.4\"; groups = ("
                 " { industry = \"A\"; asset_correlation = \"0.2\";"
                 " degrees_of_freedom = \"3\"; },"
                 " { industry = \"B\"; asset_correlation = \"0.15\";"
                 " degrees_of_freedom = \"23.85\"; } ); };\n",
                 timings[k]);
        equal_loans(&c, 300, 0.02, text);
        c.options.years = 3;
        for (size_t i = 0; i < COUNT(isas); i++) {
            setenv("KEDAN_ISA", isas[i], 1);
            c.options.threads = (int)i * 3 + 1;
            run(i == 0 ? &first : &s, &c);
            for (uint64_t q = 0; i > 0 && q < SCENARIOS; q++)
                assert_int_equal(s.total[q], first.total[q]);
            if (i > 0)
                sample_free(&s);
        }
        unsetenv("KEDAN_ISA");
        sample_free(&first);
        case_close(&c);
    }
}

/* 200 equal loans, pd 2%, rho .2, AR(1) of .5: EL 11.62455576 after three
 * years, exact by quadrature; t(4) with one w as above. */
static void implied_terms_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *factors;
        double want;
    } ways[] = {{"factors = { autoregression = \"0.5\"; groups = "
                 "( { asset_correlation = \"0.2\"; } ); };\n",
                 11.62455576 / 200},
                {T4("w = \"path\";"), 0.05410023531}};
    for (size_t i = 0; i < COUNT(ways); i++) {
        Case c;
        equal_loans(&c, 20, 0.02, ways[i].factors);
        c.options.years = 3;
        c.options.scenarios = 100;
        assert_int_equal(case_run(&c), OK);
        const Table *t = tables_find(c.tables, "pool_terms");
        assert_int_equal(t->rows, 3);
        assert_close(table_find(t, "pd_implied")->d[0], 0.02, 1e-11);
        assert_close(table_find(t, "pd_implied")->d[2], ways[i].want, 1e-9);
        assert_close(table_find(t, "pd_asked")->d[2], 0.058808, 1e-14);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_copula_has_its_mean_and_tail),
        cmocka_unit_test(one_w_for_all_years_thins_out_the_weak),
        cmocka_unit_test(copula_time_is_one_long_year),
        cmocka_unit_test(implied_terms_are_told),
        cmocka_unit_test(instructions_and_threads_change_nothing),
    };
    return RUN(tests);
}
