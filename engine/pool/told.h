/* told.h - one scenario again, by its number: who failed, and its path through
 * the scheme.
 */
#ifndef POOL_TOLD_H
#define POOL_TOLD_H

#include "pool/model.h"

typedef struct {
    int year;
    uint32_t slot;
    size_t step; /* from the opening day */
} Default;

typedef struct {
    const Model *model;
    Worker worker;     /* its path is that of the scenario */
    Default *defaults; /* [n] by step, then in the order of the book */
    size_t n;
} Told;

/* ERR_MEMORY; told_close() in any case. */
MUST_USE ErrCode told_open(Told *told, const Model *model, Err *err);
void told_close(Told *told);

/* Equal to what model_run() counted.  Cost: that of a block's one row. */
void told_scenario(Told *told, uint64_t scenario);

/* A loan of a firm in default; 0 when it is new business that the scheme
 * or its bank's breaker stopped, which has no part in the scenario. */
int told_loan(DueLoan *out, const Told *told, uint32_t loan, Default when);

#endif
