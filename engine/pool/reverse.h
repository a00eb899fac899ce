/* reverse.h - the table pool_stress_reverse (pool.h, pool_stress()). */
#ifndef POOL_REVERSE_H
#define POOL_REVERSE_H

#include "pool/pool.h"

/* The party that is meant.  ERR_DOMAIN for one that is none or has no fund, and
 * for a level that is none. */
MUST_USE ErrCode reverse_party(int *out, const Scheme *scheme,
                               const PoolReverse *reverse, Err *err);

/* Errors of reverse_party(); else as pool_simulate(). */
MUST_USE ErrCode reverse_add(Tables *out, const PoolVariant *base,
                             const PoolOptions *options,
                             const PoolReverse *reverse, Err *err);

#endif
