/* draw.h - the contracts of one simulated year: which rows of the stock come.
 *
 * Year y of a seed is streams of its own, so that any year can be had first, by
 * any thread, and the same contracts come under every policy.
 */
#ifndef SUBSIDY_DRAW_H
#define SUBSIDY_DRAW_H

#include "subsidy/stock.h"

typedef struct {
    uint32_t *row; /* [n] of the stock, in the order of their ids */
    uint64_t
        *chance; /* [n] a word each, for what hangs on the policy; or NULL */
    size_t n;
    double elasticity; /* of that year */
} Draw;

/* A year from 0 on; lives as long as the arena.  ERR_MEMORY.
 * Cost: about 4 ns a contract. */
MUST_USE ErrCode draw_year(Draw *out, const Stock *stock,
                           const Outlook *outlook, uint64_t seed, uint32_t year,
                           Arena *arena, Err *err);

#endif
