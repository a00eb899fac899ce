/* bandtext.h - the band of a scorecard's row as a formula that people read. */
#ifndef POLICY_BANDTEXT_H
#define POLICY_BANDTEXT_H

#include "policy/scorecard.h"

/*
 * "staff_share >= 30%", "industry in (C34, C35)", "staff_share = null" of the
 * band for what is missing; "staff_share < 10%" of the one for all others where
 * the rest begin at a value, else "industry: otherwise", as the file says it.
 * Of long lists six words.
 * A row behind the last: the expression alone.  NULL without memory.
 */
const char *band_text(Arena *arena, const Ladder *ladder, size_t row);

#endif
