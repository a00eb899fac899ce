#include "check.h"

#include "book.h"
#include "core/simd.h"
#include "stat/vasicek.h"

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { IS_SMALL = 1 };
#else
enum { IS_SMALL = 0 };
#endif

static const double all_levels[] = {0.5,   0.9,   0.95,   0.99,
                                    0.995, 0.999, 0.9997, 0.9999};
static const char *const all_texts[] = {"0.5",   "0.9",   "0.95",   "0.99",
                                        "0.995", "0.999", "0.9997", "0.9999"};

static void ask(Case *c)
{
    c->options.exact = POOL_EXACT_CHEAP;
    c->options.scenarios = 1000;
    c->options.levels = all_levels;
    c->options.level_texts = all_texts;
    c->options.nlevels = COUNT(all_levels);
}

typedef struct {
    double level, var, es;
} Tail;

/* Workload W1: characteristic function, trapezoid in the factors, inverse FFT
 * of 2^17 points; steps 0.10 and 0.07 agree to 2.6e-13 in the distribution. */
static void w1_has_its_distribution(void **state)
{
    (void)state;
    static const Tail tails[] = {
        {0.5, 177075000, 309015471.8},     {0.9, 388035000, 513958667},
        {0.95, 474975000, 601380235.9},    {0.99, 677925000, 806495633.7},
        {0.995, 766395000, 895965264.7},   {0.999, 974610000, 1106168292},
        {0.9997, 1132605000, 1265259972.}, {0.9999, 1278045000, 1411406450}};
    static const struct {
        const char *party;
        double el, sd, var99, es99, var999, es999;
    } parties[] = {{"bank", 41984286.17, 28238393.46, 135585000, 170792547.8,
                    229431000, 295210145.9},
                   {"guarantor", 84236695.28, 56909007.9, 287387700,
                    351673016.8, 435730200, 501509345.9},
                   {"reguarantor", 42252409.11, 28830673.42, 151802700,
                    180880469, 206299200, 206299200},
                   {"gov_pool", 40973369.25, 24397157.14, 103149600, 103149600,
                    103149600, 103149600}};
    Case c;
    if (IS_SMALL)
        skip();
    case_open(&c);
    case_w1(&c);
    ask(&c);
    assert_int_equal(case_scheme(&c, W1_SCHEME), OK);
    assert_int_equal(case_run(&c), OK);
    assert_close(case_exact(&c, "total", "el", 0), 209446759.80958524, 1e-11);
    assert_close(case_exact(&c, "total", "sd", 0), 137408353.9, 1e-9);
    for (size_t i = 0; i < COUNT(tails); i++) {
        const Tail *t = &tails[i];
        assert_close(case_exact(&c, "total", "var", t->level), t->var, 0);
        assert_close(case_exact(&c, "total", "es", t->level), t->es, 1.1e-9);
    }
    for (size_t i = 0; i < COUNT(parties); i++) {
        const char *p = parties[i].party;
        assert_close(case_exact(&c, p, "el", 0), parties[i].el, 2e-10);
        assert_close(case_exact(&c, p, "sd", 0), parties[i].sd, 1e-9);
        assert_close(case_exact(&c, p, "var", 0.99), parties[i].var99, 0);
        assert_close(case_exact(&c, p, "es", 0.99), parties[i].es99, 5e-10);
        assert_close(case_exact(&c, p, "var", 0.999), parties[i].var999, 0);
        assert_close(case_exact(&c, p, "es", 0.999), parties[i].es999, 5e-10);
    }
    assert_close(case_exact(&c, "gov_pool", "var", 0.5), 35415000, 0);
    assert_close(case_exact(&c, "gov_pool", "var", 0.95), 94995000, 0);
    const Table *ruin = tables_find(c.tables, "pool_exact_ruin");
    const double *p = table_find(ruin, "probability")->d;
    assert_close(p[0], 0.002424609802, 1e-9); /* re-guarantor: beyond 5% */
    assert_close(p[1], 0.03611787975, 1e-9);  /* government pool: beyond 3% */
    case_close(&c);
}

