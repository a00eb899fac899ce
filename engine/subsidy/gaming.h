/* gaming.h - firms that step over a step: contracts just on the poorer side of
 * where a bracket begins that are written for a little more, or less.
 */
#ifndef SUBSIDY_GAMING_H
#define SUBSIDY_GAMING_H

#include "subsidy/futures.h"
#include "subsidy/regime.h"

/*
 * The rows of a scenario's own stock: those of the stock, then one for each
 * contract within reach of a step that `base` has not and that would be paid
 * more beyond it.  Sets table, moved and gaming of the regime.
 *
 * Reach is outlook->within of the step to either side.  A contract that moves
 * up is written at the step, one that moves down a yuan below it; its other
 * amounts keep their part of it.
 */
MUST_USE ErrCode gaming_add(Regime *regime, const Regime *base,
                            const Stock *stock, const Outlook *outlook,
                            double share, Date as_of, Err *err);

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
