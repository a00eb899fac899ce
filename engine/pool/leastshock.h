/* leastshock.h - how large must a shock be until a fund fails?
 *
 * By the false position, with bisection in turn, on one future in 16 first:
 * between the ends of the interval that those give, which is four times as
 * wide as that of all, all are run.
 */
#ifndef POOL_LEASTSHOCK_H
#define POOL_LEASTSHOCK_H

#include "pool/looks.h"

enum { LEASTSHOCK_NEVER = -1 };

/* The least shocks, thousandths, at which the figure, or the high or the low
 * end of its interval, reaches a target; LEASTSHOCK_NEVER: none does. */
typedef struct {
    int64_t value, low, high;
} LeastShock;

/*
 * target  a chance to run dry, that or more; or fen, more than which are paid.
 * most    the largest shock there is, thousandths.
 * What fails under a shock is taken to fail under a larger one too.
 * Cost    of a chance, where futures are ordered (looks.h), some three runs of
 *         all futures, else eight to ten.
 * Errors as looks_at().
 */
MUST_USE ErrCode leastshock(LeastShock *out, const LooksAsked *asked,
                            double target, int64_t most, Err *err);

#endif
