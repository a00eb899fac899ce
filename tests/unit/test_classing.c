#include "check.h"
#include "core/err.h"
#include "credit/classing.h"
#include "credit/levels.h"
#include "data/texts.h"
#include "stat/binspre.h"
#include "stat/normal.h"
#include "stat/stream.h"

#include <stdlib.h>

/* Small problems that are drawn: values with ties, gaps and a code, words,
 * and weights of one kind of three: none, whole, fractions. */
enum { MOST = 60, VALUES = 8 };

typedef struct {
    Stream s;
    uint64_t at;
    size_t n;
    double x[MOST], weight[MOST];
    const char *word[MOST];
    uint8_t event[MOST];
    BinRows rows;
} Problem;

static size_t below(Problem *p, size_t n)
{
    return (size_t)(stream_word(p->s, p->at++) % n);
}

static void draw(Problem *p, int kind)
{
    static const char *const words[] = {"a", "b", "c", "d", "e", "f"};
    p->n = 20 + below(p, MOST - 19);
    for (size_t i = 0; i < p->n; i++) {
        size_t u = below(p, VALUES);
        p->x[i] = u == 0 && below(p, 3) == 0 ? (double)NAN : (double)u * 1.5;
        p->word[i] = u == 7 ? NULL : words[u % 6];
        p->event[i] = below(p, 12) < 2 + u;
        double w = kind == 1 ? (double)below(p, 4)
                             : 3 * normal_uniform(stream_word(p->s, p->at++));
        p->weight[i] = below(p, 9) == 0 ? 0 : w;
    }
    p->rows = (BinRows){p->event, kind == 0 ? NULL : p->weight, p->n};
}

static double weight_of(const Problem *p, size_t i)
{
    return p->rows.weight == NULL ? 1 : p->rows.weight[i];
}

/* ---- every cut of the values, by sums over the rows ---- */

typedef struct {
    const Problem *p;
    const ClassingRule *rule;
    double total[2], clean; /* others, events; of rows with a number */
    double best;            /* -1: none */
} Twin;

static double part(const double n[2], const double total[2])
{
    double g = n[0] > .5 ? n[0] : .5, b = n[1] > .5 ? n[1] : .5;
    return (n[0] / total[0] - n[1] / total[1]) *
           log(g / total[0] * total[1] / b);
}

/* Bin of value u when bit v of cuts parts v from v + 1. */
static int bin_of(unsigned cuts, int u)
{
    int bin = 0;
    for (int v = 0; v < u; v++)
        bin += cuts >> v & 1;
    return bin;
}

static int is_held(const Twin *t, double n[2])
{
    const ClassingRule *r = t->rule;
    double rows = n[0] + n[1], least = ceil(r->share_least * t->clean - 1e-9);
    return rows > 0 && rows >= (double)r->rows_least && rows >= least &&
           n[1] >= (double)r->events_least && n[0] >= (double)r->others_least;
}

static void try_cuts(Twin *t, unsigned cuts)
{
    double n[VALUES][2] = {{0}}, iv = 0;
    int bins = bin_of(cuts, VALUES - 1) + 1, falls = 0;
    for (size_t i = 0; i < t->p->n; i++)
        if (!isnan(t->p->x[i]))
            n[bin_of(cuts, (int)(t->p->x[i] / 1.5))][t->p->event[i]] +=
                weight_of(t->p, i);
    for (int b = 0; b < bins; b++) {
        if (!is_held(t, n[b]))
            return;
        iv += part(n[b], t->total);
        /* a share above by more than rounding */
        falls += b > 0 &&
                 n[b - 1][1] * n[b][0] > n[b][1] * n[b - 1][0] * (1 + 1e-12);
    }
    if (bins < (int)t->rule->bins_least || bins > (int)t->rule->bins_most ||
        (t->rule->trend == BINS_ASCENDING && falls > 0))
        return;
    t->best = iv > t->best ? iv : t->best;
}

static double every_cut(const Problem *p, const ClassingRule *rule)
{
    Twin t = {.p = p, .rule = rule, .best = -1};
    for (size_t i = 0; i < p->n; i++) {
        t.total[p->event[i]] += weight_of(p, i);
        t.clean += isnan(p->x[i]) ? 0 : weight_of(p, i);
    }
    for (unsigned cuts = 0; cuts < 1u << (VALUES - 1); cuts++)
        try_cuts(&t, cuts);
    return t.best;
}

/* What the classes say of themselves, by the rows that fall into them. */
static void check_classes(const Classing *c, const Problem *p)
{
    double n[VALUES + 1][2] = {{0}}, total[2] = {0, 0}, iv = 0;
    for (size_t i = 0; i < p->n; i++) {
        n[classing_number(c, p->x[i])][p->event[i]] += weight_of(p, i);
        total[p->event[i]] += weight_of(p, i);
    }
    for (size_t k = 0; k < c->n; k++) {
        assert_close(c->classes[k].count.others, n[k][0], 1e-13);
        assert_close(c->classes[k].count.events, n[k][1], 1e-13);
        if (n[k][0] > .5 && n[k][1] > .5)
            assert_close(c->classes[k].woe,
                         log(n[k][0] / total[0] * total[1] / n[k][1]), 1e-11);
        iv += part(n[k], total);
    }
    assert_close(c->iv, iv, 1e-11);
}

