/* banks.h - the banks of a book, and what their breaker knows of them on the
 * opening day.
 */
#ifndef POOL_BANKS_H
#define POOL_BANKS_H

#include "pool/book.h"
#include "pool/rows.h"

/* Set `banks`, by name, each loan's place among them, `suspended` and
 * `defaulted`, where the scheme has a breaker.  Banks of its opening state that
 * have no loan in the book are listed as faults, where they stand in the
 * scheme's file. ERR_INPUT without a column of banks; ERR_MEMORY. */
MUST_USE ErrCode banks_fill(Book *book, const Rows *rows);

#endif
