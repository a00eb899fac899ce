/* spans.h - which firms of a group are drawn sparsely: those of small pd, in
 * spans of like ones.
 *
 * Chosen by cost as measured (bench_pool, one core with AVX-512): a draw for
 * every firm takes some .2 ns of each, points (stat/arrivals.h) some 10 ns
 * each, and a span in a scenario has one at least, so that up to a pd of about
 * .45% points cost less.  What is chosen is part of the definition of the
 * simulation, and so the same on every processor and under every stress: by the
 * firms' own pds, before any shock.
 */
#ifndef POOL_SPANS_H
#define POOL_SPANS_H

#include "pool/book.h"

enum {
    SPANS_LEAST = 8, /* words of 32 firms in a span */
    SPANS_MOST = 128
};

/* Fill the groups' spans.  ERR_MEMORY. */
MUST_USE ErrCode spans_place(Book *book, Arena *arena, Err *err);

#endif
