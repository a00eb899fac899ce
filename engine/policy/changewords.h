/* changewords.h - a change of a rule file in the words of an officer. */
#ifndef POLICY_CHANGEWORDS_H
#define POLICY_CHANGEWORDS_H

#include "policy/change.h"

/* What stands behind a change: of the later text, or of the earlier one when
 * something is gone. */
typedef struct {
    const char *cite; /* or NULL */
    const char *from; /* "2025-01-01", or NULL */
} ChangeGround;

/* "cap per claim: 500,000 → 800,000 yuan, article 8, from 2025-01-01" and its
 * Chinese; texts "" when memory ran out. */
Label change_words(Arena *arena, const Change *change, ChangeGround ground);

/* What stands at a node, as people read it: an amount "500,000 yuan", the
 * cells of a row, a bracket as "from 500,000 yuan, rate 10%". */
Label change_value(Arena *arena, const Doc *node);

#endif