/* The guarantor's fund is too small: the same shares, its payments bounded. */
static void a_fund_runs_dry_as_often_as_its_losses_pass_it(void **state)
{
    (void)state;
    static const struct {
        const char *fund;
        double p;
    } funds[] = {{"200000000", 0.04094733023}, {"500000000", 0.0003751193198}};
    char text[2048];
    if (IS_SMALL)
        skip();
    for (size_t i = 0; i < COUNT(funds); i++) {
        Case c;
        case_open(&c);
        case_w1(&c);
        ask(&c);
        snprintf(text, sizeof text,
                 "%.*s balances = ( { party = \"guarantor\"; opening = \"%s\"; "
                 "overflow = \"bank\"; } ); };\n",
                 (int)(strlen(W1_SCHEME) - 3), W1_SCHEME, funds[i].fund);
        assert_int_equal(case_scheme(&c, text), OK);
        assert_int_equal(case_run(&c), OK);
        const Table *ruin = tables_find(c.tables, "pool_exact_ruin");
        assert_string_equal(table_find(ruin, "party")->s[0], "guarantor");
        assert_close(table_find(ruin, "probability")->d[0], funds[i].p, 1e-9);
        case_close(&c);
    }
}

static void equal_loans(Case *c, size_t n, double pd, const char *factors)
{
    case_open(c);
    ask(c);
    Loan *loans = case_like(c, (Loan){.fen = 100, .pd = pd, .lgd = 1}, n);
    case_loans(c, loans, n);
    assert_int_equal(case_factors(c, factors), OK);
    free(loans);
}

/* Of 1,000 futures fewer than two lie beyond 99.9%: the ES there has no
 * interval (sample_tail()), so no number of standard errors either. */
static void z_of_an_es_goes_where_its_interval_does(void **state)
{
    (void)state;
    Case c;
    equal_loans(&c, 100, .02,
                "factors = { groups = ( { asset_correlation = \"0.2\"; } ); "
                "};\n");
    assert_int_equal(case_run(&c), OK);
    const Table *t = tables_find(c.tables, "pool_exact");
    size_t withheld = 0;
    for (size_t i = 0; i < t->rows; i++) {
        double level = table_find(t, "level")->d[i];
        if (strcmp(table_find(t, "measure")->s[i], "es") != 0)
            continue;
        int is_known = !isnan(case_figure(&c, "total", "es", level, "high"));
        assert_int_equal(!isnan(table_find(t, "z")->d[i]), is_known);
        withheld += !is_known;
    }
    assert_int_equal(withheld, 3); /* 99.9%, 99.97%, 99.99% */
    case_close(&c);
}

#define ONE_GROUP                                                              \
    "factors = { groups = ( { asset_correlation = \"0.2\"; } ); };\n"

/* Binomial mixtures, 15 digits, by adaptive quadrature. */
static void equal_loans_are_a_binomial_mixture(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double pd, el, sd;
        Tail tails[4];
    } pools[] = {{1000,
                  0.1,
                  100,
                  85.31740013,
                  {{0.95, 272, 347.249805},
                   {0.99, 395, 461.8305017},
                   {0.999, 547, 600.0741144},
                   {0.9997, 614, 660.3932402}}},
                 {100,
                  0.02,
                  2,
                  2.981903303,
                  {{0.95, 8, 11.6577862},
                   {0.99, 14, 18.42286537},
                   {0.999, 24, 29.08604979},
                   {0.9997, 30, 34.80199288}}}};
    for (size_t i = 0; i < COUNT(pools); i++) {
        Case c;
        equal_loans(&c, pools[i].n, pools[i].pd, ONE_GROUP);
        assert_int_equal(case_run(&c), OK);
        assert_close(case_exact(&c, "total", "el", 0), pools[i].el, 1e-11);
        assert_close(case_exact(&c, "total", "sd", 0), pools[i].sd, 1e-9);
        for (size_t k = 0; k < 4; k++) {
            const Tail *t = &pools[i].tails[k];
            assert_close(case_exact(&c, "total", "var", t->level), t->var, 0);
            assert_close(case_exact(&c, "total", "es", t->level), t->es, 1e-9);
        }
        case_close(&c);
    }
}

