/* twinloss.h - the exact distribution of a book's loss in one year, or of its
 * claims (TwinOf).
 *
 * The characteristic function (twincf) at all multiples of 2 pi / n, n above
 * all losses together, turned back by one transform.  The step of its integrals
 * is halved until a halving changes nothing.  Unless all frequencies are asked
 * for, they are taken in by how far the phases of the losses are spread at
 * each, sum of pd (1 - pd) (1 - cos(theta loss)), with a smooth taper at the
 * end, until twice the spread changes the distribution from the median on by
 * less than 1e-11.  What is left out is ripples of the smallest losses; they
 * reach some way below zero, moments are right with them.
 *
 * Loan by loan phases come together nowhere, so their spread is theta^2 times
 * half the losses' variance by default, the tapers have no end, and 1e-7 is
 * enough.  Where that is not reached before the largest loan has turned by
 * TWINSHARES_FAR the distribution is not smooth, and there is none.
 */
#ifndef POOL_TWINLOSS_H
#define POOL_TWINLOSS_H

#include "pool/twinbook.h"

typedef struct {
    const TwinBook *book;
    size_t below, n;
    double *chance; /* [n] of a loss of i - below units */
} TwinLoss;

/*
 * *reason as of twinbook_new(); twinloss_free() in any case.
 * ERR_MEMORY; ERR_IO when options->progress stops it.
 * Cost  W1 takes 4e9 factors of a firm, about a second; 10,000 odd loans one
 *       to three seconds; by amounts of months as W1, by drawn losses of months
 *       twelve times that.  What would take more than some seconds is not begun
 *       unless all is asked for.
 */
MUST_USE ErrCode twinloss_new(TwinLoss *out, const char **reason,
                              const Model *model, TwinOf of,
                              const PoolOptions *options, Err *err);
void twinloss_free(TwinLoss *loss);

#endif
