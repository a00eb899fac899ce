/* calibration.h - are PDs as high as defaults turned out?  Tests over all
 * cases; every case counts once, weights are not used.
 */
#ifndef STAT_CALIBRATION_H
#define STAT_CALIBRATION_H

#include "stat/cases.h"

#include <stddef.h>

/*
 * The line intercept + slope ln(pd / (1 - pd)) that fits the outcomes best.
 * A model that is right has 0 and 1; a slope below 1 tells of PDs that are
 * spread too far.  `in_the_large` is the intercept for a slope of 1: below 0
 * PDs are too high on the whole.
 */
typedef struct {
    double intercept, se_intercept;
    double slope, se_slope;
    double in_the_large, se_in_the_large;
    double chi2, p; /* likelihood ratio against (0, 1), 2 degrees of freedom */
} CalibrationLine;

/* Errors of platt_fit() and odds_shift(): PDs of 0 and 1 are refused.
 * ERR_MEMORY.  Source: Cox, Biometrika 45 (1958). */
MUST_USE ErrCode calibration_line(CalibrationLine *out, Arena *arena,
                                  const Cases *c, Err *err);

/* z of the Brier score's distance from what the PDs promise, normal when they
 * are right; p two-sided.
 * Source: Spiegelhalter, Statistics in Medicine 5 (1986). */
typedef struct {
    double z, p;
} CalibrationZ;

CalibrationZ calibration_spiegelhalter(const Cases *c);

/* Cases whose ranks by PD, ties by row, are neighbours. */
typedef struct {
    size_t n, bads;
    double expected;  /* sum of PDs */
    double low, high; /* the PDs at its ends */
} CalibrationGroup;

typedef struct {
    double chi2, p; /* n - 2 degrees of freedom */
} CalibrationChi2;

/* Cut ranks 0 .. n-1 into `groups`: case of rank r is in r groups / n. */
void calibration_groups(CalibrationGroup out[], size_t groups, const Cases *c,
                        const CasesOrder *order);

/* sum (bads - expected)^2 / (expected (1 - expected / n)); NaN where a group
 * of expected 0 has none, p NaN for fewer than 3 groups.
 * Source: Hosmer, Lemeshow, Communications in Statistics A9 (1980). */
CalibrationChi2 calibration_hosmer(const CalibrationGroup groups[], size_t n);

#endif
