/* scheme.h - a sharing scheme compiled: who pays which part of a claim.
 *
 * Amounts that a scheme limits are of its share base: with share_base =
 * "principal" the layers split the whole claim, the lender's own part
 * included; with "covered" they split the covered part, and the rest stays
 * with the party `uncovered` (the party "bank" where none is named).
 */
#ifndef POOL_SCHEME_H
#define POOL_SCHEME_H

#include "pool/fraction.h"
#include "pool/pool.h"

enum {
    SCHEME_PARTIES = 16, /* at most */
    SCHEME_MEMBERS = 16, /* schemes of one book, at most */
    SCHEME_LAGS = 8,     /* entries of `recovery` */
    SCHEME_LAG_YEARS = 10
};

/* What a rate is a part of, X(name, word).  All are amounts of the share base,
 * of the firms that the path has left, and from the book's own yearly figures
 * (volumes.h):
 *   opening_balance   as the period opens: in_force_opening for a year,
 *                     opening_book for life
 *   opening_book      what is in force on the opening day
 *   in_force_opening  what is in force as the year opens
 *   in_force_average  the mean of what is in force as the year opens and as it
 *                     ends, to the fen; for life of all years so far
 *   new_business      the amounts of the loans that start within the year; for
 *                     life of all years so far
 *   released          what left the book within the year, paid back or paid
 *                     by the parties: in force as it opens, and new business,
 *                     less in force as it ends; for life of all years so far
 *   cohort            of each claim, the loans that start in the same year as
 *                     its loan: what of them was in force on the opening day,
 *                     or new business; layers, caps and breakers then look at
 *                     each such year of loans by itself */
#define SCHEME_DENOMINATORS(X)                                                 \
    X(OPENING, "opening_balance")                                              \
    X(BOOK, "opening_book")                                                    \
    X(IN_FORCE, "in_force_opening")                                            \
    X(AVERAGE, "in_force_average")                                             \
    X(NEW_BUSINESS, "new_business")                                            \
    X(RELEASED, "released")                                                    \
    X(COHORT, "cohort")

typedef enum {
#define X(name, word) DENOMINATOR_##name,
    SCHEME_DENOMINATORS(X)
#undef X
        DENOMINATOR_COUNT
} Denominator;

/* Sets of denominators, as bits. */
#define DENOMINATOR_BIT(d)  (UINT32_C(1) << (d))
#define DENOMINATORS_AT_END /* need what is in force as a year ends */         \
    (DENOMINATOR_BIT(DENOMINATOR_AVERAGE) |                                    \
     DENOMINATOR_BIT(DENOMINATOR_RELEASED))

/* Dues of a period above the layer before and up to `upto`. */
typedef struct {
    int is_last;   /* without an upper end */
    Fraction upto; /* of the denominator */
    int64_t weight[SCHEME_PARTIES];
    int64_t whole;   /* sum of the weights */
    uint32_t shares; /* bit j: party j has a share */
} SchemeLayer;

typedef struct {
    int exists, is_life;
    Fraction rate;
    Denominator denominator;
    int overflow; /* party that pays what is above the cap */
} SchemeCap;

typedef struct {
    Date on;
    int64_t fen;
} SchemePayment;

typedef struct {
    int exists;
    int64_t opening;
    const SchemePayment *replenish; /* [n] */
    size_t n;
    int overflow;   /* party that pays what the fund cannot */
    int has_yield;  /* what it holds as a year opens earns as it ends: */
    Fraction yield; /* so much of it */
} SchemeFund;

/* As a year ends with `suspend` or more the bank is suspended, until one ends
 * with `resume` or less: it writes no new business in the year after. */
typedef struct {
    int exists;
    Fraction warn, suspend, resume;
    Denominator denominator; /* of the bank's own loans */
} SchemeBreaker;

