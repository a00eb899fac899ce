/* levels.h - the words of a column, counted and put in order of their events.
 */
#ifndef CREDIT_LEVELS_H
#define CREDIT_LEVELS_H

#include "stat/bins.h"

typedef struct {
    size_t n;
    const char **word; /* [n] interned; NULL: all that are rare */
    BinCount *count;   /* [n] */
    BinCount missing;
} Levels;

/*
 * Words by rising share of events, ties by the words' bytes, the pooled ones
 * first among equals.  Pooled are words of fewer than `rare` rows (weights),
 * and the rarest where there are more than BINS_PRE_MOST - 1; words of weight 0
 * are not there.  text [rows->n] interned, NULL: missing.  ERR_MEMORY. Cost one
 * hash a row, O(n log n) for n different words.
 */
MUST_USE ErrCode levels_of(Levels *out, Arena *arena, const char *const text[],
                           const BinRows *rows, uint64_t rare, Err *err);

#endif
