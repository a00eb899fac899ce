#include "policy/segment.h"

#include "data/table.h"

enum {
    FEW_POINTS = 32, /* counted one by one up to here, searched above */
    LANES = 8        /* values at a time; BLOCK_ROWS is a multiple */
};

/* Segments: 0 null, then below the first breakpoint, on it, between it and the
 * second ...: 1 + breakpoints reached + breakpoints passed. */
static uint16_t segment(size_t reached, int is_on)
{
    return (uint16_t)(1 + 2 * reached - (size_t)is_on);
}

/* Breakpoints above each of LANES values: subtractions whose sign is counted,
 * which the compiler makes vectors of.  No two values are 2^63 apart but from
 * null, which is set right later. */
static void count_above(uint64_t above[LANES], const int64_t v[],
                        const int64_t points[], size_t n)
{
    for (size_t j = 0; j < LANES; j++)
        above[j] = 0;
    for (size_t k = 0; k < n; k++)
        for (size_t j = 0; j < LANES; j++)
            above[j] += ((uint64_t)v[j] - (uint64_t)points[k]) >> 63;
}

static void few_whole(uint16_t d[], const HitColumn *c, const int64_t v[],
                      size_t n)
{
    for (size_t i = 0; i < n; i += LANES) { /* blocks are whole lanes long */
        uint64_t above[LANES];
        count_above(above, v + i, c->whole, c->n_points);
        for (size_t j = 0; j < LANES; j++) {
            size_t reached = c->n_points - above[j];
            int is_on = reached > 0 && c->whole[reached - 1] == v[i + j];
            d[i + j] = v[i + j] == NULL_INT ? 0 : segment(reached, is_on);
        }
    }
}

/* The breakpoints that v reaches, by halving without a branch on v. */
static uint16_t find_whole(const HitColumn *c, int64_t v)
{
    const int64_t *p = c->whole;
    size_t n = c->n_points;
    while (n > 1) {
        size_t half = n / 2;
        p += (size_t)(p[half - 1] < v) * half;
        n -= half;
    }
    size_t passed = (size_t)(p - c->whole) + (n > 0 && *p < v);
    return segment(passed, 0) +
           (uint16_t)(passed < c->n_points && c->whole[passed] == v);
}

static void segment_whole(const Op *o, void *const at[], size_t n)
{
    const HitColumn *c = o->aux;
    const int64_t *v = at[o->a];
    uint16_t *d = at[o->d];
    if (o->step[0] == 1 && c->n_points <= FEW_POINTS) {
        few_whole(d, c, v, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int64_t x = v[i * o->step[0]];
        d[i] = x == NULL_INT ? 0 : find_whole(c, x);
    }
}

static uint16_t find_number(const HitColumn *c, Number v)
{
    size_t low = 0, high = c->n_points;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (number_compare(c->numbers[mid], v) <= 0)
            low = mid + 1;
        else
            high = mid;
    }
    return segment(low, low > 0 && number_compare(c->numbers[low - 1], v) == 0);
}

static void segment_number(const Op *o, void *const at[], size_t n)
{
    const HitColumn *c = o->aux;
    const Number *v = at[o->a];
    uint16_t *d = at[o->d];
    for (size_t i = 0; i < n; i++) {
        Number x = v[i * o->step[0]];
        d[i] = x.den < 0 ? 0 : find_number(c, x);
    }
}

/* Segments: 0 null, 1 any other text, then the words. */
static void segment_text(const Op *o, void *const at[], size_t n)
{
    const HitColumn *c = o->aux;
    const char *const *v = at[o->a];
    uint16_t *d = at[o->d];
    size_t s = o->step[0];
    for (size_t i = 0; i < n; i++)
        d[i] = v[i * s] != NULL;
    for (size_t k = 0; k < c->n_points; k++) {
        const char *word = c->texts[k];
        for (size_t i = 0; i < n; i++)
            d[i] = v[i * s] == word ? (uint16_t)(k + 2) : d[i];
    }
}

/* Segments: null, false, true. */
static void segment_truth(const Op *o, void *const at[], size_t n)
{
    static const uint16_t segments[] = {
        [IS_NULL] = 0, [IS_FALSE] = 1, [IS_TRUE] = 2};
    const Truth *v = at[o->a];
    uint16_t *d = at[o->d];
    for (size_t i = 0; i < n; i++)
        d[i] = segments[v[i * o->step[0]]];
}

OpFn segment_op(Rep rep)
{
    switch (rep) {
    case REP_WHOLE:
        return segment_whole;
    case REP_TEXT:
        return segment_text;
    case REP_TRUTH:
        return segment_truth;
    default:
        return segment_number;
    }
}
