#include "store/beside.h"
#include "store/check.h"
#include "store/journal.h"

#include "core/text.h"

#include <string.h>
#include <time.h>

/* A run on its way into the tables. */
typedef struct {
    Ledger *ledger;
    const LedgerRun *data;
    int64_t run; /* its number */
    Hash last;   /* of the link before */
} Append;

/* A file's bytes on their way through the hash, and what that came to. */
typedef struct {
    const Source *source;
    Hash hash;
    ErrCode rc;
    Err err;
} Hashing;

static void hash_file(void *of)
{
    Hashing *h = of;
    h->rc = source_hash(&h->hash, h->source, &h->err);
}

/* A file's bytes, part by part. */
static ErrCode insert_parts(Ledger *l, int64_t file, const Source *s, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    TRY(db_prepare(&st, l,
                   "INSERT INTO parts(file, place, bytes) VALUES(?1, ?2, ?3)",
                   err));
    for (size_t at = 0, place = 0, n; at < s->n; at += n, place++) {
        n = s->n - at < PART_BYTES ? s->n - at : PART_BYTES;
        int bound = sqlite3_bind_int64(st, 1, file) |
                    sqlite3_bind_int64(st, 2, (int64_t)place) |
                    sqlite3_bind_blob64(st, 3, s->bytes + at, n, SQLITE_STATIC);
        TRY(db_put(l, st, bound, err));
    }
done:
    sqlite3_finalize(st);
    return rc;
}

/* Insert a file's bytes and hash them meanwhile. */
static ErrCode put_parts(Ledger *l, int64_t file, const Source *s, Err *err)
{
    Beside beside = {0};
    Hashing h = {.source = s};
    if (s->n > PART_BYTES)
        beside_start(&beside, hash_file, &h);
    else
        hash_file(&h);
    ErrCode rc = insert_parts(l, file, s, err);
    beside_end(&beside);
    if (rc == OK && h.rc != OK && err != NULL)
        *err = h.err;
    if (rc != OK || h.rc != OK)
        return rc != OK ? rc : h.rc;
    if (!check_same(&h.hash, &s->hash))
        return FAIL(err, ERR_DIFFERS, "%.*s: changed while it was read",
                    TEXT_SHORT(s->name));
    return OK;
}

/* The number of a file of these bytes, which is put in if it is new. */
static ErrCode put_file(int64_t *out, Ledger *l, const Source *s, Err *err)
{
    ErrCode rc = OK;
    enum { FIND, PUT, COUNT };
    static const char *const sql[COUNT] = {
        "SELECT file FROM files WHERE hash = ?1",
        "INSERT INTO files(hash, bytes) VALUES(?1, ?2)",
    };
    sqlite3_stmt *st[COUNT] = {0};
    int found;
    TRY(db_prepare_all(st, l, sql, COUNT, err));
    TRY(db_step(&found, l, st[FIND], db_bind_hash(st[FIND], 1, &s->hash), err));
    *out = found ? sqlite3_column_int64(st[FIND], 0) : 0;
    if (!found) {
        int bound = db_bind_hash(st[PUT], 1, &s->hash) |
                    sqlite3_bind_int64(st[PUT], 2, (int64_t)s->n);
        TRY(db_put(l, st[PUT], bound, err));
        *out = sqlite3_last_insert_rowid(l->db);
        TRY(put_parts(l, *out, s, err));
    }
done:
    db_finalize(st, COUNT);
    return rc;
}

static ErrCode put_files(Append *a, int64_t numbers[], Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    TRY(db_prepare(&st, a->ledger,
                   "INSERT INTO run_files(run, place, role, name, file)"
                   " VALUES(?1, ?2, ?3, ?4, ?5)",
                   err));
    for (size_t i = 0; i < a->data->nfiles; i++) {
        const LedgerFile *f = &a->data->files[i];
        TRY(put_file(&numbers[i], a->ledger, &f->source, err));
        int bound = sqlite3_bind_int64(st, 1, a->run) |
                    sqlite3_bind_int64(st, 2, (int64_t)i) |
                    db_bind_text(st, 3, f->role) |
                    db_bind_text(st, 4, f->source.name) |
                    sqlite3_bind_int64(st, 5, numbers[i]);
        TRY(db_put(a->ledger, st, bound, err));
    }
done:
    sqlite3_finalize(st);
    return rc;
}

