/* dmntype.h - types of decision models: item definitions with components,
 * collections and allowed values.
 */
#ifndef POLICY_DMNTYPE_H
#define POLICY_DMNTYPE_H

#include "policy/feel.h"
#include "policy/feelrun.h"

typedef struct DmnType DmnType;
typedef struct DmnTypes DmnTypes;
struct DmnType {
    const char *name; /* clean, interned; of a component its own */
    const char *base; /* the type it refers to, or NULL */
    int is_builtin, is_list;
    const DmnType *parts; /* [n] components */
    size_t n;
    const Node *allowed;  /* tests, or NULL */
    const DmnTypes *home; /* where what it refers to stands; built in: NULL */
};

struct DmnTypes {
    const DmnType *items; /* [n] */
    size_t n;
};

/* Read the item definitions of a model; names of components become members.
 * 0 without memory; faults are listed. */
int dmntype_read(DmnTypes *out, const Doc *definitions, FeelNames *members,
                 Reader *r);

/* Add the types of an imported model under its name: "name.tLoan".
 * 0 without memory. */
int dmntype_import(DmnTypes *types, const char *name, const DmnTypes *from,
                   Reader *r);

/* What a reference ("number", "feel:string", "tLoan") means; NULL: anything. */
const DmnType *dmntype_named(const DmnTypes *types, const char *reference);

/* The reference of an element: its attribute or element typeRef; or NULL. */
const char *dmntype_reference(const Doc *element);

/* The component of a structure, or of a collection's items; NULL: unknown. */
const DmnType *dmntype_part(const DmnTypes *types, const DmnType *type,
                            const char *name);

/* The built-in kind that its values are in the end ("number"); NULL for
 * structures and anything. */
const char *dmntype_kind(const DmnTypes *types, const DmnType *type);

/* The allowed values of the type or of what it refers to, or NULL. */
const Node *dmntype_allowed(const DmnTypes *types, const DmnType *type);

/*
 * The value as one of the type: a single value where a collection is wanted
 * becomes one, a collection of one where a single value is wanted becomes that.
 * Null, with a problem noted, when it is none.  Null is of every type.
 */
Boxed dmntype_fit(FeelRun *r, const DmnTypes *types, const DmnType *type,
                  Boxed value, const char *what);

#endif
