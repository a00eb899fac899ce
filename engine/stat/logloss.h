/* logloss.h - the mean logarithmic loss of PDs. */
#ifndef STAT_LOGLOSS_H
#define STAT_LOGLOSS_H

#include "stat/cases.h"

/* Weighted mean of -ln(chance given to what happened), natural units; infinite
 * where a case of PD 0 defaulted or one of PD 1 did not.
 * Source: Good, Journal of the Royal Statistical Society B 14 (1952). */
double logloss_of(const Cases *c);

#endif
