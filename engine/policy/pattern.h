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
    const char *reasons, *missing, *trace; /* interned; NULL when none */
} Pattern;

typedef struct Patterns Patterns;

/* NULL without memory. */
Patterns *patterns_new(Arena *arena, Texts *texts, const Program *program);

/* Look at rows [0, n) of a frame that has been run. */
void patterns_fill(Patterns *patterns, void *const at[], size_t n);

/* Of one of those rows; NULL without memory. */
const Pattern *patterns_of(Patterns *patterns, size_t row);

/* Did one row of a frame that has been run pass every eligibility row? */
Truth patterns_verdict(const Program *program, void *const at[], size_t row);

#endif
