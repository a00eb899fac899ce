/* gaming.h - firms that step over a step: contracts just on the poorer side of
 * where a bracket begins that are written for a little more, or less.
 */
#ifndef SUBSIDY_GAMING_H
#define SUBSIDY_GAMING_H

#include "subsidy/futures.h"
#include "subsidy/stock.h"

enum { GAMING_STEPS = 256 };

/* Where brackets begin that others have not, and the column they are of. */
typedef struct {
    int64_t fen[GAMING_STEPS];
    size_t n;
    const char *base;
} GamingSteps;

/* Steps of `policy` on the last day of the contracts, without those it has in
 * common with `base`; NULL: all.  As terms_read(); ERR_MEMORY. */
MUST_USE ErrCode gaming_steps(GamingSteps *out, const Table *contracts,
                              const Policy *policy, const Policy *base,
                              Date as_of, Arena *arena, Err *err);

/* Rows of a scenario's stock that a contract may move to: the row k after all
 * of the stock's is one for contract from[k]. */
typedef struct {
    uint32_t *from; /* [n] */
    size_t n, stock;
} GamingMoves;

/*
 * A scenario's own table: the rows of the stock, then one for each contract
 * within reach of a step.
 *
 * Reach is `within` billionths of the step to either side.  A contract that
 * moves up is written at the step, one that moves down a yuan below it; its
 * other amounts keep their part of it.  ERR_MEMORY.
 */
MUST_USE ErrCode gaming_add(Table **table, GamingMoves *out, Tables *tables,
                            const Table *stock, const GamingSteps *steps,
                            int64_t within, Err *err);

/* moved[stock] the row that each would be, of those where it would be paid more
 * by `alone`; else CLAIM_NOBODY. */
void gaming_choose(uint32_t moved[], const GamingMoves *moves,
                   const int64_t alone[]);

/*
 * The share of contracts that stepped over the steps of `policy` itself: with
 * under and over of them within reach, of which those on the poorer side would
 * be half if nobody did, 1 - 2 poorer / (under + over), never below 0.  Adds
 * the table future_gaming: step; under, over, share and its interval (Wilson's
 * of the poorer side's part).
 * *share  over all steps; 0 where there is none.
 * Source  the idea: Kleven, Waseem, QJE 128 (2013); with contracts as many to
 *         either side, for there are too few for a polynomial.
 */
MUST_USE ErrCode gaming_seen(double *share, Tables *tables,
                             const Table *contracts, const Policy *policy,
                             const Outlook *outlook, Date as_of, Err *err);

#endif
