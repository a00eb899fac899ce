#include "check.h"

#include "book.h"
#include "pool/model.h"
#include "stat/vasicek.h"

#include <stdlib.h>

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 2000, IS_SMALL = 1 };
#else
enum { SCENARIOS = 100000, IS_SMALL = 0 };
#endif

/* n equal loans of 1.00 yuan, lost whole, in one group. */
static void equal_loans(Case *c, size_t n, double pd, const char *factors)
{
    char id[24];
    case_open(c);
    Loan *loans = calloc(n, sizeof *loans);
    for (size_t i = 0; i < n; i++) {
        snprintf(id, sizeof id, "%06zu", i);
        const char *text = texts_put(c->tables->texts, id, strlen(id));
        loans[i] = (Loan){text, text, "A", NULL, NULL, 100, pd, 1};
    }
    case_loans(c, loans, n);
    free(loans);
    assert_int_equal(case_factors(c, factors), OK);
    c->options.scenarios = SCENARIOS;
}

static void is_near(double got, double want, double se)
{
    if (!(fabs(got - want) < 4 * se))
        print_error("%.12g is not near %.12g, error %.3g\n", got, want, se);
    assert_true(fabs(got - want) < 4 * se);
}

/* Figures of equal loans, in loans. */
typedef struct {
    double el, sd;
    struct {
        double level, var, es;
    } tails[3];
} Want;

static void figures_agree(Case *c, const Want *want)
{
    assert_int_equal(case_run(c), OK);
    is_near(case_figure(c, "total", "el", 0, "value") / 100, want->el,
            case_figure(c, "total", "el", 0, "se") / 100);
    is_near(case_figure(c, "total", "sd", 0, "value") / 100, want->sd,
            case_figure(c, "total", "sd", 0, "se") / 100);
    for (size_t i = 0; !IS_SMALL && i < 3; i++) {
        double a = want->tails[i].level;
        double half = case_figure(c, "total", "var", a, "high") -
                      case_figure(c, "total", "var", a, "low");
        is_near(case_figure(c, "total", "var", a, "value") / 100,
                want->tails[i].var, half / 400 + 0.25);
        is_near(case_figure(c, "total", "es", a, "value") / 100,
                want->tails[i].es,
                case_figure(c, "total", "es", a, "se") / 100);
    }
}

#define ONE_GROUP(rho)                                                         \
    "factors = { copula = \"gaussian\"; groups = ( { asset_correlation = "     \
    "\"" rho "\"; } ); };\n"

/* Exact binomial mixtures, unit losses. */
static void finite_pools_agree_with_binomial_mixtures(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double pd;
        Want want;
    } pools[] = {{1000,
                  0.10,
                  {100,
                   85.31740013,
                   {{0.95, 272, 347.249805},
                    {0.99, 395, 461.8305017},
                    {0.999, 547, 600.0741144}}}},
                 {100,
                  0.02,
                  {2,
                   2.981903303,
                   {{0.95, 8, 11.6577862},
                    {0.99, 14, 18.42286537},
                    {0.999, 24, 29.08604979}}}}};
    for (size_t i = 0; i < COUNT(pools); i++) {
        Case c;
        equal_loans(&c, pools[i].n, pools[i].pd, ONE_GROUP("0.2"));
        figures_agree(&c, &pools[i].want);
        case_close(&c);
    }
}

/* 200 equal loans, 2% a year, rho .2, factor AR(1) with phi .5: defaults of
 * three years, exact by quadrature. */
static void factor_carries_over_from_year_to_year(void **state)
{
    (void)state;
    static const Want want = {
        11.62455576,
        11.47479526,
        {{0.95, 34, 46.625372}, {0.99, 54, 66.417104}, {0.999, 82, 93.80236}}};
    Case c;
    equal_loans(&c, 200, 0.02,
                "factors = { autoregression = \"0.5\"; groups = "
                "( { asset_correlation = \"0.2\"; } ); };\n");
    c.options.years = 3;
    figures_agree(&c, &want);
    assert_true(isnan(case_figure(&c, "total", "el_exact", 0, "value")));
    case_close(&c);
}

