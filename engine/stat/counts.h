/* counts.h - how many: random whole numbers of a mean, by basic operations.
 */
#ifndef STAT_COUNTS_H
#define STAT_COUNTS_H

#include "stat/stream.h"

/*
 * A Poisson number of that mean >= 0 by inversion.  Means above 512 are drawn
 * as sums of equal parts, each Poisson, so that no tail is lost.
 *
 * next  the word of the stream to be taken first; moves past those taken.
 * Cost  about 0.4 us, and as much again for every 512 of the mean.
 */
int64_t counts_poisson(double mean, Stream s, uint64_t *next);

/*
 * A negative binomial number of variance mean + dispersion mean^2: a Poisson
 * one whose mean is drawn from a gamma distribution; below a dispersion of
 * 0.002 that is the cube of a normal variable, whose mean and variance differ
 * from it by less than one in a thousand. dispersion  0: Poisson; else at
 * most 2. Source      McCullagh, Nelder, Generalized Linear Models
 * (1989), 6.2.3; the cube: Wilson, Hilferty, PNAS 17 (1931).
 */
int64_t counts_mixed(double mean, double dispersion, Stream s, uint64_t *next);

#endif
