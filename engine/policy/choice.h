/* choice.h - values worth trying for an input: where the rules turn, and one
 * step to either side.
 */
#ifndef POLICY_CHOICE_H
#define POLICY_CHOICE_H

#include "policy/program.h"

/* A value as a slot of that representation keeps it. */
typedef union {
    Number number;
    int64_t whole;
    Truth truth;
    const char *text;
} ChoiceValue;

typedef struct {
    const Symbol *input;
    const Slot *slot;    /* input->raw */
    ChoiceValue *values; /* [n] values[0]: null */
    size_t n, capacity;
} Choice;

typedef struct {
    Arena *arena;
    const Program *program;
    Choice *choices; /* [n] one an input */
    size_t n;
    Number *rates; /* [n_rates] plain literals: parts of something else */
    size_t n_rates, rate_capacity;
    int failed; /* no memory */
} Choices;

void choices_make(Choices *out, Arena *arena, const Program *program);

/* Put a value, or null, into row `i` of a slot; and take it out as a number,
 * null for words and truths. */
void choice_put(const Slot *slot, void *at, size_t i, ChoiceValue value);
ChoiceValue choice_null(const Slot *slot);
ChoiceValue choice_at(const Slot *slot, const void *at, size_t i);
Number choice_number(const Slot *slot, const void *at, size_t i);
ChoiceValue choice_of(const Slot *slot, Number value);

#endif
