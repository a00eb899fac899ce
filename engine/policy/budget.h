/* budget.h - a year's money of one payer, given out over a queue of claims. */
#ifndef POLICY_BUDGET_H
#define POLICY_BUDGET_H

#include "core/money.h"

#include <stddef.h>
#include <stdint.h>

typedef enum {
    BUDGET_FIRST_COME, /* 先到先得: the queue is by date, then id */
    BUDGET_RANKED,     /* 择优排序: by score, highest first */
    BUDGET_PRO_RATA, /* 同比例核减: all the same part of what they want */
    BUDGET_LOTTERY   /* the queue is drawn from a seed */
} BudgetAllocation;

typedef enum {
    LAST_PARTIAL, /* the award that does not fit gets what is left */
    LAST_WHOLE,   /* it gets nothing, and the queue closes */
    LAST_SKIP     /* it gets nothing; later ones that fit are paid */
} BudgetLast;

typedef enum {
    REMAINDER_LARGEST, /* fen lost to rounding down: largest remainders */
    REMAINDER_QUEUE,   /* ... or one each from the front of the queue */
    REMAINDER_KEEP     /* ... or they stay in the budget */
} BudgetRemainder;

typedef struct {
    size_t payer;       /* which of the policy's payers */
    const char *county; /* its claims alone; NULL: those of no such budget */
    Money amount;       /* a calendar year */
    BudgetAllocation allocation;
    BudgetLast last;
    BudgetRemainder remainder;
    int by_submission; /* first come by submitted_at, else registered_on */
    uint64_t seed;     /* of a lottery */
    int is_carried;    /* 结转: what a year leaves is the next one's too */
} Budget;

/* NULL when `budget` can be used, else the reason, in static storage. */
const char *budget_check(const Budget *budget);

/*
 * Give the budget out.
 *
 * paid    paid[queue[j]] is set for every j < n: at most what it wants, all
 *         together at most the amount, multiples of `unit` where the wants are.
 * wanted  wanted[queue[j]] >= 0; may be paid itself.
 * queue   [n] places of the claims, first in line first.
 * unit    >= 1 fen.
 * w       [n] workspace, used by BUDGET_PRO_RATA alone.
 * ERR_DOMAIN when the wants sum beyond 9e18 fen.
 * Cost    a few passes over the queue.
 */
MUST_USE ErrCode budget_allocate(int64_t paid[], const int64_t wanted[],
                                 const uint32_t queue[], size_t n,
                                 const Budget *budget, Money unit, int64_t w[],
                                 Err *err);

#endif
