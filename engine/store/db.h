/* db.h - the database under the ledger: connection, statements, what SQLite's
 * refusals mean to a user.  For the files of this layer only.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "store/ledger.h"
#include "store/link.h"

#include "core/text.h"

#include <sqlite3.h>

enum { BLOCK_ROWS = 1024, PART_BYTES = 1 << 20, BUSY_MS = 5000 };

struct Ledger {
    sqlite3 *db;
    char *path;       /* as SQLite gets it */
    const char *name; /* as the user gave it, for messages */
    Link link;
};

/* Two arguments for "%.*s": its name, short enough for a message. */
#define DB_NAME(ledger) (int)text_clip((ledger)->name, 120), (ledger)->name

/* What SQLite answered, as one of our outcomes. */
MUST_USE ErrCode db_told(Ledger *ledger, int got, Err *err);

MUST_USE ErrCode db_exec(Ledger *ledger, const char *sql, Err *err);

/* Begin a transaction, and first end one whose ROLLBACK failed. */
MUST_USE ErrCode db_begin(Ledger *ledger, const char *sql, Err *err);

MUST_USE ErrCode db_prepare(sqlite3_stmt **out, Ledger *ledger, const char *sql,
                            Err *err);

/* Prepare n statements; those that were made before a failure are in out[],
 * and db_finalize() ends them all. */
MUST_USE ErrCode db_prepare_all(sqlite3_stmt *out[], Ledger *ledger,
                                const char *const sql[], size_t n, Err *err);
void db_finalize(sqlite3_stmt *statements[], size_t n);

/* One step where `bound` is what the bindings returned, or-ed; *row says
 * whether it gave a row. */
MUST_USE ErrCode db_step(int *row, Ledger *ledger, sqlite3_stmt *statement,
                         int bound, Err *err);

/* A step that gives no row, then a reset: an insertion. */
MUST_USE ErrCode db_put(Ledger *ledger, sqlite3_stmt *statement, int bound,
                        Err *err);

/* The first column of the first row of a query without variables; 0 when it
 * gives no row or a null. */
MUST_USE ErrCode db_number(int64_t *out, Ledger *ledger, const char *sql,
                           Err *err);

/* Bind a text that lives until the next step; NULL counts as ''. */
int db_bind_text(sqlite3_stmt *statement, int place, const char *text);
int db_bind_hash(sqlite3_stmt *statement, int place, const Hash *hash);

/* The hash in a column; 0 when the column holds none. */
int db_hash(Hash *out, sqlite3_stmt *statement, int column);

/* A text column, alive until the next step.  ERR_DIFFERS when it holds a NUL,
 * which nothing here ever wrote; ERR_MEMORY. */
MUST_USE ErrCode db_text(const char **out, Ledger *ledger,
                         sqlite3_stmt *statement, int column, Err *err);

#endif