#define T_GROUP(nu)                                                            \
    "factors = { copula = \"t\"; degrees_of_freedom = \"" nu                   \
    "\"; "                                                                     \
    "w = \"path\"; groups = ( { asset_correlation = \"0.2\"; } ); };\n"

/* 1,000 equal loans, pd 2%, rho .2, t copula: binomial mixtures, 15 digits, by
 * adaptive quadrature in Z and V. */
static void a_t_copula_is_a_mixture_of_mixtures(void **state)
{
    (void)state;
    static const struct {
        const char *factors;
        double sd;
        Tail tails[4];
    } pools[] = {{T_GROUP("4"),
                  54.24534234,
                  {{0.95, 112, 215.5103416},
                   {0.99, 282, 388.3156686},
                   {0.999, 525, 605.7368855},
                   {0.9997, 628, 693.6105996}}},
                 {T_GROUP("10"),
                  39.90444801,
                  {{0.95, 92, 158.3617644},
                   {0.99, 199, 274.4459828},
                   {0.999, 375, 447.9574687},
                   {0.9997, 465, 532.1983159}}}};
    for (size_t i = 0; !IS_SMALL && i < COUNT(pools); i++) {
        Case c;
        equal_loans(&c, 1000, 0.02, pools[i].factors);
        assert_int_equal(case_run(&c), OK);
        assert_close(case_exact(&c, "total", "el", 0), 20, 1e-11);
        assert_close(case_exact(&c, "total", "sd", 0), pools[i].sd, 1e-9);
        for (size_t k = 0; k < 4; k++) {
            const Tail *t = &pools[i].tails[k];
            assert_close(case_exact(&c, "total", "var", t->level), t->var, 0);
            assert_close(case_exact(&c, "total", "es", t->level), t->es, 1e-9);
        }
        case_close(&c);
    }
}

/* The quantile of 10,000 equal loans, pd 1%, rho .2, and of 2%. */
static void a_pool_of_ten_thousand_needs_short_steps(void **state)
{
    (void)state;
    static const struct {
        double pd, var99, var999;
    } pools[] = {{0.01, 754, 1457}, {0.02, 1287, 2265}};
    for (size_t i = 0; !IS_SMALL && i < COUNT(pools); i++) {
        Case c;
        equal_loans(&c, 10000, pools[i].pd, ONE_GROUP);
        assert_int_equal(case_run(&c), OK);
        assert_close(case_exact(&c, "total", "var", 0.99), pools[i].var99, 0);
        assert_close(case_exact(&c, "total", "var", 0.999), pools[i].var999, 0);
        case_close(&c);
    }
}

/* Quantile of the endless pool and its granularity adjustment, Gordy (2003),
 * by mpmath; 1,000 equal loans of 100 fen. */
static void closed_forms_stand_beside(void **state)
{
    (void)state;
    static const struct {
        double pd, level, endless, granularity;
    } rows[] = {{0.01, 0.99, 0.075250789435, 1.06846783},
                {0.01, 0.999, 0.14552526613, 1.61467747},
                {0.02, 0.99, 0.12860982493, 1.17260014},
                {0.02, 0.999, 0.22631280716, 1.74304495}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c;
        assert_close(vasicek_granularity(rows[i].pd, 0.2, rows[i].level),
                     rows[i].granularity, 5e-9);
        equal_loans(&c, 1000, rows[i].pd, ONE_GROUP);
        assert_int_equal(case_run(&c), OK);
        const Table *t = tables_find(c.tables, "pool_large");
        size_t row = rows[i].level < 0.995 ? 3 : 5;
        assert_close(table_find(t, "level")->d[row], rows[i].level, 0);
        assert_int_equal(table_find(t, "var_large")->i[row],
                         (int64_t)(rows[i].endless * 100000 + 0.5));
        assert_int_equal(table_find(t, "granularity")->i[row],
                         (int64_t)(rows[i].granularity * 100 + 0.5));
        case_close(&c);
    }
}