/* The loss rate of a big pool of equal loans is Vasicek's, but for the
 * granularity of n loans (1.1726 / n at 99%, pd 2%, rho .2). */
static void big_pool_has_vasicek_s_loss(void **state)
{
    (void)state;
    enum { N = IS_SMALL ? 2000 : 20000 };
    Case c;
    equal_loans(&c, N, 0.02, ONE_GROUP("0.2"));
    c.options.scenarios = IS_SMALL ? 2000 : 50000;
    assert_int_equal(case_run(&c), OK);
    double want = vasicek_var(0.02, 0.2, 0.99) + 1.17260014 / N;
    double low = case_figure(&c, "total", "var", 0.99, "low") / 100 / N;
    double high = case_figure(&c, "total", "var", 0.99, "high") / 100 / N;
    assert_true(low < want && want < high);
    is_near(case_figure(&c, "total", "es", 0.99, "value") / 100 / N,
            vasicek_es(0.02, 0.2, 0.99),
            case_figure(&c, "total", "es", 0.99, "se") / 100 / N + 1.0 / N);
    case_close(&c);
}

/* A mixed book: firms with several loans, three groups, two banks. */
static void mixed_book(Case *c, int is_reversed)
{
    enum { N = 331 };
    static const char *const industries[] = {"C26", "I65", "M73"};
    static const char *const banks[] = {"甲银行", "乙银行"};
    Loan loans[N];
    char id[16], firm[16];
    case_open(c);
    for (size_t k = 0; k < N; k++) {
        size_t i = is_reversed ? N - 1 - k : k, f = i * 2 / 3;
        snprintf(id, sizeof id, "L%04zu", i);
        snprintf(firm, sizeof firm, "F%04zu", f);
        loans[k] = (Loan){texts_put(c->tables->texts, id, strlen(id)),
                          texts_put(c->tables->texts, firm, strlen(firm)),
                          industries[f % 3],
                          f % 6 < 3 ? "随县" : "曾都区",
                          banks[i % 2],
                          INT64_C(123456789) + 7654321 * (int64_t)(i * i % 97),
                          0.005 + 0.0007 * (double)(f * 31 % 83),
                          0.2 + 0.005 * (double)(i % 101)};
    }
    case_loans(c, loans, N);
    c->options.scenarios = 5000;
    c->options.years = 3;
}

static const char mixed_factors[] =
    "factors = { correlation = \"0.3\"; autoregression = \"0.2\"; groups = (\n"
    "  { asset_correlation = \"0.15\"; },\n"
    "  { industry = \"C26\"; asset_correlation = \"0.12\"; },\n"
    "  { industry = \"I65\"; county = \"随县\"; asset_correlation = \"0.2\"; }"
    "); };\n";

static const char mixed_scheme[] =
    "scheme = { id = \"mixed\"; basis = \"gross\"; share_base = \"covered\";\n"
    "  cover = \"80%\"; customer_cap = \"900万\"; claim_after_months = 12;\n"
    "  parties = ( \"bank\", \"guarantor\", \"reguarantor\", \"pool\" );\n"
    "  denominator = \"in_force_opening\"; layers = (\n"
    "   { upto = \"5%\"; shares = ( { party = \"guarantor\"; share = \"1/3\";"
    " },\n"
    "    { party = \"reguarantor\"; share = \"1/3\"; },\n"
    "    { party = \"pool\"; share = \"1/3\"; } ); },\n"
    "   { shares = ( { party = \"guarantor\"; share = \"70%\"; },\n"
    "    { party = \"reguarantor\"; share = \"30%\"; } ); } );\n"
    "  caps = ( { party = \"reguarantor\"; rate = \"2%\"; period = \"life\";\n"
    "    overflow = \"guarantor\"; } );\n"
    "  balances = ( { party = \"pool\"; opening = \"1500万\";\n"
    "    overflow = \"guarantor\"; } );\n"
    "  breakers = ( { by = \"bank\"; warn = \"3%\"; suspend = \"6%\";\n"
    "    resume = \"4%\"; } );\n"
    "  recovery = ( { after_months = 12; share = \"2/3\"; },\n"
    "    { after_months = 30; share = \"1/3\"; } ); };\n";