/* What a guarantor sets aside as each year ends. */
typedef struct {
    int exists, party;
    Fraction unearned;     /* of the year's premium, until a year later */
    Fraction compensation; /* of what is then in force, each year, */
    Fraction ceiling;      /* until all of it is this part of it */
} SchemeReserves;

/* What is in force, weighed, is at most so many times the net assets as a year
 * opens; else no new business is written in that year. */
typedef struct {
    int exists, party;
    Fraction multiple, weight;
    int64_t net_assets; /* on the opening day */
} SchemeLeverage;

/* What of a bank's loans has defaulted in the year under way. */
typedef struct {
    const Doc *bank; /* its name, where it stands */
    int64_t fen;     /* of the share base */
} SchemeDefaulted;

/* What there is on the opening day beside the funds' money: what the period
 * under way has seen already, and what comes in of it. */
typedef struct {
    int64_t claimed;                  /* by the layers */
    int64_t cap_used[SCHEME_PARTIES]; /* less what has come back of it */
    /* By denominators of the year, and for life: before the opening day. */
    int64_t before[2][DENOMINATOR_COUNT];
    int64_t due[SCHEME_LAG_YEARS][SCHEME_PARTIES]; /* receivables, by year */
    uint32_t has_due;                              /* parties, as bits */
    int due_years;                                 /* up to the last of them */
    int64_t unearned, compensation;                /* reserves */
    int overdue_days;     /* from which a firm is in default, -1: none is */
    const Doc *suspended; /* list of names of banks, or NULL */
    const SchemeDefaulted *defaulted; /* [ndefaulted]; banks.h looks for the
                                       * banks of both */
    size_t ndefaulted;
} SchemeOpening;

struct Scheme {
    /* Of a joint scheme, what each of its loans stands under: cover, layers,
     * caps and the cap on a customer are theirs, all else is the joint one's.
     * NULL: it is its own only member. */
    const Scheme *const *members; /* [nmembers] with its parties */
    size_t nmembers;
    const char *id, *file;
    Label title;
    const char *party[SCHEME_PARTIES];
    int n;
    int is_net, is_covered; /* basis = "net", share_base = "covered" */
    Ratio cover;
    int uncovered; /* party that keeps the uncovered part, -1: none named */
    int64_t customer_cap;    /* fen of a firm's covered principal, -1: none */
    Denominator denominator; /* of the layers */
    uint32_t denominators;   /* of layers and caps, as bits */
    int is_life; /* the layers take the claims of all years together */
    const SchemeLayer *layers;
    size_t nlayers;
    SchemeCap cap[SCHEME_PARTIES];
    SchemeFund fund[SCHEME_PARTIES];
    int order[SCHEME_PARTIES]; /* parties, each before those it overflows to */
    SchemeBreaker breaker;     /* of each bank */
    SchemeOpening opening;
    /* A year's: of what is in force, or of what the loans' own fee_rate brings.
     * Parties as bits. */
    Fraction premium[SCHEME_PARTIES];
    uint32_t has_premium, of_fees;
    int64_t fee_weight[SCHEME_PARTIES + 1], fee_whole; /* nobody's: the last */
    Fraction renewed; /* of what matures, written again; 0: nothing */
    SchemeReserves reserves;
    SchemeLeverage leverage;
    uint32_t watched;     /* denominators that these look at, as bits */
    int claim_lag;        /* months */
    int lag[SCHEME_LAGS]; /* of recoveries, months */
    int64_t lag_weight[SCHEME_LAGS], lag_whole;
    size_t nlags;
    Fraction recovered; /* sum of `recovery`; 1: the book's lgd says it */
};

static inline size_t scheme_members(const Scheme *s)
{
    return s->members == NULL ? 1 : s->nmembers;
}

static inline const Scheme *scheme_member(const Scheme *s, size_t i)
{
    return s->members == NULL ? s : s->members[i];
}

/* limits.c: fill `order` by the overflows of all members, the first in the list
 * of parties among those that are free.  Returns a party whose overflow comes
 * back to it, or -1. */
int scheme_order(Scheme *s);

#endif
