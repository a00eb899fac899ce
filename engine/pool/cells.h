/* cells.h - the factor's range cut into cells, and between which chances the
 * firms of a group lie in each: what decides most trials beforehand.  A step
 * is firms bounded alike: a part of a word where bands are words, else a band.
 */
#ifndef POOL_CELLS_H
#define POOL_CELLS_H

#include "pool/book.h"
#include "stat/trials.h"

enum {
    CELLS_PER_UNIT = 32,
    CELLS = 13 * CELLS_PER_UNIT + 2, /* of [-6.5, 6.5), and both ends */
    CELLS_BANDS = BOOK_BANDS,        /* most of a group */
    CELLS_STEPS = CELLS_BANDS * TRIALS_PARTS,
    CELLS_CHUNK = 128 /* words drawn at once, or one band when it is longer */
};

/* A group's firms in order of their chances.  A firm defaults when its uniform
 * is below Phi((threshold w - load y) inverse), w = 1 but for a t copula. */
typedef struct {
    double load, inverse;    /* sqrt(rho), 1 / sqrt(1 - rho) */
    const double *threshold; /* [32 words] Phi^-1(pd), or of t */
    size_t first;            /* slot */
    size_t words;            /* of 32 slots */
    uint32_t last;           /* slots with firms in the last word, as bits */
    size_t wide, bands;      /* words in a band */
    size_t steps;            /* of a band */
    size_t chunk;            /* words drawn at once: whole bands */
    const TrialBand *band;   /* [CELLS][bands]; NULL: by cells_bands() */
    const double *edge;      /* [bands steps + 1] thresholds where steps meet */
    const TrialBound *stair; /* of cells_stair() */
} CellGroup;

/* The cell of factor y. */
size_t cells_of(double y);

/*
 * Fill `g` for a group of the book; arrays live as long as the arena.
 * threshold  [nslots] of the whole book.
 * stair      NULL: chances by cell are tabled, for all of w = 1.
 * ERR_MEMORY.
 */
MUST_USE ErrCode cells_group(CellGroup *g, Arena *arena, const BookGroup *group,
                             const double threshold[], const TrialBound stair[],
                             SimdIsa isa, Err *err);

/* Phi between narrow steps of its argument, NULL when out of memory: what
 * bounds chances that hang on more than one number. */
const TrialBound *cells_stair(Arena *arena, SimdIsa isa);

/* The bands from `first` on, `n` of them, at factor y and mixing weight w. */
void cells_bands(TrialBand out[], const CellGroup *g, size_t first, size_t n,
                 double y, double w);

#endif
