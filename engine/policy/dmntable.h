/* dmntable.h - decision tables of decision models, a value at a time: all hit
 * policies, boxed outputs.
 */
#ifndef POLICY_DMNTABLE_H
#define POLICY_DMNTABLE_H

#include "policy/dmntype.h"

typedef enum {
    DMN_UNIQUE,
    DMN_ANY,
    DMN_PRIORITY,
    DMN_FIRST,
    DMN_COLLECT,
    DMN_RULE_ORDER,
    DMN_OUTPUT_ORDER
} DmnHit;

typedef enum { DMN_LIST, DMN_SUM, DMN_MIN, DMN_MAX, DMN_COUNT } DmnFold;

typedef struct DmnTable DmnTable;
struct DmnTable {
    DmnHit hit;
    DmnFold fold;
    size_t n_inputs, n_outputs, n_rules;
    const Node **inputs;      /* [n_inputs] */
    const Node **in_allowed;  /* [n_inputs] tests, or NULL */
    const char **out_names;   /* [n_outputs] */
    const Node **out_values;  /* [n_outputs] tests in their order, or NULL */
    const Node **out_default; /* [n_outputs], or NULL */
    const Node **cells;       /* [n_rules * n_inputs] */
    const Node **outputs;     /* [n_rules * n_outputs] */
};

/*
 * Read a <decisionTable> as a NODE_TABLE.  `type` is that of its result, for
 * the order of its outputs where the table does not say it; or NULL.
 * NULL after faults are listed.
 */
Node *dmntable_read(const Doc *element, const char *rule, const DmnTypes *types,
                    const DmnType *type, const FeelNames *names,
                    FeelNames *members, Reader *r);

/* The result: a value, a context of several outputs, a list.  Two rules that
 * hold under UNIQUE, or unequal ones under ANY, give null with a problem; so
 * do inputs that are not allowed. */
Boxed dmntable_run(FeelRun *r, const Node *node, const FeelFrame *frame);

#endif
