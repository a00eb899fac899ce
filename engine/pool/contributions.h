/* contributions.h - of whose losses a party's expected shortfall is made.
 *
 * The contribution of a loan is the mean of what the party loses by it, over
 * the scenarios that the party's own ES is a mean of, each counted as there
 * (tail.h): the derivative of the ES by the size of the loan, so that
 * contributions add up to it (Euler).  In each scenario and year the party's
 * loss on shared claims, what is to come back taken off, is split among the
 * loans in default in proportion to theirs; what is outside of the shares is
 * borne loan by loan.
 * Source: Tasche, "Capital allocation to business units and sub-portfolios: the
 * Euler principle", arXiv:0708.2542.  Errors: those of an ES, the expectation
 * at VaR being a mean over losses near it; Manistre, Hancock (sample.h).
 */
#ifndef POOL_CONTRIBUTIONS_H
#define POOL_CONTRIBUTIONS_H

#include "pool/results.h"

/* pool_contributions and pool_contributors (pool.h), where options ask for
 * them, by going once more through the scenarios of the tails.  The sample is
 * yet in the order of scenarios.  ERR_MEMORY. */
MUST_USE ErrCode contributions_add(Tables *tables, const Model *model,
                                   const Sample *sample,
                                   const PoolOptions *options, Err *err);

#endif
