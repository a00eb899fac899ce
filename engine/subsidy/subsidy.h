/* subsidy.h - a year of contracts under a subsidy policy.
 *
 * Reads  the policy's inputs, contract_id, firm_id, registered_on; where they
 *        are there county, registry_no, seller_id, related_party, score,
 *        submitted_at.
 * Adds   the policy's outputs and
 *          claimed          base of the claim
 *          computed         all awards by their scales
 *          cut_by_cap       by limits a claim, firm or year, counts, stacking
 *          cut_by_rounding  by whole units of payment; below 0 when rounded up
 *          cut_by_budget    by the payers' budgets
 *          paid
 *          paid_P, cut_P    for each payer P of the match
 *          binding          the limit that cut last: its id, highest_only,
 *                           top_up, or budget-P
 *          refusal          duplicate, related-party, not-in-force,
 *                           ineligible, incomplete; null when the claim went on
 *          to_return        where the policy has a clawback: what of it is to
 *                           be returned; `clawback`, by which entry
 *          return_P         ... to each payer P
 *        so that on every row, to the fen,
 *          computed = cut_by_cap + cut_by_rounding + cut_by_budget + paid
 *          paid = sum of paid_P,  cut_by_budget = sum of cut_P,
 *          to_return = sum of return_P
 * Rules  rule files of kind "subsidy": scales, stacking, limits, match,
 *        budget, rounding (policy/terms.h).
 * Order  duplicates and related parties, eligibility, base, scale, limits a
 *        claim, stacking, limits a firm and a year by date then id, counts,
 *        match, rounding of the parts, budget of each payer in whole units.
 */
#ifndef SUBSIDY_SUBSIDY_H
#define SUBSIDY_SUBSIDY_H

#include "policy/policy.h"
#include "subsidy/compared.h"

/*
 * Apply the policy (policy_apply() is part of it) and pay every row.  A year
 * is a calendar year of the policy's date_used, else of registered_on.
 *
 * as_of  judges all rows when the policy has no date_used.
 * ERR_INPUT when a column is missing or a contract has no date; ERR_RULE when
 * the terms do not hold together, with the first fault; ERR_DOMAIN for sums
 * beyond 9e15 yuan; ERR_MEMORY.  Columns may then have been added.
 * Cost   under half a microsecond a row beside policy_apply().
 */
MUST_USE ErrCode subsidy_apply(Table *contracts, const Policy *policy,
                               Date as_of, Err *err);

/*
 * The way of one claim, as further rows of the table that policy_explain()
 * made: base, refusal, awards, every limit with what was left before it and
 * whether it bound, stacking, the payers' parts, rounding, budgets, payment.
 *
 * contracts    have been through subsidy_apply() with the same arguments.
 * ERR_DIFFERS  when the claim computed again is not what the run left; else as
 *              subsidy_apply().
 * Cost         that of subsidy_apply() without policy_apply().
 */
MUST_USE ErrCode subsidy_explain(Table *trace, const Policy *policy,
                                 const Table *contracts, size_t row, Date as_of,
                                 Err *err);

/* Read the terms of every version in force between 1990 and 2100 and list every
 * fault: what a check of the rule file shows.  ERR_RULE, ERR_MEMORY. */
MUST_USE ErrCode subsidy_check(const Policy *policy, Arena *arena, Texts *texts,
                               Faults *faults, Err *err);

/*
 * The baseline side[0] beside scenarios side[1 .. n - 1]; all have the same
 * rows.  Adds to `tables`, amounts adding up to the fen in each; S stands for
 * the name of every side, C for that of every scenario:
 *
 *   subsidy_total      measure, S, C_change: claimed, refused, computed,
 *                      cut_by_cap, cut_by_rounding, cut_by_budget, paid, paid_P
 *   subsidy_counts     measure, S, C_change: contracts, each refusal,
 *                      contracts_paid, firms_paid
 *   subsidy_budget     payer, county, year; S_budget, S_carried of it where
 *                      something was carried over, S_wanted, S_paid, S_left,
 *                      and S_exhausted_on, the day on which the awards by then
 *                      went beyond it
 *   subsidy_by_county  county; contracts, claimed, S_computed, S_paid,
 *                      S_contracts_paid, C_change
 *   subsidy_by_tier    from, to: classes of claimed by the steps of all
 *   subsidy_by_kind    kind
 *   subsidy_by_class   class of the firm (firm_class)
 *   subsidy_by_grade   grade, credit grade of the firm (grade)
 *   subsidy_changes    class: newly_paid, more, same, less, no_longer_paid; of
 *                      every scenario C_firms, C_contracts, C_baseline, C_paid,
 *                      C_change
 *   subsidy_changed_firms  the firms behind each number: scenario, class,
 *                      firm_id, firm_name where the contracts have it,
 *                      contracts, baseline, paid, change
 *   subsidy_curve      value; S, S_effective_rate, S_marginal_rate, S_cliff:
 *                      one claim of a firm, budget and counts apart
 *   subsidy_cliffs     policy; value, paid, next_value, next_paid, lost: where
 *                      a side's curve falls; no table where none does
 *   subsidy_under_step step; contracts and claimed within 5% under and over
 *                      it, and firms with several just under it
 *   subsidy_suspects   finding (subsidy/screen.h), group, contract_id, firm_id,
 *                      seller_id, day, claimed, together, step, refusal
 * ERR_INPUT when a table lacks a column of subsidy_apply(), or the tables
 * differ in rows; ERR_RULE, ERR_MEMORY.
 */
MUST_USE ErrCode subsidy_compare(Tables *tables, const SubsidySide side[],
                                 size_t n, Date as_of, Err *err);

/*
 * The lists that are published: subsidy_notice (公示名单), a row for each
 * contract paid, by date and id; subsidy_payment (拨付清单), a row for each
 * firm paid, with its payers; subsidy_waiting (候补名单), a row for each
 * contract that a budget cut, with what each payer owes it; subsidy_return
 * (追回清单), a row for each contract of which something is to be returned;
 * subsidy_refused, with the reasons.
 * contracts  have been through subsidy_apply().
 */
MUST_USE ErrCode subsidy_lists(Tables *tables, const Table *contracts,
                               Err *err);

#endif
