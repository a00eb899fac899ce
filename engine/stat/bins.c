#include "stat/bins.h"

#include "core/tr.h"
#include "stat/normal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const words[] = {
#define X(name, word, meaning) word,
    BINS_TRENDS(X)
#undef X
};

const char *bins_trend_word(BinsTrend trend)
{
    return words[trend];
}

BinsTrend bins_trend_named(const char *word)
{
    int i = 0;
    while (i < BINS_TRENDS_COUNT && strcmp(words[i], word) != 0)
        i++;
    return (BinsTrend)i;
}

BinCount bin_add(BinCount a, BinCount b)
{
    return (BinCount){a.events + b.events, a.others + b.others};
}

int bin_compare(BinCount a, BinCount b)
{
    /* shares are in the order of events by others */
    double x = a.events * b.others, y = b.events * a.others;
    if (x == y) {
        x = fma(a.events, b.others, -x);
        y = fma(b.events, a.others, -y);
    }
    return (y > x) - (y < x);
}

static double count_of(double n)
{
    return n < 0.5 ? 0.5 : n;
}

double bin_woe(BinCount c, BinCount total)
{
    return normal_log(count_of(c.others) * total.events /
                      (count_of(c.events) * total.others));
}

double bin_iv(BinCount c, BinCount total)
{
    double others = c.others / total.others;
    double events = c.events / total.events;
    return (others - events) * bin_woe(c, total);
}

/* Whole numbers up to it are doubles. */
static const double WHOLE = 9007199254740992;

const char *bins_check(const BinCount count[], size_t n, BinCount total,
                       const BinsLimits *l)
{
    BinCount sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        sum = bin_add(sum, count[i]);
    if (n == 0)
        return TR_NOOP("there are no pre-bins");
    if (n > BINS_PRE_MOST)
        return TR_NOOP("more than 256 pre-bins");
    if (!(total.events > 0 && total.others > 0))
        return TR_NOOP("the outcome is the same in every row");
    if (sum.events > total.events || sum.others > total.others)
        return TR_NOOP("the pre-bins hold more rows than there are");
    if (bin_rows(total) > WHOLE)
        return TR_NOOP("the rows weigh more than 2^53");
    if (l->bins_least < 1 || l->bins_least > l->bins_most)
        return TR_NOOP("the least number of bins is above the most");
    if (l->rows_most > 0 && l->rows_least > l->rows_most)
        return TR_NOOP("the least size of a bin is above the most");
    return NULL;
}

/* Cells are [i * (n + 1) + j], the pre-bins i to j - 1 as one bin. */
typedef struct {
    size_t n, cells, bins_most;
    BinCount *count; /* [cells] */
    double *iv;      /* [cells] of the bin; NaN: it breaks a bound */
    double *best;    /* [2 * bins_most * cells] by phase and bins; NaN: none */
    uint16_t *from;  /* [the same] start of the bin before */
    uint8_t *phase;  /* [the same] of the bin before */
} Table;

static size_t cell(const Table *t, size_t i, size_t j)
{
    return i * (t->n + 1) + j;
}

static size_t state(const Table *t, int phase, size_t bins, size_t at)
{
    return ((size_t)phase * t->bins_most + bins - 1) * t->cells + at;
}

static int holds(BinCount c, const BinsLimits *l)
{
    double rows = bin_rows(c);
    return rows > 0 && rows >= (double)l->rows_least &&
           (l->rows_most == 0 || rows <= (double)l->rows_most) &&
           c.events >= (double)l->events_least &&
           c.others >= (double)l->others_least;
}

