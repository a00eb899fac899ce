/* twinbook.h - a book as its exact twin wants it: firms by chance and loss, all
 * losses whole numbers of one unit, or loan by loan (twinloans.h), or by
 * amounts that change from month to month (twinmonths.h).
 */
#ifndef POOL_TWINBOOK_H
#define POOL_TWINBOOK_H

#include "pool/model.h"
#include "pool/shares.h"

/* Why there is no exact distribution, or none of parties: what renderers look
 * up in their glossary. */
#define TWIN_SEVERAL_YEARS "the exact distribution is that of one year's losses"
#define TWIN_BY_PAIR                                                           \
    "correlations by pair are not those of one common factor, so there is no " \
    "exact distribution"
#define TWIN_FEW                                                               \
    "too few defaults are expected, or a loan is too large, for an exact "     \
    "distribution of losses without a common unit"
#define TWIN_TOO_LONG                                                          \
    "the exact distribution would take more than some seconds; --exact full "  \
    "computes it all the same"
#define TWIN_TOO_MUCH                                                          \
    "the exact distribution would take more work than is reasonable"
#define TWIN_MONTHS                                                            \
    "what starts within the year may be stopped, so by monthly steps there "   \
    "is no exact distribution"
#define TWIN_MONTH_BY_MONTH                                                    \
    "funds are filled again within the year, so by monthly steps the parties " \
    "have no exact distribution"
#define TWIN_FEEDS_BACK                                                        \
    "the scheme looks at single cohorts or at what defaults leave in force, "  \
    "so the parties have no exact distribution"
#define TWIN_JOINT                                                             \
    "several schemes share the losses of a year, so the parties have no "      \
    "exact distribution"
#define TWIN_NO_PARTIES                                                        \
    "what comes back is not in one proportion to all claims, so the parties "  \
    "have no exact distribution"

/* What of a default is added up: its loss, or what is asked of the shares of
 * the scheme, whatever comes back of it. */
typedef enum { TWIN_LOSS, TWIN_CLAIM } TwinOf;

/* Firms of a group that nothing tells apart. */
typedef struct {
    double threshold; /* Phi^-1(pd), or of t */
    double pd;
    uint32_t loss; /* index of its loss; of its draw, where there are draws */
    uint32_t count;
} TwinClass;

/* Shares of loans that are lost, two distributions of them. */
typedef struct {
    const ShareNode *nodes; /* NULL: all of it */
    double load, rest;      /* sqrt(q), sqrt(1 - q) */
} TwinShare;

typedef struct {
    double fen;     /* lost at most */
    uint32_t share; /* index of its share */
    double blend;   /* of the higher of the two distributions */
} TwinLoan;

/* What a firm loses: of loans, or one of amounts or ways, [first, first + n).
 */
typedef struct {
    uint32_t first, n;
} TwinDraw;

/* Loans that a firm may owe, and the chance of that by default. */
typedef struct {
    TwinDraw loans;
    double chance;
} TwinWay;

/* A loss that a firm may have, and its chance by default. */
typedef struct {
    double units, chance;
} TwinAmount;

typedef struct {
    double load, inverse; /* sqrt(rho), 1 / sqrt(1 - rho) */
    double nu;            /* of its t copula; 0: gaussian */
    const TwinClass *classes;
    size_t n;
} TwinGroup;

typedef struct {
    TwinOf of;       /* "loss" below is that */
    int64_t unit;    /* fen of loss */
    int64_t part[4]; /* fen of each part of a claim that go with it */
    int is_claim;    /* every firm's claim is so many units in all its parts */
    size_t units;    /* losses of all firms */
    size_t nlosses, nclasses, ngroups;
    const uint32_t *loss; /* [nlosses] in units, rising, above 0 */
    /* Losses are drawn or have no common unit.  Nothing is whole then: a unit
     * is how far figures are apart. */
    int is_apart;
    double most;     /* fen of the largest loan */
    double variance; /* fen squared, of losses by default alone */
    /* Loan by loan; NULL elsewhere. */
    size_t nloans, nshares;
    const TwinLoan *loans;
    const TwinShare *shares;
    const TwinWay *ways; /* where they change from month to month, or NULL */
    /* By amounts that change from month to month; NULL elsewhere. */
    size_t namounts;
    const TwinAmount *amounts;
    const TwinDraw *draws; /* [nclasses], of loans, ways or amounts */
    const TwinGroup *groups;
    TwinClass *classes; /* of all groups, one after another */
    double common;      /* weight of the common factor in a group's variance */
    int is_mixed;       /* a t copula */
} TwinBook;

/* A group's classes into c[firms of the group]; how many there are. */
typedef size_t TwinFill(void *to, TwinClass c[], const BookGroup *group);

/* Groups, common factor and mixing of a book; ERR_MEMORY. */
MUST_USE ErrCode twinbook_groups(TwinBook *book, const Model *model,
                                 TwinFill *fill, void *to, Err *err);

/* Chance and threshold of a firm's default; the rest is 0. */
TwinClass twinbook_class(const Model *model, const BookGroup *group,
                         size_t slot);

/* Steps of the year in which defaults ask for different amounts: 1 where they
 * ask for the same in all of them. */
size_t twinbook_steps(const Model *model);

/* Those of them in which a firm may fail, from the first on and each alike: the
 * first alone where it is overdue on the opening day. */
size_t twinbook_firm_steps(const Model *model, size_t slot);

/* What a firm loses, or claims, when it defaults in a step of the first year.
 */
int64_t twinbook_loss(const Model *model, TwinOf of, size_t step, size_t slot);

/* Set unit and units by the losses of all steps; part and is_claim, whether
 * one number tells all parts of a claim. */
void twinbook_units(TwinBook *book, const Model *model);
void twinbook_parts(TwinBook *book, const Model *model);

/* Whether claims on the scheme's shares are there to be added up by themselves:
 * not where they are drawn losses, nor more than the year's total. */
int twinbook_has_claims(const Model *model);

/* Why no book of that model has a twin; NULL when one may. */
const char *twinbook_refuses(const Model *model);

/*
 * The book of a model that twinbook_refuses() nothing of; *out is NULL when
 * losses are drawn, or are more than `most` of their common unit.
 * ERR_MEMORY.
 */
MUST_USE ErrCode twinbook_new(const TwinBook **out, const Model *model,
                              TwinOf of, size_t most, Err *err);

#endif
