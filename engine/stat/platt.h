/* platt.h - PDs from any score: a logistic line through it. */
#ifndef STAT_PLATT_H
#define STAT_PLATT_H

#include "stat/cases.h"

/* P(bad | score) = 1 / (1 + exp(-(intercept + slope score))). */
typedef struct {
    double intercept, slope;
    double se_intercept, se_slope, covariance;
    double log_likelihood;
    double gradient; /* norm at the end, on the standardised score: certificate
                      */
} Platt;

typedef enum {
    PLATT_LIKELIHOOD, /* aims at 0 and 1: maximum likelihood */
    PLATT_SMOOTHED    /* Platt's aims (N1 + 1) / (N1 + 2) and 1 / (N0 + 2) of
                       * the N1 bads and N0 goods, so that no sample gives
                       * certainty */
} PlattAims;

/*
 * Newton on the score brought to mean 0 and variance 1, each step halved until
 * the likelihood rises.
 * Errors   of cases_check(); ERR_DOMAIN when all scores are equal, or when the
 *          scores part bads from goods so that no finite line is best.
 * Cost     O(n) a step, about 6 steps.
 * Source   Platt, "Probabilistic outputs for support vector machines" (1999);
 *          Lin, Lin, Weng, Machine Learning 68 (2007).
 */
MUST_USE ErrCode platt_fit(Platt *out, const Cases *c, PlattAims aims,
                           Err *err);

double platt_pd(const Platt *p, double score);

#endif
