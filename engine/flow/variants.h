/* variants.h - rows and their changes side by side, until they are judged
 * together. */
#ifndef FLOW_VARIANTS_H
#define FLOW_VARIANTS_H

#include "policy/whatif.h"

#include <stddef.h>

enum { VARIANTS_BATCH = 4096 }; /* judged together, or a few more */

/* `Variants v = {.arena = arena};` is ready. */
typedef struct {
    Arena *arena;
    WhatIf *of;   /* [n]; slot -1: the row as it is, its changes after it */
    size_t *rows; /* [n] of the table they come from */
    size_t n, of_capacity, rows_capacity;
} Variants;

/* What cannot be changed: scorecard rows by id, or what they look at. */
typedef struct {
    const char *const *names; /* [n] */
    size_t n;
} VariantsFixed;

/* The row as it is, and with each change; nothing without a change.  Errors of
 * whatif_list(); ERR_MEMORY. */
MUST_USE ErrCode variants_put(Variants *v, const Policy *policy,
                              const Table *from, size_t row, Date as_of,
                              const VariantsFixed *fixed, Err *err);

/* The row as it is, and with that change and its chain.  ERR_MEMORY. */
MUST_USE ErrCode variants_pair(Variants *v, const WhatIf *change, size_t row,
                               Err *err);

/* Behind the row at `i` and its changes. */
size_t variants_end(const Variants *v, size_t i);

#endif
