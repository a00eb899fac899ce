/* compare.h - variants of a book run on the same scenarios, and the tables of
 * what they come to (pool.h, pool_compare()).
 */
#ifndef POOL_COMPARE_H
#define POOL_COMPARE_H

#include "pool/happen.h"
#include "pool/results.h"
#include "stat/paired.h"

/* One variant's run. */
typedef struct {
    Model model;
    Sample sample;
    Happenings happened;
} Side;

/* Losses of one party on one side, and their figures' influences. */
typedef struct {
    const int64_t *losses; /* by scenario; NULL: the side has no such party */
    int64_t *sorted;       /* [n] */
    double *influence;     /* [n] of the figure at hand */
} Losses;

typedef struct {
    const PoolVariant *variants; /* [nvariants] */
    size_t nvariants;
    Side *sides; /* [nvariants] */
    size_t opened;
    const char **parties; /* [nparties] of any side */
    size_t nparties;
    const Level *levels;
    size_t nlevels, n;
    Losses from, to;
    int64_t *scratch;
    Arena *arena;
} Compare;

/* What a figure is of; the order of rows. */
typedef enum { COMPARE_EL, COMPARE_VAR, COMPARE_ES, COMPARE_UL } CompareKind;
enum { COMPARE_KINDS = 4 };

/* How the tables and the columns that name a variant are called. */
typedef struct {
    const char *figures, *ruin, *events; /* tables */
    Label figures_title;
    const char *variant; /* column, and whether its words are translated */
    FieldType variant_type;
    Label variant_label, change_label;
} CompareWords;

/* Run them all; compare_close() in any case.  Errors as pool_simulate(). */
MUST_USE ErrCode compare_run(Compare *c, const PoolVariant variants[], size_t n,
                             const PoolOptions *options, Faults *faults,
                             Err *err);
void compare_close(Compare *c);

/* Choose the total of variant `at` against the first one's: a figure of it, and
 * its change (NaN for the first itself). */
void compare_total(Compare *c, size_t at);
Figure compare_figure(Compare *c, CompareKind kind, size_t level,
                      Figure *change);

/* comparechance.c: how often something happens on a side, and how that differs
 * from the first; 0 where it cannot happen. */
int compare_chance(Figure *value, Figure *change, Compare *c, size_t at,
                   Happen kind, const char *who);

/* Columns of a figure, how it differs from the first variant's, and the row
 * that is next. */
typedef struct {
    Column *variant, *party, *value, *low, *high;
    Column *change, *se, *change_low, *change_high;
    size_t row;
} CompareColumns;

/* Where `measure` is not NULL there are measure and level too. */
CompareColumns compare_columns(Results *r, const CompareWords *words,
                               const char *unit, Column **measure,
                               Column **level);
void compare_put(CompareColumns *k, const char *variant, const char *party,
                 Figure figure, Figure change);

/* What variants are called in full: columns of a table that goes on with what
 * else is told of them. */
typedef struct {
    Column *variant, *title, *zh;
} CompareTitles;

CompareTitles compare_titles(Results *r, const CompareWords *words,
                             const char *table, size_t rows, Label heading);
void compare_title(const CompareTitles *t, Results *r, size_t row,
                   const char *variant, Label title);

/* All tables. */
MUST_USE ErrCode compare_add(Tables *out, Compare *c, const CompareWords *words,
                             Err *err);

/* comparechance.c: those of what happens. */
MUST_USE ErrCode compare_add_chances(Results *r, Compare *c,
                                     const CompareWords *words);

#endif
