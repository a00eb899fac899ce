/* twinbook.h - a book as its exact twin wants it: firms by chance and loss, all
 * losses whole numbers of one unit.
 */
#ifndef POOL_TWINBOOK_H
#define POOL_TWINBOOK_H

#include "pool/model.h"

/* Why there is no exact distribution, or none of parties: what renderers look
 * up in their glossary. */
#define TWIN_SEVERAL_YEARS "the exact distribution is that of one year's losses"
#define TWIN_BY_PAIR                                                           \
    "correlations by pair are not those of one common factor, so there is no " \
    "exact distribution"
#define TWIN_DRAWN                                                             \
    "losses given default are drawn (lgd_sd), so there is no exact "           \
    "distribution"
#define TWIN_NO_UNIT "the losses have no common unit that is large enough"
#define TWIN_TOO_LONG                                                          \
    "the exact distribution would take more than some seconds; --exact full "  \
    "computes it all the same"
#define TWIN_TOO_MUCH                                                          \
    "the exact distribution would take more work than is reasonable"
#define TWIN_FEEDS_BACK                                                        \
    "the scheme looks at single cohorts or at what defaults leave in force, "  \
    "so the parties have no exact distribution"
#define TWIN_JOINT                                                             \
    "several schemes share the losses of a year, so the parties have no "      \
    "exact distribution"
#define TWIN_NO_PARTIES                                                        \
    "what comes back is not in one proportion to all claims, so the parties "  \
    "have no exact distribution"

/* Firms of a group that nothing tells apart. */
typedef struct {
    double threshold; /* Phi^-1(pd), or of t */
    double pd;
    uint32_t loss; /* index of its loss */
    uint32_t count;
} TwinClass;

typedef struct {
    double load, inverse; /* sqrt(rho), 1 / sqrt(1 - rho) */
    double nu;            /* of its t copula; 0: gaussian */
    const TwinClass *classes;
    size_t n;
} TwinGroup;

typedef struct {
    int64_t unit;    /* fen of loss */
    int64_t part[4]; /* fen of each part of a claim that go with it */
    int is_claim;    /* every firm's claim is so many units in all its parts */
    size_t units;    /* losses of all firms */
    size_t nlosses, nclasses, ngroups;
    const uint32_t *loss; /* [nlosses] in units, rising, above 0 */
    const TwinGroup *groups;
    double common; /* weight of the common factor in a group's variance */
    int is_mixed;  /* a t copula */
} TwinBook;

/*
 * most  units.  *reason says why the book has no twin, and is NULL when it has
 * one.
 * ERR_MEMORY.
 */
MUST_USE ErrCode twinbook_new(const TwinBook **out, const char **reason,
                              Arena *arena, const Model *model, size_t most,
                              Err *err);

#endif
