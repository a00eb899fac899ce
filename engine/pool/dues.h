/* dues.h - what a default asks for, in fen, added up by scenario and step.
 *
 * A claim has up to four parts.  The layers of the scheme split the shared
 * part; the kept part stays with the party that bears what is uncovered; of
 * both something comes back.  On a net basis the parts are losses and nothing
 * comes back.
 */
#ifndef POOL_DUES_H
#define POOL_DUES_H

#include "pool/events.h"
#include "pool/months.h"
#include "pool/severity.h"
#include "pool/volumes.h"
#include "stat/trials.h"

enum { DUE_SHARED, DUE_KEPT, DUE_SHARED_BACK, DUE_KEPT_BACK };

enum {
    DUES_CLASSES = 64, /* at most */
    DUES_WORDS = 64,   /* of a row, looked at once */
    DUES_FIRMS = DUES_WORDS * TRIALS_WORD,
    DUES_NEVER = UINT16_MAX /* step of a firm that does not fail */
};

typedef struct {
    const Book *book;
    SimdIsa isa;
    Months months;
    int is_flat; /* in every step of a year a firm asks for the same */
    int is_net;
    int parts;             /* 1, 2 or 4 of them are kept */
    const int64_t *shared; /* [nloans][width] of the balance, before losses */
    const int64_t *amount; /* [steps][nslots][parts], of mean losses; NULL
                            * where they stand as halves */
    const Severity *severity; /* of losses that are drawn, or NULL */
    /* Where losses are all that is asked: amounts as halves of 32 bits, by
     * [steps][nslots].  Else NULL; the high one also when it is all 0. */
    const uint32_t *half[2];
    size_t run[2]; /* of trials_safe() */
    /* Claims are told apart by the scheme that their loan stands under, and by
     * its vintage where the scheme does: the classes of a scheme lie together,
     * one for each of `vintages`. */
    size_t classes, vintages;
    const int64_t *loan_amount; /* [steps][nloans][parts], for classes */
    const Volumes *volumes;     /* of the book, by class */
    int has_gone;    /* defaults take from it, and something looks at that */
    int feeds_back;  /* what is paid hangs on more than the year's claims */
    int may_stop;    /* new business may not be written: leverage */
    int may_suspend; /* nor that of a bank: its breaker (breakers.h) */
    const int64_t *base;  /* [nslots][openings] in force; NULL where loans are
                           * looked at one by one */
    int by_bank;          /* banks are told apart, for breakers */
    size_t bank_classes;  /* classes of each bank */
    const Volumes *banks; /* [nbanks] times [bank_classes] */
} Dues;

/* The place of a loan's vintage among n. */
static inline size_t dues_vintage(const Book *b, size_t loan, size_t n)
{
    return n == 1 ? 0 : (size_t)(b->loans[loan].vintage - b->oldest);
}

static inline size_t dues_class(const Dues *d, size_t loan)
{
    return d->book->loans[loan].member * d->vintages +
           dues_vintage(d->book, loan, d->vintages);
}

/* The same of the banks' classes. */
static inline size_t dues_bank_class(const Dues *d, size_t loan)
{
    return d->book->loans[loan].bank * d->bank_classes +
           dues_vintage(d->book, loan, d->bank_classes);
}

/* The claims of the scenarios of a block. */
typedef struct {
    const Dues *dues;
    int64_t *part; /* [EVENTS_BLOCK][steps][classes][parts] */
    int64_t *gone; /* [EVENTS_BLOCK][classes][row] of volumes, by defaults */
    int64_t *bank; /* [EVENTS_BLOCK][years][nbanks][bank_classes] in default */
    int64_t *bank_gone; /* [EVENTS_BLOCK][nbanks][bank_classes][row] */
    /* Where suspensions stop business: steps in which firms fail,
     * [EVENTS_BLOCK][nslots], and states of banks as each year opens and as the
     * last ends, [EVENTS_BLOCK][years + 1][nbanks]. */
    uint16_t *failed;
    uint8_t *breaker;
    /* Where losses are drawn: the scenarios that events_run() has at hand, and
     * of a tile the loans in default that wait for their losses. */
    const Events *events;
    const EventsWork *work;
    uint64_t first;
    SeverityPlace place;
    size_t waiting;
    uint32_t firm[DUES_FIRMS + TRIALS_ROOM]; /* of a row, in default */
    uint16_t step[DUES_FIRMS];               /* when, by monthly steps */
    uint32_t waiting_q[SEVERITY_BATCH], waiting_loan[SEVERITY_BATCH];
    uint16_t waiting_step[SEVERITY_BATCH];
} DueTable;

/* Work out all amounts; lives as long as the arena.  scheme and severity may be
 * NULL.
 * ERR_DOMAIN for loans of more than 64 vintages where they are told apart,
 * ERR_MEMORY. */
MUST_USE ErrCode dues_new(const Dues **out, Arena *arena, const Book *book,
                          const Scheme *scheme, const Severity *severity,
                          uint64_t seed, Err *err);

/* An estimate becomes money here: fen * share, half away from zero; both are 0
 * or more. */
static inline int64_t dues_share(int64_t fen, double share)
{
    double part = (double)fen * share + 0.5;
    return part >= (double)fen ? fen : (int64_t)part;
}

/* What of a part a firm's default in `step` asks for, by mean losses. */
static inline int64_t dues_amount(const Dues *d, size_t step, size_t slot,
                                  size_t part)
{
    size_t at = step * d->book->nslots + slot;
    if (d->half[0] == NULL)
        return d->amount[at * (size_t)d->parts + part];
    return d->half[0][at] +
           (d->half[1] == NULL ? 0 : (int64_t)d->half[1][at] << 32);
}

/* What is lost of it, all parts together. */
static inline int64_t dues_loss(const Dues *d, size_t step, size_t slot)
{
    static const int sign[] = {1, 1, -1, -1};
    int64_t loss = 0;
    for (size_t p = 0; p < (size_t)d->parts; p++)
        loss += sign[p] * dues_amount(d, step, slot, p);
    return loss;
}

/* One loan's claim if its firm defaults in `step` (from 0) and it loses `lgd`.
 */
typedef struct {
    int64_t balance, part[4];
} DueLoan;
DueLoan dues_loan(const Dues *dues, size_t loan, size_t step, double lgd);

/* claims.c: 0 when out of memory; dues_close() may follow in any case. */
MUST_USE int dues_open(DueTable *table, const Dues *dues);
void dues_close(DueTable *table);
/* For n scenarios from `first` on. */
void dues_clear(DueTable *table, uint64_t first, size_t n);

EventsSink dues_take; /* `to` is a DueTable, cleared and with its events */

/* The loss given default of a loan in scenario q. */
double dues_lgd(const DueTable *table, uint32_t loan, size_t q, int year);

/* What a path has made of the volumes in scenario q. */
static inline VolumesGone dues_gone(const DueTable *t, size_t q)
{
    const Dues *d = t->dues;
    size_t each = d->classes * d->volumes->row;
    return (VolumesGone){d->has_gone ? t->gone + q * each : NULL, 0};
}

static inline const int64_t *dues_banks(const DueTable *t, size_t q)
{
    const Dues *d = t->dues;
    return t->bank + q * (size_t)d->book->years * d->banks->classes;
}

static inline const int64_t *dues_banks_gone(const DueTable *t, size_t q)
{
    const Volumes *v = t->dues->banks;
    return t->bank_gone + q * v->classes * v->row;
}

#endif
