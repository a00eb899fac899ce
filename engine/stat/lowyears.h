/* lowyears.h - the highest yearly PD that defaults of several years allow.
 *
 * n obligors are followed for `years` years; all of a year's defaults share a
 * factor, and the factors of neighbouring years are correlated:
 *   S(1) normal, S(t) = theta S(t-1) + sqrt(1 - theta^2) xi(t),
 *   P(no default by the end | S) = prod (1 - Phi((Phi^-1(pd) - sqrt(rho) S(t))
 *                                            / sqrt(1 - rho))).
 */
#ifndef STAT_LOWYEARS_H
#define STAT_LOWYEARS_H

#include "stat/sample.h"

#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

enum { LOWYEARS_MOST = 20 };

typedef struct {
    size_t d, n;  /* d of n defaulted within the years */
    int years;    /* 1 .. LOWYEARS_MOST */
    double rho;   /* asset correlation in [0, 1) */
    double theta; /* of neighbouring years' factors, in [0, 1) */
} LowYears;

/*
 * The yearly pd with P(D <= d) = 1 - level.
 * out      the mean of 8 answers, each from 4,096 paths on a lattice shifted by
 *          the seed's stream; their spread is the standard error.  Exact, with
 *          an error of 0, for one year and for rho = 0.
 * arena    for the paths.
 * Errors   as lowdefault_bound(); ERR_DOMAIN for years or theta; ERR_MEMORY.
 * Cost     about 2 million incomplete betas and `years` times as many Phi.
 * Source   Pluto and Tasche (2005), section 5, who draw paths at random; the
 *          lattice is Richtmyer's, of square roots of primes, folded: Sloan and
 *          Joe, Lattice Methods for Multiple Integration (1994).
 */
MUST_USE ErrCode lowyears_bound(Figure *out, Arena *arena, const LowYears *book,
                                double level, uint64_t seed, Err *err);

#endif
