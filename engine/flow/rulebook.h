/* rulebook.h - the rule files of a run: one, or a folder of one a product. */
#ifndef FLOW_RULEBOOK_H
#define FLOW_RULEBOOK_H

#include "flow/job.h"

typedef struct {
    const char **paths; /* [n] in alphabetical order */
    size_t n;
} RulePaths;

/* The files an option stands for: itself, or the *.cfg of a folder and of those
 * below it.  A replayed run answers from what it kept.  ERR_IO; ERR_USAGE for
 * a folder without rule files. */
MUST_USE ErrCode rulebook_paths(RulePaths *out, Job *job, const char *role,
                                const char *path, Err *err);

typedef struct {
    Policy **policies; /* [n] */
    size_t n;
} Rulebook;

/* Compile them all; `kinds` as in job_policy(). */
MUST_USE ErrCode rulebook_read(Rulebook *out, Job *job, const char *role,
                               const char *kinds, Err *err);

/* That of the one file that the option `role` names; ERR_USAGE without it. */
MUST_USE ErrCode rulebook_one(Policy **out, Job *job, const char *role,
                              const char *kinds, Err *err);

/* The policy whose id is `product`; with one policy alone, that one; else
 * NULL. */
Policy *rulebook_for(const Rulebook *book, const char *product);

#endif