static void mixed_case(Case *c, int is_reversed)
{
    mixed_book(c, is_reversed);
    assert_int_equal(case_factors(c, mixed_factors), OK);
    assert_int_equal(case_scheme(c, mixed_scheme), OK);
}

static void same_column(const Column *a, const Column *b, size_t rows)
{
    assert_string_equal(a->name, b->name);
    for (size_t i = 0; i < rows; i++)
        if (a->type <= TYPE_LIST)
            assert_string_equal(a->s[i], b->s[i]);
        else /* the bits of doubles too */
            assert_int_equal(a->i[i], b->i[i]);
}

static void same_tables(const Tables *a, const Tables *b)
{
    static const char *const names[] = {
        "pool_summary", "pool_figures",      "pool_ruin",
        "pool_events",  "pool_years",        "pool_marks",
        "pool_groups",  "pool_distribution", "pool_party_distribution"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const Table *x = tables_find(a, names[i]);
        const Table *y = tables_find(b, names[i]);
        assert_non_null(x);
        assert_non_null(y);
        assert_int_equal(x->rows, y->rows);
        assert_int_equal(x->n, y->n);
        for (size_t k = 0; k < x->n; k++)
            same_column(x->columns[k], y->columns[k], x->rows);
    }
}

static void threads_and_instructions_change_no_byte(void **state)
{
    (void)state;
    static const struct {
        int threads;
        const char *isa;
    } ways[] = {{2, "avx512"}, {7, "avx2"}, {3, "portable"}};
    Case c;
    mixed_case(&c, 0);
    assert_int_equal(case_run(&c), OK);
    const Tables *want = c.tables;
    for (size_t i = 0; i < COUNT(ways); i++) {
        case_again(&c);
        setenv("KEDAN_ISA", ways[i].isa, 1);
        c.options.threads = ways[i].threads;
        assert_int_equal(case_run(&c), OK);
        unsetenv("KEDAN_ISA");
        same_tables(want, c.tables);
    }
    case_close(&c);
}

static void order_of_rows_changes_no_byte(void **state)
{
    (void)state;
    Case a, b;
    mixed_case(&a, 0);
    mixed_case(&b, 1);
    assert_int_equal(case_run(&a), OK);
    assert_int_equal(case_run(&b), OK);
    same_tables(a.tables, b.tables);
    case_close(&a);
    case_close(&b);
}

static int64_t sum_of(const Table *t, const char *column)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->rows; i++)
        sum += table_find(t, column)->i[i];
    return sum;
}

/* Net payment of each party in a replay. */
static int64_t net_of(const Table *t, const char *party)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(table_find(t, "party")->s[i], party) == 0)
            sum +=
                table_find(t, "paid")->i[i] - table_find(t, "recovered")->i[i];
    return sum;
}

static void replay_is_what_was_counted(void **state)
{
    (void)state;
    static const uint64_t scenarios[] = {0, 1, 511, 512, 2385, 4999};
    Case c;
    Model m;
    Sample s;
    mixed_case(&c, 0);
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    assert_int_equal(model_run(&s, &m, &c.options, &c.err), OK);
    for (size_t i = 0; i < COUNT(scenarios); i++) {
        uint64_t q = scenarios[i];
        case_again(&c);
        assert_int_equal(pool_replay(c.tables, c.portfolio, c.factors, c.scheme,
                                     &c.options, q, c.faults, &c.err),
                         OK);
        const Table *story = tables_find(c.tables, "pool_story");
        const Table *paid = tables_find(c.tables, "pool_story_parties");
        assert_int_equal(sum_of(story, "claim") + sum_of(story, "kept") -
                             sum_of(story, "recovered"),
                         s.total[q]);
        const Table *sum = tables_find(c.tables, "pool_story_summary");
        const Table *loss = tables_find(c.tables, "pool_story_losses");
        assert_int_equal(table_find(sum, "scenario")->i[0], q);
        assert_int_equal(table_find(sum, "loans")->i[0], story->rows);
        assert_int_equal(table_find(sum, "outstanding")->i[0],
                         sum_of(story, "outstanding"));
        assert_int_equal(table_find(sum, "loss")->i[0], s.total[q]);
        for (int j = 0; j < s.parties; j++) {
            int64_t net = s.net[(size_t)j * s.n + q];
            assert_int_equal(net_of(paid, c.scheme->party[j]), net);
            assert_int_equal(table_find(loss, "loss")->i[j], net);
        }
    }
    sample_free(&s);
    model_close(&m);
    case_close(&c);
}

