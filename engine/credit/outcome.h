/* outcome.h - from facts about an application to its outcome. */
#ifndef CREDIT_OUTCOME_H
#define CREDIT_OUTCOME_H

#include "core/money.h"

/* In the order of severity, the last one wins: X(name, word). */
#define OUTCOMES(X)                                                            \
    X(APPROVE, "approve")                                                      \
    X(REFER, "refer")                                                          \
    X(DECLINE, "decline")                                                      \
    X(INCOMPLETE, "incomplete")

typedef enum {
#define X(name, word) OUTCOME_##name,
    OUTCOMES(X)
#undef X
} Outcome;

const char *outcome_word(Outcome outcome); /* static storage */

/* What led to it: the reasons that are read out first. */
typedef enum {
    CAUSE_NONE,        /* approved */
    CAUSE_MISSING,     /* inputs without which nothing can be said */
    CAUSE_ELIGIBILITY, /* rows that failed */
    CAUSE_GRADE,       /* points lost */
    CAUSE_LIMIT,       /* the constraint that bound */
    CAUSE_PRICE        /* the asked rate is below the floor */
} Cause;

/* What the rules make of a limit below the amount and so on. */
typedef struct {
    Money limit_floor;   /* a limit below it declines; 0: none does */
    Outcome limit_short; /* of a limit below the amount */
    Outcome price_short; /* of an asked rate below the price floor */
} OutcomeRules;

typedef struct {
    int is_missing;   /* a required input is null, or a figure undefined */
    int is_eligible;  /* every row passed */
    Outcome by_grade; /* what the rules say of the grade */
    Money amount, limit;
    int is_cheap; /* the asked rate is below the floor */
} OutcomeFacts;

/* The outcome, and why in *cause: incomplete before not eligible before the
 * grade before the limit before the price; the most severe of the last three,
 * the first of them among equals. */
Outcome outcome_of(Cause *cause, const OutcomeRules *rules,
                   const OutcomeFacts *facts);

#endif