/* By binomial mixture, made apart from this program. */
static void unequal_loans_have_their_distribution(void **state)
{
    (void)state;
    static const Tail tails[] = {{0.95, 211, 54006031.52},
                                 {0.99, 302, 70650929.66},
                                 {0.999, 408, 89658237.31}};
    Case c;
    case_open(&c);
    ask(&c);
    case_manual(&c);
    assert_int_equal(case_run(&c), OK);
    assert_close(case_exact(&c, "total", "el", 0), 14540435.32, 1e-9);
    assert_close(case_exact(&c, "total", "sd", 0), 14006108.94, 1e-9);
    for (size_t k = 0; k < COUNT(tails); k++) {
        const Tail *t = &tails[k];
        assert_close(case_exact(&c, "total", "var", t->level), t->var * 202389,
                     0);
        assert_close(case_exact(&c, "total", "es", t->level), t->es, 1e-9);
    }
    case_close(&c);
}

/* Two groups of 60 equal loans. */
static void two_groups_of(Case *c, const char *factors, PoolExact how)
{
    enum { N = 120 };
    Loan loans[N];
    char ids[N][16];
    case_open(c);
    ask(c);
    c->options.exact = how;
    for (size_t i = 0; i < N; i++) {
        snprintf(ids[i], sizeof ids[i], "%zu", i);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = ids[i],
                          .industry = i % 2 == 0 ? "A" : "B",
                          .fen = i % 2 == 0 ? 100 : 300,
                          .pd = 0.03,
                          .lgd = 1};
    }
    case_loans(c, loans, N);
    assert_int_equal(case_factors(c, factors), OK);
    assert_int_equal(case_run(c), OK);
}

/* The same sharing `correlation` of their factors' variance. */
static void two_groups(Case *c, const char *correlation, PoolExact how)
{
    char text[256];
    snprintf(text, sizeof text,
             "factors = { correlation = \"%s\"; groups = ("
             " { industry = \"A\"; asset_correlation = \"0.2\"; },"
             " { industry = \"B\"; asset_correlation = \"0.2\"; } ); };\n",
             correlation);
    two_groups_of(c, text, how);
}

/* Grouped t: nu 3 and 30 by one uniform.  Chances of two defaults by trapezoid
 * in the common normal of each pair and in the mixing normal, quantiles by
 * mpmath 1.3. */
static void unequal_degrees_share_one_uniform(void **state)
{
    (void)state;
    Case c;
    two_groups_of(&c,
                  "factors = { copula = \"t\"; w = \"path\"; correlation = "
                  "\"0.4\"; degrees_of_freedom = \"30\"; groups = ("
                  " { industry = \"A\"; asset_correlation = \"0.2\";"
                  " degrees_of_freedom = \"3\"; },"
                  " { industry = \"B\"; asset_correlation = \"0.15\"; } ); };",
                  POOL_EXACT_CHEAP);
    assert_close(case_exact(&c, "total", "el", 0), 7.2, 1e-11);
    assert_close(case_exact(&c, "total", "sd", 0), 10.257228967915, 1e-10);
    case_close(&c);
}

static void one_factor_is_the_limit_of_two(void **state)
{
    (void)state;
    Case a, b;
    two_groups(&a, "0.99", POOL_EXACT_CHEAP);
    two_groups(&b, "1", POOL_EXACT_CHEAP);
    double near = case_exact(&a, "total", "sd", 0);
    double full = case_exact(&b, "total", "sd", 0);
    assert_true(near < full && near > 0.99 * full);
    case_close(&a);
    two_groups(&a, "0", POOL_EXACT_CHEAP);
    double none = case_exact(&a, "total", "sd", 0);
    assert_true(none < near);
    case_close(&a);
    case_close(&b);
}

