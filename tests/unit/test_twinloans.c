#include "check.h"

#include "book.h"

/* Exact distributions of losses that are drawn, or have no common unit. */

/* Checked builds run a hundred times slower. */
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { IS_SMALL = 1 };
#else
enum { IS_SMALL = 0 };
#endif

#define DRAWN(basis)                                                           \
    "factors = { lgd_basis = \"" basis                                         \
    "\"; groups = ( { asset_correlation "                                      \
    "= \"0.2\"; lgd_loading = \"0.1\"; } ); };\n"
#define SHARED                                                                 \
    "scheme = { id = \"a\"; source = \"test\"; basis = \"net\"; share_base = " \
    "\"principal\"; parties = ( \"bank\", \"fund\" ); layers = ( { shares = "  \
    "( { party = \"bank\"; share "                                             \
    "= \"20%\"; }, { party = \"fund\"; share = \"80%\"; } ); } ); };\n"

typedef struct {
    double level, var, es;
} Tail;

static const double levels[] = {0.5, 0.9, 0.99, 0.999};
static const char *const texts[] = {"0.5", "0.9", "0.99", "0.999"};

/* n loans of firms of their own; `sd` of the loss given default, or 0. */
static void open_book(Case *c, const int64_t fen[], const double pd[], size_t n,
                      double sd, const char *factors)
{
    case_open(c);
    Loan *loans = case_like(c, (Loan){.lgd = sd > 0 ? 0.45 : 1}, n);
    for (size_t i = 0; i < n; i++) {
        loans[i].fen = fen[i];
        loans[i].pd = pd[i];
    }
    case_loans(c, loans, n);
    case_deviate(c, sd);
    assert_int_equal(case_factors(c, factors), OK);
    c->options.exact = POOL_EXACT_CHEAP;
    c->options.scenarios = 1000;
    c->options.levels = levels;
    c->options.level_texts = texts;
    c->options.nlevels = COUNT(levels);
    free(loans);
}

enum { CLASSES = 7, BASE = 100000000 /* fen */ };

/* 40 + 3 m loans of m million yuan with pd 1% + m%, m from 1 to 7. */
static size_t seven_classes(int64_t fen[], double pd[])
{
    size_t n = 0;
    for (int m = 1; m <= CLASSES; m++)
        for (int i = 0; i < 40 + 3 * m; i++, n++) {
            fen[n] = (int64_t)m * BASE;
            pd[n] = 0.01 + 0.01 * (m + 1);
        }
    return n;
}

/* Millions of yuan, by a script of its own in Python: losses of each size on a
 * lattice of 1/400 of a million with scipy's beta distribution, NumPy's FFT,
 * equal steps of 0.1 and 0.07 in the factor (they agree to ten digits), values
 * within 1e-6 as those of 1/200 show. */
static void drawn_losses_have_their_distribution(void **state)
{
    (void)state;
    static const Tail tails[] = {{0.5, 35.0831349, 98.9287234},
                                 {0.9, 136.8346380, 211.4110812},
                                 {0.99, 311.1972463, 389.7613910},
                                 {0.999, 492.5810456, 567.1034943}};
    int64_t fen[1000];
    double pd[1000];
    size_t n = seven_classes(fen, pd);
    Case c;
    if (IS_SMALL)
        skip();
    open_book(&c, fen, pd, n, 0.25, DRAWN("unconditional"));
    assert_int_equal(case_scheme(&c, SHARED), OK);
    assert_int_equal(case_run(&c), OK);
    assert_string_equal(case_inexact(&c), "");
    assert_close(case_exact(&c, "total", "el", 0), 56966226.2200, 1e-7);
    assert_close(case_exact(&c, "total", "sd", 0), 65426741.2, 2e-7);
    for (size_t i = 0; i < COUNT(tails); i++) {
        const Tail *t = &tails[i]; /* a unit is 1,925 yuan */
        double var = case_exact(&c, "total", "var", t->level);
        double es = case_exact(&c, "total", "es", t->level);
        assert_true(fabs(var - 1e6 * t->var) < 2000);
        assert_close(es, 1e6 * t->es, 1e-6);
        assert_close(case_exact(&c, "fund", "es", t->level), 0.8 * es, 1e-6);
    }
    case_close(&c);
}

/* 1,000 equal loans of pd 2%: the mean by quadrature, .01069874023 of the book,
 * as most is lost where defaults are many. */
