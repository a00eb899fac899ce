#include "pool/twinbook.h"

#include "stat/normal.h"
#include "stat/student.h"

#include <math.h>
#include <stdlib.h>

size_t twinbook_steps(const Model *m)
{
    return m->dues->is_flat ? 1 : (size_t)m->book->year_steps;
}

size_t twinbook_firm_steps(const Model *m, size_t slot)
{
    return book_overdue(m->book, slot) ? 1 : twinbook_steps(m);
}

int64_t twinbook_loss(const Model *m, TwinOf of, size_t step, size_t slot)
{
    return of == TWIN_LOSS ? dues_loss(m->dues, step, slot)
                           : dues_amount(m->dues, step, slot, DUE_SHARED);
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The unit, and how many of it all losses are together at most; no loss, no
 * unit. */
void twinbook_units(TwinBook *b, const Model *m)
{
    Exact sum = 0;
    size_t steps = twinbook_steps(m);
    for (size_t k = 0; k < m->book->nslots; k++) {
        int64_t most = 0;
        for (size_t t = 0; m->book->pd[k] > 0 && t < steps; t++) {
            int64_t loss = twinbook_loss(m, b->of, t, k);
            b->unit = common_divisor(b->unit, loss);
            most = loss > most ? loss : most;
        }
        sum += most;
    }
    b->unit = b->unit == 0 ? 1 : b->unit;
    sum /= b->unit;
    b->units = sum > SIZE_MAX / 2 ? SIZE_MAX / 2 : (size_t)sum;
}

/* The first loss that there is, as a step and a slot; 0 when there is none. */
static int first_loss(size_t *step, size_t *slot, const Model *m)
{
    for (*step = 0; *step < twinbook_steps(m); ++*step)
        for (*slot = 0; *slot < m->book->nslots; ++*slot)
            if (m->book->pd[*slot] > 0 && dues_loss(m->dues, *step, *slot) != 0)
                return 1;
    return 0;
}

/* Whether that is the part of all defaults of a step. */
static int is_part(const TwinBook *b, const Model *m, size_t step, size_t p)
{
    for (size_t k = 0; k < m->book->nslots; k++)
        if (m->book->pd[k] > 0 &&
            (Exact)b->part[p] * (dues_loss(m->dues, step, k) / b->unit) !=
                dues_amount(m->dues, step, k, p))
            return 0;
    return 1;
}

/* Where one number tells all parts of a claim it is `part` a unit. */
void twinbook_parts(TwinBook *b, const Model *m)
{
    size_t step, slot;
    b->is_claim = 1;
    b->part[DUE_SHARED] = b->unit;
    if (b->of == TWIN_CLAIM)
        return;
    int any = first_loss(&step, &slot, m);
    int64_t units = any ? dues_loss(m->dues, step, slot) / b->unit : 1;
    for (size_t p = 0; p < (size_t)m->dues->parts; p++) {
        b->part[p] = any ? dues_amount(m->dues, step, slot, p) / units : 0;
        for (size_t t = 0; t < twinbook_steps(m); t++)
            b->is_claim &= is_part(b, m, t, p);
    }
}

static int by_size(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int by_loss(const void *a, const void *b)
{
    const TwinClass *x = a, *y = b;
    if (x->loss != y->loss)
        return x->loss < y->loss ? -1 : 1;
    return x->pd < y->pd ? -1 : x->pd > y->pd;
}

/* Equal neighbours made one; how many are left. */
static size_t merge(TwinClass c[], size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept > 0 && by_loss(&c[kept - 1], &c[i]) == 0)
            c[kept - 1].count++;
        else
            c[kept++] = c[i];
    return kept;
}

TwinClass twinbook_class(const Model *m, const BookGroup *group, size_t slot)
{
    double pd = m->book->pd[slot], nu = group->factor->nu;
    return (TwinClass){.threshold = nu == 0 ? normal_quantile(pd)
                                            : student_quantile(pd, nu),
                       .pd = pd};
}

typedef struct {
    const Model *model;
    const TwinBook *book;
} Fixed;

/* A group's firms that can lose something, in classes; losses in units. */
static size_t fill_classes(void *to, TwinClass c[], const BookGroup *group)
{
    const Fixed *f = to;
    const Model *m = f->model;
    size_t n = 0;
    for (size_t k = group->first; k < group->first + group->firms; k++) {
        int64_t units = twinbook_loss(m, f->book->of, 0, k) / f->book->unit;
        if (m->book->pd[k] > 0 && units > 0) {
            c[n] = twinbook_class(m, group, k);
            c[n].loss = (uint32_t)units;
            c[n++].count = 1;
        }
    }
    qsort(c, n, sizeof *c, by_loss);
    return merge(c, n);
}

/* Losses in units become indices of the list of all that there are. */
static ErrCode list_losses(TwinBook *b, const Model *m, Err *err)
{
    uint32_t *loss = arena_alloc(m->arena, b->nclasses + 1, sizeof *loss);
    if (loss == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    for (size_t i = 0; i < b->nclasses; i++)
        loss[i] = b->classes[i].loss;
    qsort(loss, b->nclasses, sizeof *loss, by_size);
    for (size_t i = 0; i < b->nclasses; i++)
        if (b->nlosses == 0 || loss[b->nlosses - 1] != loss[i])
            loss[b->nlosses++] = loss[i];
    for (size_t i = 0; i < b->nclasses; i++) {
        TwinClass *c = &b->classes[i];
        const uint32_t *at =
            bsearch(&c->loss, loss, b->nlosses, sizeof *loss, by_size);
        c->loss = (uint32_t)(at - loss);
    }
    b->loss = loss;
    return OK;
}

ErrCode twinbook_groups(TwinBook *b, const Model *m, TwinFill *fill, void *to,
                        Err *err)
{
    const Book *book = m->book;
    TwinGroup *groups =
        arena_alloc(m->arena, book->ngroups + 1, sizeof *groups);
    b->classes = arena_alloc(m->arena, book->firms + 1, sizeof *b->classes);
    if (groups == NULL || b->classes == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    b->common = m->factors->common;
    b->is_mixed = m->factors->is_t;
    for (size_t g = 0; g < book->ngroups; g++) {
        const FactorGroup *factor = book->groups[g].factor;
        TwinClass *c = b->classes + b->nclasses;
        groups[b->ngroups] =
            (TwinGroup){sqrt(factor->rho), 1 / sqrt(1 - factor->rho),
                        factor->nu, c, fill(to, c, &book->groups[g])};
        b->nclasses += groups[b->ngroups].n;
        b->ngroups += groups[b->ngroups].n > 0;
    }
    b->groups = groups;
    return OK;
}

int twinbook_has_claims(const Model *m)
{
    return m->scheme != NULL && !m->dues->feeds_back &&
           (m->dues->severity == NULL || !m->dues->is_net);
}

const char *twinbook_refuses(const Model *m)
{
    const Dues *d = m->dues;
    return m->book->years > 1                               ? TWIN_SEVERAL_YEARS
           : m->factors->pairs != NULL                      ? TWIN_BY_PAIR
           : !d->is_flat && (d->may_stop || d->may_suspend) ? TWIN_MONTHS
                                                            : NULL;
}

ErrCode twinbook_new(const TwinBook **out, const Model *m, TwinOf of,
                     size_t most, Err *err)
{
    ErrCode rc = OK;
    *out = NULL;
    if (of == TWIN_LOSS && m->dues->severity != NULL)
        return OK;
    TwinBook *b = arena_alloc(m->arena, 1, sizeof *b);
    Fixed fixed = {m, b};
    if (b == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    b->of = of;
    twinbook_units(b, m);
    if (b->units > most)
        return OK;
    twinbook_parts(b, m);
    TRY(twinbook_groups(b, m, fill_classes, &fixed, err));
    TRY(list_losses(b, m, err));
    *out = b;
done:
    return rc;
}
