/* results.h - what a run gave, as tables (pool.h lists them). */
#ifndef POOL_RESULTS_H
#define POOL_RESULTS_H

#include "pool/model.h"

/* A table being filled, with a place for what goes wrong: after a failure,
 * which `rc` keeps, the functions below do nothing. */
typedef struct {
    Tables *tables;
    Table *t;
    Err *err;
    ErrCode rc;
} Results;

/* A new table of `rows` with a title. */
void results_table(Results *r, const char *name, size_t rows, const char *zh,
                   const char *en);
/* A new column; never NULL: after a failure one that nobody reads and that has
 * room for nothing, so callers check r->rc before they fill it. */
Column *results_field(Results *r, Field field);
/* The same in a unit of its own: the dictionary leaves that of a figure open.
 */
Column *results_figure(Results *r, Field field, const char *unit);
Column *results_column(Results *r, const char *name, FieldType type,
                       const char *unit, const char *zh, const char *en);
/* An estimate in fen, and as name_low and name_high its interval. */
typedef struct {
    Column *value, *low, *high;
} Estimate;

Estimate results_estimate(Results *r, const char *name, FieldType type,
                          Label label, Label low, Label high);
/* Where steps are months, a column `steps` that says so in every row. */
void results_steps(Results *r, const Book *book);
const char *results_text(Results *r, const char *text);  /* interned */
const char *results_maybe(Results *r, const char *text); /* or NULL */

/* An estimate in fen, rounded: what is shown as an amount. */
int64_t results_fen(double fen);

/* figures.c: pool_figures, pool_summary, pool_marks.
 * Sorts the sample's losses on its way, the total's and each party's. */
MUST_USE ErrCode figures_add(Tables *tables, const Model *model, Sample *sample,
                             const PoolOptions *options, Err *err);

/* distribution.c: pool_distribution, and of a scheme pool_party_distribution.
 * After figures_add(): of sorted losses. */
MUST_USE ErrCode distribution_add(Tables *tables, const Model *model,
                                  const Sample *sample, Err *err);

/* counts.c: pool_ruin, pool_events, pool_years, pool_groups */
MUST_USE ErrCode counts_add(Tables *tables, const Model *model,
                            const Sample *sample, Err *err);

/* accounts.c: pool_accounts, and pool_story_accounts of one path, where a
 * scheme has any. */
MUST_USE ErrCode accounts_add(Tables *tables, const Model *model,
                              const Sample *sample, Err *err);
MUST_USE ErrCode accounts_tell(Tables *tables, const Model *model,
                               const WaterfallPath *path, Err *err);

#endif
