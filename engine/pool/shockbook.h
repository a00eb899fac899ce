/* shockbook.h - a stress (shock.h) brought upon a book. */
#ifndef POOL_SHOCKBOOK_H
#define POOL_SHOCKBOOK_H

#include "pool/book.h"
#include "pool/rows.h"
#include "pool/shock.h"

/*
 * Change pd, lgd and shift of a book whose loans are placed.  Its order stays:
 * every firm keeps its slot and its draws, so the book under stress and the
 * book as it is meet the same futures, pair by pair.
 * ERR_INPUT where pledges fall and no loan has one; ERR_DOMAIN where years are
 * told apart that the factor model draws as one; ERR_MEMORY.
 */
MUST_USE ErrCode shock_apply(Book *book, const Rows *rows,
                             const PoolShock *shock);

#endif
