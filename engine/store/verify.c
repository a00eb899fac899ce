#include "store/check.h"
#include "store/schema.h"

#include <string.h>

/* Where the verification of a whole ledger stands. */
typedef struct {
    Ledger *ledger;
    Hash last;                   /* the link before */
    sqlite3_stmt *blocks, *rows; /* cursors in the order of writing */
    int64_t block, row, run;     /* numbers of the last ones seen */
    int64_t files;               /* of the ledger, seen in runs so far */
    int64_t run_files, results;  /* seen in runs so far */
} Walk;

/* The next block is what a link of n rows of this run must be. */
static ErrCode walk_block(Walk *w, int64_t n, const Hash *want, Err *err)
{
    ErrCode rc = OK;
    Hash got;
    int row;
    TRY(db_step(&row, w->ledger, w->blocks, SQLITE_OK, err));
    if (!row || sqlite3_column_int64(w->blocks, 0) != ++w->block ||
        sqlite3_column_int64(w->blocks, 1) != w->run ||
        sqlite3_column_int64(w->blocks, 2) != n ||
        !db_hash(&got, w->blocks, 3) || !check_same(&got, want))
        TRY(n == 0 ? check_differs(w->ledger, w->run, err)
                   : FAIL(err, ERR_DIFFERS,
                          "%.*s: run %lld: of decisions %lld to %lld one is "
                          "not as it was written",
                          DB_NAME(w->ledger), (long long)w->run,
                          (long long)(w->row + 1), (long long)(w->row + n)));
    w->last = *want;
done:
    return rc;
}

/* A run's files are known ones or the next ones. */
static ErrCode walk_files(Walk *w, const Loaded *loaded, Err *err)
{
    for (size_t i = 0; i < loaded->run.nfiles; i++) {
        if (loaded->numbers[i] > w->files + 1)
            return check_differs(w->ledger, w->run, err);
        if (loaded->numbers[i] == w->files + 1)
            w->files++;
    }
    w->run_files += (int64_t)loaded->run.nfiles;
    w->results += (int64_t)loaded->run.nresults;
    return OK;
}

static ErrCode walk_run(Walk *w, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Loaded loaded;
    Hash want;
    TRY(check_head(&want, &loaded, arena, w->ledger, &w->last, w->run, err));
    TRY(walk_block(w, 0, &want, err));
    TRY(walk_files(w, &loaded, err));
    for (int64_t left = (int64_t)loaded.run.nrows; left > 0;) {
        int64_t n = left < BLOCK_ROWS ? left : BLOCK_ROWS;
        TRY(check_rows(&want, w->ledger, &w->last, w->run, w->rows, w->row + 1,
                       n, err));
        TRY(walk_block(w, n, &want, err));
        w->row += n;
        left -= n;
    }
done:
    return rc;
}

/* Runs 1 to n, each after the other. */
static ErrCode walk_runs(Walk *w, int64_t n, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = arena_new();
    if (arena == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    for (w->run = 1; w->run <= n; w->run++) {
        TRY(walk_run(w, arena, err));
        arena_reset(arena);
    }
done:
    arena_free(arena);
    return rc;
}

/* A table has `want` rows, no others were put in or taken out. */
static ErrCode check_count(Ledger *l, const char *sql, const char *table,
                           int64_t want, Err *err)
{
    ErrCode rc = OK;
    int64_t n;
    TRY(db_number(&n, l, sql, err));
    if (n != want)
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: table %s has %lld rows where the runs made %lld",
                 DB_NAME(l), table, (long long)n, (long long)want));
done:
    return rc;
}

