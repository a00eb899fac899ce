/* constraint.h - the least of several named limits, and which it was. */
#ifndef POLICY_CONSTRAINT_H
#define POLICY_CONSTRAINT_H

#include "policy/build.h"

typedef struct {
    const char *id, *cite; /* id interned */
    Label title;
    Expr *expr;
    int slot;
} Limit;

typedef struct {
    Limit *limits; /* [n] */
    size_t n;
    int index; /* slot of which one bound; n: none has a value */
} Constraint;

/* { name; of = ( { id; expr; cite } ) }: gives NAME and, as text, the id that
 * bound: "binding" for the first constraint, NAME_binding for others. */
void constraints_read(Build *b, const Doc *root);
void constraint_code(Build *b, Rule *rule);

#endif
