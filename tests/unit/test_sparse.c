#include "check.h"

#include "book.h"
#include "pool/model.h"
#include "pool/shock.h"
#include "pool/told.h"
#include "stat/arrivals.h"
#include "stat/chisquare.h"
#include "stat/stream.h"

/* Firms of small pd, drawn by points that fall on them: their chances, one by
 * one and together, and that a larger chance takes no default back. */

/* The first points of many processes of n trials: every trial alike, and
 * n times their time exponential of mean 1 (its twelve classes alike). */
static void points_fall_on_trials_alike(void **state)
{
    (void)state;
    enum { TRIALS = 37, PROCESSES = 120000, CLASSES = 12 };
    static double time[PROCESSES], second[PROCESSES];
    static uint32_t place[PROCESSES];
    static uint64_t word[PROCESSES];
    const Arrivals a = {stream_new(238516, 1, 0), stream_new(238516, 2, 0)};
    double fell[TRIALS] = {0}, class[CLASSES] = {0}, off = 0, late = 0;
    for (size_t i = 0; i < PROCESSES; i++)
        word[i] = i * 32;
    arrivals_next(simd_isa(), time, place, word, PROCESSES, &a, TRIALS);
    for (size_t i = 0; i < PROCESSES; i++) {
        assert_true(place[i] < TRIALS && time[i] >= 0);
        fell[place[i]]++;
        class[(int)(CLASSES * -expm1(-time[i] * TRIALS))]++;
        word[i]++;
        second[i] = time[i];
    }
    for (int k = 0; k < TRIALS; k++)
        off += pow(fell[k] - PROCESSES / (double)TRIALS, 2);
    for (int k = 0; k < CLASSES; k++)
        late += pow(class[k] - PROCESSES / (double)CLASSES, 2);
    assert_true(chisquare_cdf(off / (PROCESSES / (double)TRIALS), TRIALS - 1) <
                .999);
    assert_true(chisquare_cdf(late / (PROCESSES / (double)CLASSES),
                              CLASSES - 1) < .999);
    arrivals_next(simd_isa(), second, place, word, PROCESSES, &a, TRIALS);
    for (size_t i = 0; i < PROCESSES; i++)
        assert_true(second[i] >= time[i]);
}

/* 1 - e^-t by libm. */
static void uniforms_are_those_of_times(void **state)
{
    (void)state;
    static const double time[] = {0, 1e-9, .000238, .125, 1.61803, 37.5, 690};
    double u[COUNT(time)];
    for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++) {
        arrivals_uniforms(isa, u, time, COUNT(time));
        for (size_t i = 0; i < COUNT(time); i++)
            assert_true(fabs(u[i] + expm1(-time[i])) < 3e-16);
    }
}

enum { FIRMS = 1500 };

/* Firms of pds of .05% to .45%, and, where asked, the same for all. */
static void open_book(Case *c, double same, const char *factors)
{
    static char ids[FIRMS][12];
    static Loan loans[FIRMS];
    for (int i = 0; i < FIRMS; i++) {
        snprintf(ids[i], sizeof ids[i], "%05d", i);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = ids[i],
                          .industry = i % 2 == 0 ? "A" : "B",
                          .fen = 100000,
                          .pd = same > 0 ? same
                                         : .0005 + .004 * ((i * 7) % FIRMS) /
                                                       (double)FIRMS,
                          .lgd = 1};
    }
    case_open(c);
    case_loans(c, loans, FIRMS);
    assert_int_equal(case_factors(c, factors), OK);
}

#define ONE(rho)                                                               \
    "factors = { correlation = \"0\"; groups = ( { asset_correlation = \"" rho \
    "\"; } ); };"

static Model opened(Case *c, const PoolShock *shock)
{
    Model m;
    const PoolVariant of = {"", c->portfolio, c->factors, NULL, shock};
    assert_int_equal(model_stressed(&m, &of, &c->options, c->faults, &c->err),
                     OK);
    return m;
}

