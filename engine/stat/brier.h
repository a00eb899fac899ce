/* brier.h - the mean squared error of PDs, and what it is made of. */
#ifndef STAT_BRIER_H
#define STAT_BRIER_H

#include "stat/cases.h"

/* Weighted mean of (pd - bad)^2.  Source: Brier, Monthly Weather Review 78
 * (1950). */
double brier_of(const Cases *c);

#endif
