/* side.h - baseline beside scenario: what the result tables are made from. */
#ifndef SUBSIDY_SIDE_H
#define SUBSIDY_SIDE_H

#include "policy/terms.h"

/* One policy's results by row of the contracts, and its payers. */
typedef struct {
    const char *name; /* "baseline", "scenario" */
    Label label;
    const Table *table;
    const Policy *policy;
    const int64_t *day; /* what tells a claim's year */
    const int64_t *claimed, *computed, *by_cap, *by_rounding, *by_budget, *paid;
    const char *const *binding, *const *refusal;
    Names payers;
    const int64_t *paid_by[MATCH_PAYERS], *cut_by[MATCH_PAYERS];
    const Terms *terms; /* in force at the last claim, or NULL */
    TermsBook book;
} Side;

typedef struct {
    Tables *tables;
    Arena *scratch;
    size_t rows, n; /* n sides: 1 without a scenario, else 2 */
    Side side[2];
    uint32_t *firm;       /* [rows] dense numbers */
    const char **firm_id; /* [firms] */
    size_t firms;
    Date as_of;
    int64_t *steps; /* [n_steps] where a bracket of either side begins, rising,
                     * without 0 */
    size_t n_steps;
} Pair;

/* ERR_INPUT when a table lacks a column of subsidy_apply(), or the tables
 * differ in rows; ERR_RULE, ERR_MEMORY. */
MUST_USE ErrCode pair_open(Pair *out, Tables *tables, Arena *scratch,
                           const Table *baseline, const Table *scenario,
                           const Policy *baseline_policy,
                           const Policy *scenario_policy, Date as_of, Err *err);

/* Each adds the tables of subsidy.h to pair->tables.  ERR_MEMORY, and what
 * run_policy() can say. */
MUST_USE ErrCode pair_totals(Pair *pair, Err *err);
MUST_USE ErrCode pair_budgets(Pair *pair, Err *err);
MUST_USE ErrCode pair_groups(Pair *pair, Err *err);
MUST_USE ErrCode pair_changes(Pair *pair, Err *err);
MUST_USE ErrCode pair_steps(Pair *pair, Err *err);
MUST_USE ErrCode pair_curve(Pair *pair, Err *err);

/* A column with a label; `side` puts "baseline_" before the name, and what it
 * is before the label; NULL: neither. */
MUST_USE ErrCode side_column(Column **out, Table *t, const Side *side,
                             const char *name, FieldType type, Label label,
                             Err *err);

/* An amount as people say it, in yuan: {"50万", "500 thousand"}; two NULLs
 * when out of memory. */
Label side_amount(Arena *arena, int64_t fen);

#endif
