#include "stat/normal.h"
#include "stat/radix.h"
#include "subsidy/regimeline.h"

/* What firms are to be paid that have a contract in the year. */
typedef struct {
    int64_t *of;     /* [firms] -1: none */
    int64_t *sorted; /* [n] */
    int64_t *spare;
    size_t n;
} Firms;

static ErrCode add_firms(Firms *f, const Regime *r, const uint32_t rows[],
                         size_t n, const RegimeLine *line, const Claims *y,
                         Arena *arena, Err *err)
{
    size_t all = r->each.firms;
    f->of = arena_alloc(arena, all + 1, sizeof *f->of);
    f->sorted = arena_alloc(arena, all + 1, sizeof *f->sorted);
    f->spare = arena_alloc(arena, all + 1, sizeof *f->spare);
    if (f->of == NULL || f->sorted == NULL || f->spare == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < all; i++)
        f->of[i] = -1;
    for (size_t k = 0; k < n; k++)
        if (r->each.firm[rows[k]] != CLAIM_NOBODY)
            f->of[r->each.firm[rows[k]]] = 0;
    for (size_t p = 0; p < y->book.payers.n; p++)
        for (size_t i = 0; i < line->n; i++)
            f->of[y->firm[i]] += y->paid[p][i];
    for (size_t i = 0; i < all; i++)
        if (f->of[i] >= 0)
            f->sorted[f->n++] = f->of[i];
    radix_sort(f->sorted, f->spare, f->n);
    return OK;
}

/* 2 sum i x_i / (n sum x) - (n + 1) / n of x rising, in billionths. */
static int64_t gini_of(const Firms *f)
{
    Exact sum = 0, ranked = 0;
    for (size_t i = 0; i < f->n; i++) {
        sum += f->sorted[i];
        ranked += (Exact)(i + 1) * f->sorted[i];
    }
    if (sum == 0)
        return RATIO_ONE;
    double n = (double)f->n;
    double gini = 2 * (double)ranked / (n * (double)sum) - (n + 1) / n;
    return (int64_t)(gini * (double)RATIO_ONE + 0.5);
}

/* By their weights, not by how often contracts happened to come. */
static int64_t induced_by(const Regime *r, const Draw *d, const double weight[])
{
    double sum = 0;
    const Column *amount = table_field(r->ground->table, FIELD_amount);
    for (size_t j = 0; weight != NULL && j < d->n; j++) {
        uint32_t row = d->row[j];
        sum += (double)amount->i[row] *
               (weight[j] - normal_exp(r->unpaid[row] * d->elasticity));
    }
    return (int64_t)(sum < 0 ? sum - 0.5 : sum + 0.5);
}

ErrCode regime_reach(RegimeReach *out, const Regime *r, const Draw *d,
                     Arena *arena, Err *err)
{
    ErrCode rc = OK;
    RegimeRows of;
    RegimeLine line;
    Claims y;
    Firms f = {0};
    RegimeReach reach = {0};
    TRY(regime_rows(&of, r, d, arena, err));
    TRY(regime_line(&line, &y, r, of.row, of.n, arena, err));
    for (size_t p = 0; p < y.book.payers.n; p++)
        for (size_t i = 0; i < line.n; i++)
            reach.wanted_by[p] += y.paid[p][i];
    TRY(add_firms(&f, r, of.row, of.n, &line, &y, arena, err));
    for (size_t i = 0; i < f.n; i++)
        reach.firms += f.sorted[i] > 0;
    reach.gini = gini_of(&f);
    reach.induced = induced_by(r, d, of.weight);
    *out = reach;
done:
    return rc;
}
