/* terms.h - chances to fail by the end of each year, where years hang together.
 *
 * With timing by hazard the chance to fail by year t is 1 - (1 - pd)^t only
 * where a year's factor and w tell nothing of the next one's.
 */
#ifndef POOL_TERMS_H
#define POOL_TERMS_H

#include "pool/results.h"

/* Whether the chances of all years are those asked for. */
int terms_are_met(const Model *model);

/*
 * pool_terms (pool.h), where the chances are not those asked for: by
 * quadrature, the density of the factor of those still alive being carried from
 * year to year.  Nothing where |autoregression| > 0.99, for which its steps are
 * too long.  ERR_MEMORY. Cost  1e5 steps a group and year, 60 times that with
 * one w for all years.
 */
MUST_USE ErrCode terms_add(Tables *tables, const Model *model, Err *err);

#endif
