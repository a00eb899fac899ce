/* show.h - values of slots as people read them. */
#ifndef POLICY_SHOW_H
#define POLICY_SHOW_H

#include "policy/emit.h"

/* Row `i` of a slot as a value of that unit: "100000.00", "12%", "2024-03-01",
 * "true", "null"; in the arena, "" without memory. */
const char *show_value(Arena *arena, const Slot *slot, const void *values,
                       size_t i, Unit unit);

/* The formula with each name replaced by its value on row `i`. */
const char *show_formula(Arena *arena, const Code *code, void *const at[],
                         size_t i, const Node *node, const char *text);

#endif
