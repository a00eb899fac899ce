/* arrivals.h - points that fall on trials of small chance, so that those that
 * nothing happens to cost nothing.
 *
 * Points fall on each of n trials as a Poisson process of rate 1: one after
 * another, with gaps of mean 1/n, on any of the trials alike.  The first on a
 * trial comes at a time t for which u = 1 - e^-t is uniform in (0, 1) and
 * independent of the other trials', so a trial whose chance is p says yes when
 * it has a point before -ln(1 - p): only the points up to the largest chance
 * need be looked at, and a larger chance takes nothing back.
 * Source: L. Devroye, "Non-uniform random variate generation", 1986, chapters
 * V.2 (uniform spacings) and VI.1 (Poisson processes).
 */
#ifndef STAT_ARRIVALS_H
#define STAT_ARRIVALS_H

#include "core/simd.h"
#include "stat/stream.h"

#include <stddef.h>

typedef struct {
    Stream gaps, places;
} Arrivals;

/*
 * The next point of each of n processes.
 * time   [n] of the point before (0: none); of this one then.
 * place  [n] on which of `trials` <= 2^32 it falls.
 * word   [n] which word of both streams it takes.
 */
void arrivals_next(SimdIsa isa, double time[], uint32_t place[],
                   const uint64_t word[], size_t n, const Arrivals *a,
                   uint64_t trials);

/* u[i] = 1 - e^-time[i], times in [0, 700]; within 2e-16.  u may be time. */
void arrivals_uniforms(SimdIsa isa, double u[], const double time[], size_t n);

#endif
