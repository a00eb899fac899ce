/* clawedback.h - what of the payments is to be returned. */
#ifndef SUBSIDY_CLAWEDBACK_H
#define SUBSIDY_CLAWEDBACK_H

#include "subsidy/claims.h"

/*
 * Where some terms have a `clawback`, add to_return and clawback, the id of the
 * first entry that holds for the row; nothing elsewhere.  A share is taken of
 * each payer's part, half a fen up, so that each knows what it gets back.
 * After claims_pay(); the rules' columns are in `contracts`.
 * ERR_MEMORY.
 */
MUST_USE ErrCode clawedback_add(Table *contracts, const Claims *c, Err *err);

#endif
