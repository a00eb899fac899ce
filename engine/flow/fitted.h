/* fitted.h - a fit as result tables. */
#ifndef FLOW_FITTED_H
#define FLOW_FITTED_H

#include "credit/cardfit.h"
#include "flow/job.h"

/* One row: counts, likelihoods, AUC, certificate, base points. */
MUST_USE ErrCode fitted_card(Job *job, const CardFit *fit, const Source *file,
                             Err *err);

/* A row a column: information value, bins, trend, coefficient with its
 * standard error, or why it is left out. */
MUST_USE ErrCode fitted_terms(Job *job, const CardFit *fit, Err *err);

/* The same before a regression: without coefficients. */
MUST_USE ErrCode fitted_columns(Job *job, const CardFit *fit, Err *err);

/* A row a class of columns [n]; points where `fit` is given. */
MUST_USE ErrCode fitted_classes(Job *job, const Classing *const list[],
                                size_t n, const CardFit *fit, Err *err);

#endif
