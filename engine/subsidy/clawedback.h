/* clawedback.h - what of the payments is to be returned. */
#ifndef SUBSIDY_CLAWEDBACK_H
#define SUBSIDY_CLAWEDBACK_H

#include "subsidy/claims.h"

/*
 * Where some terms have a `clawback`, add to_return; clawback, the id of the
 * first entry that holds for the row; and return_P, the part of each payer P.
 * Nothing elsewhere.  The share is of what was paid, half a fen up, and parts
 * are as what each paid, by largest remainders, so that they sum to it.
 * After claims_pay(); the rules' columns are in `contracts`.
 * ERR_RULE as claims_payer(); ERR_MEMORY.
 */
MUST_USE ErrCode clawedback_add(Table *contracts, const Claims *c, Err *err);

#endif
