/* logitshow.h - a regression and what is shown of it. */
#ifndef FLOW_LOGITSHOW_H
#define FLOW_LOGITSHOW_H

#include "credit/design.h"
#include "flow/job.h"
#include "stat/logitway.h"
#include "stat/roc.h"

/* What was asked for and what came of it. */
typedef struct {
    Table *sheet;
    Design design;
    LogitOptions options;
    LogitWay way;
    LogitMade made;
    Roc roc;
    double brier;
    size_t events; /* rows */
} Regression;

/* The coefficients and the certificate, in the form that was asked for: JSON
 * of a literal contract, the coefficients alone as CSV, both for people.
 * ERR_MEMORY, ERR_IO. */
MUST_USE ErrCode logitshow(Job *job, const Regression *r, Err *err);

#endif