static void all_frequencies_tell_nothing_new(void **state)
{
    (void)state;
    Case a, b;
    two_groups(&a, "0.3", POOL_EXACT_CHEAP);
    two_groups(&b, "0.3", POOL_EXACT_FULL);
    for (size_t i = 2; i < COUNT(all_levels); i++) {
        double want = case_exact(&b, "total", "es", all_levels[i]);
        assert_close(case_exact(&a, "total", "es", all_levels[i]), want, 1e-10);
    }
    case_close(&a);
    case_close(&b);
}

static void threads_and_instructions_change_no_bit(void **state)
{
    (void)state;
    static const char *const isas[] = {"portable", "avx2", "avx512"};
    double first = NAN;
    for (size_t i = 0; i < COUNT(isas); i++) {
        Case c;
        setenv("KEDAN_ISA", isas[i], 1);
        equal_loans(&c, 300, 0.02, ONE_GROUP);
        c.options.threads = (int)i + 1;
        assert_int_equal(case_run(&c), OK);
        double es = case_exact(&c, "total", "es", 0.99);
        first = i == 0 ? es : first;
        assert_true(es == first);
        case_close(&c);
    }
    unsetenv("KEDAN_ISA");
}

/* One party with a fund, claims at once and what comes back a year later. */
#define GROSS_FUND                                                             \
    "scheme = { id = \"f\"; title = { en = \"F\"; }; source = \"own\"; "       \
    "confidence = \"M\"; basis = \"gross\"; share_base = \"principal\"; "      \
    "cover = \"100%%\"; parties = ( \"fund\", \"state\" ); layers = ( { "      \
    "shares = ( { party = \"fund\"; share = \"1\"; } ); } ); balances = ( { "  \
    "party = \"fund\"; opening = \"%s\"; overflow = \"state\"; } ); recovery " \
    "= ( { after_months = 12; share = \"100%%\"; } ); };\n"

static double exact_ruin(Case *c, const char *factors, const char *fund)
{
    char text[1024];
    snprintf(text, sizeof text, GROSS_FUND, fund);
    ask(c);
    assert_int_equal(case_factors(c, factors), OK);
    assert_int_equal(case_scheme(c, text), OK);
    assert_int_equal(case_run(c), OK);
    const Table *t = tables_find(c->tables, "pool_exact_ruin");
    assert_int_equal(t->rows, 1);
    return table_find(t, "probability")->d[0];
}

/* Two of three independent claims are more than the fund holds: .01 x .02 x .95
 * + .01 x .98 x .05 + .99 x .02 x .05 + .01 x .02 x .05 = .00168, whatever
 * comes back of each. */
static void a_fund_s_chance_hangs_on_claims_alone(void **state)
{
    (void)state;
    static const Loan loans[] = {
        {.loan = "1", .firm = "1", .fen = 100000000, .pd = .01, .lgd = .45},
        {.loan = "2", .firm = "2", .fen = 100000000, .pd = .02, .lgd = .6},
        {.loan = "3", .firm = "3", .fen = 100000000, .pd = .05, .lgd = .3}};
    Case c;
    case_open(&c);
    case_loans(&c, loans, 3);
    assert_close(exact_ruin(&c,
                            "factors = { groups = ( { asset_correlation = "
                            "\"0\"; } ); };\n",
                            "1500000.00"),
                 .00168, 1e-12);
    assert_non_null(strstr(case_inexact(&c), "not in one proportion"));
    case_close(&c);
}

/* Losses and claims of one proportion, and claims by themselves, without a
 * common unit: the same fund's chance twice. */
