/* paths.h - what scenarios have in common for all firms: factors, and the
 * mixing weights of a t copula.
 *
 * Everything is a pure function of (seed, scenario, year, group).
 */
#ifndef POOL_PATHS_H
#define POOL_PATHS_H

#include "core/simd.h"
#include "pool/book.h"

enum { PATHS_BLOCK = 512 }; /* most scenarios at once */

/* Uses of the seed. */
enum {
    SEED_COMMON = 1,
    SEED_FACTORS,
    SEED_DRAWS,
    SEED_RESTS,
    SEED_MIXING,
    SEED_LOSSES,
    SEED_MONTHS,
    SEED_GAPS,
    SEED_PLACES
};

typedef struct Paths Paths; /* compiled, shared by threads */

/* A thread's scratch. */
typedef struct {
    double *commons; /* [PATHS_BLOCK] */
    double *normals; /* [PATHS_BLOCK][ngroups] */
    double *factor;  /* [years][ngroups][PATHS_BLOCK] */
    double *weight;  /* [years or 1][weights][PATHS_BLOCK] */
} PathsWork;

/* Compile; lives as long as the arena.  ERR_MEMORY. */
MUST_USE ErrCode paths_new(const Paths **out, Arena *arena, const Book *book,
                           const Factors *factors, uint64_t seed, SimdIsa isa,
                           Err *err);

/* 0 when out of memory; paths_close() may follow in any case. */
MUST_USE int paths_open(PathsWork *work, const Paths *paths);
void paths_close(PathsWork *work);

/* Those of scenarios `first` to first + n - 1, n <= PATHS_BLOCK. */
void paths_draw(PathsWork *work, const Paths *paths, uint64_t first, size_t n);

/* What was drawn for a group of the book, [PATHS_BLOCK]; the weights are NULL
 * for a gaussian copula. */
const double *paths_factor(const PathsWork *work, const Paths *paths, int year,
                           size_t group);
const double *paths_weight(const PathsWork *work, const Paths *paths, int year,
                           size_t group);

#endif
