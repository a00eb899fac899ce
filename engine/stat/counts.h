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
 * one whose mean is drawn from a gamma distribution.
 * dispersion  0: Poisson; else in [0.002, 2].
 * Source      McCullagh, Nelder, Generalized Linear Models (1989), 6.2.3.
 */
int64_t counts_mixed(double mean, double dispersion, Stream s, uint64_t *next);

#endif
