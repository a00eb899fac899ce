/* twin.h - the exact figures beside the simulated ones. */
#ifndef POOL_TWIN_H
#define POOL_TWIN_H

#include "pool/results.h"

/*
 * pool_exact, pool_exact_ruin and pool_exact_reason (pool.h), by the options.
 * A party has figures where the parts of a claim are in one proportion in all
 * claims, so that one number tells what the scheme makes of a year; its
 * payments are those that the simulation would make.  Where what comes back of
 * claims differs, funds have their chance to run dry all the same: it hangs on
 * the claims alone, and is computed from a distribution of its own.
 * z  how many standard errors the simulated figure lies above the exact one;
 *    of a VaR, the share of scenarios up to it.  By monthly steps a party's
 *    payments are rounded month by month, and a difference of no more than that
 *    is none.  The sample is sorted.
 * ERR_MEMORY; ERR_IO when options->progress stops it.
 */
MUST_USE ErrCode twin_add(Tables *tables, const Model *model,
                          const Sample *sample, const PoolOptions *options,
                          Err *err);

#endif
