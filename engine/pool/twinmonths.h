/* twinmonths.h - a book whose firms owe other amounts from month to month, as
 * its exact twin wants it: a firm that fails in a year does so in each month
 * alike (months.h), so it loses each month's amount with a twelfth of its
 * chance, months of one amount together.  What is lost of it is not drawn.
 */
#ifndef POOL_TWINMONTHS_H
#define POOL_TWINMONTHS_H

#include "pool/twinbook.h"

/* Whether the book of that model is such a one. */
int twinmonths_are(const Model *model, TwinOf of);

/* The book of a model that twinbook_refuses() nothing of; without a common unit
 * where losses are more than `most` of it.  ERR_MEMORY. */
MUST_USE ErrCode twinmonths_new(const TwinBook **out, const Model *model,
                                TwinOf of, size_t most, Err *err);

#endif
