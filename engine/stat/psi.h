/* psi.h - how far a population has moved: the population stability index, and
 * of one characteristic (CSI) the same over its bins.
 */
#ifndef STAT_PSI_H
#define STAT_PSI_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>

/* The index, and what it would stay below 95% of the time if nothing had
 * moved: chance alone, which the usual marks .10 and .25 do not know. */
typedef struct {
    double value, chance;
    size_t bins; /* that hold a case of either */
} Psi;

/*
 * sum (a - e) ln(a / e) over bins, with shares a of actual[n] and e of
 * expected[n] (counts or weights).  A bin empty on one side only counts there
 * as half a case; one empty on both counts not at all.
 * part    [n] or NULL: what each bin adds.
 * NaN     where a side has no case.
 * Source  the symmetric divergence of Jeffreys, Proceedings of the Royal
 *         Society A 186 (1946); Siddiqi, Credit Risk Scorecards (2006); its
 *         law, (1/N + 1/M) times chi-squared of bins - 1: Yurdakul, Naranjo,
 *         Journal of Risk Model Validation 14 (2020).
 */
Psi psi_of(double part[], const double actual[], const double expected[],
           size_t n);

/*
 * Bins of a number by the base sample: at most `bins` of about equal count,
 * cut only between different values.
 * cuts    [bins - 1] rising; a value is in the bin of how many cuts lie at or
 *         below it.  Room is the caller's.
 * Returns how many cuts there are; NaNs are left out.
 */
MUST_USE ErrCode psi_cuts(double cuts[], size_t *ncuts, const double x[],
                          size_t n, size_t bins, Err *err);
size_t psi_bin(const double cuts[], size_t n, double x);

#endif
