/* hit.h - which rows of a decision table hold, for a block of rows at a time.
 *
 * Each column of tests is cut at its breakpoints into segments, and a segment
 * knows as a mask, a bit a rule, which rules its values leave possible.  The
 * masks of all columns and-ed are the rules that hold; the first bit set is
 * the first rule.  64 rules a word, any number of words.
 */
#ifndef POLICY_HIT_H
#define POLICY_HIT_H

#include "policy/emit.h"
#include "policy/segment.h"

#include <stddef.h>
#include <stdint.h>

enum { HIT_POINTS = 16000 }; /* breakpoints a column, at most */

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

typedef struct {
    size_t n_rules, words, n_columns;
    HitColumn *columns; /* [n_columns] */
    uint32_t *segments; /* [n_columns] slots */
} Hit;

/*
 * Code the table whose columns are the slots input[n_columns].
 * cells  [n_rules * n_columns], row by row
 * Returns the table, for hit_first() and its like; NULL without memory.
 */
Hit *hit_new(Code *code, const int input[], size_t n_columns,
             const Cell cells[], size_t n_rules);

int hit_first(Code *code, const Hit *hit); /* REP_INDEX; n_rules: none */
int hit_mask(Code *code, const Hit *hit);  /* REP_MASK */

/* A segment of each column in which both rules hold, or 0.  Segments that no
 * value can lie in (between 3 and 4 of a count) do not count. */
int hit_overlap(uint16_t witness[], const Hit *hit, size_t a, size_t b);

/* A value of a segment, for messages: "30%", "above 500". */
const char *hit_value(Arena *arena, const HitColumn *column, size_t segment);

#endif
