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

ErrCode clawedback_add(Table *t, const Claims *c, Err *err)
{
    ErrCode rc = OK;
    Column *amount, *why;
    if (!has_any(c))
        return OK;
    TRY(table_add_labelled(&amount, t, "to_return", TYPE_MONEY, "fen",
                           (Label){"应追回", "to be returned"}, err));
    TRY(table_add_labelled(&why, t, "clawback", TYPE_CATEGORY, "",
                           (Label){"追回事由", "why returned"}, err));
    for (size_t i = 0; i < c->n; i++) {
        const Clawback *entry =
            c->refusal[i] == REFUSED_NOT ? find(t, c, i) : NULL;
        for (size_t p = 0; p < c->book.payers.n && entry != NULL; p++)
            amount->i[i] += (int64_t)exact_divide(
                (Exact)c->paid[p][i] * entry->share.billionths, RATIO_ONE);
        if (amount->i[i] > 0)
            why->s[i] = entry->id;
    }
done:
    return rc;
}