static double cut_iv(const Classing *c)
{
    double iv = 0;
    for (size_t i = 0; i < c->n_cut; i++)
        iv += bin_iv(c->classes[i].count, c->total);
    return iv;
}

static void no_cut_of_weighted_rows_is_better(void **state)
{
    (void)state;
    Problem p = {.s = stream_new(47, 32, 0)};
    Arena *arena = arena_new();
    size_t cut = 0, not_cut = 0;
    for (int k = 0; k < 600; k++) {
        Classing c;
        draw(&p, k % 3);
        const ClassingRule rule = {.trend = k % 2 ? BINS_ASCENDING : BINS_NONE,
                                   .pre = 20,
                                   .bins_least = 2 + below(&p, 2),
                                   .bins_most = 3 + below(&p, 3),
                                   .share_least = (double)below(&p, 12) / 30,
                                   .rows_least = below(&p, 20),
                                   .events_least = below(&p, 9),
                                   .others_least = below(&p, 4)};
        const Column column = {.name = "x", .type = TYPE_REAL, .d = p.x};
        assert_int_equal(classing_of(&c, arena, &column, &p.rows, &rule, NULL),
                         OK);
        double best = every_cut(&p, &rule);
        assert_int_equal(c.why == NULL, best >= 0);
        cut += best >= 0;
        not_cut += best < 0;
        if (best >= 0) {
            assert_close(cut_iv(&c), best, 1e-11);
            check_classes(&c, &p);
        }
        arena_reset(arena);
    }
    assert_true(cut > 200 && not_cut > 50); /* neither kind is rare */
    arena_free(arena);
}

/* ---- rows repeated ---- */

static void repeat(Problem *to, const Problem *from)
{
    to->n = 0;
    for (size_t i = 0; i < from->n; i++)
        for (int k = 0; k < (int)from->weight[i]; k++) {
            if (to->n == MOST)
                return;
            to->x[to->n] = from->x[i];
            to->word[to->n] = from->word[i];
            to->event[to->n++] = from->event[i];
        }
    to->rows = (BinRows){to->event, NULL, to->n};
}

static int same_counts(const BinCount a[], const BinCount b[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i].events != b[i].events || a[i].others != b[i].others)
            return 0;
    return 1;
}

/* Pre-bins and levels, for any number of them, to the last bit. */
static void whole_weights_are_rows_repeated(void **state)
{
    (void)state;
    static const double codes[] = {3, 4.5};
    Problem p = {.s = stream_new(47, 33, 0)}, q = {0};
    Arena *arena = arena_new();
    for (size_t k = 0; k < 400; k++) {
        BinsPre a, b;
        Levels la, lb;
        draw(&p, 1);
        p.n = p.rows.n = 20; /* weights up to 3 have room */
        repeat(&q, &p);
        const BinsColumn cp = {p.x, p.rows, codes, k % 3};
        const BinsColumn cq = {q.x, q.rows, codes, k % 3};
        assert_int_equal(binspre_of(&a, arena, &cp, 2 + k % 7, NULL), OK);
        assert_int_equal(binspre_of(&b, arena, &cq, 2 + k % 7, NULL), OK);
        assert_int_equal(a.n, b.n);
        assert_memory_equal(a.low, b.low, a.n * sizeof *a.low);
        assert_memory_equal(a.high, b.high, a.n * sizeof *a.high);
        assert_true(same_counts(a.count, b.count, a.n));
        assert_true(same_counts(a.special, b.special, k % 3));
        assert_true(same_counts(&a.missing, &b.missing, 1));
        assert_int_equal(levels_of(&la, arena, p.word, &p.rows, k % 9, NULL),
                         OK);
        assert_int_equal(levels_of(&lb, arena, q.word, &q.rows, k % 9, NULL),
                         OK);
        assert_int_equal(la.n, lb.n);
        assert_memory_equal(la.word, lb.word, la.n * sizeof *la.word);
        assert_true(same_counts(la.count, lb.count, la.n));
        assert_true(same_counts(&la.missing, &lb.missing, 1));
        arena_reset(arena);
    }
    arena_free(arena);
}

/* 3 of weight 2^53 - 1 and such: products differ by one in 2^106. */
static void shares_are_compared_to_the_last_bit(void **state)
{
    (void)state;
    const double big = 9007199254740991;
    assert_int_equal(
        bin_compare((BinCount){big, big - 1}, (BinCount){big - 1, big - 2}), 1);
    assert_int_equal(
        bin_compare((BinCount){big - 1, big - 2}, (BinCount){big, big - 1}),
        -1);
    assert_int_equal(bin_compare((BinCount){.25, .75}, (BinCount){1, 3}), 0);
    assert_int_equal(bin_compare((BinCount){0, 0}, (BinCount){1, 3}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cut_of_weighted_rows_is_better),
        cmocka_unit_test(whole_weights_are_rows_repeated),
        cmocka_unit_test(shares_are_compared_to_the_last_bit),
    };
    return RUN(tests);
}
