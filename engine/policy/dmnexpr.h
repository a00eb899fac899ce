/* dmnexpr.h - boxed expressions of decision models as trees: literal
 * expressions, tables, invocations, contexts, functions, lists, relations,
 * conditions, loops and filters.
 */
#ifndef POLICY_DMNEXPR_H
#define POLICY_DMNEXPR_H

#include "policy/dmntable.h"

/* What an expression is read with. */
typedef struct {
    const char *rule; /* the decision, for messages */
    const DmnTypes *types;
    const DmnType *type;    /* of the result, or NULL */
    const FeelNames *names; /* known where it stands */
    FeelNames *members;
    Reader *r;
} DmnScope;

/* The child of an element that is a boxed expression; NULL: none. */
const Doc *dmnexpr_find(const Doc *element);

/* Its tree; NULL after faults are listed. */
Node *dmnexpr_read(const Doc *element, const DmnScope *scope);

/* The names of formal parameters below an element, [*n]; added to `names`. */
const char **dmnexpr_parameters(size_t *n, const Doc *element, FeelNames *names,
                                Reader *r);

#endif
