#include "policy/segment.h"

#include "core/simd.h"
#include "data/table.h"

#include <math.h>
#include <string.h>

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* Breakpoints that are counted one by one; more are searched. */
enum { MOST_SHORT = 128, MOST_INT = 64 };

typedef struct {
    const HitColumn *column;
    int64_t low, last; /* values are first cut to these: nothing is lost */
    int shift;         /* bits that all breakpoints share, counted from low */
    int16_t *shorts;   /* [n_points] the breakpoints so, or NULL */
    int32_t *ints;     /* the same */
    const char **keys; /* [1 << bits] of texts by their hash */
    uint16_t *places;
    uint64_t factor;
    int bits;
    double *reals; /* [n_points] numbers, rounded */
} Segments;

/*
 * d[i] = 0 for null, else 1 + how many breakpoints v[i] reaches.
 *
 * Breakpoints are first put into the narrowest type: what lies below the first
 * is one below it, what lies above the last is the last, and low bits that no
 * breakpoint has are shifted out.  Then a vector holds 32 or 16 values, and
 * counting beats every search.  Comparisons of vectors give -1 where true.
 */
#define COUNT_REACHED(name, Type, Count, points, bias)                         \
    static ALWAYS_INLINE void name(const Op *o, void *const at[], size_t n)    \
    {                                                                          \
        typedef Type Vector __attribute__((vector_size(64)));                  \
        enum { LANES = sizeof(Vector) / sizeof(Type) };                        \
        const Segments *g = o->aux;                                            \
        const int64_t *v = at[o->a], low = g->low, last = g->last;             \
        uint16_t *d = at[o->d];                                                \
        size_t n_points = g->column->n_points;                                 \
        Type x[BLOCK_ROWS];                                                    \
        memset(x + n, 0, (BLOCK_ROWS - n) * sizeof *x);                        \
        for (size_t i = 0; i < n; i++) {                                       \
            int64_t y = v[i] < low ? low : v[i];                               \
            y = y > last ? last : y;                                           \
            x[i] = (Type)(((y - low - 1) >> g->shift) - (bias));               \
        }                                                                      \
        for (size_t i = 0; i < n; i += LANES) {                                \
            Vector y, count = {0};                                             \
            memcpy(&y, x + i, sizeof y);                                       \
            for (size_t k = 0; k < n_points; k++)                              \
                count -= (Vector)(y >= g->points[k]);                          \
            memcpy(x + i, &count, sizeof count);                               \
        }                                                                      \
        for (size_t i = 0; i < n; i++)                                         \
            d[i] = v[i] == NULL_INT ? 0 : (uint16_t)((Count)x[i] + 1);         \
    }

COUNT_REACHED(count_shorts, int16_t, uint16_t, shorts, 32767)
COUNT_REACHED(count_ints, int32_t, uint32_t, ints, 0)

#define EACH_ISA(body)                                                         \
    static void body##_portable(const Op *o, void *const at[], size_t n)       \
    {                                                                          \
        body(o, at, n);                                                        \
    }                                                                          \
    SIMD_TARGET_AVX2 static void body##_avx2(const Op *o, void *const at[],    \
                                             size_t n)                         \
    {                                                                          \
        body(o, at, n);                                                        \
    }                                                                          \
    SIMD_TARGET_AVX512 static void body##_avx512(const Op *o,                  \
                                                 void *const at[], size_t n)   \
    {                                                                          \
        body(o, at, n);                                                        \
    }                                                                          \
    static const OpFn body##_each[SIMD_ISA_COUNT] = {                          \
        body##_portable, body##_avx2, body##_avx512};

EACH_ISA(count_shorts)
EACH_ISA(count_ints)

/* By halving without a branch on v. */
static uint16_t find_whole(const HitColumn *c, int64_t v)
{
    const int64_t *p = c->whole;
    size_t n = c->n_points;
    while (n > 1) {
        size_t half = n / 2;
        p += (size_t)(p[half - 1] <= v) * half;
        n -= half;
    }
    return (uint16_t)(1 + (size_t)(p - c->whole) + (n > 0 && *p <= v));
}