static ErrCode put_results(Append *a, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    TRY(db_prepare(&st, a->ledger,
                   "INSERT INTO results(run, place, name, text)"
                   " VALUES(?1, ?2, ?3, ?4)",
                   err));
    for (size_t i = 0; i < a->data->nresults; i++) {
        const LedgerResult *r = &a->data->results[i];
        int bound = sqlite3_bind_int64(st, 1, a->run) |
                    sqlite3_bind_int64(st, 2, (int64_t)i) |
                    db_bind_text(st, 3, r->name) | db_bind_text(st, 4, r->text);
        TRY(db_put(a->ledger, st, bound, err));
    }
done:
    sqlite3_finalize(st);
    return rc;
}

/* The row of the run itself; its number is the next one. */
static ErrCode put_run(Append *a, Err *err)
{
    ErrCode rc = OK;
    const LedgerRun *d = a->data;
    sqlite3_stmt *st = NULL;
    Hash identity;
    TRY(link_identity(&identity, &a->ledger->link, d, err));
    TRY(db_prepare(&st, a->ledger,
                   "INSERT INTO runs(run, identity, command, version, options,"
                   " seed, rows, started) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
                   err));
    int bound =
        sqlite3_bind_int64(st, 1, a->run) | db_bind_hash(st, 2, &identity) |
        db_bind_text(st, 3, d->command) | db_bind_text(st, 4, d->version) |
        db_bind_text(st, 5, d->options) |
        sqlite3_bind_int64(st, 6, (int64_t)d->seed) |
        sqlite3_bind_int64(st, 7, (int64_t)d->nrows) |
        sqlite3_bind_int64(st, 8, d->started != 0 ? d->started : time(NULL));
    TRY(db_put(a->ledger, st, bound, err));
done:
    sqlite3_finalize(st);
    return rc;
}

/* Blocks of `rows` rows in all, each of its hash, and the last one the rest;
 * or one without rows. */
static ErrCode put_blocks(Append *a, const Hash hashes[], size_t rows, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    size_t i = 0, n;
    TRY(db_prepare(&st, a->ledger,
                   "INSERT INTO blocks(run, rows, hash) VALUES(?1, ?2, ?3)",
                   err));
    do {
        n = rows < BLOCK_ROWS ? rows : BLOCK_ROWS;
        int bound = sqlite3_bind_int64(st, 1, a->run) |
                    sqlite3_bind_int64(st, 2, (int64_t)n) |
                    db_bind_hash(st, 3, &hashes[i++]);
        TRY(db_put(a->ledger, st, bound, err));
        rows -= n;
    } while (rows > 0);
done:
    sqlite3_finalize(st);
    return rc;
}

