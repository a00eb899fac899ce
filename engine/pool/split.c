#include "pool/split.h"

#include <stdlib.h>
#include <string.h>

/* A loan and what its column says. */
typedef struct {
    const char *name;
    uint32_t loan;
} Named;

static int by_name(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    if (x->name == y->name)
        return 0;
    if (x->name == NULL || y->name == NULL)
        return x->name == NULL ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* Texts are interned: equal ones are one pointer. */
static size_t number(uint32_t of[], const char *names[], const Named loans[],
                     size_t nloans)
{
    size_t n = 0;
    for (size_t i = 0; i < nloans; i++) {
        if (i == 0 || loans[i].name != loans[i - 1].name)
            names[n++] = loans[i].name;
        of[loans[i].loan] = (uint32_t)n - 1;
    }
    return n;
}

static ErrCode open_sums(Split *s, Arena *arena, Err *err)
{
    size_t all = s->parties * s->n + 1;
    s->sum = arena_alloc(arena, all, sizeof *s->sum);
    s->square = arena_alloc(arena, all, sizeof *s->square);
    s->near = arena_alloc(arena, all, sizeof *s->near);
    s->now = arena_alloc(arena, s->n + 1, sizeof *s->now);
    s->touched = arena_alloc(arena, s->n + 1, sizeof *s->touched);
    s->is_touched = arena_alloc(arena, s->n + 1, 1);
    if (s->sum == NULL || s->square == NULL || s->near == NULL ||
        s->now == NULL || s->touched == NULL || s->is_touched == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for contributions");
    return OK;
}

ErrCode split_open(Split *s, Arena *arena, const Book *b, const Column *column,
                   size_t parties, Err *err)
{
    const Column *by = column;
    if (by == NULL)
        by = table_field(b->table, FIELD_firm_id);
    Named *loans = arena_alloc(arena, b->nloans + 1, sizeof *loans);
    uint32_t *of = arena_alloc(arena, b->nloans + 1, sizeof *of);
    const char **names = arena_alloc(arena, b->nloans + 1, sizeof *names);
    if (loans == NULL || of == NULL || names == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for contributions");
    for (size_t i = 0; i < b->nloans; i++)
        loans[i] = (Named){by->s[b->loans[i].row], (uint32_t)i};
    qsort(loans, b->nloans, sizeof *loans, by_name);
    *s = (Split){.by = column == NULL ? "firm" : column->name,
                 .n = number(of, names, loans, b->nloans),
                 .parties = parties,
                 .of = of,
                 .name = names};
    return open_sums(s, arena, err);
}

void split_end(Split *s, size_t party, const Tail *tail, int64_t loss)
{
    size_t row = party * s->n;
    double weight = tail_weight(tail, loss);
    double near = tail_is_near(tail, loss);
    for (size_t i = 0; i < s->ntouched; i++) {
        uint32_t part = s->touched[i];
        double x = s->now[part];
        s->sum[row + part] += weight * x;
        s->square[row + part] += weight * x * x;
        s->near[row + part] += near * x;
        s->now[part] = 0;
        s->is_touched[part] = 0;
    }
    s->ntouched = 0;
}

Figure split_figure(const Split *s, size_t party, const Tail *tail, size_t part)
{
    size_t at = party * s->n + part;
    double mean = s->sum[at] / tail->whole;
    double variance = s->square[at] / tail->whole - mean * mean;
    return sample_tail(mean, variance > 0 ? variance : 0,
                       s->near[at] / tail->near, tail->n, tail->level);
}
