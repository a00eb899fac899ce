/* pool.h - losses of a guaranteed book and who pays them, by simulation.
 *
 * Reads  a portfolio table, the documents `factors` and `scheme` (formats.md).
 * Gives  tables: pool_figures (party, measure, level, value, se, low, high),
 *        pool_ruin (party, year, probability, se), pool_events (cap binds,
 *        breaker trips, by year), pool_years (party, year, mean paid,
 *        recovered, balance), pool_distribution (histogram of the total),
 *        pool_groups (expected loss and exposure by group).
 */
#ifndef POOL_POOL_H
#define POOL_POOL_H

#include "data/doc.h"
#include "data/table.h"

#include <stdint.h>

typedef struct Factors Factors; /* compiled factor model */
typedef struct Scheme Scheme;   /* compiled sharing scheme */

MUST_USE ErrCode factors_read(const Factors **out, Arena *arena,
                              const Doc *root, Faults *faults, Err *err);
MUST_USE ErrCode scheme_read(const Scheme **out, Arena *arena, const Doc *root,
                             Faults *faults, Err *err);

typedef struct {
    uint64_t scenarios; /* 1 to 2^32 - 1 */
    int years;          /* 1 to 30 */
    uint64_t seed;
    int threads;          /* 0: all cores; never changes a byte of the result */
    const double *levels; /* [nlevels] each in (0, 1) */
    const char *const *level_texts; /* as exact decimals, for ranks */
    size_t nlevels;
    Date as_of; /* opening day of the horizon; only read with loan dates */
    /* Called from one thread with the part done; non-zero stops the run with
     * ERR_IO "interrupted".  NULL is allowed. */
    int (*progress)(void *to, double part);
    void *to;
} PoolOptions;

/*
 * Simulate and tabulate.  Same bytes for any number of threads and any
 * instruction set.  `scheme` may be NULL: the total alone.
 * ERR_INPUT lists faulty rows (unknown group, pd outside [0, 1] ...);
 * ERR_MEMORY.
 */
MUST_USE ErrCode pool_simulate(Tables *out, const Table *portfolio,
                               const Factors *factors, const Scheme *scheme,
                               const PoolOptions *options, Faults *faults,
                               Err *err);

/* One scenario again, by its number from 0: pool_story (year, loan_id,
 * firm_id, outstanding, claim, recovered), pool_story_parties (year, party,
 * paid, recovered, balance), equal to what pool_simulate() counted. */
MUST_USE ErrCode pool_replay(Tables *out, const Table *portfolio,
                             const Factors *factors, const Scheme *scheme,
                             const PoolOptions *options, uint64_t scenario,
                             Faults *faults, Err *err);

#endif