static void search_whole(const Op *o, void *const at[], size_t n)
{
    const HitColumn *c = ((const Segments *)o->aux)->column;
    const int64_t *v = at[o->a];
    uint16_t *d = at[o->d];
    for (size_t i = 0; i < n; i++) {
        int64_t x = v[i * o->step[0]];
        d[i] = x == NULL_INT ? 0 : find_whole(c, x);
    }
}

static double rounded(Number v)
{
    double x;
    if (v.den > 0)
        return (double)v.num / (double)v.den;
    memcpy(&x, &v.num, sizeof x);
    return x;
}

/* The segment of v, where the points below `low` lie below it for sure. */
static uint16_t find_number(const HitColumn *c, Number v, size_t low)
{
    int side = 1;
    while (low < c->n_points && (side = number_compare(c->numbers[low], v)) < 0)
        low++;
    return (uint16_t)(1 + 2 * low + (side == 0));
}

/* Rounded values tell all but those next to a point, which are looked at
 * exactly: three roundings are less than 2^-51 of a value. */
static void search_number(const Op *o, void *const at[], size_t n)
{
    const Segments *g = o->aux;
    const HitColumn *c = g->column;
    const Number *v = at[o->a];
    uint16_t *d = at[o->d];
    double below[BLOCK_ROWS], above[BLOCK_ROWS];
    uint16_t count[BLOCK_ROWS] = {0}, sure[BLOCK_ROWS] = {0};
    for (size_t i = 0; i < n; i++) {
        double x = rounded(v[i * o->step[0]]), slack = fabs(x) * 0x1p-51;
        below[i] = x - slack;
        above[i] = x + slack;
    }
    for (size_t k = 0; k < c->n_points; k++)
        for (size_t i = 0; i < n; i++) {
            count[i] = (uint16_t)(count[i] + (g->reals[k] < below[i]));
            sure[i] = (uint16_t)(sure[i] + (g->reals[k] <= above[i]));
        }
    for (size_t i = 0; i < n; i++) {
        Number x = v[i * o->step[0]];
        d[i] = x.den < 0             ? 0
               : count[i] == sure[i] ? (uint16_t)(1 + 2 * count[i])
                                     : find_number(c, x, count[i]);
    }
}

/* Texts are interned, so equal ones are one address: it is the key. */
static size_t place_of(const Segments *g, const char *word)
{
    return (size_t)((uint64_t)(uintptr_t)word * g->factor >> (64 - g->bits));
}

static void find_text(const Op *o, void *const at[], size_t n)
{
    const Segments *g = o->aux;
    const char *const *v = at[o->a];
    uint16_t *d = at[o->d];
    size_t step = o->step[0], last = ((size_t)1 << g->bits) - 1;
    for (size_t i = 0; i < n; i++) {
        const char *word = v[i * step];
        size_t k = place_of(g, word);
        while (g->keys[k] != word && g->keys[k] != NULL)
            k = (k + 1) & last;
        d[i] = word == NULL ? 0 : g->places[k];
    }
}

static void find_truth(const Op *o, void *const at[], size_t n)
{
    static const uint16_t segments[] = {
        [IS_NULL] = 0, [IS_FALSE] = 1, [IS_TRUE] = 2};
    const Truth *v = at[o->a];
    uint16_t *d = at[o->d];
    for (size_t i = 0; i < n; i++)
        d[i] = segments[v[i * o->step[0]]];
}

/* Put all words in; how many steps they are from where they belong. */
static size_t fill_texts(Segments *g)
{
    const HitColumn *c = g->column;
    size_t size = (size_t)1 << g->bits, steps = 0;
    for (size_t k = 0; k < size; k++) {
        g->keys[k] = NULL;
        g->places[k] = 1;
    }
    for (size_t i = 0; i < c->n_points; i++) {
        size_t k = place_of(g, c->texts[i]);
        for (; g->keys[k] != NULL; k = (k + 1) & (size - 1))
            steps++;
        g->keys[k] = c->texts[i];
        g->places[k] = (uint16_t)(i + 2);
    }
    return steps;
}

