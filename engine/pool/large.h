/* large.h - closed forms beside the simulation: the endless pool and what its
 * quantile gains where loans are few, for books of one group and one pd.
 */
#ifndef POOL_LARGE_H
#define POOL_LARGE_H

#include "pool/results.h"

/* pool_large (pool.h), where the closed forms hold: one year, a gaussian copula
 * with an asset correlation above 0, one group, one pd in (0, 1); where losses
 * are drawn one loan a firm, all of one lgd and lgd_sd.  The share lost then is
 * P(default | y) E[lgd | default, y] at a quantile y of the factor, its ES an
 * integral over y.  ERR_MEMORY. */
MUST_USE ErrCode large_add(Tables *tables, const Model *model,
                           const PoolOptions *options, Err *err);

#endif
