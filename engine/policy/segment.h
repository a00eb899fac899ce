/* segment.h - between which breakpoints of a column a value lies. */
#ifndef POLICY_SEGMENT_H
#define POLICY_SEGMENT_H

#include "policy/code.h"

/* Segments: 0 null.  Of numbers: below the first breakpoint, on it, between it
 * and the second ...  Of texts: any other, then the words.  Of truths: false,
 * true. */
typedef struct {
    Rep rep;
    int64_t scale;
    size_t n_points, n_segments, words; /* words of a mask */
    const int64_t *whole;               /* rising; by rep */
    const Number *numbers;
    const char *const *texts;
    const uint64_t *masks; /* [n_segments * words] */
} HitColumn;

/* The operator that fills a REP_SEGMENT slot; its aux is the HitColumn. */
OpFn segment_op(Rep rep);

#endif
