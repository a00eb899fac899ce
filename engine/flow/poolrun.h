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

/*
 * The results as one object, amounts in yuan, null where there is none; the
 * arrays from `ruin` to `terms` are rows of tables (pool.h), where there are
 * any:
 *   total         name; el and sd: value, se; var, es and ul: level, value,
 *                 low, high
 *   parties       the same of each party of a scheme
 *   ruin, ruin_time, events, years, accounts
 *                 pool_ruin and so on, of a scheme
 *   distribution, party_distribution, contributions, large_pool, terms
 *   exact         total and parties with z instead of errors; ruin
 *   exact_reason  why there is no exact distribution, or none of the parties
 *   scenarios, seed, threads, seconds
 *                 the last two alone differ between runs of a command
 */
MUST_USE ErrCode poolrun_json(FILE *to, const Job *job, Err *err);

#endif
