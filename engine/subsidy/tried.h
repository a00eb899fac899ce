/* tried.h - sets of figures and what came of them, each evaluated once. */
#ifndef SUBSIDY_TRIED_H
#define SUBSIDY_TRIED_H

#include "subsidy/drawn.h"
#include "subsidy/optimise.h"
#include "subsidy/regime.h"

/* What is measured of each year; in fen, firms, billionths. */
enum { MEASURE_COST, MEASURE_INDUCED, MEASURE_FIRMS, MEASURE_GINI, MEASURES };

typedef struct {
    double mean, low, high; /* over years; low, high: 5% and 95% of them */
} Measured;

typedef struct {
    uint32_t place[OPTIMUM_FIGURES];
    Measured of[MEASURES];
    Figure sure; /* the cost at the confidence */
} Try;

typedef struct {
    const OptimisePlan *plan;
    const Outlook *outlook;
    const FuturesOptions *options;
    Arena *arena;
    Faults *faults;
    Stock stock;
    Drawn drawn;   /* its years */
    Ground own;    /* the stock as it is */
    Regime base;   /* the policy in force, on it */
    Ground ground; /* of the last figures: the next ones mostly share it */
    Arena *around; /* its own; NULL: there is none yet */
    Arena *each;   /* of one set of figures after another */
    double gaming; /* as in regime_open() */
    Try **items;   /* [n] in the order of trying */
    size_t n, capacity;
} Tried;

/* Draw from the contracts, and judge them by the policy in force.  As
 * futures_run(); closed whatever it returns. */
MUST_USE ErrCode tried_open(Tried *out, Tables *tables, const Table *contracts,
                            const OptimisePlan *plan, const Outlook *outlook,
                            const FuturesOptions *options, Faults *faults,
                            Err *err);

void tried_close(Tried *t);

/* What figures at place[] come to; remembered. */
MUST_USE ErrCode tried_at(const Try **out, Tried *t, const uint32_t place[],
                          Err *err);

/* What the policy in force comes to. */
MUST_USE ErrCode tried_now(Try *out, Tried *t, Err *err);

#endif