static void the_book_is_drawn_sparsely(void **state)
{
    (void)state;
    Case c;
    open_book(&c, 0, ONE("0.2"));
    Model m = opened(&c, NULL);
    const BookGroup *g = &m.book->groups[0];
    size_t words = 0;
    for (size_t i = 0; i < g->nspans; i++)
        words += g->span[i];
    assert_true(g->nspans > 1);
    assert_int_equal(words, (FIRMS + 31) / 32);
    model_close(&m);
    case_close(&c);
    open_book(&c, .02, ONE("0.2"));
    m = opened(&c, NULL);
    assert_int_equal(m.book->groups[0].nspans, 0);
    model_close(&m);
    case_close(&c);
}

typedef struct {
    double count[FIRMS + 64]; /* by slot */
    uint64_t hash;
    const Book *book;
} Counted;

static void count_hits(void *to, const EventsTile *e)
{
    Counted *c = to;
    assert_null(e->bits);
    for (size_t i = 0; i < e->nhits; i++) {
        uint64_t hit = (uint64_t)e->year << 40 ^
                       (uint64_t)(e->q + e->hits[i].row) << 20 ^
                       e->hits[i].slot;
        c->count[e->hits[i].slot]++;
        c->hash += stream_mix(hit); /* in any order */
    }
}

static void count_all(Counted *out, const Model *m, uint64_t scenarios)
{
    EventsWork *w = events_work_new(m->events);
    *out = (Counted){.book = m->book};
    assert_non_null(w);
    for (uint64_t q = 0; q < scenarios; q += EVENTS_BLOCK)
        events_run(w, m->events, q, EVENTS_BLOCK, count_hits, out);
    events_work_free(w);
}

/* Firms that have nothing in common: each fails as often as its pd says, over
 * 409,600 futures; the sum of squares of 1,500 standardised counts. */
static void each_firm_fails_by_its_own_pd(void **state)
{
    (void)state;
#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
    enum { FUTURES = 40 * EVENTS_BLOCK };
#else
    enum { FUTURES = 800 * EVENTS_BLOCK };
#endif
    Case c;
    static Counted got;
    open_book(&c, 0, ONE("0"));
    Model m = opened(&c, NULL);
    double sum = 0;
    count_all(&got, &m, FUTURES);
    for (size_t k = 0; k < FIRMS; k++) {
        double p = m.book->pd[k];
        sum += pow(got.count[k] - FUTURES * p, 2) / (FUTURES * p * (1 - p));
    }
    /* 1,500 degrees of freedom: sd 54.8 */
    assert_true(fabs(sum - FIRMS) < 4 * sqrt(2.0 * FIRMS));
    model_close(&m);
    case_close(&c);
}

static void instruction_sets_draw_the_same(void **state)
{
    (void)state;
    static const char *const isas[] = {"portable", "avx2", "avx512"};
    static const char *const models[] = {
        ONE("0.9"),
        "factors = { correlation = \"0.3\"; copula = \"t\"; degrees_of_freedom "
        "= \"4\"; w = \"year\"; groups = ( { industry = \"A\"; "
        "asset_correlation = \"0.2\"; }, { industry = \"B\"; asset_correlation "
        "= \"0.1\"; } ); };"};
    for (size_t k = 0; k < COUNT(models); k++) {
        uint64_t hash[COUNT(isas)];
        for (size_t i = 0; i < COUNT(isas); i++) {
            Case c;
            static Counted got;
            setenv("KEDAN_ISA", isas[i], 1);
            open_book(&c, 0, models[k]);
            c.options.years = 3;
            Model m = opened(&c, NULL);
            count_all(&got, &m, 2 * EVENTS_BLOCK);
            hash[i] = got.hash;
            assert_true(hash[i] != 0 && hash[i] == hash[0]);
            model_close(&m);
            case_close(&c);
        }
        unsetenv("KEDAN_ISA");
    }
}

/* The largest |z| of simulated figures beside the exact distribution. */
static double furthest(Case *c)
{
    double most = 0;
    case_again(c);
    c->options.exact = POOL_EXACT_CHEAP;
    assert_int_equal(case_run(c), OK);
    const Table *t = tables_find(c->tables, "pool_exact");
    assert_non_null(t);
    for (size_t i = 0; i < t->rows; i++)
        most = fmax(most, fabs(table_find(t, "z")->d[i]));
    return most;
}

