/* shares.h - compiled distributions of losses given default, as severity.c
 * makes them and severitydraw.c reads them.
 */
#ifndef POOL_SHARES_H
#define POOL_SHARES_H

#include "pool/paths.h"
#include "stat/stream.h"

enum {
    SHARES_PER_UNIT = 16,
    SHARES_HALF = 9 * SHARES_PER_UNIT,
    SHARES_NODES = 2 * SHARES_HALF + 1 /* of l in [-9, 9] */
};

#define SHARES_NONE UINT32_MAX

/* A beta distribution: its shares at the nodes. */
typedef struct {
    double mean;
    uint32_t sd; /* thousandths */
    const double *share;
} ShareClass;

/* A node of two classes: the share of the lower, and how much more the higher
 * one's is; near each other, as both are read at once. */
typedef double ShareNode __attribute__((vector_size(16)));
enum { SHARE_LOW, SHARE_MORE };

/* A loan's distribution: class `low`, and of the next one the part `blend`; or
 * SHARES_NONE and its mean. */
typedef struct {
    uint32_t low, high;
    double blend;
} ShareMixture;

struct Severity {
    SimdIsa isa;
    size_t nloans;
    const ShareNode *const *nodes; /* of the class and the next, by `low` */
    const ShareMixture *loans;     /* [nloans] */
    const double *load, *rest;     /* [ngroups] sqrt(q), sqrt(1 - q) */
    Stream draws[BOOK_YEARS];
};

#endif
