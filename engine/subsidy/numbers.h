/* numbers.h - interned texts numbered from 0 in the order they are met. */
#ifndef SUBSIDY_NUMBERS_H
#define SUBSIDY_NUMBERS_H

#include "core/err.h"
#include "core/mem.h"

#include <stdint.h>

/* An open table of numbers, half full at most, and the texts by number: a slot
 * is four bytes, so that a million texts take 16 MB. */
typedef struct {
    uint32_t *slots;   /* [mask + 1] 1 + number, or 0 */
    const char **text; /* [n] */
    size_t mask;
    int shift; /* of a hash to a slot */
    uint32_t n;
} Numbers;

/* Room for `n` texts, less than 2^32; lives as long as the arena.  ERR_MEMORY.
 */
MUST_USE ErrCode numbers_open(Numbers *out, Arena *arena, size_t n, Err *err);

/* The number of an interned text, not NULL; *is_new when it had none. */
uint32_t numbers_put(Numbers *numbers, const char *text, int *is_new);

#endif