static void claims_by_themselves_agree_with_losses(void **state)
{
    (void)state;
    enum { N = 400 };
    Loan loans[N];
    char ids[N][16];
    double p[2];
    if (IS_SMALL)
        skip();
    for (int differ = 0; differ < 2; differ++) {
        Case c;
        for (int i = 0; i < N; i++) {
            snprintf(ids[i], sizeof ids[i], "%d", i);
            loans[i] = (Loan){.loan = ids[i],
                              .firm = ids[i],
                              .fen = 100000003 + 39619 * (i * i % 97),
                              .pd = .1 + .0005 * (i % 13),
                              .lgd = differ && i % 2 ? .5 : .4};
        }
        case_open(&c);
        case_loans(&c, loans, N);
        p[differ] = exact_ruin(&c, ONE_GROUP, "80000000.00");
        assert_true((*case_inexact(&c) != '\0') == differ);
        case_close(&c);
    }
    assert_true(p[0] > .01 && p[0] < .2);
    assert_close(p[1], p[0], 1e-5);
}

static int stop_the_tenth(void *to, double part)
{
    int *calls = to;
    assert_true(part > 0 && part <= 1);
    return ++*calls >= 10;
}

/* Two blocks of scenarios ask before it, the probes of the first step alone
 * more often than eight times. */
static void an_exact_distribution_can_be_stopped(void **state)
{
    (void)state;
    Case c;
    int calls = 0;
    equal_loans(&c, 1000, 0.02,
                "factors = { copula = \"t\"; degrees_of_freedom = \"4\"; w = "
                "\"path\"; groups = ( { asset_correlation = \"0.2\"; } ); "
                "};\n");
    c.options.progress = stop_the_tenth;
    c.options.to = &calls;
    c.options.threads = 1;
    assert_int_equal(case_run(&c), ERR_IO);
    assert_string_equal(c.err.text, "interrupted; this run is not recorded");
    assert_true(calls >= 10 && calls < 100);
    case_close(&c);
}

static void what_has_no_distribution_says_why(void **state)
{
    (void)state;
    Case c;
    equal_loans(&c, 20, 0.02, ONE_GROUP);
    c.options.years = 2;
    assert_int_equal(case_run(&c), OK);
    assert_non_null(strstr(case_inexact(&c), "one year's losses"));
    assert_null(tables_find(c.tables, "pool_exact"));
    case_close(&c);
    equal_loans(&c, 20, 0.02, ONE_GROUP);
    Column *outstanding =
        (Column *)(uintptr_t)table_find(c.portfolio, "outstanding");
    outstanding->i[3] = INT64_C(1000000007);
    assert_int_equal(case_run(&c), OK);
    assert_non_null(strstr(case_inexact(&c), "common unit"));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(w1_has_its_distribution),
        cmocka_unit_test(a_fund_runs_dry_as_often_as_its_losses_pass_it),
        cmocka_unit_test(equal_loans_are_a_binomial_mixture),
        cmocka_unit_test(a_t_copula_is_a_mixture_of_mixtures),
        cmocka_unit_test(a_pool_of_ten_thousand_needs_short_steps),
        cmocka_unit_test(closed_forms_stand_beside),
        cmocka_unit_test(unequal_loans_have_their_distribution),
        cmocka_unit_test(one_factor_is_the_limit_of_two),
        cmocka_unit_test(unequal_degrees_share_one_uniform),
        cmocka_unit_test(all_frequencies_tell_nothing_new),
        cmocka_unit_test(threads_and_instructions_change_no_bit),
        cmocka_unit_test(z_of_an_es_goes_where_its_interval_does),
        cmocka_unit_test(a_fund_s_chance_hangs_on_claims_alone),
        cmocka_unit_test(claims_by_themselves_agree_with_losses),
        cmocka_unit_test(an_exact_distribution_can_be_stopped),
        cmocka_unit_test(what_has_no_distribution_says_why),
    };
    return RUN(tests);
}