/* A table eight times as large as its words; of some factors the first that
 * sends no two words to one place. */
static int take_texts(Segments *g, Arena *a)
{
    enum { TRIES = 32 };
    const HitColumn *c = g->column;
    g->bits = 3;
    while ((size_t)1 << g->bits < 8 * c->n_points)
        g->bits++;
    g->keys = arena_alloc(a, (size_t)1 << g->bits, sizeof *g->keys);
    g->places = arena_alloc(a, (size_t)1 << g->bits, sizeof *g->places);
    if (g->keys == NULL || g->places == NULL)
        return 0;
    g->factor = UINT64_C(0x9E3779B97F4A7C15);
    for (int i = 0; fill_texts(g) > 0 && i < TRIES; i++)
        g->factor *= UINT64_C(0xD6E8FEB86659FD93); /* odd stays odd */
    return 1;
}

/* The breakpoints in the narrowest type; 0 without memory. */
static int take_points(Segments *g, Arena *a)
{
    const HitColumn *c = g->column;
    uint64_t bits = 0, span;
    if (c->n_points == 0 || c->n_points > MOST_SHORT)
        return 1;
    const int64_t *p = c->whole, first = p[0];
    span = (uint64_t)p[c->n_points - 1] - (uint64_t)first;
    for (size_t k = 1; k < c->n_points; k++)
        bits |= (uint64_t)p[k] - (uint64_t)first;
    g->shift = bits ? __builtin_ctzll(bits) : 0;
    span >>= g->shift;
    if (span > INT32_MAX || span << g->shift > INT64_MAX ||
        (span > UINT16_MAX - 1 && c->n_points > MOST_INT))
        return 1;
    g->low = first - 1;
    g->last = p[c->n_points - 1];
    int16_t *shorts = arena_alloc(a, c->n_points, sizeof *shorts);
    int32_t *ints = arena_alloc(a, c->n_points, sizeof *ints);
    if (shorts == NULL || ints == NULL)
        return 0;
    for (size_t k = 0; k < c->n_points; k++) {
        int64_t at = (p[k] - first) >> g->shift;
        ints[k] = (int32_t)at;
        shorts[k] = (int16_t)(at - 32767);
    }
    if (span < UINT16_MAX)
        g->shorts = shorts;
    else
        g->ints = ints;
    return 1;
}

static int take_numbers(Segments *g, Arena *a)
{
    const HitColumn *c = g->column;
    g->reals = arena_alloc(a, c->n_points + 1, sizeof *g->reals);
    for (size_t k = 0; g->reals != NULL && k < c->n_points; k++)
        g->reals[k] = rounded(c->numbers[k]);
    return g->reals != NULL;
}

static OpFn choose(const Segments *g, int is_constant)
{
    switch (g->column->rep) {
    case REP_WHOLE:
        if (g->shorts != NULL && !is_constant)
            return count_shorts_each[simd_isa()];
        if (g->ints != NULL && !is_constant)
            return count_ints_each[simd_isa()];
        return search_whole;
    case REP_TEXT:
        return find_text;
    case REP_TRUTH:
        return find_truth;
    default:
        return search_number;
    }
}

int segment_code(Code *code, const HitColumn *column, int slot)
{
    Segments *g = code->failed ? NULL : arena_alloc(code->arena, 1, sizeof *g);
    int good = g != NULL;
    if (good)
        g->column = column;
    if (good && column->rep == REP_WHOLE)
        good = take_points(g, code->arena);
    if (good && column->rep == REP_NUMBER)
        good = take_numbers(g, code->arena);
    if (good && column->rep == REP_TEXT)
        good = take_texts(g, code->arena);
    if (!good) {
        code->failed = 1;
        return SLOT_NONE;
    }
    int d = code_slot(code, REP_SEGMENT, 1, 1);
    code_append(code, choose(g, code_is_constant(code, slot)), d, slot, g);
    return code->failed ? SLOT_NONE : d;
}
