/* roc.h - how well scores rank bads above goods: AUC, Gini, KS, and how sure
 * one can be of them (DeLong).
 */
#ifndef STAT_ROC_H
#define STAT_ROC_H

#include "stat/cases.h"

typedef struct {
    double auc;   /* P(score of a bad > that of a good) + P(equal) / 2 */
    double gini;  /* 2 auc - 1, the accuracy ratio */
    double ks;    /* max over scores s of |P(S <= s | good) - P(S <= s | bad)|
                   */
    double ks_at; /* the lowest such s */
} Roc;

/*
 * AUC by mid-ranks (the Mann-Whitney statistic, ties count half) and KS over
 * distinct scores, of weighted cases.  `order` is of these cases by
 * cases_order(); other weights may be put in between, as long as both classes
 * have some.
 * Cost    O(n).
 * Source  Bamber, Journal of Mathematical Psychology 12 (1975); whole weights
 *         count as so many equal cases.
 */
Roc roc_of(const Cases *c, const CasesOrder *order);

/* Both steps for one use; errors of cases_order(). */
MUST_USE ErrCode roc_measure(Roc *out, Arena *arena, const Cases *c, Err *err);

/*
 * What each case adds to the deviation of the AUC from its expectation:
 * part[row] = w / W (V - auc), where V is the share of the other class that a
 * case is ranked right against and W the weight of its own class.
 * Cost    O(n): mid-ranks in place of the n m comparisons.
 * Source  DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988); by ranks: Sun
 *         and Xu, IEEE Signal Processing Letters 21 (2014).
 */
void roc_parts(double part[], const Cases *c, const CasesOrder *order);

/*
 * DeLong's covariance of two AUCs of the same cases, of one with itself its
 * variance: sum over bads of a b * m / (m - 1), plus the same over goods,
 * where m counts the cases of a class with weight.  With weights all alike
 * that is DeLong's estimate; with others it is the linearised (survey) one.
 * a, b    [n] by roc_parts().
 * NaN when a class has one case.
 */
double roc_covariance(const double a[], const double b[], const Cases *c);

/* AUC of two scores on the same cases, against each other. */
typedef struct {
    double auc[2], se[2];
    double difference, se_difference; /* first less second */
    double z, p; /* of no difference, two-sided; NaN where the se is 0 */
} RocPair;

/* `second` [n] is another score of the same cases.  Errors of cases_order().
 */
MUST_USE ErrCode roc_compare(RocPair *out, Arena *arena, const Cases *c,
                             const double second[], Err *err);

#endif
