#include "credit/verdict.h"

#include "credit/estimate.h"

#include <math.h>

/* The column of a field the policy must have put out, of a type. */
static ErrCode need_output(const Column **out, const Table *t, Field field,
                           const Policy *policy, Err *err)
{
    *out = table_field(t, field);
    const FieldInfo *info = field_info(field);
    if (*out == NULL || (*out)->type != info->type)
        return FAIL(err, ERR_RULE, "policy %s puts out no column '%s' (%s)",
                    policy_head(policy)->id, info->name, type_name(info->type));
    return OK;
}

ErrCode verdict_inputs(VerdictInputs *out, const Table *t, const Policy *policy,
                       Err *err)
{
    ErrCode rc = OK;
    VerdictInputs in;
    TRY(table_need(&in.amount, t, FIELD_amount, "assess", err));
    TRY(table_need(&in.eligible, t, FIELD_eligible, "assess", err));
    TRY(need_output(&in.pd, t, FIELD_pd, policy, err));
    TRY(need_output(&in.limit, t, FIELD_credit_limit, policy, err));
    in.missing = table_find(t, "missing");
    in.binding = table_field(t, FIELD_binding);
    in.rate = table_field(t, FIELD_rate);
    *out = in;
done:
    return rc;
}

ErrCode verdict_sections(Lending **out, QuantityScope *scope, Err *err)
{
    const Policy *policy = scope->policy;
    Date day = scope->day;
    LendingSections s = {.recovery = policy_section(policy, day, "recovery"),
                         .price = policy_section(policy, day, "price"),
                         .outcome = policy_section(policy, day, "outcome")};
    if (s.outcome == NULL)
        return FAIL(err, ERR_RULE, "policy %s has no section 'outcome'",
                    policy_head(policy)->id);
    return lending_read(out, s, scope, err);
}

/* What cannot be told without more papers. */
static int is_incomplete(const VerdictInputs *in, const Verdict *j, size_t row,
                         int by_grade)
{
    int has_missing = in->missing != NULL && in->missing->s[row] != NULL;
    if (has_missing || in->eligible->i[row] == NULL_INT)
        return 1;
    if (in->eligible->i[row] == 0)
        return 0;
    return in->amount->i[row] == NULL_INT || in->limit->i[row] == NULL_INT ||
           isnan(in->pd->d[row]) || by_grade < 0 ||
           (j->ead_fen != 0 && j->loss_fen == NULL_INT);
}

void verdict_loss(Verdict *j, const VerdictInputs *in, Lending *l, size_t row)
{
    *j = (Verdict){.ead = lending_exposure(l, row)};
    j->ead_fen = estimate_fen(j->ead);
    j->lgd = lending_lgd(l, row, j->ead);
    j->loss_fen = j->ead > 0    ? estimate_fen(in->pd->d[row] * j->lgd * j->ead)
                  : j->ead <= 0 ? 0
                                : NULL_INT;
}

void verdict_outcome(Verdict *j, const VerdictInputs *in, const Lending *l,
                     size_t row)
{
    int by_grade = lending_by_grade(l, row);
    int64_t asked = in->rate != NULL ? in->rate->i[row] : NULL_INT;
    j->price = estimate_billionths(lending_price(l, row));
    j->facts =
        (OutcomeFacts){.is_missing = is_incomplete(in, j, row, by_grade),
                       .is_eligible = in->eligible->i[row] == 1,
                       .amount = {in->amount->i[row]},
                       .limit = {in->limit->i[row]},
                       .is_cheap = asked != NULL_INT && j->price != NULL_INT &&
                                   asked < j->price};
    if (!j->facts.is_missing && j->facts.is_eligible)
        j->facts.by_grade = (Outcome)by_grade;
    j->outcome = outcome_of(&j->cause, lending_rules(l), &j->facts);
}
