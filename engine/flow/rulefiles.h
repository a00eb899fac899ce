/* rulefiles.h - all rule files that a command names, each read and checked. */
#ifndef FLOW_RULEFILES_H
#define FLOW_RULEFILES_H

#include "flow/job.h"

/* What a rule document turned out to be. */
typedef struct {
    const char *file, *kind, *id;
    Label title;
    const Policy *policy; /* NULL: of another kind, or it does not load */
    size_t examples;
    int is_good;
} RuleFile;

/* Those of the options `file`, folders opened; what is wrong with each is
 * printed, and the others go on.  ERR_USAGE, ERR_IO, ERR_MEMORY. */
MUST_USE ErrCode rulefiles_read(RuleFile **out, size_t *n, Job *job, Err *err);

/* ERR_RULE, with their number, when some do not load. */
MUST_USE ErrCode rulefiles_good(const RuleFile files[], size_t n, Err *err);

#endif
