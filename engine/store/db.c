#include "store/db.h"

#include <string.h>

/* Why the system refused, in its words where it has any. */
static const char *reason(Ledger *l)
{
    int number = sqlite3_system_errno(l->db);
    return number != 0 ? strerror(number) : sqlite3_errmsg(l->db);
}

ErrCode db_told(Ledger *l, int got, Err *err)
{
    if (got == SQLITE_IOERR_NOMEM)
        got = SQLITE_NOMEM;
    switch (got & 0xff) { /* the rest is detail */
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OK;
    case SQLITE_NOMEM:
        return FAIL(err, ERR_MEMORY, "no memory for the ledger");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return FAIL(err, ERR_IO,
                    "%.*s: another program is writing to it; try again when "
                    "it is done",
                    DB_NAME(l));
    case SQLITE_FULL:
        return FAIL(err, ERR_IO, "%.*s: the disk is full; nothing was recorded",
                    DB_NAME(l));
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return FAIL(err, ERR_IO,
                    "%.*s: may not be written; nothing was recorded",
                    DB_NAME(l));
    case SQLITE_CANTOPEN:
        return FAIL(err, ERR_IO, "%.*s: cannot be opened: %s", DB_NAME(l),
                    reason(l));
    case SQLITE_NOTADB:
        return FAIL(err, ERR_INPUT,
                    "%.*s: is not a ledger; name another with --ledger",
                    DB_NAME(l));
    case SQLITE_CORRUPT:
        return FAIL(err, ERR_DIFFERS,
                    "%.*s: is damaged (%s); put a copy in its place",
                    DB_NAME(l), sqlite3_errmsg(l->db));
    default:
        return FAIL(err, ERR_IO, "%.*s: cannot be read or written: %s",
                    DB_NAME(l), reason(l));
    }
}

ErrCode db_exec(Ledger *l, const char *sql, Err *err)
{
    return db_told(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL), err);
}

ErrCode db_begin(Ledger *l, const char *sql, Err *err)
{
    ErrCode rc = OK;
    if (!sqlite3_get_autocommit(l->db))
        TRY(db_exec(l, "ROLLBACK", err));
    TRY(db_exec(l, sql, err));
done:
    return rc;
}

ErrCode db_prepare(sqlite3_stmt **out, Ledger *l, const char *sql, Err *err)
{
    return db_told(l, sqlite3_prepare_v2(l->db, sql, -1, out, NULL), err);
}

ErrCode db_prepare_all(sqlite3_stmt *out[], Ledger *l, const char *const sql[],
                       size_t n, Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < n; i++)
        TRY(db_prepare(&out[i], l, sql[i], err));
done:
    return rc;
}

void db_finalize(sqlite3_stmt *statements[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        sqlite3_finalize(statements[i]); /* NULL is harmless */
}

ErrCode db_step(int *row, Ledger *l, sqlite3_stmt *st, int bound, Err *err)
{
    int got = bound == SQLITE_OK ? sqlite3_step(st) : bound;
    *row = got == SQLITE_ROW;
    return db_told(l, got, err);
}

ErrCode db_put(Ledger *l, sqlite3_stmt *st, int bound, Err *err)
{
    int row;
    ErrCode rc = db_step(&row, l, st, bound, err);
    sqlite3_reset(st);
    return rc;
}

ErrCode db_number(int64_t *out, Ledger *l, const char *sql, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    int row;
    TRY(db_prepare(&st, l, sql, err));
    TRY(db_step(&row, l, st, SQLITE_OK, err));
    *out = row ? sqlite3_column_int64(st, 0) : 0;
done:
    sqlite3_finalize(st);
    return rc;
}

int db_bind_text(sqlite3_stmt *st, int place, const char *text)
{
    if (text == NULL)
        text = "";
    return sqlite3_bind_text64(st, place, text, strlen(text), SQLITE_STATIC,
                               SQLITE_UTF8);
}

int db_bind_hash(sqlite3_stmt *st, int place, const Hash *hash)
{
    return sqlite3_bind_blob(st, place, hash->byte, HASH_SIZE, SQLITE_STATIC);
}

int db_hash(Hash *out, sqlite3_stmt *st, int column)
{
    const void *bytes = sqlite3_column_blob(st, column);
    if (bytes == NULL || sqlite3_column_bytes(st, column) != HASH_SIZE)
        return 0;
    memcpy(out->byte, bytes, HASH_SIZE);
    return 1;
}

ErrCode db_text(const char **out, Ledger *l, sqlite3_stmt *st, int column,
                Err *err)
{
    const char *text = (const char *)sqlite3_column_text(st, column);
    if (text == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the ledger");
    if (strlen(text) != (size_t)sqlite3_column_bytes(st, column))
        return FAIL(err, ERR_DIFFERS, "%.*s: a text is not as it was written",
                    DB_NAME(l));
    *out = text;
    return OK;
}
