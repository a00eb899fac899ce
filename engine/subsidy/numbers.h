/* numbers.h - interned texts numbered from 0 in the order they are met. */
#ifndef SUBSIDY_NUMBERS_H
#define SUBSIDY_NUMBERS_H

#include "core/err.h"
#include "core/mem.h"

#include <stdint.h>

/* An open table by pointer, half full at most. */
typedef struct {
    struct NumbersSlot {
        const char *text;
        uint32_t number;
    } * slots;
    size_t mask;
    int shift; /* of a hash to a slot */
    uint32_t n;
} Numbers;

/* Room for `n` texts; lives as long as the arena.  ERR_MEMORY. */
MUST_USE ErrCode numbers_open(Numbers *out, Arena *arena, size_t n, Err *err);

/* The number of an interned text, not NULL; *is_new when it had none. */
uint32_t numbers_put(Numbers *numbers, const char *text, int *is_new);

#endif
