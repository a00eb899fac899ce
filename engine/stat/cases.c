#include "stat/cases.h"

#include <math.h>
#include <stdlib.h>

CasesSum cases_sum(const Cases *c)
{
    CasesSum sum = {0};
    for (size_t i = 0; i < c->n; i++)
        *(c->bad[i] ? &sum.bad : &sum.good) += cases_weight(c, i);
    return sum;
}

CasesSum cases_group(const Cases *c, const CasesOrder *order, size_t g)
{
    CasesSum sum = {0};
    for (size_t i = order->start[g]; i < order->start[g + 1]; i++) {
        size_t row = order->row[i];
        *(c->bad[row] ? &sum.bad : &sum.good) += cases_weight(c, row);
    }
    return sum;
}

ErrCode cases_check(const Cases *c, Err *err)
{
    if (c->n >= UINT32_MAX)
        return FAIL(err, ERR_DOMAIN, "%zu cases are more than %u", c->n,
                    UINT32_MAX - 1);
    for (size_t i = 0; i < c->n; i++) {
        double weight = cases_weight(c, i);
        if (isnan(c->score[i]))
            return FAIL(err, ERR_DOMAIN, "case %zu has no score", i + 1);
        if (!(weight >= 0 && isfinite(weight)))
            return FAIL(err, ERR_DOMAIN,
                        "case %zu has the weight %g; weights are finite and "
                        "not negative",
                        i + 1, weight);
    }
    CasesSum sum = cases_sum(c);
    if (!(sum.bad > 0))
        return FAIL(err, ERR_DOMAIN,
                    "none of the %zu cases defaulted; validation needs both "
                    "kinds",
                    c->n);
    if (!(sum.good > 0))
        return FAIL(err, ERR_DOMAIN,
                    "all of the %zu cases defaulted; validation needs both "
                    "kinds",
                    c->n);
    return OK;
}

ErrCode cases_check_pd(const Cases *c, Err *err)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->score[i] < 0 || c->score[i] > 1)
            return FAIL(err, ERR_DOMAIN,
                        "case %zu has the PD %g; a PD lies in [0, 1]", i + 1,
                        c->score[i]);
    return cases_check(c, err);
}

typedef struct {
    double score;
    uint32_t row;
} Key;

static int by_score(const void *a, const void *b)
{
    const Key *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

ErrCode cases_order(CasesOrder *out, Arena *arena, const Cases *c, Err *err)
{
    ErrCode rc = OK;
    size_t groups = 0;
    Key *keys = NULL;
    TRY(cases_check(c, err));
    keys = mem_new(c->n, sizeof *keys);
    uint32_t *row = arena_alloc(arena, c->n, sizeof *row);
    uint32_t *start = arena_alloc(arena, c->n + 1, sizeof *start);
    if (keys == NULL || row == NULL || start == NULL) {
        rc = FAIL(err, ERR_MEMORY, "no memory to order %zu cases", c->n);
        goto done;
    }
    for (size_t i = 0; i < c->n; i++)
        keys[i] = (Key){c->score[i], (uint32_t)i};
    qsort(keys, c->n, sizeof *keys, by_score);
    for (size_t i = 0; i < c->n; i++) {
        row[i] = keys[i].row;
        if (i == 0 || keys[i].score != keys[i - 1].score)
            start[groups++] = (uint32_t)i;
    }
    start[groups] = (uint32_t)c->n;
    *out = (CasesOrder){groups, row, start};
done:
    mem_free(keys);
    return rc;
}