static void equal_loans_are_one_class(void **state)
{
    (void)state;
    enum { N = 1000 };
    int64_t fen[N];
    double pd[N];
    Case c;
    for (size_t i = 0; i < N; i++) {
        fen[i] = BASE;
        pd[i] = 0.02;
    }
    open_book(&c, fen, pd, N, 0.25, DRAWN("unconditional"));
    assert_int_equal(case_run(&c), OK);
    assert_close(case_exact(&c, "total", "el", 0), 0.01069874023 * 1e9, 3e-8);
    case_close(&c);
}

static uint64_t next_number(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

/* 160 odd losses in 1.6 million units: more than are turned back whole unless
 * all is asked for, which is then exact by the losses themselves. */
static void losses_without_a_unit_agree_with_all_their_units(void **state)
{
    (void)state;
    enum { N = 160 };
    int64_t fen[N];
    double pd[N];
    uint64_t x = UINT64_C(0x9e3779b97f4a7c15);
    Case a, b;
    if (IS_SMALL)
        skip();
    for (size_t i = 0; i < N; i++) {
        fen[i] = 5003 + (int64_t)(next_number(&x) % 9973);
        pd[i] = 0.15 + 0.1 * (double)(next_number(&x) % 1009) / 1009;
    }
    open_book(&a, fen, pd, N, 0, DRAWN("default"));
    assert_int_equal(case_run(&a), OK);
    open_book(&b, fen, pd, N, 0, DRAWN("default"));
    b.options.exact = POOL_EXACT_FULL;
    assert_int_equal(case_run(&b), OK);
    double el = case_exact(&b, "total", "el", 0);
    assert_close(case_exact(&a, "total", "el", 0), el, 1e-7);
    for (size_t i = 0; i < COUNT(levels); i++) {
        double var = case_exact(&b, "total", "var", levels[i]);
        double es = case_exact(&b, "total", "es", levels[i]);
        assert_true(fabs(case_exact(&a, "total", "var", levels[i]) - var) <
                    0.06); /* two units of three fen */
        assert_close(case_exact(&a, "total", "es", levels[i]), es, 1e-6);
    }
    case_close(&a);
    case_close(&b);
}

/* Some 26 defaults are expected: the mean is that of the loans, the bytes are
 * those of any threads and instruction set. */
static void a_small_book_has_its_mean_on_any_machine(void **state)
{
    (void)state;
    enum { N = 66 };
    static const char *const isas[] = {"portable", "avx2", "avx512"};
    int64_t fen[N];
    double pd[N], el = 0, first = 0;
    for (size_t i = 0; i < N; i++) {
        fen[i] = (int64_t)(1000003 + 7919 * (i * i % 97));
        pd[i] = 0.4 - 0.001 * (double)(i % 13);
        el += pd[i] * 0.45 * (double)fen[i] / 100;
    }
    for (size_t i = 0; i < COUNT(isas); i++) {
        Case c;
        setenv("KEDAN_ISA", isas[i], 1);
        open_book(&c, fen, pd, N, 0.2, DRAWN("default"));
        c.options.threads = (int)i + 1;
        assert_int_equal(case_run(&c), OK);
        double es = case_exact(&c, "total", "es", 0.99);
        assert_close(case_exact(&c, "total", "el", 0), el, 1e-5);
        first = i == 0 ? es : first;
        assert_true(es > el && es == first);
        case_close(&c);
    }
    unsetenv("KEDAN_ISA");
}

static void few_defaults_leave_no_smooth_distribution(void **state)
{
    (void)state;
    enum { N = 30 };
    int64_t fen[N];
    double pd[N];
    Case c;
    for (size_t i = 0; i < N; i++) {
        fen[i] = (int64_t)(1000003 + 7919 * i);
        pd[i] = 0.01;
    }
    open_book(&c, fen, pd, N, 0.2, DRAWN("default"));
    assert_int_equal(case_run(&c), OK);
    assert_non_null(strstr(case_inexact(&c), "too few defaults"));
    assert_null(tables_find(c.tables, "pool_exact"));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_losses_have_their_distribution),
        cmocka_unit_test(equal_loans_are_one_class),
        cmocka_unit_test(losses_without_a_unit_agree_with_all_their_units),
        cmocka_unit_test(a_small_book_has_its_mean_on_any_machine),
        cmocka_unit_test(few_defaults_leave_no_smooth_distribution),
    };
    return RUN(tests);
}
