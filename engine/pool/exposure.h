/* exposure.h - what of each loan is outstanding and covered year by year, and
 * whose it is.
 */
#ifndef POOL_EXPOSURE_H
#define POOL_EXPOSURE_H

#include "pool/book.h"
#include "pool/rows.h"

/* Set `balance` and `covered` of the book's loans, the opening day being
 * `as_of` or the latest start of a loan.  Faulty dates, schedules and covers
 * are listed.  ERR_DOMAIN when all loans together pass an amount, or the
 * horizon the calendar; ERR_MEMORY.
 */
MUST_USE ErrCode exposure_fill(Book *book, const Rows *rows, Date as_of);

#endif
