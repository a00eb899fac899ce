/* sparse.h - defaults of a span of firms of small pd (spans.h), without a draw
 * for each: points that fall on them (stat/arrivals.h).
 *
 * Points are looked at up to a time SPARSE_END and no further: where chances
 * reach beyond it, in rare and bad futures, each firm that no point has fallen
 * on until then has what is left of its uniform from a draw of its own.  So a
 * firm's uniform is one number for all chances, as in a draw of every firm.
 */
#ifndef POOL_SPARSE_H
#define POOL_SPARSE_H

#include "pool/cells.h"
#include "stat/arrivals.h"

enum {
    SPARSE_ROWS = 512,
    SPARSE_BATCH = 512,
    SPARSE_HITS = SPARSE_BATCH + SPARSE_ROWS /* most at once */
};

/* Takes firms that default: firm `place` of the span, in row `row`.  One may
 * come several times. */
typedef void SparseSink(void *to, const uint32_t row[], const uint32_t place[],
                        size_t n);

/* Rows of scenarios, one beside the other. */
typedef struct {
    SimdIsa isa;
    const CellGroup *group;
    size_t at, words, rows;        /* of the group; rows <= SPARSE_ROWS */
    const double *factor, *weight; /* [rows]; weight NULL: 1 */
    uint64_t trial, stride;        /* number of the first firm's draw, by row */
    const double *until;           /* sparse_until() */
    Arrivals points;
    Stream draws, rests; /* of single draws (stat/trials.h) */
    SparseSink *sink;
    void *to;
} SparseTile;

typedef struct {
    double time[SPARSE_ROWS], until[SPARSE_ROWS];
    uint64_t word[SPARSE_ROWS];
    uint32_t row[SPARSE_ROWS], place[SPARSE_ROWS];
    /* Points that wait for their firms' chances. */
    double when[SPARSE_HITS], chance[SPARSE_HITS];
    uint32_t whose[SPARSE_HITS], of[SPARSE_HITS];
    size_t waiting;
    double *first; /* [32 words] uniforms of a whole row */
    double *all;   /* [32 words] its chances */
    uint64_t *trial;
} SparseWork;

/* By narrow steps of Phi's argument, until when points matter to chances up to
 * it.  ERR_MEMORY. */
MUST_USE ErrCode sparse_until(const double **out, Arena *arena, SimdIsa isa,
                              Err *err);

/* For spans of up to so many words; 0 when out of memory, and sparse_close()
 * may follow in any case. */
MUST_USE int sparse_open(SparseWork *work, size_t words);
void sparse_close(SparseWork *work);

void sparse_run(SparseWork *work, const SparseTile *tile);

#endif
