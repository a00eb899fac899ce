/* fees.h - what the loans pay for being guaranteed, at their own rates.
 *
 * A loan's fee of a year is its fee_rate of what of it is in force (of the
 * scheme's share base) as the year opens, to the fen.  Who fails within the
 * year has paid it; new business pays from the next year on.
 */
#ifndef POOL_FEES_H
#define POOL_FEES_H

#include "pool/book.h"
#include "pool/rows.h"

/* Set `fee` where the scheme takes fees of the loans; the exposures stand.
 * Loans without a fee_rate in [0%, 100%] are listed.  ERR_INPUT without the
 * column; ERR_MEMORY. */
MUST_USE ErrCode fees_fill(Book *book, const Rows *rows);

#endif
