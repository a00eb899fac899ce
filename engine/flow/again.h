/* again.h - a recorded run computed once more, from the ledger's bytes. */
#ifndef FLOW_AGAIN_H
#define FLOW_AGAIN_H

#include "flow/command.h"

/* A recorded run as a job of its own.  `Again a = {0};` may be closed. */
typedef struct {
    LedgerRun was;
    EngineOption *options;
    size_t noptions;
    const Command *command;
    Job job; /* with its results, rows and decisions */
} Again;

/* The lines "name=value" of a recorded run as options that live in the arena.
 * ERR_INPUT when they are damaged; ERR_MEMORY. */
MUST_USE ErrCode again_options(EngineOption **out, size_t *n, Arena *arena,
                               const char *text, Err *err);

/* The option `run`, a number from 1; ERR_USAGE. */
MUST_USE ErrCode again_number(int64_t *out, const Job *job, Err *err);

/* Read the run into the arena of `job`, and compute it.  A run of another
 * version is said to be one. */
MUST_USE ErrCode again_compute(Again *a, Job *job, Ledger *ledger, int64_t run,
                               Err *err);
void again_close(Again *a);

#endif
