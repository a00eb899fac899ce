#include "pool/twinmonths.h"

#include "pool/twinloans.h"

#include <stdlib.h>

enum { MONTHS = 12 };

/* A firm and its amounts. */
typedef struct {
    TwinClass class;
    const TwinAmount *amounts;
    size_t n;
} Firm;

/* What the groups' firms are added to. */
typedef struct {
    const Model *model;
    TwinBook *book;
    Firm *firms; /* of the group at hand */
    TwinAmount *amounts;
    TwinDraw *draws;
    size_t ndraws;
} Amounts;

int twinmonths_are(const Model *m, TwinOf of)
{
    return !m->dues->is_flat && (of == TWIN_CLAIM || m->dues->severity == NULL);
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* A firm's losses above 0 behind `amounts`, rising; how many they are. */
static size_t add_amounts(TwinBook *b, TwinAmount amounts[], const Model *m,
                          size_t slot)
{
    int64_t loss[MONTHS] = {0};
    double pd = m->book->pd[slot], square = 0;
    size_t n = 0, months = twinbook_firm_steps(m, slot);
    for (size_t t = 0; t < months; t++)
        loss[t] = twinbook_loss(m, b->of, t, slot);
    qsort(loss, months, sizeof *loss, by_size);
    for (size_t t = 0; t < months; t++) {
        double fen = (double)loss[t];
        if (loss[t] == 0)
            continue;
        if (t == 0 || loss[t] != loss[t - 1])
            amounts[n++] = (TwinAmount){fen / (double)b->unit, 0};
        amounts[n - 1].chance += 1.0 / (double)months;
        square += fen * fen / (double)months;
        b->most = fen > b->most ? fen : b->most;
    }
    b->variance += pd * (1 - pd) * square;
    return n;
}

static int rises(double a, double b)
{
    return (a > b) - (a < b);
}

/* By pd, then by what is lost. */
static int by_kind(const void *a, const void *b)
{
    const Firm *x = a, *y = b;
    int way = rises(x->class.pd, y->class.pd);
    way = way != 0 ? way : rises((double)x->n, (double)y->n);
    for (size_t i = 0; way == 0 && i < x->n; i++) {
        way = rises(x->amounts[i].units, y->amounts[i].units);
        way =
            way != 0 ? way : rises(x->amounts[i].chance, y->amounts[i].chance);
    }
    return way;
}

/* Firms that nothing tells apart become one class, and have one draw. */
static size_t merge(Amounts *a, TwinClass c[], size_t n)
{
    size_t kept = 0;
    qsort(a->firms, n, sizeof *a->firms, by_kind);
    for (size_t i = 0; i < n; i++) {
        const Firm *firm = &a->firms[i];
        if (i > 0 && by_kind(firm - 1, firm) == 0) {
            c[kept - 1].count++;
            continue;
        }
        c[kept] = firm->class;
        c[kept].loss = (uint32_t)a->ndraws;
        c[kept++].count = 1;
        a->draws[a->ndraws++] = (TwinDraw){
            (uint32_t)(firm->amounts - a->amounts), (uint32_t)firm->n};
    }
    return kept;
}

static size_t fill_firms(void *to, TwinClass c[], const BookGroup *group)
{
    Amounts *a = to;
    TwinBook *b = a->book;
    size_t n = 0;
    for (size_t k = group->first; k < group->first + group->firms; k++) {
        TwinAmount *amounts = a->amounts + b->namounts;
        if (a->model->book->pd[k] <= 0)
            continue;
        size_t some = add_amounts(b, amounts, a->model, k);
        if (some > 0)
            a->firms[n++] =
                (Firm){twinbook_class(a->model, group, k), amounts, some};
        b->namounts += some;
    }
    return merge(a, c, n);
}

ErrCode twinmonths_new(const TwinBook **out, const Model *m, TwinOf of,
                       size_t most, Err *err)
{
    ErrCode rc = OK;
    size_t firms = m->book->firms;
    TwinBook *b = arena_alloc(m->arena, 1, sizeof *b);
    Amounts a = {.model = m, .book = b};
    a.firms = arena_alloc(m->arena, firms, sizeof *a.firms);
    a.amounts = arena_alloc(m->arena, firms * MONTHS, sizeof *a.amounts);
    a.draws = arena_alloc(m->arena, firms, sizeof *a.draws);
    if (b == NULL || a.firms == NULL || a.amounts == NULL || a.draws == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    b->of = of;
    twinbook_units(b, m);
    b->is_apart = b->units > most;
    if (b->is_apart)
        twinloans_units(b, m);
    else
        twinbook_parts(b, m);
    TRY(twinbook_groups(b, m, fill_firms, &a, err));
    b->amounts = a.amounts;
    b->draws = a.draws;
    *out = b;
done:
    return rc;
}
