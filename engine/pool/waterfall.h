/* waterfall.h - one scenario's claims through the scheme, step by step: who
 * pays, what comes back, what is left, year by year.
 */
#ifndef POOL_WATERFALL_H
#define POOL_WATERFALL_H

#include "pool/breakers.h"
#include "pool/funding.h"
#include "pool/sharing.h"

/* Years with claims, and the years after them in which something is paid or
 * comes back. */
enum {
    WATERFALL_YEARS = BOOK_YEARS + 2 * (SCHEME_LAG_YEARS + 1),
    WATERFALL_STEPS = 12 * WATERFALL_YEARS
};

/* WaterfallYear.left of a year in which nothing is claimed. */
#define WATERFALL_UNASKED INT64_MAX

typedef struct {
    const Scheme *scheme;
    const Dues *dues;
    int years, run;         /* of claims; with those after them */
    int asked;              /* years in which claims may be paid, from 0 */
    int year_steps;         /* of a year */
    int claim_lag;          /* in steps */
    int lag[SCHEME_LAGS];   /* of recoveries, in steps */
    int parts;              /* of a claim */
    const int64_t *paid_in; /* [run][year_steps][parties] into funds */
    uint32_t ended[64];   /* by layer of all members: whose layers lie below */
    uint32_t may_run_dry; /* parties, as bits */
    uint32_t accounts[ACCOUNT_COUNT]; /* parties that have one, as bits */
    int has_accounts;
    const Accounts *calm;     /* [run] when nobody defaults */
    const Breakers *breakers; /* NULL: they stop nothing */
} Waterfall;

/* A year of a scenario, amounts by party.  paid >= 0 is gross; back is what
 * came back in that year. */
typedef struct {
    int64_t paid[SCHEME_PARTIES], back[SCHEME_PARTIES];
    int64_t balance[SCHEME_PARTIES]; /* of funds, at the year's end */
    int64_t left[SCHEME_PARTIES];    /* of funds, once the claims of a step are
                                      * paid: the least, or WATERFALL_UNASKED */
    uint32_t capped;                 /* parties whose cap binds, as bits */
    uint32_t dry;      /* parties whose fund or layers did not suffice */
    int is_levered;    /* the limit of leverage binds as the year opens */
    int is_unreserved; /* the compensation reserve did not suffice */
} WaterfallYear;

typedef struct {
    WaterfallYear year[WATERFALL_YEARS];
    int64_t gross[SCHEME_PARTIES], net[SCHEME_PARTIES]; /* of all years */
    Accounts account[WATERFALL_YEARS]; /* where there are any */
    uint64_t stopped;  /* classes of new business that was not written */
    int64_t *room;     /* [waterfall_room()] scratch, for several classes */
    int64_t *of_class; /* [years][parties][classes] of the claims of a year
                        * what each pays of the shared part, less what will
                        * come back of it; NULL: not kept */
    DueTable *table;   /* the claims' own, where breakers may stop business: */
    size_t scenario;   /* its row of this path */
} WaterfallPath;

/* Compile for a book.  ERR_DOMAIN when there are too many layers or a payment
 * into a fund cannot be placed for want of an opening day; ERR_MEMORY. */
MUST_USE ErrCode waterfall_new(const Waterfall **out, Arena *arena,
                               const Scheme *scheme, const Dues *dues,
                               Err *err);

size_t waterfall_room(const Waterfall *w);

/*
 * out   its `room` is ready, and `table` where breakers stop business: what
 *       they stop is then taken out of part[] and gone.
 * part  [steps][classes][parts] the claims of one scenario.
 * gone  what its defaults take from the volumes.
 */
void waterfall_run(WaterfallPath *out, const Waterfall *w, const int64_t part[],
                   VolumesGone gone);

#endif
