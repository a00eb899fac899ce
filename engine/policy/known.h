/* known.h - the columns that a policy knows of, for the places that name one:
 * its outputs, its inputs, the field dictionary.
 */
#ifndef POLICY_KNOWN_H
#define POLICY_KNOWN_H

#include "policy/policy.h"

/* Why the name cannot stand for a column of that type, and what can be done,
 * in the arena; NULL when it can. */
typedef struct {
    const char *problem, *way_out;
} Unknown;
const Unknown *known_check(const Policy *policy, Date day, const char *name,
                           FieldType type, Arena *arena);

#endif
