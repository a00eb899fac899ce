/* names.h - names of awards, limits and payers: each keeps its place over all
 * days of a policy.
 */
#ifndef POLICY_NAMES_H
#define POLICY_NAMES_H

#include "policy/reading.h"

enum { NAMES_MOST = 16 };

typedef struct {
    const char *name[NAMES_MOST]; /* interned */
    size_t n;
} Names;

/* The one copy of a text; NULL, and an error, when out of memory. */
const char *names_keep(Reading *in, const char *text);

/* The place of `name`, at the end when it is new; -1 when the list has `most`
 * already, or when out of memory, which is set. */
int names_place(Names *names, Reading *in, const char *name, size_t most);

/* The award that a child `award` names, one of those whose bit is `given`; -1
 * when there is no such child, or, with a fault, no such award. */
int names_award(Reading *in, const Names *awards, unsigned given,
                const Doc *group);

#endif
