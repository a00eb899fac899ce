/* sampletext.h - a row that has been through the rules, as an entry of the
 * section `examples`: its facts, and what came out.
 */
#ifndef POLICY_SAMPLETEXT_H
#define POLICY_SAMPLETEXT_H

#include "policy/cover.h"

/*
 * "of = (...); on = ...; given = (...); gives = (...); }" of row `i` of a frame
 * that has been run: what goes behind the entry's id.  What comes out is the
 * verdict, the row that the item is about, and all outputs.
 * NULL when memory ran out or the entry would be longer than a line may be.
 */
const char *sample_text(Arena *arena, const Era *era, void *const at[],
                        size_t i, const CoverItem *item);

#endif
