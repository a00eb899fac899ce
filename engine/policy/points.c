#include "policy/points.h"

#include "core/simd.h"

#include <string.h>

#define ALWAYS_INLINE inline __attribute__((always_inline))

enum { PARTS_MAX = 1000000, LADDERS_MAX = 1 << 14 };

/* Sums of points stay below 2^45, so one null makes any sum less than half of
 * it, and 2^14 of them do not overflow. */
#define POINTS_MAX  (INT64_C(1) << 31)
#define POINTS_NULL (-(INT64_C(1) << 48))

typedef struct {
    int first, is_next;
    int64_t *points;
} Rung;

typedef struct {
    int64_t start, parts; /* parts: how many make a point */
    Rung *rungs;          /* [n] */
    size_t n;
} Points;

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

/* Make `parts` a multiple of the denominator; 0 when that is too fine. */
static int join_parts(int64_t *parts, Number v)
{
    if (v.den < 0)
        return 1;
    if (v.den == 0 || v.den > PARTS_MAX)
        return 0;
    *parts *= v.den / divisor(*parts, v.den);
    return *parts <= PARTS_MAX;
}

static int fits(int64_t parts, Number v)
{
    return v.den < 0 || (v.num < POINTS_MAX / parts * v.den &&
                         v.num > -(POINTS_MAX / parts * v.den));
}

int64_t points_parts(Number start, const PointsLadder of[], size_t n)
{
    int64_t parts = 1;
    int good = n <= LADDERS_MAX && start.den >= 0 && join_parts(&parts, start);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < of[i].n && good; k++)
            good = join_parts(&parts, of[i].points[k]);
    good = good && fits(parts, start);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < of[i].n && good; k++)
            good = fits(parts, of[i].points[k]);
    return good ? parts : 0;
}

/* Halves keep the greater of two ways apart from what was summed before. */
static ALWAYS_INLINE void add_up(const Points *p, void *const at[], size_t n,
                                 int64_t total[])
{
    int64_t best[BLOCK_ROWS];
    for (size_t i = 0; i < n; i++) {
        total[i] = p->start;
        best[i] = 0;
    }
    for (size_t k = 0; k < p->n; k++) {
        const int32_t *first = at[p->rungs[k].first];
        const int64_t *points = p->rungs[k].points;
        if (p->rungs[k].is_next)
            for (size_t i = 0; i < n; i++) {
                int64_t x = points[first[i]];
                int64_t more = x > best[i] ? x - best[i] : 0;
                best[i] += more;
                total[i] += more;
            }
        else
            for (size_t i = 0; i < n; i++) {
                best[i] = points[first[i]];
                total[i] += best[i];
            }
    }
}

static ALWAYS_INLINE void sum(const Op *o, void *const at[], size_t n)
{
    const Points *p = o->aux;
    Number *d = at[o->d];
    int64_t total[BLOCK_ROWS];
    add_up(p, at, n, total);
    for (size_t i = 0; i < n; i++)
        d[i] = total[i] < POINTS_NULL / 2 ? NUMBER_NULL
                                          : (Number){total[i], p->parts};
    for (size_t i = 0; i < n && p->parts > 1; i++)
        if (d[i].den > 0 && d[i].num % d[i].den == 0)
            d[i] = number_int(d[i].num / d[i].den);
}

SIMD_EACH(each, sum, (SimdIsa isa, const Op *o, void *const at[], size_t n),
          (o, at, n))

static void run_sum(const Op *o, void *const at[], size_t n)
{
    SimdIsa isa = simd_isa();
    SIMD_CHOOSE(isa, each, (isa, o, at, n));
}

static int take_ladder(Rung *rung, Arena *arena, const PointsLadder *l,
                       int64_t parts)
{
    *rung = (Rung){l->first, l->is_next,
                   arena_alloc(arena, l->n, sizeof *rung->points)};
    for (size_t k = 0; rung->points != NULL && k < l->n; k++) {
        Number v = l->points[k];
        rung->points[k] = v.den <= 0 ? POINTS_NULL : v.num * (parts / v.den);
    }
    return rung->points != NULL;
}

int points_code(Code *code, Number start, const PointsLadder of[], size_t n)
{
    int64_t parts = points_parts(start, of, n);
    if (code->failed || parts == 0)
        return SLOT_NONE;
    Points *p = arena_alloc(code->arena, 1, sizeof *p);
    Rung *rungs = arena_alloc(code->arena, n + 1, sizeof *rungs);
    int good = p != NULL && rungs != NULL;
    for (size_t i = 0; i < n && good; i++)
        good = take_ladder(&rungs[i], code->arena, &of[i], parts);
    if (!good) {
        code->failed = 1;
        return SLOT_NONE;
    }
    *p = (Points){start.num * (parts / start.den), parts, rungs, n};
    int d = code_slot(code, REP_NUMBER, 1, 1);
    code_append(code, run_sum, d, SLOT_NONE, p);
    return code->failed ? SLOT_NONE : d;
}