static ErrCode walk(Walk *w, Err *err)
{
    ErrCode rc = OK;
    Ledger *l = w->ledger;
    int64_t runs;
    TRY(db_prepare(&w->blocks, l,
                   "SELECT block, run, rows, hash FROM blocks ORDER BY block",
                   err));
    TRY(db_prepare(&w->rows, l, LOAD_ROW_SQL "FROM decisions ORDER BY row",
                   err));
    TRY(db_number(&runs, l, "SELECT count(*) FROM runs", err));
    TRY(walk_runs(w, runs, err));
    TRY(check_count(l, "SELECT count(*) FROM decisions", "decisions", w->row,
                    err));
    TRY(check_count(l, "SELECT count(*) FROM blocks", "blocks", w->block, err));
    TRY(check_count(l, "SELECT count(*) FROM run_files", "run_files",
                    w->run_files, err));
    TRY(check_count(l, "SELECT count(*) FROM results", "results", w->results,
                    err));
    TRY(check_count(l, "SELECT count(*) FROM files", "files", w->files, err));
done:
    sqlite3_finalize(w->blocks);
    sqlite3_finalize(w->rows);
    return rc;
}

/* Hash one file's parts from a cursor that stands before them. */
static ErrCode check_file(Ledger *l, sqlite3_stmt *parts, int64_t *part,
                          int64_t file, int64_t bytes, const Hash *want,
                          Err *err)
{
    ErrCode rc = OK;
    Hash got;
    int row, good = 1;
    hash_start(l->link.hasher);
    for (int64_t place = 0, n; good && bytes > 0; place++, bytes -= n) {
        TRY(db_step(&row, l, parts, SQLITE_OK, err));
        n = bytes < PART_BYTES ? bytes : PART_BYTES;
        good = row && sqlite3_column_int64(parts, 0) == ++*part &&
               sqlite3_column_int64(parts, 1) == file &&
               sqlite3_column_int64(parts, 2) == place &&
               sqlite3_column_bytes(parts, 3) == n;
        if (good)
            hash_add(l->link.hasher, sqlite3_column_blob(parts, 3), (size_t)n);
    }
    TRY(hash_end(&got, l->link.hasher, err));
    if (!good || !check_same(&got, want))
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: file %lld: its bytes are not as they were written",
                 DB_NAME(l), (long long)file));
done:
    return rc;
}

/* Every file's bytes give its hash. */
static ErrCode check_files(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    enum { FILES, PARTS, COUNT };
    static const char *const sql[COUNT] = {
        "SELECT file, bytes, hash FROM files ORDER BY file",
        "SELECT part, file, place, bytes FROM parts ORDER BY part",
    };
    sqlite3_stmt *st[COUNT] = {0};
    int64_t part = 0;
    int row;
    TRY(db_prepare_all(st, l, sql, COUNT, err));
    TRY(db_step(&row, l, st[FILES], SQLITE_OK, err));
    for (int64_t file = 1; row; file++) {
        Hash want = {0};
        if (!db_hash(&want, st[FILES], 2) ||
            sqlite3_column_int64(st[FILES], 0) != file)
            TRY(FAIL(err, ERR_DIFFERS,
                     "%.*s: file %lld is not as it was written", DB_NAME(l),
                     (long long)file));
        TRY(check_file(l, st[PARTS], &part, file,
                       sqlite3_column_int64(st[FILES], 1), &want, err));
        TRY(db_step(&row, l, st[FILES], SQLITE_OK, err));
    }
    TRY(check_count(l, "SELECT count(*) FROM parts", "parts", part, err));
done:
    db_finalize(st, COUNT);
    return rc;
}

/* A check of SQLite's own: every page, and indexes against their tables. */
static ErrCode check_pages(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    const char *said;
    int row;
    TRY(db_prepare(&st, l, "PRAGMA integrity_check(1)", err));
    TRY(db_step(&row, l, st, SQLITE_OK, err));
    TRY(db_text(&said, l, st, 0, err));
    if (strcmp(said, "ok") != 0)
        TRY(FAIL(err, ERR_DIFFERS, "%.*s: is damaged: %s", DB_NAME(l), said));
done:
    sqlite3_finalize(st);
    return rc;
}

ErrCode ledger_verify(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    Walk w = {.ledger = l};
    TRY(db_begin(l, "BEGIN", err)); /* one state of all tables */
    TRY(schema_check(l, err));
    TRY(check_pages(l, err));
    TRY(walk(&w, err));
    TRY(check_files(l, err));
done:
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}
