/* subsidy.h - a year of contracts under a subsidy policy.
 *
 * Reads  the policy's inputs, contract_id, firm_id, registered_on.
 * Adds   claimed, computed, cut_by_cap, cut_by_budget, paid, binding, and one
 *        column paid_<payer> for each payer of the match.
 * Rules  rule files of kind "subsidy": scales, limits, stacking, match,
 *        budget, rounding.
 * Order  base, scale, claim limits, stacking, firm and year limits by date
 *        then id, counts, match, budget of each payer, rounding.
 */
#ifndef SUBSIDY_SUBSIDY_H
#define SUBSIDY_SUBSIDY_H

#include "policy/policy.h"

/* Awards for every row; computed = cut_by_cap + cut_by_budget + paid and paid
 * = the sum of the payers' parts, to the fen, on each row. */
MUST_USE ErrCode subsidy_apply(Table *contracts, const Policy *policy,
                               Date as_of, Err *err);

/*
 * Baseline beside scenario: both tables have been through subsidy_apply() and
 * have the same rows.  Adds to `tables`: subsidy_total, subsidy_by_county,
 * subsidy_by_tier, subsidy_by_kind, subsidy_changes (winners and losers in
 * five classes), subsidy_curve (paid, effective and marginal rate against
 * value, cliffs marked), subsidy_under_step.
 */
MUST_USE ErrCode subsidy_compare(Tables *tables, const Table *baseline,
                                 const Table *scenario,
                                 const Policy *baseline_policy,
                                 const Policy *scenario_policy, Date as_of,
                                 Err *err);

#endif
