#include "store/verify.h"

#include "core/text.h"

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

static int same(const Hash *a, const Hash *b)
{
    return memcmp(a->byte, b->byte, HASH_SIZE) == 0;
}

static ErrCode head_differs(const Ledger *l, int64_t run, Err *err)
{
    return FAIL(err, ERR_DIFFERS,
                "%.*s: run %lld: its command, options, files or results are "
                "not as they were written",
                TEXT_SHORT(l->path), (long long)run);
}

/* The first link of a run after *before, from what the tables hold now. */
static ErrCode head_link(Hash *out, Loaded *loaded, Arena *arena, Ledger *l,
                         const Hash *before, int64_t run, Err *err)
{
    ErrCode rc = OK;
    Hash identity;
    TRY(load_run(loaded, arena, l, run, err));
    TRY(link_identity(&identity, &l->link, &loaded->run, err));
    if (!same(&identity, &loaded->identity))
        TRY(head_differs(l, run, err));
    TRY(link_head(out, &l->link, before, run, &loaded->run, loaded->numbers,
                  err));
done:
    return rc;
}

/* The link over the next n rows of a cursor, the first of them number
 * `first`. */
static ErrCode rows_link(Hash *out, Ledger *l, const Hash *before, int64_t run,
                         sqlite3_stmt *rows, int64_t first, int64_t n, Err *err)
{
    ErrCode rc = OK;
    int row;
    link_rows_start(&l->link, before, run);
    for (int64_t i = 0; i < n; i++) {
        LedgerRow r;
        TRY(db_step(&row, l, rows, SQLITE_OK, err));
        if (!row || sqlite3_column_int64(rows, 0) != first + i ||
            sqlite3_column_int64(rows, 1) != run)
            TRY(FAIL(err, ERR_DIFFERS,
                     "%.*s: run %lld: decision %lld is not as it was written",
                     TEXT_SHORT(l->path), (long long)run,
                     (long long)(first + i)));
        TRY(load_row(&r, l, rows, err));
        link_row(&l->link, &r);
    }
    TRY(link_end(out, &l->link, err));
done:
    return rc;
}

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
        !db_hash(&got, w->blocks, 3) || !same(&got, want))
        TRY(n == 0 ? head_differs(w->ledger, w->run, err)
                   : FAIL(err, ERR_DIFFERS,
                          "%.*s: run %lld: of decisions %lld to %lld one is "
                          "not as it was written",
                          TEXT_SHORT(w->ledger->path), (long long)w->run,
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
            return head_differs(w->ledger, w->run, err);
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
    TRY(head_link(&want, &loaded, arena, w->ledger, &w->last, w->run, err));
    TRY(walk_block(w, 0, &want, err));
    TRY(walk_files(w, &loaded, err));
    for (int64_t left = (int64_t)loaded.run.nrows; left > 0;) {
        int64_t n = left < BLOCK_ROWS ? left : BLOCK_ROWS;
        TRY(rows_link(&want, w->ledger, &w->last, w->run, w->rows, w->row + 1,
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
                 TEXT_SHORT(l->path), table, (long long)n, (long long)want));
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
    if (!good || !same(&got, want))
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: file %lld: its bytes are not as they were written",
                 TEXT_SHORT(l->path), (long long)file));
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
                     "%.*s: file %lld is not as it was written",
                     TEXT_SHORT(l->path), (long long)file));
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
        TRY(FAIL(err, ERR_DIFFERS, "%.*s: is damaged: %s", TEXT_SHORT(l->path),
                 said));
done:
    sqlite3_finalize(st);
    return rc;
}

ErrCode ledger_verify(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    Walk w = {.ledger = l};
    TRY(db_exec(l, "BEGIN", err)); /* one state of all tables */
    TRY(db_check_tables(l, err));
    TRY(check_pages(l, err));
    TRY(walk(&w, err));
    TRY(check_files(l, err));
done:
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* The rows of the last link, which are the last of the table. */
static ErrCode last_rows(Hash *out, Ledger *l, const LastLink *last, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    int64_t total;
    TRY(db_number(&total, l, "SELECT sum(rows) FROM runs", err));
    TRY(db_prepare(&st, l,
                   LOAD_ROW_SQL "FROM decisions WHERE row > ?1 ORDER BY row",
                   err));
    TRY(db_told(l, sqlite3_bind_int64(st, 1, total - last->rows), err));
    TRY(rows_link(out, l, &last->before, last->run, st, total - last->rows + 1,
                  last->rows, err));
done:
    sqlite3_finalize(st);
    return rc;
}

ErrCode verify_last(LastLink *last, Ledger *l, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = NULL;
    Loaded loaded;
    Hash want = {0};
    int64_t runs, rows, top;
    TRY(load_last(last, l, err));
    TRY(db_number(&runs, l, "SELECT max(run) FROM runs", err));
    TRY(db_number(&rows, l, "SELECT sum(rows) FROM runs", err));
    TRY(db_number(&top, l, "SELECT max(row) FROM decisions", err));
    if (last->rows > 0)
        TRY(last_rows(&want, l, last, err));
    else if (last->block > 0) {
        if ((arena = arena_new()) == NULL)
            TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
        TRY(head_link(&want, &loaded, arena, l, &last->before, last->run, err));
    }
    if (!same(&want, &last->hash) || last->run != runs || rows != top)
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: its end is not as it was written; see 'kedan ledger "
                 "verify'",
                 TEXT_SHORT(l->path)));
done:
    arena_free(arena);
    return rc;
}
