/* turns.h - pieces of work that hang on nothing but their number, shared out
 * among threads. */
#ifndef SUBSIDY_TURNS_H
#define SUBSIDY_TURNS_H

#include "core/err.h"
#include "core/mem.h"

/* Piece k of `of`; what `arena` gives ends with the piece. */
typedef ErrCode TurnsDo(void *of, size_t k, Arena *arena, Err *err);

/* Pieces 0 to n - 1, each by one thread.  All are done whatever fails; the
 * error told is that of the first piece in their order, for any number of
 * threads. */
MUST_USE ErrCode turns_take(void *of, size_t n, int threads, TurnsDo *piece,
                            Err *err);

#endif
