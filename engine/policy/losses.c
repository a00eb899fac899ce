#include "policy/losses.h"

#include "core/simd.h"
#include "policy/policy.h"
#include "policy/scorecard.h"

#include <stdlib.h>
#include <string.h>

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* A key is the rank of a loss, then how early the attribute stands; 0: nothing
 * lost.  Ranks are few enough: a file has at most 4 MiB. */
enum { PLACE_BITS = 10, KEY_NULL = INT32_MAX };

typedef struct {
    int first;           /* slot: the band that held */
    int is_last;         /* of the ways of its attribute */
    const int32_t *keys; /* by band */
} Rung;

struct Losses {
    Rung *rungs; /* [n] */
    size_t n;
    const char **ids; /* by place from the end; [0] NULL */
};

/* All losses there are, while ranks are given. */
typedef struct {
    Number *of; /* [n] rising */
    size_t n;
} Ranks;

static int by_number(const void *a, const void *b)
{
    return number_compare(*(const Number *)a, *(const Number *)b);
}

static int is_loss(Number lost)
{
    return lost.den >= 0 && number_compare(lost, number_int(0)) > 0;
}

static Number lost_at(const Attribute *a, const Ladder *l, size_t band)
{
    return number_subtract(a->most, l->points[band]);
}

/* Call for each attribute of each scorecard, in the order of reasons. */
typedef int (*EachFn)(void *to, const Attribute *a);

static int each_attribute(Rule *const rules[], size_t n, EachFn fn, void *to)
{
    int good = 1;
    for (size_t r = 0; r < n; r++) {
        const Scorecard *card = rules[r]->detail;
        if (rules[r]->kind != RULE_SCORECARD)
            continue;
        for (size_t i = 0; i < card->n && good; i++)
            good = fn(to, &card->attributes[i]);
    }
    return good;
}

typedef struct {
    size_t attributes, ladders, bands;
} Sizes;

static int count_one(void *to, const Attribute *a)
{
    Sizes *s = to;
    s->attributes++;
    s->ladders += a->n;
    for (size_t j = 0; j < a->n; j++)
        s->bands += a->ladders[j].grid->n_rules;
    return 1;
}

static int rank_one(void *to, const Attribute *a)
{
    Ranks *r = to;
    for (size_t j = 0; j < a->n; j++)
        for (size_t k = 0; k < a->ladders[j].grid->n_rules; k++) {
            Number lost = lost_at(a, &a->ladders[j], k);
            if (is_loss(lost))
                r->of[r->n++] = lost;
        }
    return 1;
}

static void sort_ranks(Ranks *r)
{
    size_t kept = 0;
    if (r->n > 1)
        qsort(r->of, r->n, sizeof *r->of, by_number);
    for (size_t i = 0; i < r->n; i++)
        if (kept == 0 || number_compare(r->of[kept - 1], r->of[i]) < 0)
            r->of[kept++] = r->of[i];
    r->n = kept;
}

static int32_t rank_of(const Ranks *r, Number lost)
{
    const Number *at = is_loss(lost)
                           ? bsearch(&lost, r->of, r->n, sizeof lost, by_number)
                           : NULL;
    return at == NULL ? 0 : (int32_t)(at - r->of) + 1;
}

typedef struct {
    Losses *losses;
    Arena *arena;
    const Ranks *ranks;
    int32_t place; /* counts down */
} Filling;

static int32_t key_of(const Filling *f, const Attribute *a, const Ladder *l,
                      size_t band)
{
    Number lost = lost_at(a, l, band);
    int32_t rank = rank_of(f->ranks, lost);
    if (lost.den < 0)
        return KEY_NULL;
    return rank == 0 ? 0 : rank << PLACE_BITS | f->place;
}

static int fill_one(void *to, const Attribute *a)
{
    Filling *f = to;
    f->losses->ids[f->place] = a->id;
    for (size_t j = 0; j < a->n; j++) {
        const Ladder *l = &a->ladders[j];
        size_t n = l->grid->n_rules + 1;
        int32_t *keys = arena_alloc(f->arena, n, sizeof *keys);
        if (keys == NULL)
            return 0;
        for (size_t k = 0; k < n; k++)
            keys[k] = key_of(f, a, l, k);
        f->losses->rungs[f->losses->n++] =
            (Rung){l->first, j + 1 == a->n, keys};
    }
    f->place--;
    return 1;
}

