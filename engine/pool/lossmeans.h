/* lossmeans.h - the means of the lattice of losses given default: i /
 * LOSSMEANS, as far as a beta distribution of the deviation has them, and
 * LOSSMEANS_OUTER more beyond either end, in equal ratios, to where all is 0 or
 * 1, so that all that betarank_exists() lets in lies between them.
 */
#ifndef POOL_LOSSMEANS_H
#define POOL_LOSSMEANS_H

#include <stdint.h>

enum { LOSSMEANS = 64, LOSSMEANS_OUTER = 16 };

/* The first i whose mean goes with the deviation, in thousandths from 1 to 497;
 * the last is LOSSMEANS - first. */
int lossmeans_first(uint32_t sd);

/* The i-th mean, rising in i from first - LOSSMEANS_OUTER to last +
 * LOSSMEANS_OUTER. */
double lossmeans_at(int i, uint32_t sd);

#endif
