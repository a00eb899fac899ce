/* portfolio.h - the book of a portfolio table. */
#ifndef POOL_PORTFOLIO_H
#define POOL_PORTFOLIO_H

#include "pool/book.h"

/*
 * out      lives as long as the arena.
 * scheme   NULL: nobody asks who pays.
 * faults   all faulty rows.
 * ERR_INPUT after faults, ERR_MEMORY.
 */
MUST_USE ErrCode book_read(const Book **out, Arena *arena, const Table *table,
                           const Factors *factors, const Scheme *scheme,
                           const PoolOptions *options, Faults *faults,
                           Err *err);

#endif