/* A mark names a scenario; replayed, it loses the mark's amount. */
static void marks_name_a_scenario_to_replay(void **state)
{
    (void)state;
    Case c;
    mixed_case(&c, 0);
    assert_int_equal(case_run(&c), OK);
    const Table *marks = tables_find(c.tables, "pool_marks");
    assert_int_equal(table_find(marks, "scenario")->i[0], NULL_INT);
    assert_true(marks->rows > 1);
    for (size_t i = 1; i < marks->rows; i++) {
        int64_t scenario = table_find(marks, "scenario")->i[i];
        assert_in_range(scenario, 0, c.options.scenarios - 1);
        case_again(&c);
        assert_int_equal(pool_replay(c.tables, c.portfolio, c.factors, c.scheme,
                                     &c.options, (uint64_t)scenario, c.faults,
                                     &c.err),
                         OK);
        const Table *story = tables_find(c.tables, "pool_story");
        assert_int_equal(sum_of(story, "claim") + sum_of(story, "kept") -
                             sum_of(story, "recovered"),
                         table_find(marks, "x")->i[i]);
    }
    case_close(&c);
}

static void the_summary_has_the_intervals_of_its_figures(void **state)
{
    (void)state;
    static const char *const names[] = {"el", "var", "es", "ul"};
    static const struct {
        const char *ending, *column;
    } parts[] = {{"", "value"}, {"_low", "low"}, {"_high", "high"}};
    Case c;
    mixed_case(&c, 0);
    assert_int_equal(case_run(&c), OK);
    const Table *t = tables_find(c.tables, "pool_summary");
    for (size_t i = 0; i < COUNT(names) * COUNT(parts); i++) {
        const char *name = names[i / COUNT(parts)];
        char full[24];
        snprintf(full, sizeof full, "%s%s", name,
                 parts[i % COUNT(parts)].ending);
        double fen = case_figure(&c, "total", name, i < 3 ? 0 : .999,
                                 parts[i % COUNT(parts)].column);
        int64_t got = table_find(t, full)->i[0];
        assert_true(isnan(fen) ? got == NULL_INT
                               : fabs((double)got - fen) <= .5);
    }
    case_close(&c);
}

/* The parties together bear every loss, in each scenario. */
static void parties_sum_to_the_total(void **state)
{
    (void)state;
    Case c;
    Model m;
    Sample s;
    mixed_case(&c, 0);
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    assert_int_equal(model_run(&s, &m, &c.options, &c.err), OK);
    for (uint64_t q = 0; q < s.n; q++) {
        int64_t sum = 0;
        for (int j = 0; j < s.parties; j++)
            sum += s.net[(size_t)j * s.n + q];
        assert_int_equal(sum, s.total[q]);
    }
    sample_free(&s);
    model_close(&m);
    case_close(&c);
}

/* Losses from `from` on and below `below`. */
static int64_t losses_within(const int64_t losses[], size_t n, int64_t from,
                             int64_t below)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += losses[i] >= from && losses[i] < below;
    return count;
}

/* Rows of a histogram, of one party or of all of them, against the losses. */
static size_t counts_losses(const Table *t, const char *party,
                            const int64_t losses[], size_t n)
{
    const int64_t *loss = table_find(t, "loss")->i;
    const Column *name = table_find(t, "party");
    size_t rows = 0;
    int64_t width = INT64_MAX, seen = 0;
    for (size_t i = 0; i < t->rows; i++) {
        if (name != NULL && strcmp(name->s[i], party) != 0)
            continue;
        if (i + 1 < t->rows && loss[i + 1] > loss[i])
            width = loss[i + 1] - loss[i];
        assert_int_equal(table_find(t, "count")->i[i],
                         losses_within(losses, n,
                                       rows == 0 ? INT64_MIN : loss[i],
                                       loss[i] + width));
        seen += table_find(t, "count")->i[i];
        rows++;
    }
    assert_int_equal(seen, n);
    return rows;
}

