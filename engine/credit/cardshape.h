/* cardshape.h - what a fitted scorecard is. */
#ifndef CREDIT_CARDSHAPE_H
#define CREDIT_CARDSHAPE_H

#include "credit/ridgepick.h"
#include "stat/logit.h"

typedef struct {
    Classing classing;
    const char *why;     /* it is left out: the reason; NULL: it is used */
    const char *with;    /* the column it says the same as, or NULL */
    double estimate, se; /* of minus its weight of evidence: above 0 */
    double p;            /* of no effect, */
    double low, high;    /* and the 95% interval: of Firth's fit by the profile,
                          * else by Wald's z, and NaN */
    double accepted;     /* the estimate before rejects were joined */
    int64_t *points;     /* [classing.n + 1] of each class, in 10^-decimals; the
                          * last: of an unknown word.  The least is 0 */
} CardTerm;

typedef struct {
    const FitSpec *spec;
    CardTerm *terms; /* [n] of the columns that may be used, in file order */
    size_t n;
    size_t rows, events;          /* of known outcome */
    double weight, weight_events; /* what they weigh */
    size_t rejects;               /* rows joined to them, */
    double reject_bads;           /* so many of them taken to be bad */
    double accepted;              /* the intercept before */
    Logit logit;                  /* of the terms that are used, in order */
    LogitFirth firth;             /* the same where it is Firth's, else zero */
    int is_firth;
    RidgePick ridge; /* the penalty of this fit */
    int64_t base;    /* points that everybody has */
    double auc;      /* of the score on the rows of known outcome */
    double pd_gap;   /* the greatest distance of a row's PD by its score from
                      * that by the regression: what rounding points costs */
} CardFit;

#endif
