#include "credit/outcome.h"

const char *outcome_word(Outcome outcome)
{
    static const char *const words[] = {
#define X(name, word) word,
        OUTCOMES(X)
#undef X
    };
    return words[outcome];
}

static Outcome by_limit(const OutcomeRules *rules, const OutcomeFacts *facts)
{
    if (facts->limit.fen < rules->limit_floor.fen)
        return OUTCOME_DECLINE;
    return facts->limit.fen < facts->amount.fen ? rules->limit_short
                                                : OUTCOME_APPROVE;
}

Outcome outcome_of(Cause *cause, const OutcomeRules *rules,
                   const OutcomeFacts *facts)
{
    *cause = CAUSE_MISSING;
    if (facts->is_missing)
        return OUTCOME_INCOMPLETE;
    *cause = CAUSE_ELIGIBILITY;
    if (!facts->is_eligible)
        return OUTCOME_DECLINE;
    Outcome limit = by_limit(rules, facts), worst = facts->by_grade;
    Outcome price = facts->is_cheap ? rules->price_short : OUTCOME_APPROVE;
    *cause = worst > OUTCOME_APPROVE ? CAUSE_GRADE : CAUSE_NONE;
    if (limit > worst) {
        worst = limit;
        *cause = CAUSE_LIMIT;
    }
    if (price > worst) {
        worst = price;
        *cause = CAUSE_PRICE;
    }
    return worst;
}
