#include "store/check.h"

#include <string.h>

int check_same(const Hash *a, const Hash *b)
{
    return memcmp(a->byte, b->byte, HASH_SIZE) == 0;
}

ErrCode check_differs(const Ledger *l, int64_t run, Err *err)
{
    return FAIL(err, ERR_DIFFERS,
                "%.*s: run %lld: its command, options, files or results are "
                "not as they were written",
                DB_NAME(l), (long long)run);
}

ErrCode check_head(Hash *out, Loaded *loaded, Arena *arena, Ledger *l,
                   const Hash *before, int64_t run, Err *err)
{
    ErrCode rc = OK;
    Hash identity;
    TRY(load_run(loaded, arena, l, run, err));
    TRY(link_identity(&identity, &l->link, &loaded->run, err));
    if (!check_same(&identity, &loaded->identity))
        TRY(check_differs(l, run, err));
    TRY(link_head(out, &l->link, before, run, &loaded->run, loaded->numbers,
                  err));
done:
    return rc;
}

ErrCode check_rows(Hash *out, Ledger *l, const Hash *before, int64_t run,
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
                     DB_NAME(l), (long long)run, (long long)(first + i)));
        TRY(load_row(&r, l, rows, err));
        link_row(&l->link, &r);
    }
    TRY(link_end(out, &l->link, err));
done:
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
    TRY(check_rows(out, l, &last->before, last->run, st, total - last->rows + 1,
                   last->rows, err));
done:
    sqlite3_finalize(st);
    return rc;
}

ErrCode check_last(LastLink *last, Ledger *l, Err *err)
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
        TRY(check_head(&want, &loaded, arena, l, &last->before, last->run,
                       err));
    }
    if (!check_same(&want, &last->hash) || last->run != runs || rows != top)
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: its end is not as it was written; see 'kedan ledger "
                 "verify'",
                 DB_NAME(l)));
done:
    arena_free(arena);
    return rc;
}
