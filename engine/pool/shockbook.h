/* shockbook.h - a stress (shock.h) brought upon a book. */
#ifndef POOL_SHOCKBOOK_H
#define POOL_SHOCKBOOK_H

#include "pool/book.h"
#include "pool/shock.h"

/*
 * The book under a stress: pd, loans and shift of its own, all else shared with
 * `book`, beside which it lives as long as the arena.  Its order is the same:
 * every firm keeps its slot and its draws, so the book under stress and the
 * book as it is meet the same futures, pair by pair.
 * ERR_INPUT where pledges fall and no loan has one; ERR_DOMAIN where years are
 * told apart that the factor model draws as one; ERR_MEMORY.
 */
MUST_USE ErrCode shock_book(const Book **out, Arena *arena, const Book *book,
                            const Factors *factors, const PoolShock *shock,
                            Err *err);

#endif
