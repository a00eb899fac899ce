/* tail.h - which scenarios a party's expected shortfall is a mean of, and how
 * much each counts.
 *
 * ES of n scenarios at level a is the mean of their n (1 - a) worst, of which
 * those at VaR count a part, all the same.
 */
#ifndef POOL_TAIL_H
#define POOL_TAIL_H

#include "pool/results.h"
#include "stat/sample.h"

typedef struct {
    size_t n;
    Level level;
    double es;
    int64_t var;
    double part;       /* of a scenario at VaR */
    double whole;      /* n (1 - a): what all count together */
    int64_t low, high; /* losses near VaR: of a tenth of that rank and ten more
                        * to either side */
    double near;       /* scenarios with such a loss */
} Tail;

/* sorted  [n] rises. */
Tail tail_of(const int64_t sorted[], size_t n, Level level);

/* How much a scenario with this loss counts: 0 to 1. */
static inline double tail_weight(const Tail *t, int64_t loss)
{
    return loss > t->var ? 1 : loss == t->var ? t->part : 0;
}

static inline int tail_is_near(const Tail *t, int64_t loss)
{
    return t->low <= loss && loss <= t->high;
}

#endif
