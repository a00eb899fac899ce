/* load.h - what the tables hold, back in the shape it came in.  For the files
 * of this layer only.
 */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "store/db.h"

typedef struct {
    LedgerRun run;          /* without rows; its sources without bytes */
    Hash identity;          /* as stored */
    const int64_t *numbers; /* [nfiles] of the files in the ledger */
    int64_t first;          /* number of its first row */
} Loaded;

/* A run in the arena.  ERR_USAGE when there is none of that number,
 * ERR_DIFFERS when a part of it cannot have been written so. */
MUST_USE ErrCode load_run(Loaded *out, Arena *arena, Ledger *ledger,
                          int64_t run, Err *err);

/* A cursor over rows starts with these columns, so that load_row() can read
 * them; its texts live until the next step. */
#define LOAD_ROW_SQL "SELECT row, run, key, outcome, fen, line, trace "
MUST_USE ErrCode load_row(LedgerRow *out, Ledger *ledger,
                          sqlite3_stmt *statement, Err *err);

/* The last link: its number, run and rows; zeros when there is none. */
typedef struct {
    int64_t block, run, rows;
    Hash hash, before; /* its own, and that of the link before it */
} LastLink;
MUST_USE ErrCode load_last(LastLink *out, Ledger *ledger, Err *err);

#endif
