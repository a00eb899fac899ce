#include "store/load.h"

#include <string.h>

/* A text column, copied. */
static ErrCode copy(const char **out, Arena *arena, Ledger *l, sqlite3_stmt *st,
                    int column, Err *err)
{
    ErrCode rc = OK;
    const char *text;
    TRY(db_text(&text, l, st, column, err));
    *out = text_copy(arena, text, strlen(text));
    if (*out == NULL)
        rc = FAIL(err, ERR_MEMORY, "no memory for the ledger");
done:
    return rc;
}

static ErrCode not_written(const Ledger *l, int64_t run, Err *err)
{
    return FAIL(err, ERR_DIFFERS,
                "%.*s: run %lld: its files or results are not as they were "
                "written",
                DB_NAME(l), (long long)run);
}

static ErrCode load_files(Loaded *out, Arena *arena, Ledger *l, int64_t run,
                          sqlite3_stmt *st, Err *err)
{
    ErrCode rc = OK;
    size_t n = out->run.nfiles;
    int row, bound = sqlite3_bind_int64(st, 1, run);
    LedgerFile *files = arena_alloc(arena, n, sizeof *files);
    int64_t *numbers = arena_alloc(arena, n, sizeof *numbers);
    if (files == NULL || numbers == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    for (size_t i = 0; i < n; i++, bound = SQLITE_OK) {
        Source *s = &files[i].source;
        TRY(db_step(&row, l, st, bound, err));
        if (!row || sqlite3_column_int64(st, 0) != (int64_t)i ||
            !db_hash(&s->hash, st, 5))
            TRY(not_written(l, run, err));
        TRY(copy(&files[i].role, arena, l, st, 1, err));
        TRY(copy(&s->name, arena, l, st, 2, err));
        numbers[i] = sqlite3_column_int64(st, 3);
        s->n = (size_t)sqlite3_column_int64(st, 4);
    }
    out->run.files = files;
    out->numbers = numbers;
done:
    return rc;
}

static ErrCode load_results(Loaded *out, Arena *arena, Ledger *l, int64_t run,
                            sqlite3_stmt *st, Err *err)
{
    ErrCode rc = OK;
    size_t n = out->run.nresults;
    int row, bound = sqlite3_bind_int64(st, 1, run);
    LedgerResult *results = arena_alloc(arena, n, sizeof *results);
    if (results == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    for (size_t i = 0; i < n; i++, bound = SQLITE_OK) {
        TRY(db_step(&row, l, st, bound, err));
        if (!row || sqlite3_column_int64(st, 0) != (int64_t)i)
            TRY(not_written(l, run, err));
        TRY(copy(&results[i].name, arena, l, st, 1, err));
        TRY(copy(&results[i].text, arena, l, st, 2, err));
    }
    out->run.results = results;
done:
    return rc;
}

static ErrCode load_call(Loaded *out, Arena *arena, Ledger *l, int64_t run,
                         sqlite3_stmt *st, Err *err)
{
    ErrCode rc = OK;
    int row;
    TRY(db_step(&row, l, st, sqlite3_bind_int64(st, 1, run), err));
    if (!row)
        TRY(FAIL(err, ERR_USAGE, "%.*s: has no run %lld", DB_NAME(l),
                 (long long)run));
    TRY(copy(&out->run.command, arena, l, st, 0, err));
    TRY(copy(&out->run.version, arena, l, st, 1, err));
    TRY(copy(&out->run.options, arena, l, st, 2, err));
    out->run.seed = (uint64_t)sqlite3_column_int64(st, 3);
    out->run.nrows = (size_t)sqlite3_column_int64(st, 4);
    out->run.started = sqlite3_column_int64(st, 5);
    out->run.nfiles = (size_t)sqlite3_column_int64(st, 6);
    out->run.nresults = (size_t)sqlite3_column_int64(st, 7);
    out->first = 1 + sqlite3_column_int64(st, 8);
    if (!db_hash(&out->identity, st, 9))
        rc = not_written(l, run, err);
done:
    return rc;
}

ErrCode load_run(Loaded *out, Arena *arena, Ledger *l, int64_t run, Err *err)
{
    ErrCode rc = OK;
    enum { CALL, FILES, RESULTS, COUNT };
    static const char *const sql[COUNT] = {
        "SELECT command, version, options, seed, rows, started,"
        " (SELECT count(*) FROM run_files WHERE run = ?1),"
        " (SELECT count(*) FROM results WHERE run = ?1),"
        " (SELECT coalesce(sum(rows), 0) FROM runs WHERE run < ?1),"
        " identity FROM runs WHERE run = ?1",
        "SELECT place, role, name, file, files.bytes, hash"
        " FROM run_files LEFT JOIN files USING(file)"
        " WHERE run = ?1 ORDER BY place",
        "SELECT place, name, text FROM results WHERE run = ?1 ORDER BY place",
    };
    sqlite3_stmt *st[COUNT] = {0};
    Loaded got = {0};
    TRY(db_prepare_all(st, l, sql, COUNT, err));
    TRY(load_call(&got, arena, l, run, st[CALL], err));
    TRY(load_files(&got, arena, l, run, st[FILES], err));
    TRY(load_results(&got, arena, l, run, st[RESULTS], err));
    *out = got;
done:
    db_finalize(st, COUNT);
    return rc;
}

ErrCode load_row(LedgerRow *out, Ledger *l, sqlite3_stmt *st, Err *err)
{
    ErrCode rc = OK;
    int64_t line = sqlite3_column_int64(st, 5);
    TRY(db_text(&out->key, l, st, 2, err));
    TRY(db_text(&out->outcome, l, st, 3, err));
    TRY(db_text(&out->trace, l, st, 6, err));
    out->fen = sqlite3_column_int64(st, 4);
    out->line = (uint32_t)line;
    if (line < 0 || line > UINT32_MAX)
        rc = FAIL(err, ERR_DIFFERS,
                  "%.*s: decision %lld is not as it was written", DB_NAME(l),
                  (long long)sqlite3_column_int64(st, 0));
done:
    return rc;
}

ErrCode load_last(LastLink *out, Ledger *l, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    LastLink last = {0};
    int row;
    TRY(db_prepare(&st, l,
                   "SELECT block, run, rows, hash FROM blocks"
                   " ORDER BY block DESC LIMIT 2",
                   err));
    TRY(db_step(&row, l, st, SQLITE_OK, err));
    if (row) {
        last.block = sqlite3_column_int64(st, 0);
        last.run = sqlite3_column_int64(st, 1);
        last.rows = sqlite3_column_int64(st, 2);
        (void)db_hash(&last.hash, st, 3); /* zeros fit no link */
        TRY(db_step(&row, l, st, SQLITE_OK, err));
    }
    if (row)
        (void)db_hash(&last.before, st, 3);
    *out = last;
done:
    sqlite3_finalize(st);
    return rc;
}
