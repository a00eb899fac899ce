/* sizing.h - what each scenario asks of a fund, and the tables made of it
 * (pool.h, pool_size()).
 */
#ifndef POOL_SIZING_H
#define POOL_SIZING_H

#include "pool/model.h"

/* A fee that is no way out, and the most that is searched: billionths. */
enum { FEE_MOST = 1000000000 };

/* Times the book, in billionths, and the most that is searched: a million
 * books. */
#define SCALE_ONE  INT64_C(1000000000)
#define SCALE_MOST (SCALE_ONE * 1000000)

/* How large a book the fund carries. */
typedef enum {
    SCALE_BY_NEED,  /* all grows with the book: the fund over what it needs */
    SCALE_SEARCHED, /* payments, other funds or an opening state do not */
    SCALE_UNTOLD    /* nor does what is in the book itself */
} SizingScale;

/* What every scenario asks for, [scenarios] each. */
typedef struct {
    const Model *model; /* its scheme has a fund without end at `party` */
    int party, has_yield;
    int feeds;   /* its premium makes room for business (limit of leverage) */
    int is_open; /* no break-even fee was found that stays where it is */
    SizingScale scaling;
    int64_t opening;  /* of the fund as it is */
    int64_t *need;    /* opening balance, fen */
    int64_t *fee;     /* premium rate, billionths; FEE_MOST: none below 100% */
    int64_t *volume;  /* in force as years open, added up: fen and years */
    int64_t *paid;    /* net of what comes back: fen */
    int64_t *premium; /* earned: fen */
    int64_t *room; /* where SCALE_SEARCHED: SCALE_MOST less the book carried */
    /* With the break-even fee as premium; else as `paid` and `volume`. */
    int64_t *even_paid, *even_volume;
} Sizing;

/* The party of that name; NULL: the only one with a fund.  ERR_DOMAIN when
 * there is none. */
MUST_USE ErrCode sizing_party(int *out, const Scheme *scheme, const char *name,
                              Err *err);

/* The scheme with a fund without end at `party`. */
void sizing_endless(Scheme *out, const Scheme *scheme, int party);

/* sizesearch.c: what scenario q asks for, by bisection on its own events; the
 * need is `high` at most. */
int64_t sizing_need(const Sizing *sizing, Worker *worker, size_t q,
                    int64_t high);
int64_t sizing_fee(const Sizing *sizing, Worker *worker, size_t q);
int64_t sizing_room(const Sizing *sizing, Worker *worker, size_t q);
SizingScale sizing_scaling(const Model *model, int party);

/* sizes.c: pool_size_now, pool_size, pool_size_fee, pool_size_curve of n
 * scenarios, under the scheme as it is.  Sorts what they need. */
MUST_USE ErrCode sizes_add(Tables *tables, const Sizing *sizing,
                           const Scheme *scheme, const PoolSizing *options,
                           size_t n, Err *err);

#endif
