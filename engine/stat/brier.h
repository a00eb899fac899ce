/* brier.h - the mean squared error of PDs, and what it is made of. */
#ifndef STAT_BRIER_H
#define STAT_BRIER_H

#include "stat/cases.h"

/* Weighted mean of (pd - bad)^2; the score of each case is its PD.
 * Source: Brier, Monthly Weather Review 78 (1950). */
double brier_of(const Cases *c);

/* total = uncertainty - resolution + reliability + within, up to rounding. */
typedef struct {
    double total;
    double uncertainty; /* r (1 - r) of the rate r of bads: not the model's */
    double resolution;  /* spread of the groups' rates about r: more is better
                         */
    double reliability; /* distance of mean PDs from their group's rate: less
                         * is better */
    double within;      /* what PDs differ by within groups; 0 where a group is
                         * one PD */
} Brier;

/*
 * Murphy's parts over groups: n[k] cases of which bads[k] defaulted and PDs sum
 * to expected[k]; `total` is brier_of() all cases.  Groups of many cases each
 * are what says something of a model whose PDs are all different.
 * Source  Murphy, Journal of Applied Meteorology 12 (1973); `within` from
 *         Stephenson, Coelho, Jolliffe, Weather and Forecasting 23 (2008).
 */
Brier brier_groups(double total, const double n[], const double bads[],
                   const double expected[], size_t groups);

#endif
