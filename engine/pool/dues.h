/* dues.h - what a default asks for, in fen, added up by scenario and year.
 *
 * A claim has up to four parts.  The layers of the scheme split the shared
 * part; the kept part stays with the party that bears what is uncovered; of
 * both something comes back.  On a net basis the parts are losses and nothing
 * comes back.
 */
#ifndef POOL_DUES_H
#define POOL_DUES_H

#include "pool/events.h"

enum { DUE_SHARED, DUE_KEPT, DUE_SHARED_BACK, DUE_KEPT_BACK };

typedef struct {
    const Book *book;
    SimdIsa isa;
    int is_net;
    int parts;             /* 1, 2 or 4 of them are kept */
    const int64_t *shared; /* [nloans][years] of the balance, before losses */
    const int64_t *amount; /* [years][nslots][parts] */
    /* Balances in the share base, by firm [nslots][years] and together
     * [years]; by firm only where a rate is of loans still alive. */
    const int64_t *base;
    const int64_t *in_force;
    int by_bank;                  /* banks are told apart, for breakers */
    const int64_t *bank_in_force; /* [years][nbanks] */
} Dues;

/* The claims of the scenarios of a block. */
typedef struct {
    const Dues *dues;
    int64_t *part; /* [EVENTS_BLOCK][years][parts] */
    int64_t *gone; /* [EVENTS_BLOCK][years] of in_force, by earlier defaults */
    int64_t *bank; /* [EVENTS_BLOCK][years][nbanks] in default */
    int64_t *bank_gone; /* [EVENTS_BLOCK][years][nbanks] */
} DueTable;

/* Work out all amounts; lives as long as the arena.  scheme may be NULL.
 * ERR_MEMORY. */
MUST_USE ErrCode dues_new(const Dues **out, Arena *arena, const Book *book,
                          const Scheme *scheme, Err *err);

/* One loan's claim if its firm defaults in `year` (from 0). */
typedef struct {
    int64_t balance, part[4];
} DueLoan;
DueLoan dues_loan(const Dues *dues, size_t loan, size_t year);

/* 0 when out of memory; dues_close() may follow in any case. */
MUST_USE int dues_open(DueTable *table, const Dues *dues);
void dues_close(DueTable *table);
void dues_clear(DueTable *table, size_t n); /* its first n scenarios */

EventsSink dues_take; /* `to` is a DueTable */

#endif