static ErrCode make_table(Table *t, Arena *arena, const BinCount count[],
                          BinCount total, const BinsLimits *l, Err *err)
{
    size_t states;
    t->cells = (t->n + 1) * (t->n + 1);
    states = 2 * t->bins_most * t->cells;
    t->count = arena_alloc(arena, t->cells, sizeof *t->count);
    t->iv = arena_alloc(arena, t->cells, sizeof *t->iv);
    t->best = arena_alloc(arena, states, sizeof *t->best);
    t->from = arena_alloc(arena, states, sizeof *t->from);
    t->phase = arena_alloc(arena, states, sizeof *t->phase);
    if (t->count == NULL || t->iv == NULL || t->best == NULL ||
        t->from == NULL || t->phase == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to join %zu pre-bins", t->n);
    for (size_t s = 0; s < states; s++)
        t->best[s] = (double)NAN;
    for (size_t i = 0; i < t->n; i++)
        for (size_t j = i + 1; j <= t->n; j++) {
            size_t at = cell(t, i, j);
            t->count[at] = bin_add(t->count[cell(t, i, j - 1)], count[j - 1]);
            t->iv[at] = holds(t->count[at], l) ? bin_iv(t->count[at], total)
                                               : (double)NAN;
        }
    return OK;
}

/* Two bins of phase `phase` side by side: may the share go that way? */
static int may_follow(BinsTrend trend, int phase, int way)
{
    switch (trend) {
    case BINS_ASCENDING:
        return way >= 0;
    case BINS_DESCENDING:
        return way <= 0;
    case BINS_PEAK:
        return phase == 0 ? way >= 0 : way <= 0;
    case BINS_VALLEY:
        return phase == 0 ? way <= 0 : way >= 0;
    default:
        return 1;
    }
}

/* The best cut of `bins` bins that ends in [i, j), in that phase: of those
 * that end in [h, i) with a bin less. */
static void extend(Table *t, BinsTrend trend, int phase, size_t bins, size_t i,
                   size_t j)
{
    size_t at = cell(t, i, j), here = state(t, phase, bins, at);
    for (size_t h = bins - 2; h < i; h++) {
        size_t before = cell(t, h, i);
        if (isnan(t->iv[before]) ||
            !may_follow(trend, phase,
                        bin_compare(t->count[before], t->count[at])))
            continue;
        for (int p = 0; p <= phase; p++) {
            double v = t->best[state(t, p, bins - 1, before)] + t->iv[at];
            if (isnan(v) || v <= t->best[here])
                continue;
            t->best[here] = v;
            t->from[here] = (uint16_t)h;
            t->phase[here] = (uint8_t)p;
        }
    }
}

static void fill(Table *t, BinsTrend trend)
{
    int phases = trend == BINS_PEAK || trend == BINS_VALLEY ? 2 : 1;
    for (size_t j = 1; j <= t->n; j++)
        t->best[state(t, 0, 1, cell(t, 0, j))] = t->iv[cell(t, 0, j)];
    for (size_t bins = 2; bins <= t->bins_most; bins++)
        for (size_t i = bins - 1; i < t->n; i++)
            for (size_t j = i + 1; j <= t->n; j++)
                for (int p = 0; p < phases && !isnan(t->iv[cell(t, i, j)]); p++)
                    extend(t, trend, p, bins, i, j);
}

/* Where the best cut of all ends. */
typedef struct {
    int phase;
    size_t bins, i;
    double iv;
} End;

static End best_end(const Table *t, const BinsLimits *l)
{
    End end = {0, 0, 0, (double)NAN};
    for (size_t bins = l->bins_least; bins <= t->bins_most; bins++)
        for (int p = 0; p < 2; p++)
            for (size_t i = 0; i < t->n; i++) {
                double v = t->best[state(t, p, bins, cell(t, i, t->n))];
                if (v > end.iv || (isnan(end.iv) && !isnan(v)))
                    end = (End){p, bins, i, v};
            }
    return end;
}

static ErrCode follow(BinsCut *out, Arena *arena, const Table *t, End end,
                      Err *err)
{
    size_t j = t->n, i = end.i;
    int p = end.phase;
    out->start = arena_alloc(arena, end.bins + 1, sizeof *out->start);
    if (out->start == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to join %zu pre-bins", t->n);
    out->start[end.bins] = t->n;
    for (size_t bins = end.bins; bins > 0; bins--) {
        size_t at = state(t, p, bins, cell(t, i, j));
        out->start[bins - 1] = i;
        j = i;
        i = t->from[at];
        p = t->phase[at];
    }
    out->n = end.bins;
    out->iv = end.iv;
    return OK;
}

static ErrCode solve_one(BinsCut *out, Arena *arena, const BinCount count[],
                         size_t n, BinCount total, const BinsLimits *l,
                         BinsTrend trend, Err *err)
{
    ErrCode rc = OK;
    Arena *own = arena_new();
    Table t = {.n = n, .bins_most = l->bins_most < n ? l->bins_most : n};
    *out = (BinsCut){.trend = trend, .iv = (double)NAN};
    if (own == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to join %zu pre-bins", n));
    TRY(make_table(&t, own, count, total, l, err));
    fill(&t, trend);
    End end = best_end(&t, l);
    if (end.bins > 0)
        TRY(follow(out, arena, &t, end, err));
done:
    arena_free(own);
    return rc;
}

/* Why nothing holds the limits, by letting go of one after another. */
static ErrCode find_reason(BinsCut *out, Arena *arena, const BinCount count[],
                           size_t n, BinCount total, const BinsLimits *l,
                           Err *err)
{
    ErrCode rc = OK;
    BinsCut cut;
    BinsLimits free = {.bins_least = l->bins_least, .bins_most = l->bins_most};
    if (n < l->bins_least) {
        out->why = TR_NOOP(
            "it has fewer different values than bins are "
            "asked for");
        return OK;
    }
    free.rows_least = l->rows_least;
    free.rows_most = l->rows_most;
    TRY(solve_one(&cut, arena, count, n, total, &free, BINS_NONE, err));
    out->why = TR_NOOP("no cut has so many bins of the sizes asked for");
    if (cut.n == 0)
        return OK;
    free.events_least = l->events_least;
    free.others_least = l->others_least;
    TRY(solve_one(&cut, arena, count, n, total, &free, BINS_NONE, err));
    out->why = cut.n == 0 ? TR_NOOP(
                                "no cut leaves enough events and others "
                                "in every bin")
                          : TR_NOOP("no cut has that trend");
done:
    return rc;
}

ErrCode bins_solve(BinsCut *out, Arena *arena, const BinCount count[], size_t n,
                   BinCount total, const BinsLimits *limits, Err *err)
{
    ErrCode rc = OK;
    BinsCut other = {0};
    int is_auto = limits->trend == BINS_AUTO;
    assert(bins_check(count, n, total, limits) == NULL);
    TRY(solve_one(out, arena, count, n, total, limits,
                  is_auto ? BINS_ASCENDING : limits->trend, err));
    if (is_auto)
        TRY(solve_one(&other, arena, count, n, total, limits, BINS_DESCENDING,
                      err));
    if (other.n > 0 && (out->n == 0 || other.iv > out->iv))
        *out = other;
    if (out->n == 0)
        TRY(find_reason(out, arena, count, n, total, limits, err));
done:
    return rc;
}