static int make(const Losses **out, Arena *arena, Rule *const rules[], size_t n)
{
    Sizes sizes = {0};
    each_attribute(rules, n, count_one, &sizes);
    if (sizes.attributes > LOSSES_ATTRIBUTES)
        return 1;
    Losses *l = arena_alloc(arena, 1, sizeof *l);
    Ranks ranks = {arena_alloc(arena, sizes.bands + 1, sizeof *ranks.of), 0};
    if (l == NULL || ranks.of == NULL)
        return 0;
    *l = (Losses){.n = 0};
    l->rungs = arena_alloc(arena, sizes.ladders + 1, sizeof *l->rungs);
    l->ids = arena_alloc(arena, sizes.attributes + 1, sizeof *l->ids);
    if (l->rungs == NULL || l->ids == NULL)
        return 0;
    each_attribute(rules, n, rank_one, &ranks);
    sort_ranks(&ranks);
    Filling filling = {l, arena, &ranks, (int32_t)sizes.attributes};
    *out = l;
    return each_attribute(rules, n, fill_one, &filling);
}

void losses_new(const Losses **out, Build *b, Rule *const rules[])
{
    *out = NULL;
    if (!b->r.failed && !b->d.failed && !b->code.failed)
        b->code.failed = !make(out, b->r.arena, rules, b->n_rules);
}

/* Put x into the rising row of the greatest four. */
static ALWAYS_INLINE void push(int32_t best[LOSSES_TOP][BLOCK_ROWS],
                               const int32_t x[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int32_t v = x[i] == KEY_NULL ? 0 : x[i];
        for (int r = 0; r < LOSSES_TOP; r++) {
            int32_t b = best[r][i], more = v > b ? v : b;
            v = v > b ? b : v;
            best[r][i] = more;
        }
    }
}

static ALWAYS_INLINE void rank(int32_t best[LOSSES_TOP][BLOCK_ROWS],
                               const Losses *l, void *const at[], size_t n)
{
    int32_t x[BLOCK_ROWS];
    int is_first = 1;
    for (size_t k = 0; k < l->n; k++) {
        const int32_t *first = at[l->rungs[k].first];
        const int32_t *keys = l->rungs[k].keys;
        if (is_first)
            for (size_t i = 0; i < n; i++)
                x[i] = keys[first[i]];
        else
            for (size_t i = 0; i < n; i++)
                x[i] = keys[first[i]] < x[i] ? keys[first[i]] : x[i];
        is_first = l->rungs[k].is_last;
        if (is_first)
            push(best, x, n);
    }
}

SIMD_EACH(each, rank,
          (SimdIsa isa, int32_t best[LOSSES_TOP][BLOCK_ROWS], const Losses *l,
           void *const at[], size_t n),
          (best, l, at, n))

static const struct {
    const char *name;
    Label label;
} columns[LOSSES_TOP] = {{"reason_1", {"原因代码1", "reason code 1"}},
                         {"reason_2", {"原因代码2", "reason code 2"}},
                         {"reason_3", {"原因代码3", "reason code 3"}},
                         {"reason_4", {"原因代码4", "reason code 4"}}};

const Column *policy_reasons(const Table *scores, int k)
{
    return table_find(scores, columns[k].name);
}

ErrCode losses_columns(Column *codes[LOSSES_TOP], Table *table, Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < LOSSES_TOP; k++)
        TRY(table_add_labelled(&codes[k], table, columns[k].name, TYPE_CATEGORY,
                               "", columns[k].label, err));
done:
    return rc;
}

void losses_store(Column *const codes[LOSSES_TOP], const Losses *l,
                  void *const at[], const uint32_t rows[], size_t n)
{
    int32_t best[LOSSES_TOP][BLOCK_ROWS];
    SimdIsa isa = simd_isa();
    for (int k = 0; k < LOSSES_TOP; k++)
        memset(best[k], 0, n * sizeof **best);
    SIMD_CHOOSE(isa, each, (isa, best, l, at, n));
    for (int k = 0; k < LOSSES_TOP; k++)
        for (size_t i = 0; i < n; i++)
            codes[k]->s[rows[i]] = l->ids[best[k][i] & LOSSES_ATTRIBUTES];
}