/* The run and all that its first link covers, and that link. */
static ErrCode put_head(Append *a, Err *err)
{
    ErrCode rc = OK;
    size_t n = a->data->nfiles;
    int64_t *numbers = mem_new(n > 0 ? n : 1, sizeof *numbers);
    if (numbers == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    TRY(put_run(a, err));
    TRY(put_files(a, numbers, err));
    TRY(put_results(a, err));
    TRY(link_head(&a->last, &a->ledger->link, &a->last, a->run, a->data,
                  numbers, err));
    TRY(put_blocks(a, &a->last, 0, err));
done:
    mem_free(numbers);
    return rc;
}

/* Rows go in by groups, which is twice as fast as one by one.  ?1 is the run;
 * each further ? is the next number. */
#define ROW    "(?1,?,?,?,?,?)"
#define ROWS_4 ROW "," ROW "," ROW "," ROW
#define ROWS_32                                                                \
    ROWS_4 "," ROWS_4 "," ROWS_4 "," ROWS_4 "," ROWS_4 "," ROWS_4 "," ROWS_4   \
           "," ROWS_4
#define INSERT "INSERT INTO decisions(run,key,outcome,fen,line,trace) VALUES"
enum { GROUP = 32 };

/* rows[n] by a statement for n rows. */
static ErrCode put_group(Append *a, sqlite3_stmt *st, const LedgerRow rows[],
                         size_t n, Err *err)
{
    int bound = sqlite3_bind_int64(st, 1, a->run);
    for (size_t i = 0; i < n; i++) {
        const LedgerRow *r = &rows[i];
        int at = 2 + 5 * (int)i;
        bound |= db_bind_text(st, at, r->key) |
                 db_bind_text(st, at + 1, r->outcome) |
                 sqlite3_bind_int64(st, at + 2, r->fen) |
                 sqlite3_bind_int64(st, at + 3, r->line) |
                 db_bind_text(st, at + 4, r->trace);
    }
    return db_put(a->ledger, st, bound, err);
}

static ErrCode insert_rows(Append *a, Err *err)
{
    ErrCode rc = OK;
    static const char *const sql[2] = {INSERT ROWS_32, INSERT ROW};
    const LedgerRow *rows = a->data->rows;
    size_t i = 0, n = a->data->nrows;
    sqlite3_stmt *st[2] = {0};
    TRY(db_prepare_all(st, a->ledger, sql, 2, err));
    for (; n - i >= GROUP; i += GROUP)
        TRY(put_group(a, st[0], rows + i, GROUP, err));
    for (; i < n; i++)
        TRY(put_group(a, st[1], rows + i, 1, err));
done:
    db_finalize(st, 2);
    return rc;
}

/* The links over a run's rows, one after the other. */
typedef struct {
    Append *append;
    Hash *hashes; /* [blocks] */
    ErrCode rc;
    Err err;
} Linking;

static void link_blocks(void *of)
{
    Linking *k = of;
    Append *a = k->append;
    Link *link = &a->ledger->link;
    const LedgerRow *rows = a->data->rows;
    size_t n = a->data->nrows, i = 0;
    for (Hash *out = k->hashes; i < n && k->rc == OK; a->last = *out++) {
        size_t end = n - i < BLOCK_ROWS ? n : i + BLOCK_ROWS;
        link_rows_start(link, &a->last, a->run);
        for (; i < end; i++)
            link_row(link, &rows[i]);
        k->rc = link_end(out, link, &k->err);
    }
}

/* The decisions, and a link for each block of them, hashed meanwhile. */
static ErrCode put_rows(Append *a, Err *err)
{
    ErrCode rc = OK;
    Beside beside = {0};
    size_t n = a->data->nrows, blocks = (n + BLOCK_ROWS - 1) / BLOCK_ROWS;
    if (n == 0)
        return OK;
    Linking k = {.append = a, .hashes = mem_new(blocks, sizeof *k.hashes)};
    if (k.hashes == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for the ledger"));
    beside_start(&beside, link_blocks, &k);
    rc = insert_rows(a, err);
    beside_end(&beside);
    if (rc == OK && k.rc != OK && err != NULL)
        *err = k.err;
    TRY(rc != OK ? rc : k.rc);
    TRY(put_blocks(a, k.hashes, n, err));
done:
    mem_free(k.hashes);
    return rc;
}

ErrCode ledger_append(int64_t *run, Ledger *l, const LedgerRun *data, Err *err)
{
    ErrCode rc = OK;
    Append a = {.ledger = l, .data = data};
    LastLink last;
    TRY(db_begin(l, "BEGIN IMMEDIATE", err));
    TRY(check_last(&last, l, err));
    a.run = last.run + 1;
    a.last = last.hash;
    TRY(put_head(&a, err));
    TRY(put_rows(&a, err));
    TRY(db_exec(l, "COMMIT", err));
    *run = a.run;
done:
    if (rc != OK)
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    journal_settle(l);
    return rc;
}
