/* reading.h - words, amounts and shares of a section that may name parameters.
 */
#ifndef POLICY_READING_H
#define POLICY_READING_H

#include "data/doc.h"
#include "data/texts.h"
#include "policy/policy.h"
#include "policy/scale.h"

/* What the readers of a policy's sections share. */
typedef struct {
    Arena *arena;
    Texts *texts;
    const Policy *policy; /* knows the parameters; NULL: literals only */
    Date day;
    DocReader r;
} Reading;

/* `n` zeroed items, one at least; NULL when out of memory, which is set. */
void *reading_take(Reading *reading, size_t n, size_t size);

/* A fault at a node, with a problem in the user's language or a literal that
 * was collected; NULL: none. */
void reading_fault(Reading *reading, const Doc *node, const char *problem);

/* "'TEXT' PROBLEM" at the child `name`, and a way out that may be NULL. */
void reading_refuse(Reading *reading, const Doc *group, const char *name,
                    const char *problem, const char *way_out);

/* The place of one of words[n] that a child holds; a missing child is the
 * first, a wrong one a fault with the nearest. */
int reading_word(Reading *reading, const Doc *group, const char *name,
                 const char *const words[], size_t n);

/* An amount or a rate: a literal, or the name of a parameter on that day. */
void reading_money(Money *out, Reading *reading, const Doc *group,
                   const char *name, int optional);
void reading_ratio(Ratio *out, Reading *reading, const Doc *group,
                   const char *name);

/* A scale: its kind and brackets; NULL, and a fault, when it cannot be used. */
const Scale *reading_scale(Reading *reading, const Doc *group);

#endif
