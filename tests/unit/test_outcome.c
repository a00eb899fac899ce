#include "check.h"
#include "credit/outcome.h"

enum { A = OUTCOME_APPROVE, R = OUTCOME_REFER, D = OUTCOME_DECLINE };

static const OutcomeRules rules = {.limit_floor = {10000000}, /* 100,000 yuan */
                                   .limit_short = OUTCOME_REFER,
                                   .price_short = OUTCOME_REFER};

static void outcomes_follow_their_order(void **state)
{
    (void)state;
    static const struct {
        int missing, eligible, grade, cheap;
        int64_t amount, limit;
        int outcome, cause;
    } rows[] = {
        {0, 1, A, 0, 50000000, 50000000, A, CAUSE_NONE},
        {1, 0, D, 1, 50000000, 1, OUTCOME_INCOMPLETE, CAUSE_MISSING},
        {0, 0, A, 0, 50000000, 50000000, D, CAUSE_ELIGIBILITY},
        {0, 1, D, 0, 50000000, 50000000, D, CAUSE_GRADE},
        {0, 1, R, 0, 50000000, 50000000, R, CAUSE_GRADE},
        {0, 1, A, 0, 50000000, 49999999, R, CAUSE_LIMIT},
        {0, 1, R, 0, 50000000, 49999999, R, CAUSE_GRADE},
        {0, 1, R, 0, 50000000, 9999999, D, CAUSE_LIMIT},
        {0, 1, A, 1, 50000000, 50000000, R, CAUSE_PRICE},
        {0, 1, D, 1, 50000000, 9999999, D, CAUSE_GRADE},
        {0, 1, A, 0, 9000000, 9500000, D, CAUSE_LIMIT},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        OutcomeFacts f = {rows[i].missing,        rows[i].eligible,
                          (Outcome)rows[i].grade, {rows[i].amount},
                          {rows[i].limit},        rows[i].cheap};
        Cause cause = CAUSE_NONE;
        Outcome got = outcome_of(&cause, &rules, &f);
        if ((int)got != rows[i].outcome || (int)cause != rows[i].cause)
            fail_msg("row %zu: %s, cause %d", i, outcome_word(got), cause);
    }
}

static void words_are_those_of_the_dictionary(void **state)
{
    (void)state;
    assert_string_equal(outcome_word(OUTCOME_APPROVE), "approve");
    assert_string_equal(outcome_word(OUTCOME_REFER), "refer");
    assert_string_equal(outcome_word(OUTCOME_DECLINE), "decline");
    assert_string_equal(outcome_word(OUTCOME_INCOMPLETE), "incomplete");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_follow_their_order),
        cmocka_unit_test(words_are_those_of_the_dictionary),
    };
    return RUN(tests);
}
