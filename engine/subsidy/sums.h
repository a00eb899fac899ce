/* sums.h - what each of many policies comes to on the same contracts. */
#ifndef SUBSIDY_SUMS_H
#define SUBSIDY_SUMS_H

#include "policy/policy.h"
#include "policy/terms.h"

/* Amounts in fen, as the columns of subsidy_apply() add up, so
 *   computed = by_cap + by_rounding + by_budget + paid,
 *   paid = sum of paid_by. */
typedef struct {
    int64_t claimed, computed, by_cap, by_rounding, by_budget, paid;
    int64_t paid_by[MATCH_PAYERS]; /* by place in the book of payers */
    int64_t contracts, firms;      /* that are paid */
} SubsidySum;

/*
 * Sums of subsidy_apply() for every policy, without the rows.
 *
 * out        [n], in the order of the policies, whatever the threads.
 * payers     of all policies together, with their places.
 * contracts  as read; nothing is added to them.
 * policies   [n] of one date_used.  Neighbours that differ only in limits,
 *            match and budget (policy_same_rules()) share their awards.
 * ERR_INPUT  also when the policies differ in date_used; else as
 *            subsidy_apply().
 * Cost       subsidy_apply() once for a run of neighbours that share awards,
 *            then about 0.1 us a contract and policy and thread.
 */
MUST_USE ErrCode subsidy_sums(SubsidySum out[], Names *payers,
                              const Table *contracts,
                              const Policy *const policies[], size_t n,
                              Date as_of, int threads, Err *err);

#endif
