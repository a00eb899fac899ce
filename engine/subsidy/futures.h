/* futures.h - next year's contracts drawn again and again, paid by a policy and
 * its alternatives: what it may cost, and whether the money lasts.
 *
 * Every policy pays the same contracts of every simulated year, so that what
 * differs between policies is not chance.
 */
#ifndef SUBSIDY_FUTURES_H
#define SUBSIDY_FUTURES_H

#include "subsidy/compared.h"
#include "subsidy/outlook.h"

typedef struct {
    uint32_t n; /* simulated years, at least 100 */
    uint64_t seed;
    int years; /* how many of the last years of contracts to draw from */
    int threads;
    Date as_of;    /* for policies without a date of their own */
    int64_t shown; /* a year whose sums are told by themselves; below 0: none */
} FuturesOptions;

/*
 * Draw the years and pay them.  side[0] is the policy that the contracts came
 * under; `contracts` of a side is not looked at.  Adds to `tables`, in fen:
 *
 *   future_basis     year, contracts drawn from, of how many years, their
 *                    mean a year ...
 *   future_fits      distributions of values, where one was asked for
 *   future_numbers   distributions of the number, likewise
 *   future_gaming    contracts about steps, where the outlook asks for it
 *   future_cost      policy, measure: claimed, wanted (after limits, before
 *                    budgets), paid, cut_by_budget, paid_P; mean, se, sd,
 *                    quantiles, those of 95% and 99% with intervals
 *   future_counts    the same of the number of contracts
 *   future_budgets   policy, payer, county: chance that the awards go beyond
 *                    the budget, when, and what part of them is then paid
 *   future_days      policy, payer, county, month: the same chance by then
 *   future_counties  policy, county: paid
 *   future_changes   scenario: what it costs more, year by year
 *   future_shape     histogram of what is paid
 *   future_years     policy: contracts, claimed, wanted, paid of the year shown
 *
 * ERR_INPUT, ERR_RULE, ERR_DOMAIN as subsidy_apply(), and where contracts
 * cannot be drawn from; ERR_MEMORY.
 * Cost     subsidy_apply() once a policy; then about 5 ns a contract, policy
 *          and year for each payer, some 60 ns where limits or a short budget
 *          make claims hang on one another.
 */
MUST_USE ErrCode futures_run(Tables *tables, const Table *contracts,
                             const SubsidySide side[], size_t n,
                             const Outlook *outlook,
                             const FuturesOptions *options, Err *err);

/* The contracts of simulated year `year` from 0 on as they come under side
 * `of`, as a table that subsidy_apply() pays to the same fen. */
MUST_USE ErrCode futures_year(Table **out, Tables *tables,
                              const Table *contracts, const SubsidySide side[],
                              size_t n, size_t of, uint32_t year,
                              const Outlook *outlook,
                              const FuturesOptions *options, Err *err);

#endif
