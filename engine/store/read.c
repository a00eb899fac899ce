#include "store/load.h"

#include "core/text.h"

#include <string.h>

/* A query for one number, with a hash or nothing to bind. */
static ErrCode find_run(int64_t *run, Ledger *l, const char *sql,
                        const Hash *identity, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    int row, bound = SQLITE_OK;
    TRY(db_prepare(&st, l, sql, err));
    if (identity != NULL)
        bound = db_bind_hash(st, 1, identity);
    TRY(db_step(&row, l, st, bound, err));
    *run = row ? sqlite3_column_int64(st, 0) : 0;
done:
    sqlite3_finalize(st);
    return rc;
}

ErrCode ledger_find(int64_t *run, Ledger *l, Hash identity, Err *err)
{
    return find_run(run, l, "SELECT max(run) FROM runs WHERE identity = ?1",
                    &identity, err);
}

ErrCode ledger_last(int64_t *run, Ledger *l, Err *err)
{
    return find_run(run, l, "SELECT max(run) FROM runs", NULL, err);
}

ErrCode ledger_head(Hash *out, Ledger *l, Err *err)
{
    LastLink last;
    ErrCode rc = load_last(&last, l, err);
    if (rc == OK)
        *out = last.hash;
    return rc;
}

static ErrCode file_differs(const Ledger *l, const Source *s, Err *err)
{
    return FAIL(err, ERR_DIFFERS,
                "%.*s: the bytes kept of %s are not as they were written",
                DB_NAME(l), s->name);
}

/* Put the bytes of a file behind s->hash and s->n together. */
static ErrCode read_bytes(Source *s, Arena *arena, Ledger *l, sqlite3_stmt *st,
                          int64_t file, Err *err)
{
    ErrCode rc = OK;
    Hash got;
    size_t at = 0;
    int row;
    char *bytes = arena_alloc(arena, s->n + 1, 1);
    if (bytes == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    TRY(db_step(&row, l, st, sqlite3_bind_int64(st, 1, file), err));
    while (row) {
        size_t n = (size_t)sqlite3_column_bytes(st, 0);
        if (n > s->n - at)
            TRY(file_differs(l, s, err));
        if (n > 0)
            memcpy(bytes + at, sqlite3_column_blob(st, 0), n);
        at += n;
        TRY(db_step(&row, l, st, SQLITE_OK, err));
    }
    hash_start(l->link.hasher);
    hash_add(l->link.hasher, bytes, at);
    TRY(hash_end(&got, l->link.hasher, err));
    if (at != s->n || memcmp(got.byte, s->hash.byte, HASH_SIZE) != 0)
        TRY(file_differs(l, s, err));
    s->bytes = bytes;
done:
    sqlite3_reset(st);
    return rc;
}

ErrCode ledger_read(LedgerRun *out, Arena *arena, Ledger *l, int64_t run,
                    Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    Loaded loaded;
    TRY(db_begin(l, "BEGIN", err));
    TRY(load_run(&loaded, arena, l, run, err));
    TRY(db_prepare(
        &st, l, "SELECT bytes FROM parts WHERE file = ?1 ORDER BY place", err));
    LedgerFile *files = arena_alloc(arena, loaded.run.nfiles, sizeof *files);
    if (files == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    for (size_t i = 0; i < loaded.run.nfiles; i++) {
        files[i] = loaded.run.files[i];
        TRY(read_bytes(&files[i].source, arena, l, st, loaded.numbers[i], err));
    }
    loaded.run.files = files;
    *out = loaded.run;
done:
    sqlite3_finalize(st);
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* A row whose texts live in the arena. */
static ErrCode keep_row(LedgerRow *out, Arena *arena, Ledger *l,
                        sqlite3_stmt *st, Err *err)
{
    ErrCode rc = OK;
    LedgerRow r;
    TRY(load_row(&r, l, st, err));
    r.key = text_copy(arena, r.key, strlen(r.key));
    r.outcome = text_copy(arena, r.outcome, strlen(r.outcome));
    r.trace = text_copy(arena, r.trace, strlen(r.trace));
    if (r.key == NULL || r.outcome == NULL || r.trace == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    *out = r;
done:
    return rc;
}

/* Rows first .. first + n - 1, which all have to be there. */
static ErrCode keep_rows(LedgerRow rows[], Arena *arena, Ledger *l,
                         int64_t first, size_t n, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    TRY(db_prepare(&st, l,
                   LOAD_ROW_SQL "FROM decisions WHERE row >= ?1 ORDER BY row",
                   err));
    int row, bound = sqlite3_bind_int64(st, 1, first);
    for (size_t i = 0; i < n; i++, bound = SQLITE_OK) {
        TRY(db_step(&row, l, st, bound, err));
        if (!row)
            TRY(FAIL(err, ERR_DIFFERS, "%.*s: decisions are missing",
                     DB_NAME(l)));
        TRY(keep_row(&rows[i], arena, l, st, err));
    }
done:
    sqlite3_finalize(st);
    return rc;
}

ErrCode ledger_rows(LedgerRow **out, size_t *n, Arena *arena, Ledger *l,
                    int64_t run, Err *err)
{
    ErrCode rc = OK;
    Loaded loaded;
    TRY(db_begin(l, "BEGIN", err));
    TRY(load_run(&loaded, arena, l, run, err));
    LedgerRow *rows = arena_alloc(arena, loaded.run.nrows, sizeof *rows);
    if (rows == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    TRY(keep_rows(rows, arena, l, loaded.first, loaded.run.nrows, err));
    *out = rows;
    *n = loaded.run.nrows;
done:
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

ErrCode ledger_key(int64_t *run, LedgerRow *out, Arena *arena, Ledger *l,
                   const char *key, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    int row;
    TRY(db_prepare(&st, l,
                   LOAD_ROW_SQL "FROM decisions WHERE key = ?1"
                                " ORDER BY row DESC LIMIT 1",
                   err));
    TRY(db_step(&row, l, st, db_bind_text(st, 1, key), err));
    if (row)
        TRY(keep_row(out, arena, l, st, err));
    *run = row ? sqlite3_column_int64(st, 1) : 0;
done:
    sqlite3_finalize(st);
    return rc;
}
