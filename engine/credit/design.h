/* design.h - the columns of a regression from a table of any columns.
 *
 * A term is a column's name, or factor(name).  Columns of numbers stand as they
 * are, columns of words are factors.  A factor becomes a 0-1 column for each of
 * its levels but the first (treatment coding); levels are sorted by number
 * where all are numbers, else by bytes.  The column of level A12 of V1 is
 * called V1A12, as in R.  Rows with a null in a column that is used are left
 * out.
 */
#ifndef CREDIT_DESIGN_H
#define CREDIT_DESIGN_H

#include "data/table.h"
#include "stat/logit.h"

typedef struct {
    const char *target; /* its column */
    const char *event;  /* the cell that is the event; NULL: the larger of two
                         * numbers, else the later of two texts */
    const char *terms;  /* "a,b,factor(c)"; NULL: all columns not named here */
    const char *weight, *offset, *cluster; /* columns, or NULL */
} DesignWish;

typedef struct {
    LogitData data;    /* x and name are those below */
    const double **x;  /* [k] */
    const char **name; /* [k] */
    size_t *term;      /* [k] which term a column belongs to */
    size_t terms;
    const char **title; /* [terms] as they were asked for */
    const char *event;  /* the cell that counts as 1 */
    uint32_t *cluster;  /* [n] from 0, or NULL */
    size_t clusters;
    size_t left_out; /* rows with a missing cell in a column that is used */
} Design;

enum { DESIGN_LEVELS = 100 }; /* of a factor nobody asked for */

/* Names of columns whose cells are levels, not numbers: the target, the cluster
 * and what stands in factor(): SheetOptions.words. */
MUST_USE ErrCode design_words(const char ***out, size_t *n, Arena *arena,
                              const DesignWish *wish, Err *err);

/*
 * table   columns REAL and CATEGORY, those of design_words() CATEGORY.
 * Errors  ERR_USAGE: no such column (with the nearest name), a column twice.
 *         ERR_INPUT naming line and cell: the target has not two values, a
 *         weight is no number, a text column has more levels than
 *         DESIGN_LEVELS and no factor().  ERR_MEMORY.
 */
MUST_USE ErrCode design_make(Design *out, Arena *arena, const Table *table,
                             const DesignWish *wish, Err *err);

/* Only the columns of the terms that are 1 in kept [terms] from now on. */
void design_keep(Design *design, const unsigned char kept[]);

#endif
