/* column.h - one column of tests of a table, cut at its breakpoints into
 * segments; a segment knows as a mask, a bit a rule, which rules its values
 * leave possible.
 */
#ifndef POLICY_COLUMN_H
#define POLICY_COLUMN_H

#include "policy/code.h"

#include <stddef.h>
#include <stdint.h>

enum { COLUMN_POINTS = 16000 }; /* breakpoints a column, at most */

/* What one cell lets through. */
typedef struct {
    int has_low, has_high, low_open, high_open;
    Number low, high;
} Span;

typedef struct {
    int is_any;        /* "-": nulls too */
    int is_not;        /* the others, without null */
    int is_null;       /* null, beside what follows */
    const Span *spans; /* [n_spans]; none and no words: every value */
    size_t n_spans;
    const char *const *words; /* [n_words] interned */
    size_t n_words;
} Cell;

/* Segments: 0 null, then
 *   REP_WHOLE   1 + how many of the points a value reaches; no whole number
 *               lies between "above 3" and "from 4", so a point is where a
 *               segment begins
 *   REP_NUMBER  below the first point, on it, between it and the second ...
 *   REP_TEXT    any other text, then the words
 *   REP_TRUTH   false, true */
typedef struct {
    Rep rep;
    int64_t scale;
    size_t n_points, n_segments, words; /* words of a mask */
    const int64_t *whole;               /* [n_points] rising; by rep */
    const Number *numbers;              /* [n_points] rising */
    const char *const *texts;           /* [n_points] */
    const uint64_t *masks;              /* [n_segments * words] */
    int is_idle;                        /* every rule holds everywhere */
} HitColumn;

/*
 * Cut a column; `out` has rep, scale and words.
 * cells  of rule i: cells[i * stride]
 * Returns 0 without memory, and when there are too many breakpoints.
 */
int column_build(HitColumn *out, Arena *arena, const Cell cells[],
                 size_t n_rules, size_t stride);

/* Are all breakpoints whole at that scale?  Else numbers are compared. */
int column_is_whole(const Cell cells[], size_t n_rules, size_t stride,
                    int64_t scale);

#endif
