/* side.h - baseline beside scenarios: what the result tables are made from. */
#ifndef SUBSIDY_SIDE_H
#define SUBSIDY_SIDE_H

#include "policy/terms.h"
#include "subsidy/compared.h"

/* One policy's results by row of the contracts, and its payers. */
typedef struct {
    const char *name; /* begins its columns */
    Label label;
    const Table *table;
    const Policy *policy;
    const int64_t *day; /* what tells a claim's year */
    const int64_t *claimed, *computed, *by_cap, *by_rounding, *by_budget, *paid;
    const char *const *binding, *const *refusal;
    Names payers;
    const int64_t *paid_by[MATCH_PAYERS], *cut_by[MATCH_PAYERS];
    /* What is to be returned, and to each payer; NULL: no clawback. */
    const int64_t *returned, *returned_by[MATCH_PAYERS];
    const Terms *terms; /* in force at the last claim, or NULL */
    TermsBook book;
} Side;

typedef struct {
    Tables *tables;
    Arena *scratch;
    size_t rows, n; /* n sides, the first the baseline */
    Side side[SUBSIDY_SIDES];
    uint32_t *firm;         /* [rows] dense numbers */
    const char **firm_id;   /* [firms] */
    const char **firm_name; /* [firms] NULL: the contracts have no names */
    size_t firms;
    Date as_of;
    int64_t *steps; /* [n_steps] where a bracket of any side begins, rising,
                     * without 0 */
    size_t n_steps;
} Sides;

/* As subsidy_compare(). */
MUST_USE ErrCode sides_open(Sides *out, Tables *tables, Arena *scratch,
                            const SubsidySide side[], size_t n, Date as_of,
                            Err *err);

/* Each adds the tables of subsidy.h to p->tables.  ERR_MEMORY, and what
 * run_policy() can say. */
MUST_USE ErrCode sides_totals(Sides *p, Err *err);
MUST_USE ErrCode sides_budgets(Sides *p, Err *err);
MUST_USE ErrCode sides_groups(Sides *p, Err *err);
MUST_USE ErrCode sides_changes(Sides *p, Err *err);
MUST_USE ErrCode sides_steps(Sides *p, Err *err);
MUST_USE ErrCode sides_suspects(Sides *p, Err *err);
MUST_USE ErrCode sides_curve(Sides *p, Err *err);

/* A column with a label; `side` puts its name and "_" before the name, and what
 * it is before the label; NULL: neither. */
MUST_USE ErrCode side_column(Column **out, Table *t, const Side *side,
                             const char *name, FieldType type, Label label,
                             Err *err);

/* Of a scenario, what it pays more than the baseline: "tiers_change". */
MUST_USE ErrCode side_change(Column **out, Table *t, const Side *side,
                             Err *err);

/* An amount as people say it, in yuan: {"50万", "500 thousand"}; two NULLs
 * when out of memory. */
Label side_amount(Arena *arena, int64_t fen);

#endif
