/* dmngraph.h - the requirements graph of a decision model, inside view. */
#ifndef POLICY_DMNGRAPH_H
#define POLICY_DMNGRAPH_H

#include "policy/dmnmodel.h"

enum { DMN_CHAIN = 5000 }; /* elements that circles are looked for among */

typedef enum {
    DMN_INPUT,
    DMN_DECISION,
    DMN_KNOWLEDGE,
    DMN_SERVICE,
    DMN_FOREIGN /* of an imported model, called "import.element" */
} DmnKind;

typedef struct DmnElement DmnElement;
struct DmnElement {
    DmnKind kind;
    const char *id, *name; /* clean, interned */
    const DmnType *type;   /* of its variable, or NULL */
    const Doc *doc;
    const DmnModel *home; /* the model it stands in */
    const DmnElement *of; /* DMN_FOREIGN: the element there */
    DmnElement **needs;   /* [n_needs] */
    size_t n_needs;
    const Node *logic; /* NULL: none, or broken */
    int is_broken;
    Invocable call;   /* DMN_KNOWLEDGE, DMN_SERVICE: its parameters */
    DmnElement **ins; /* DMN_SERVICE: [call.n] what they are given to */
    int mark;         /* while circles are looked for */
};

struct DmnModel {
    const char *name, *space; /* its namespace, or NULL */
    DmnTypes types;
    DmnElement *elements; /* [n] */
    size_t n;
    FeelNames names, functions; /* what every expression knows */
    FeelNames members;          /* what stands behind a "." */
};

/* The element of that name, decisions and input data first; or NULL. */
const DmnElement *dmngraph_named(const DmnModel *model, const char *name);

/* The element that "#id" or "namespace#id" stands for, or NULL. */
DmnElement *dmngraph_referred(const DmnModel *model, const char *href);

#endif
