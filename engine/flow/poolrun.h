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

/* The results as formats.md has them. */
MUST_USE ErrCode poolrun_json(FILE *to, const Job *job, Err *err);

#endif
