/* hit.h - which rows of a decision table hold, for a block of rows at a time.
 *
 * The masks of the segments that a row's values lie in, and-ed over the
 * columns, are the rules that hold; the first bit set is the first rule.  64
 * rules a word, any number of words.
 */
#ifndef POLICY_HIT_H
#define POLICY_HIT_H

#include "policy/column.h"
#include "policy/convert.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t n_rules, words, n_columns;
    HitColumn *columns; /* [n_columns] */
    size_t n_live;      /* columns that some rule looks at */
    size_t *live;       /* [n_live] which */
    uint32_t *segments; /* [n_live] slots */
    int32_t *firsts;    /* by segment, where one column is all; or NULL */
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

/* Does a rule hold in that segment of a column? */
static inline int hit_has(const HitColumn *column, size_t segment, size_t rule)
{
    uint64_t word = column->masks[segment * column->words + rule / 64];
    return (int)(word >> rule % 64 & 1);
}

#endif
