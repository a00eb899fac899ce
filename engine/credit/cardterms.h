/* cardterms.h - the columns that a scorecard may use, cut into classes. */
#ifndef CREDIT_CARDTERMS_H
#define CREDIT_CARDTERMS_H

#include "credit/carddata.h"
#include "credit/cardshape.h"

/*
 * The terms of fit->spec; those that cannot be used have a reason.
 * x   [fit->n] minus the weight of evidence of each row, NULL where it is not
 *     used.
 * ERR_MEMORY, and those of classing_of().
 */
MUST_USE ErrCode cardterms_make(CardFit *fit, double ***x, Arena *arena,
                                const CardData *data, Err *err);

#endif
