/* cardpoints.h - the coefficients of a scorecard as points, and what rounding
 * them costs.
 */
#ifndef CREDIT_CARDPOINTS_H
#define CREDIT_CARDPOINTS_H

#include "credit/carddata.h"
#include "credit/cardshape.h"

/* The points of every class of the terms that are used, and the base.
 * ERR_MEMORY. */
MUST_USE ErrCode cardpoints_make(CardFit *fit, Arena *arena, Err *err);

/* P(event) of a row by the regression, at offset 0; x[i] are minus the weights
 * of evidence of term i. */
double cardpoints_chance(const CardFit *fit, double *const x[], size_t row);

/* The points of a row's class in a term. */
int64_t cardpoints_of(const CardTerm *term, const Column *column, size_t row);

/* P(event) at a score in 10^-decimals points. */
double cardpoints_pd(const FitSpec *spec, int64_t score);

/* auc and pd_gap on the rows of `data`.  ERR_MEMORY. */
MUST_USE ErrCode cardpoints_measure(CardFit *fit, Arena *arena,
                                    const CardData *data, double *const x[],
                                    Err *err);

#endif
