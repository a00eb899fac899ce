#include "credit/credit.h"

#include "credit/teller.h"

#include <string.h>

/* The row again from its inputs; what the run left must be the same. */
static ErrCode judge_again(Teller *t, Err *err)
{
    ErrCode rc = OK;
    verdict_loss(&t->j, &t->in, t->lending, t->row);
    TRY(figures_same(t->table, FIELD_ead, t->row, t->j.ead_fen, err));
    TRY(figures_same_real(t->table, FIELD_lgd, t->row, t->j.lgd, err));
    TRY(figures_same(t->table, FIELD_expected_loss, t->row, t->j.loss_fen,
                     err));
    verdict_outcome(&t->j, &t->in, t->lending, t->row);
    TRY(figures_same(t->table, FIELD_price_floor, t->row, t->j.price, err));
    const Column *outcome;
    TRY(table_need(&outcome, t->table, FIELD_outcome, "explain", err));
    const char *was = outcome->s[t->row], *is = outcome_word(t->j.outcome);
    if (was == NULL || strcmp(was, is) != 0)
        rc = FAIL(err, ERR_DIFFERS,
                  "the outcome of row %zu is %s in the run, and %s when it is "
                  "computed again",
                  t->row + 1, was != NULL ? was : "null", is);
done:
    return rc;
}

/* A row that no version covers: policy_explain() has said so. */
static ErrCode tell_judged(Teller *t, Date day, Err *err)
{
    ErrCode rc = OK;
    QuantityScope scope = {
        .table = t->table,
        .policy = t->policy,
        .day = day,
        .arena = t->story.arena,
        .r = {.faults = faults_new(t->story.arena), .err = err}};
    if (scope.r.faults == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(verdict_inputs(&t->in, t->table, t->policy, err));
    TRY(verdict_sections(&t->lending, &scope, err));
    TRY(judge_again(t, err));
    teller_loss(t);
    teller_price(t);
    teller_outcome(t);
done:
    return rc;
}

ErrCode credit_explain(Table *trace, const Policy *policy,
                       const Table *applications, size_t row, Date as_of,
                       Err *err)
{
    ErrCode rc = OK;
    Teller t = {.story = {.arena = arena_new()},
                .policy = policy,
                .table = applications,
                .row = row};
    if (t.story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    Date day = quantity_day(quantity_days(applications, policy), row, as_of);
    if (quantity_has_day(day) && policy_in_force(policy, day))
        TRY(tell_judged(&t, day, err));
    teller_list(&t, "reason", "reasons");
    TRY(story_append(trace, &t.story, err));
done:
    arena_free(t.story.arena);
    return rc;
}
