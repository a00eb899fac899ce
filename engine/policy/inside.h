/* inside.h - what a policy is made of once it has been read. */
#ifndef POLICY_INSIDE_H
#define POLICY_INSIDE_H

#include "policy/policy.h"
#include "policy/program.h"

enum { VERSIONS_MAX = 200, ERAS_MAX = 400 };

/* The file as it stood for a time. */
typedef struct {
    const char *id, *cite;
    Date from, to;   /* inclusive */
    const Doc *root; /* amendments and scenario applied */
} Version;

/* Days on which all versions and parameters are the same. */
typedef struct {
    Date from, to; /* inclusive */
    const Version *version;
    Program *program;
} Era;

struct Policy {
    PolicyHead head;
    Arena *arena;
    Texts *texts;
    const Doc *root;    /* as written */
    const Doc *changes; /* to it, of policy_changed(), or NULL */
    Version *versions;  /* [n_versions] by date, none overlap */
    size_t n_versions;
    Era *eras; /* [n_eras] by date */
    size_t n_eras;
    PolicyInput *inputs;
    size_t n_inputs;
    PolicyExample *examples; /* [n_examples] those that held */
    size_t n_examples, example_capacity;
    const char **scenarios;
    size_t n_scenarios;
    PolicyReason *reasons;
    size_t n_reasons;
};

/* The base's file under a scenario, or NULL, with changes by path laid over it,
 * or NULL; it lives in `arena`.  ERR_RULE after faults are listed; ERR_MEMORY.
 */
MUST_USE ErrCode inside_again(Policy **out, Arena *arena, const Policy *base,
                              const char *scenario, const Doc *changes,
                              Faults *faults, Err *err);

/* The span that holds a day; NULL when no version does. */
const Era *inside_era(const Policy *policy, Date day);

#endif