static void histograms_count_the_losses_of_total_and_parties(void **state)
{
    (void)state;
    Case c;
    Model m;
    Sample s;
    mixed_case(&c, 0);
    assert_int_equal(case_run(&c), OK);
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    assert_int_equal(model_run(&s, &m, &c.options, &c.err), OK);
    const Table *whole = tables_find(c.tables, "pool_distribution");
    const Table *each = tables_find(c.tables, "pool_party_distribution");
    assert_int_equal(counts_losses(whole, NULL, s.total, s.n), whole->rows);
    size_t rows = 0;
    for (int j = 0; j < s.parties; j++)
        rows += counts_losses(each, c.scheme->party[j], s.net + (size_t)j * s.n,
                              s.n);
    assert_int_equal(rows, each->rows);
    assert_in_range(rows, 10 * s.parties, 51 * s.parties);
    sample_free(&s);
    model_close(&m);
    case_close(&c);
}

static int stop_at_half(void *to, double part)
{
    int *calls = to;
    ++*calls;
    assert_true(part > 0 && part <= 1);
    return part >= 0.5;
}

static void progress_can_stop_a_run(void **state)
{
    (void)state;
    Case c;
    int calls = 0;
    mixed_case(&c, 0);
    c.options.progress = stop_at_half;
    c.options.to = &calls;
    assert_int_equal(case_run(&c), ERR_IO);
    assert_string_equal(c.err.text, "interrupted; this run is not recorded");
    assert_int_equal(calls, 5); /* of ten blocks */
    case_close(&c);
}

static void a_book_without_loans_is_refused(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    case_loans(&c, NULL, 0);
    assert_int_equal(case_factors(&c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.1\"; } ); };"),
                     OK);
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(c.err.text, "portfolio: there is no loan to simulate");
    case_close(&c);
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    Case c;
    mixed_case(&c, 0);
    PoolOptions good = c.options;
    static const char *const bad_level[] = {"1.0"};
    for (int i = 0; i < 5; i++) {
        c.options = good;
        case_again(&c);
        c.options.scenarios = i == 0 ? 1 : i == 1 ? UINT64_C(1) << 32 : 1000;
        c.options.years = i == 2 ? 31 : 1;
        c.options.threads = i == 3 ? -1 : 1;
        c.options.level_texts = i == 4 ? bad_level : good.level_texts;
        c.options.nlevels = 1;
        assert_int_equal(case_run(&c), ERR_DOMAIN);
    }
    case_close(&c);
}

/* Allocation 0, 1, 2 ... fails until the run gets through. */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    Case c;
    long n = 0;
    ErrCode rc = ERR_MEMORY;
    mixed_case(&c, 0);
    c.options.scenarios = 600;
    for (; rc != OK && n < 1000; n++) {
        Arena *scratch = arena_new();
        Tables *tables = tables_new(scratch);
        Faults *faults = faults_new(scratch);
        Err err = {0};
        mem_fail_from(n);
        rc = pool_simulate(tables, c.portfolio, c.factors, c.scheme, &c.options,
                           faults, &err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        arena_free(scratch);
    }
    assert_int_equal(rc, OK);
    assert_true(n > 20);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finite_pools_agree_with_binomial_mixtures),
        cmocka_unit_test(factor_carries_over_from_year_to_year),
        cmocka_unit_test(big_pool_has_vasicek_s_loss),
        cmocka_unit_test(threads_and_instructions_change_no_byte),
        cmocka_unit_test(order_of_rows_changes_no_byte),
        cmocka_unit_test(replay_is_what_was_counted),
        cmocka_unit_test(marks_name_a_scenario_to_replay),
        cmocka_unit_test(the_summary_has_the_intervals_of_its_figures),
        cmocka_unit_test(parties_sum_to_the_total),
        cmocka_unit_test(histograms_count_the_losses_of_total_and_parties),
        cmocka_unit_test(progress_can_stop_a_run),
        cmocka_unit_test(a_book_without_loans_is_refused),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return RUN(tests);
}
