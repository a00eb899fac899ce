/* renewals.h - new business by rule: loans that are written again when they
 * mature.
 *
 * A scheme's new_business = { renewed = "80%"; } says that of each loan that
 * matures within the horizon so much is written again on that day, to the same
 * firm on the same terms, and again when that matures.  Such a loan stands in
 * the book behind the one it follows and is new business of the year it starts
 * in: it is in force from the next opening on, unless its firm has failed
 * before.
 */
#ifndef POOL_RENEWALS_H
#define POOL_RENEWALS_H

#include "pool/book.h"
#include "pool/rows.h"

/* How often a loan of the book has been renewed: 0, it is of the portfolio. */
static inline size_t renewals_of(const Book *b, size_t loan)
{
    size_t n = 0;
    while (n < loan && b->loans[loan - n - 1].row == b->loans[loan].row)
        n++;
    return n;
}

/* Add the renewals of all loans that mature after `opening`, the horizon's last
 * day among them; the book's loans stand in their slots.  Loans to be renewed
 * that have no term are listed as faults.  ERR_MEMORY. */
MUST_USE ErrCode renewals_add(Book *book, const Rows *rows, Date opening);

/* The amount, and the days on which it starts and matures, of a loan's n-th
 * renewal, n > 0. */
typedef struct {
    int64_t fen;
    Date starts_on, matures_on;
} Renewal;
Renewal renewals_at(const Rows *rows, uint32_t row, size_t n);

#endif
