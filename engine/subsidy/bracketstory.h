/* bracketstory.h - what a scale pays on a sum, bracket by bracket. */
#ifndef SUBSIDY_BRACKETSTORY_H
#define SUBSIDY_BRACKETSTORY_H

#include "policy/scale.h"
#include "policy/story.h"

/*
 * A step "bracket" for each bracket that the value reaches, of other scales
 * than by marginal rates for the last alone: "from 0.00: 1%", the part of the
 * value times its rate, and what that is, not rounded.
 * rule, cite  of the scale; value >= 0 fen.
 */
void bracketstory_tell(Story *story, const Scale *scale, const char *rule,
                       const char *cite, int64_t value);

#endif
