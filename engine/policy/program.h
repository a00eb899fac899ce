/* program.h - one version of a policy compiled for a span of days. */
#ifndef POLICY_PROGRAM_H
#define POLICY_PROGRAM_H

#include "data/table.h"
#include "policy/build.h"
#include "policy/define.h"
#include "policy/losses.h"

/* A column that the program adds. */
typedef struct {
    const char *name;
    const Symbol *symbol;
    Label title; /* of the rule that makes it */
    Field field; /* of the dictionary, or FIELD_COUNT */
    FieldType type;
    int slot;        /* of the value in the representation of the type */
    int is_gathered; /* nothing else reads it: code_run_lean() leaves it out */
} Output;

typedef struct Program {
    Code code;
    Scope scope;
    Rule **rules; /* [n_rules], each behind those it reads */
    size_t n_rules;
    Rule **rows; /* [n_rows] eligibility, in the order of the file */
    size_t n_rows;
    Symbol **inputs; /* [n_inputs], those that rules read */
    size_t n_inputs;
    Symbol **required; /* [n_required] inputs whose null is told */
    size_t n_required;
    Symbol **unread; /* [n_unread] inputs, parameters, facts */
    size_t n_unread;
    Output *outputs; /* [n_outputs] */
    size_t n_outputs;
    const Definitions *definitions; /* functions of the file, or NULL */
    const Losses *losses;           /* NULL: too many attributes */
    const char *lacks; /* a parameter that rules read and that has no value on
                          these days: the program does not run; or NULL */
} Program;

/* Compile a document as it stands on a day, which names its parameters'
 * values; NULL after faults. */
Program *program_new(const Doc *root, const char *kind, Date day, Reader r,
                     int *failed);

/* The rule that gives a name or has that id; NULL when none. */
const Rule *program_rule(const Program *program, const char *name);

#endif
