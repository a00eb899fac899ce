/* odds.h - chances as log-odds, and the one shift of them that gives a stated
 * mean.
 */
#ifndef STAT_ODDS_H
#define STAT_ODDS_H

#include "core/err.h"

#include <stddef.h>

double odds_log(double p);    /* ln(p / (1 - p)); p in (0, 1) */
double odds_chance(double x); /* 1 / (1 + e^-x), in [0, 1] */

/*
 * The shift a for which the weighted mean of odds_chance(a + x) is `mean`: PDs
 * moved to a central tendency, their ranks and odds ratios kept.
 * x       [n] log-odds.
 * weight  [n] >= 0, or NULL: 1 each.
 * Errors  ERR_DOMAIN unless 0 < mean < 1, n > 0 and every x is finite.
 * Cost    O(n) a step, Newton within a bracket: about 8 steps.
 * Source  it is the one solution of the logit's score equation with x as
 *         offset; King and Zeng, Political Analysis 9 (2001), section 4.1, for
 *         the shift of a constant.
 */
MUST_USE ErrCode odds_shift(double *out, const double x[],
                            const double weight[], size_t n, double mean,
                            Err *err);

#endif
