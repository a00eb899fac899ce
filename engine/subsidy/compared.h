/* compared.h - a policy among those that are set beside one another. */
#ifndef SUBSIDY_COMPARED_H
#define SUBSIDY_COMPARED_H

#include "policy/policy.h"

enum { SUBSIDY_SIDES = 9 }; /* the baseline and at most eight scenarios */

/* A policy and what it made of the contracts. */
typedef struct {
    const char *name; /* "baseline", "tiers": begins its columns */
    Label label;
    const Table *contracts; /* have been through subsidy_apply() */
    const Policy *policy;
} SubsidySide;

#endif
