#include "subsidy/clawedback.h"

#include "core/exact.h"

static int has_any(const Claims *c)
{
    size_t days = c->is_dated ? (size_t)(c->last_day - c->first_day) + 1 : 1;
    for (size_t d = 0; d < days && c->n > 0; d++)
        if (c->by_day[d] != NULL && c->by_day[d]->n_clawback > 0)
            return 1;
    return 0;
}

/* The first entry that holds for a row; NULL when none does. */
static const Clawback *find(const Table *t, const Claims *c, size_t row)
{
    const Terms *terms = claims_terms(c, row);
    for (size_t k = 0; k < terms->n_clawback; k++) {
        const Column *when = table_find(t, terms->clawback[k].when);
        if (when != NULL && when->type == TYPE_BOOL && when->i[row] == 1)
            return &terms->clawback[k];
    }
    return NULL;
}

/* What is added. */
typedef struct {
    Column *amount, *why, *part[MATCH_PAYERS];
} Returned;

static ErrCode add_columns(Returned *r, Table *t, const Claims *c, Err *err)
{
    ErrCode rc = OK;
    const Label label = {"应追回", "to be returned"};
    TRY(table_add_labelled(&r->amount, t, "to_return", TYPE_MONEY, "fen", label,
                           err));
    TRY(table_add_labelled(&r->why, t, "clawback", TYPE_CATEGORY, "",
                           (Label){"追回事由", "why returned"}, err));
    for (size_t p = 0; p < c->book.payers.n; p++)
        TRY(claims_payer(&r->part[p], t, "return", c->book.payers.name[p],
                         label, err));
done:
    return rc;
}

static void take_back(Returned *r, const Claims *c, size_t row,
                      const Clawback *entry)
{
    size_t n = c->book.payers.n;
    int64_t paid[MATCH_PAYERS], part[MATCH_PAYERS], sum = 0;
    for (size_t p = 0; p < n; p++)
        sum += paid[p] = c->paid[p][row];
    int64_t back =
        (int64_t)exact_divide((Exact)sum * entry->share.billionths, RATIO_ONE);
    if (back == 0)
        return;
    match_split(part, back, paid, n);
    for (size_t p = 0; p < n; p++)
        r->part[p]->i[row] = part[p];
    r->amount->i[row] = back;
    r->why->s[row] = entry->id;
}

ErrCode clawedback_add(Table *t, const Claims *c, Err *err)
{
    ErrCode rc = OK;
    Returned r;
    if (!has_any(c))
        return OK;
    TRY(add_columns(&r, t, c, err));
    for (size_t i = 0; i < c->n; i++) {
        const Clawback *entry =
            c->refusal[i] == REFUSED_NOT ? find(t, c, i) : NULL;
        if (entry != NULL)
            take_back(&r, c, i, entry);
    }
done:
    return rc;
}
