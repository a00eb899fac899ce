/* twinloans.h - a book loan by loan, as its exact twin wants it where losses
 * are drawn or have no common unit.
 */
#ifndef POOL_TWINLOANS_H
#define POOL_TWINLOANS_H

#include "pool/twinbook.h"

/* The book of a model that twinbook_refuses() nothing of, in some 800,000 units
 * of what it can lose.  ERR_MEMORY. */
MUST_USE ErrCode twinloans_new(const TwinBook **out, const Model *model,
                               TwinOf of, Err *err);

/* Set unit and units of such a book, by what is lost at most, and part and
 * is_claim, whether one number tells all parts of a claim. */
void twinloans_units(TwinBook *book, const Model *model);

#endif
