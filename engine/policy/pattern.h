/* pattern.h - what rows that took the same way have in common: the reasons, the
 * missing inputs, the trace.
 *
 * The way of a row is a short key: how each eligibility row came out, which
 * band, rule and limit held, which required inputs are null.  The texts are
 * made once for each key, not for each row.
 */
#ifndef POLICY_PATTERN_H
#define POLICY_PATTERN_H

#include "policy/program.h"

typedef struct {
    Truth eligible; /* did it pass every eligibility row? */
    const char *reasons, *missing, *trace; /* interned; NULL when none */
} Pattern;

typedef struct Patterns Patterns;

/* NULL without memory. */
Patterns *patterns_new(Arena *arena, Texts *texts, const Program *program);

/* of[n]: those of rows [0, n), n <= BLOCK_ROWS, of a frame that has been run;
 * they stay as they are.  0 without memory. */
int patterns_find(const Pattern *of[], Patterns *patterns, void *const at[],
                  size_t n);

#endif
