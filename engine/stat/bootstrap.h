/* bootstrap.h - cases drawn again with replacement, as weights. */
#ifndef STAT_BOOTSTRAP_H
#define STAT_BOOTSTRAP_H

#include "stat/sample.h"
#include "stat/stream.h"

#include <stddef.h>

enum { BOOTSTRAP_USE = 0x626f6f74 }; /* of stream_new(): "boot" */

/*
 * Sample number k of n cases: count[i] says how often case i was drawn, and
 * adds up to n.  Draw j of sample k is word k n + j of the stream times n, its
 * upper 64 bits: a function of seed, k and j alone, so samples can be made in
 * any order by any threads.
 */
void bootstrap_draw(double count[], size_t n, Stream s, size_t k);

/*
 * The 95% interval between order statistics of rank ceil(.025 (m + 1)) and
 * their mirror image, and the standard deviation as se, of a statistic's value
 * in m samples; NaNs (a sample without both classes) are left out, and fewer
 * than 40 values give NaN.  `x` is sorted on the way.
 * Source  Efron, Tibshirani, An Introduction to the Bootstrap (1993), 13.3.
 */
Figure bootstrap_interval(double value, double x[], size_t m);

#endif
