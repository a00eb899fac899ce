/* scenarios.h - what an option lists to be set beside a policy. */
#ifndef FLOW_SCENARIOS_H
#define FLOW_SCENARIOS_H

#include "flow/job.h"

/* One policy of a comparison. */
typedef struct {
    const char *name; /* no two of a comparison have the same */
    Label label;      /* short, for columns */
    Policy *policy;
    const char *file;
} Scenario;

/*
 * The baseline and what `list` names, separated by commas: a scenario of the
 * baseline's file ("tiers"), or a scenario of it in a file of its own, or
 * another rule file, if need be under one of its scenarios and as it stood on a
 * day, for rows of any date: "rules/other.cfg#tiers@2023-12-31".
 *
 * out[most], *n of them, the baseline first.
 * kinds  as in job_policy().
 * ERR_USAGE for an empty or unknown entry, a name given twice, or too many;
 * ERR_RULE once the faults of a file are printed.
 */
MUST_USE ErrCode scenarios_read(Scenario out[], size_t *n, size_t most,
                                Job *job, Scenario baseline, const char *list,
                                const char *kinds, Err *err);

/* The policies as a result table called `name`: name, title, issuer,
 * document, file. */
MUST_USE ErrCode scenarios_table(Table **out, Job *job, const char *name,
                                 const Scenario s[], size_t n, Err *err);

#endif
