/* poolrun.h - a simulation on its way: what it read, and its JSON contract. */
#ifndef FLOW_POOLRUN_H
#define FLOW_POOLRUN_H

#include "flow/command.h"
#include "pool/pool.h"

typedef struct {
    Table *portfolio;
    const Factors *factors;
    const Scheme *scheme; /* NULL: the total alone */
    PoolOptions options;
} PoolRun;

/* Portfolio, factors, scheme and options into job->state, a PoolRun. */
MUST_USE ErrCode poolrun_read(Job *job, Err *err);

/* The scheme of a file, or of several joined: "A.cfg+B.cfg".  `option` is what
 * errors name. */
MUST_USE ErrCode poolrun_scheme(const Scheme **out, Job *job, const char *text,
                                const char *option, Err *err);

/* An option's list of shares between 0 and 1, "0.95,0.99": values[n], and each
 * as it is written.  ERR_USAGE names the option. */
MUST_USE ErrCode poolrun_shares(double **values, const char ***texts, size_t *n,
                                Job *job, const char *option,
                                const char *otherwise, Err *err);

/* The results as formats.md has them. */
MUST_USE ErrCode poolrun_json(FILE *to, const Job *job, Err *err);

#endif
