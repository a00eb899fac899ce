#include "subsidy/carry.h"

/* What the same payer has for the same county on a day; 0 where nothing. */
static ErrCode amount_on(int64_t *fen, CarrySource source, const Budget *budget,
                         Date day, Err *err)
{
    ErrCode rc = OK;
    TermsBook book = *source.book; /* new names are nobody's here */
    const Terms *t = NULL;
    Faults *faults = faults_new(source.arena);
    *fen = 0;
    if (faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (!policy_in_force(source.policy, day))
        return OK;
    const TermsSource terms = terms_source(source.policy, day);
    TRY(terms_read(&t, &book, source.arena, source.texts, &terms, faults, err));
    for (size_t k = 0; k < t->n_budget; k++)
        if (t->budget[k].payer == budget->payer &&
            t->budget[k].county == budget->county)
            *fen = t->budget[k].amount.fen;
done:
    return rc;
}

ErrCode carry_amount(Money *out, CarrySource source, const Budget *budget,
                     int64_t left, int before, int year, Err *err)
{
    ErrCode rc = OK;
    int is_dated = policy_head(source.policy)->date_used != NULL;
    Exact sum = (Exact)budget->amount.fen + left;
    for (int y = before + 1; y < year; y++) {
        int64_t fen = budget->amount.fen;
        if (is_dated)
            TRY(amount_on(&fen, source, budget, date_of((DateParts){y, 12, 31}),
                          err));
        sum += fen;
    }
    if (sum > MONEY_MAX)
        return FAIL(err, ERR_DOMAIN, "the carried budget is beyond 9e15 yuan");
    *out = (Money){(int64_t)sum};
done:
    return rc;
}
