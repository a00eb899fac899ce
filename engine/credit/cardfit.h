/* cardfit.h - a scorecard fitted to data: columns cut into classes, their
 * weights of evidence in a logistic regression, coefficients as points.
 */
#ifndef CREDIT_CARDFIT_H
#define CREDIT_CARDFIT_H

#include "credit/ridgepick.h"
#include "stat/logit.h"

typedef struct {
    Classing classing;
    const char *why;     /* it is left out: the reason; NULL: it is used */
    const char *with;    /* the column it says the same as, or NULL */
    double estimate, se; /* of minus its weight of evidence: above 0 */
    int64_t *points;     /* [classing.n + 1] of each class, in 10^-decimals; the
                          * last: of an unknown word.  The least is 0 */
} CardTerm;

typedef struct {
    const FitSpec *spec;
    CardTerm *terms; /* [n] of the columns that may be used, in file order */
    size_t n;
    size_t rows, events;
    Logit logit;     /* of the terms that are used, in order */
    RidgePick ridge; /* the penalty of this fit */
    int64_t base;    /* points that everybody has */
    double auc;      /* of the score on these rows */
    double pd_gap;   /* the greatest distance of a row's PD by its score from
                      * that by the regression: what rounding points costs */
} CardFit;

/*
 * logit P(event) = b0 - sum over columns of b w(class), w the weight of
 * evidence of classing.h, so that b > 0: more events where w is low.  A column
 * is left out, with its reason, when it cannot be cut, its information value is
 * below spec.iv_least, it says the same as an earlier one (|r| > 0.9999), or
 * its coefficient is not above 0: the one of the lowest z first, then fitted
 * again.
 *
 *     score = s0 + pdo / ln 2 * (ln odds of a good - ln odds0)
 *
 * With a penalty, coefficients and standard errors are those of ridge.h times
 * ridge.stretch, and b0 is fitted again beside them.
 *
 * A class has b w pdo / ln 2 points less the column's least, rounded to
 * `decimals`; the base has the rest, rounded: the score is the sum of what is
 * written.
 *
 * table    of REAL and CATEGORY columns.
 * event    [table->rows]
 * Errors   ERR_DOMAIN as logit_fit(), when no column is left, and when a sign
 * is wrong and the spec refuses that, all named; ERR_MEMORY. Source   Siddiqi,
 * Credit Risk Scorecards (2006), ch. 6 and 7; Anderson, The Credit Scoring
 * Toolkit (2007), ch. 16, on wrong signs.
 */
MUST_USE ErrCode cardfit_fit(CardFit *out, Arena *arena, const Table *table,
                             const uint8_t event[], const FitSpec *spec,
                             int threads, Err *err);

/* The points of a row's class in a term. */
int64_t cardfit_points(const CardTerm *term, const Column *column, size_t row);

/* P(event) at a score in 10^-decimals points. */
double cardfit_pd(const FitSpec *spec, int64_t score);

#endif
