/* brier.h - the mean squared error of PDs, and what it is made of. */
#ifndef STAT_BRIER_H
#define STAT_BRIER_H

#include "stat/cases.h"

/* Weighted mean of (pd - bad)^2; the score of each case is its PD.
 * Source: Brier, Monthly Weather Review 78 (1950). */
double brier_of(const Cases *c);

/* total = uncertainty - resolution + reliability, exactly so up to rounding,
 * where groups are cases of one and the same PD. */
typedef struct {
    double total;
    double uncertainty; /* r (1 - r) of the rate r of bads: not the model's */
    double resolution;  /* spread of the groups' rates about r: more is better
                         */
    double reliability; /* distance of PDs from their group's rate: less is
                         * better */
} Brier;

/*
 * Murphy's parts over the groups of equal PD of `order`.
 * Cost    O(n).
 * Source  Murphy, Journal of Applied Meteorology 12 (1973).
 */
Brier brier_parts(const Cases *c, const CasesOrder *order);

#endif
