/* optimisetables.h - chosen figures and the frontier as result tables. */
#ifndef SUBSIDY_OPTIMISETABLES_H
#define SUBSIDY_OPTIMISETABLES_H

#include "subsidy/tried.h"

/* The best set of figures for a budget; of no budget (NULL_INT) the rules in
 * force, whose figures are their own. */
typedef struct {
    int64_t budget; /* fen */
    const Try *tried;
} Point;

MUST_USE ErrCode optimise_basis(Tables *tables, const Tried *t, Err *err);
MUST_USE ErrCode optimise_chosen(Tables *tables, const Tried *t,
                                 const Point points[2], Err *err);
MUST_USE ErrCode optimise_frontier(Tables *tables, const Tried *t,
                                   const Point points[], size_t n, Err *err);

#endif
