/* cardfit.h - a scorecard fitted to data: columns cut into classes, their
 * weights of evidence in a logistic regression, coefficients as points.
 */
#ifndef CREDIT_CARDFIT_H
#define CREDIT_CARDFIT_H

#include "credit/cardpoints.h"

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
 * With a penalty, coefficients and standard errors are those of logit_net()
 * times ridge.stretch, and b0 is fitted again beside them.
 *
 * A class has b w pdo / ln 2 points less the column's least, rounded to
 * `decimals`; the base has the rest, rounded: the score is the sum of what is
 * written.
 *
 * spec.way chooses another regression: of a lasso, columns pressed to zero are
 * left out; a step-wise search leaves out what it drops; neither has a ridge
 * picked.  A weight is how many equal rows one stands for, in the classes and
 * in the regression, so that whole weights fit as those rows would; only the
 * parts by which a ridge is picked are dealt by rows.  The card gives PDs where
 * the offset is 0.
 *
 * spec.cluster makes standard errors by groups of rows (logit_cluster()), once
 * signs have settled which columns are used; no ridge is picked.
 *
 * spec.infer joins the rejects to the rows (cardinfer.h) once the accepted are
 * fitted, with the same classes, and fits again; CardTerm.accepted keeps what
 * was before.  Standard errors then count made-up cases as if they were seen.
 *
 * Errors   ERR_DOMAIN as logit_fit(), when no column is left, and when a sign
 * is wrong and the spec refuses that, all named; ERR_MEMORY. Source   Siddiqi,
 * Credit Risk Scorecards (2006), ch. 6 and 7; Anderson, The Credit Scoring
 * Toolkit (2007), ch. 16, on wrong signs.
 */
MUST_USE ErrCode cardfit_fit(CardFit *out, Arena *arena, const CardData *data,
                             const FitSpec *spec, int threads, Err *err);

#endif
