/* scale.h - amounts by bracket of a value: exact to the fen. */
#ifndef POLICY_SCALE_H
#define POLICY_SCALE_H

#include "core/money.h"
#include "core/ratio.h"

#include <stddef.h>

typedef enum {
    SCALE_MARGINAL_RATE, /* each bracket's rate on the part inside it */
    SCALE_SINGLE_RATE,   /* the reached bracket's rate on the whole */
    SCALE_SINGLE_AMOUNT  /* the reached bracket's amount */
} ScaleKind;

typedef struct {
    Money from;   /* inclusive */
    Ratio rate;   /* rate scales */
    Money amount; /* SCALE_SINGLE_AMOUNT */
} Bracket;

enum { SCALE_BRACKETS = 64 }; /* the most a scale has */

typedef struct {
    ScaleKind kind;
    size_t n;
    const Bracket *brackets; /* [n] rising from 0 */
} Scale;

/* NULL when the scale can be used, else the reason in static storage. */
const char *scale_check(const Scale *scale);

/* The index of the bracket that `value` >= 0 reaches. */
size_t scale_bracket(const Scale *scale, Money value);

/*
 * The amount for `value`, rounded half away from zero once on the exact sum.
 * value  >= 0; below 0 it counts as 0.
 * Errors none once scale_check() has passed: rates are at most 100%.
 * Cost   O(n).
 */
Money scale_of(const Scale *scale, Money value);

/* out[i] = scale_of(value[i]); NULL_INT stays null.  Cost: about 5 ns each. */
void scale_apply(int64_t out[], const Scale *scale, const int64_t value[],
                 size_t n);

#endif
