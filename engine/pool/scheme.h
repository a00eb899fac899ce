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
    SCHEME_LAGS = 8,     /* entries of `recovery` */
    SCHEME_LAG_YEARS = 10
};

/* What a layer's or a cap's rate is a part of, X(name, word, meaning).
 * Balances are of the share base. */
#define SCHEME_DENOMINATORS(X)                                                 \
    X(OPENING, "opening_balance")   /* as the period opens: IN_FORCE of each   \
                                     * year, BOOK for life */                  \
    X(BOOK, "opening_book")         /* of the book, all years */               \
    X(IN_FORCE, "in_force_opening") /* of loans alive as the year opens */

typedef enum {
#define X(name, word) DENOMINATOR_##name,
    SCHEME_DENOMINATORS(X)
#undef X
        DENOMINATOR_COUNT
} Denominator;

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
    int overflow; /* party that pays what the fund cannot */
} SchemeFund;

typedef struct {
    int exists;
    Fraction warn, suspend, resume;
} SchemeBreaker;

struct Scheme {
    const char *id, *file;
    Label title;
    const char *party[SCHEME_PARTIES];
    int n;
    int is_net, is_covered; /* basis = "net", share_base = "covered" */
    Ratio cover;
    int uncovered; /* party that keeps the uncovered part, -1: none named */
    int64_t customer_cap; /* fen of a firm's covered principal, -1: none */
    Denominator denominator;
    int is_life; /* the layers take the claims of all years together */
    const SchemeLayer *layers;
    size_t nlayers;
    SchemeCap cap[SCHEME_PARTIES];
    SchemeFund fund[SCHEME_PARTIES];
    int order[SCHEME_PARTIES]; /* parties, each before those it overflows to */
    SchemeBreaker breaker;     /* of each bank */
    int claim_lag;             /* whole years */
    int lag[SCHEME_LAGS];      /* of recoveries, whole years */
    int64_t lag_weight[SCHEME_LAGS], lag_whole;
    size_t nlags;
    Fraction recovered; /* sum of `recovery`; 1: the book's lgd says it */
};

#endif
