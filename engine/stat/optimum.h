/* optimum.h - the best place of a grid under one limit, searched with NLopt.
 *
 * Only methods that draw nothing: DIRECT-L over the whole box, then COBYLA from
 * the best place found, then steps of the grid itself until none helps.  Each
 * asks for places of the grid alone, so what is found is what was evaluated.
 */
#ifndef STAT_OPTIMUM_H
#define STAT_OPTIMUM_H

#include "core/err.h"

#include <stddef.h>
#include <stdint.h>

enum { OPTIMUM_FIGURES = 6 };

/* Of the order of 1 both; excess <= 0: within the limit. */
typedef struct {
    double loss, excess;
} OptimumValue;

typedef struct {
    size_t n;                       /* figures, 1 to OPTIMUM_FIGURES */
    uint32_t last[OPTIMUM_FIGURES]; /* figure k has places 0 to last[k] */
    ErrCode (*at)(void *of, OptimumValue *out, const uint32_t place[],
                  Err *err); /* asked for some places again and again */
    void *of;
    int trials; /* of DIRECT-L, and of COBYLA */
} Optimum;

/* Within the limit before beyond it, then the less loss, then the less excess.
 */
int optimum_is_better(OptimumValue a, OptimumValue b);

/*
 * place[n]  where to begin; the best place found.
 * *value    its value; of equals the one that was found first.
 * Not certain to be the best of the grid where losses have many valleys.
 * Errors    of at(); ERR_MEMORY.
 * Cost      2 trials of at(), and some 50 n (n - 1) + 10 n for each step.
 * Source    Jones, Perttunen, Stuckman, JOTA 79 (1993); Gablonsky, Kelley, J.
 *           Global Optim. 21 (2001); Powell, in Gomez, Hennart (eds.), Advances
 *           in Optimization and Numerical Analysis (1994); Johnson, NLopt.
 */
MUST_USE ErrCode optimum_find(uint32_t place[], OptimumValue *value,
                              const Optimum *o, Err *err);

#endif