/* Together they lose what the exact twin says, with rho .9 as well, where in
 * many futures chances reach beyond the points' end; under a t copula too. */
static void losses_are_those_of_the_exact_twin(void **state)
{
    (void)state;
    static const char *const models[] = {
        ONE("0.2"), ONE("0.9"),
        "factors = { copula = \"t\"; degrees_of_freedom = \"4\"; w = \"path\"; "
        "correlation = \"0\"; groups = ( { asset_correlation = \"0.2\"; } ); "
        "};"};
    for (size_t k = 0; k < COUNT(models); k++) {
        Case c;
        open_book(&c, .003, models[k]);
        for (uint64_t seed = 1; seed <= 3; seed++) {
            c.options.seed = seed;
            assert_true(furthest(&c) < 4);
        }
        case_close(&c);
    }
}

/* Years of hazards and of copula_time: the mean of all years is exact where
 * years hang together by nothing, and what the marginal terms say. */
static void years_lose_what_their_pds_say(void **state)
{
    (void)state;
    static const char *const timings[] = {"hazard", "copula_time"};
    for (size_t k = 0; k < COUNT(timings); k++) {
        Case c;
        char text[256];
        double want = 0;
        snprintf(text, sizeof text,
                 "factors = { correlation = \"0\"; timing = \"%s\"; groups = ( "
                 "{ asset_correlation = \"%s\"; } ); };",
                 timings[k], k == 0 ? "0" : "0.3");
        open_book(&c, 0, text);
        c.options.years = 4;
        assert_int_equal(case_run(&c), OK);
        for (size_t i = 0; i < FIRMS; i++)
            want += 100000 *
                    (1 - pow(1 - table_field(c.portfolio, FIELD_pd)->d[i], 4));
        double se = case_figure(&c, "total", "el", 0, "se");
        double got = case_figure(&c, "total", "el", 0, "value");
        assert_true(fabs(got - want) < 4 * se);
        case_close(&c);
    }
}

/* Firms that fail in a future fail in it too when every pd is larger, and all
 * of them at pd 1. */
static void a_larger_pd_takes_no_default_back(void **state)
{
    (void)state;
    static const double times[] = {1, 1.25, 2, 8, 60, 500, 4000};
    enum { FUTURES = 60 };
    static uint8_t failed[2][FUTURES][FIRMS + 64];
    size_t more = 0;
    memset(failed, 0, sizeof failed);
    for (size_t k = 0; k < COUNT(times); k++) {
        Case c;
        Told told;
        PoolShock shock = SHOCK_NONE;
        shock.pd = times[k];
        open_book(&c, 0, ONE("0.4"));
        Model m = opened(&c, &shock);
        uint8_t(*now)[FIRMS + 64] = failed[k % 2],
                              (*was)[FIRMS + 64] = failed[1 - k % 2];
        memset(now, 0, sizeof failed[0]);
        assert_int_equal(told_open(&told, &m, &c.err), OK);
        for (uint64_t q = 0; q < FUTURES; q++) {
            told_scenario(&told, q);
            for (size_t i = 0; i < told.n; i++)
                now[q][told.defaults[i].slot] = 1;
            for (size_t s = 0; s < FIRMS; s++) {
                assert_true(now[q][s] >= was[q][s]);
                more += now[q][s] > was[q][s];
                assert_true(k + 1 < COUNT(times) || now[q][s]);
            }
        }
        told_close(&told);
        model_close(&m);
        case_close(&c);
    }
    assert_int_equal(more, FUTURES * FIRMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_fall_on_trials_alike),
        cmocka_unit_test(uniforms_are_those_of_times),
        cmocka_unit_test(the_book_is_drawn_sparsely),
        cmocka_unit_test(each_firm_fails_by_its_own_pd),
        cmocka_unit_test(instruction_sets_draw_the_same),
        cmocka_unit_test(losses_are_those_of_the_exact_twin),
        cmocka_unit_test(years_lose_what_their_pds_say),
        cmocka_unit_test(a_larger_pd_takes_no_default_back),
    };
    return RUN(tests);
}
