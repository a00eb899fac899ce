#include "store/db.h"

#include "core/text.h"

#include <string.h>

enum {
    VERSION = 1,       /* of the tables: PRAGMA user_version */
    NAME = 0x6b64616e, /* "kdan": PRAGMA application_id */
    BUSY_MS = 5000
};

/* Every object of the database, as SQLite keeps its text. */
static const char *const tables[] = {
    "CREATE TABLE files(file INTEGER PRIMARY KEY,"
    " hash BLOB NOT NULL UNIQUE CHECK(length(hash) = 32),"
    " bytes INTEGER NOT NULL CHECK(bytes >= 0)) STRICT",
    "CREATE TABLE parts(part INTEGER PRIMARY KEY,"
    " file INTEGER NOT NULL REFERENCES files, place INTEGER NOT NULL,"
    " bytes BLOB NOT NULL, UNIQUE(file, place)) STRICT",
    "CREATE TABLE runs(run INTEGER PRIMARY KEY,"
    " identity BLOB NOT NULL CHECK(length(identity) = 32),"
    " command TEXT NOT NULL, version TEXT NOT NULL, options TEXT NOT NULL,"
    " seed INTEGER NOT NULL, rows INTEGER NOT NULL CHECK(rows >= 0),"
    " started INTEGER NOT NULL) STRICT",
    "CREATE TABLE run_files(run INTEGER NOT NULL REFERENCES runs,"
    " place INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,"
    " file INTEGER NOT NULL REFERENCES files, UNIQUE(run, place)) STRICT",
    "CREATE TABLE results(run INTEGER NOT NULL REFERENCES runs,"
    " place INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,"
    " UNIQUE(run, place)) STRICT",
    "CREATE TABLE decisions(row INTEGER PRIMARY KEY,"
    " run INTEGER NOT NULL REFERENCES runs, key TEXT NOT NULL,"
    " outcome TEXT NOT NULL, fen INTEGER NOT NULL, line INTEGER NOT NULL,"
    " trace TEXT NOT NULL) STRICT",
    "CREATE TABLE blocks(block INTEGER PRIMARY KEY,"
    " run INTEGER NOT NULL REFERENCES runs, rows INTEGER NOT NULL,"
    " hash BLOB NOT NULL CHECK(length(hash) = 32)) STRICT",
    "CREATE INDEX runs_identity ON runs(identity)",
};

enum { NTABLES = sizeof tables / sizeof *tables };

/* From version 0, an empty file, to version 1.  A change of the tables adds a
 * function here and raises VERSION. */
static ErrCode migrate_0(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    for (int i = 0; i < NTABLES; i++)
        TRY(db_exec(l, tables[i], err));
    TRY(db_exec(l, "PRAGMA application_id=1801740654; PRAGMA user_version=1",
                err));
done:
    return rc;
}

static ErrCode (*const migrations[VERSION])(Ledger *, Err *) = {migrate_0};

/* The version of the file, where 0 is an empty one.  ERR_INPUT for files of
 * others and of newer programs. */
static ErrCode read_version(int64_t *out, Ledger *l, Err *err)
{
    ErrCode rc = OK;
    int64_t name, version, objects;
    TRY(db_number(&name, l, "PRAGMA application_id", err));
    TRY(db_number(&version, l, "PRAGMA user_version", err));
    TRY(db_number(&objects, l, "SELECT count(*) FROM sqlite_schema", err));
    if (name != NAME && (name != 0 || version != 0 || objects != 0))
        TRY(FAIL(err, ERR_INPUT,
                 "%.*s: is a database of another program, not a ledger; name "
                 "another with --ledger",
                 TEXT_SHORT(l->path)));
    if (version > VERSION)
        TRY(FAIL(err, ERR_INPUT,
                 "%.*s: a newer kedan wrote it (tables of version %lld, this "
                 "program knows %d)",
                 TEXT_SHORT(l->path), (long long)version, VERSION));
    *out = version;
done:
    return rc;
}

/* Bring the tables to VERSION, whoever else tries the same. */
static ErrCode migrate(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    int64_t version;
    TRY(db_exec(l, "BEGIN IMMEDIATE", err));
    TRY(read_version(&version, l, err));
    for (; version < VERSION; version++)
        TRY(migrations[version](l, err));
    TRY(db_exec(l, "COMMIT", err));
done:
    if (rc != OK)
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

ErrCode db_check_tables(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    int64_t n;
    int found = 1;
    TRY(db_number(&n, l,
                  "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL",
                  err));
    TRY(db_prepare(&st, l, "SELECT 1 FROM sqlite_schema WHERE sql = ?1", err));
    for (int i = 0; i < NTABLES && found; i++) {
        TRY(db_step(&found, l, st, db_bind_text(st, 1, tables[i]), err));
        sqlite3_reset(st);
    }
    if (n != NTABLES || !found)
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: its tables are not as they were written",
                 TEXT_SHORT(l->path)));
done:
    sqlite3_finalize(st);
    return rc;
}

static ErrCode set_up(Ledger *l, LedgerMode mode, Err *err)
{
    ErrCode rc = OK;
    int64_t version;
    sqlite3_busy_timeout(l->db, BUSY_MS);
    sqlite3_extended_result_codes(l->db, 1);
    TRY(read_version(&version, l, err));
    if (mode == LEDGER_READ && version == 0)
        TRY(FAIL(err, ERR_INPUT, "%.*s: is empty, not a ledger",
                 TEXT_SHORT(l->path)));
    TRY(db_exec(l,
                "PRAGMA page_size=16384;" /* heeded by an empty file alone */
                "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON",
                err));
    if (mode == LEDGER_WRITE)
        TRY(db_exec(l, "PRAGMA journal_mode=WAL", err));
    if (version < VERSION)
        TRY(migrate(l, err));
    TRY(db_check_tables(l, err));
done:
    return rc;
}

/* "./" before a relative path keeps SQLite from seeing ":memory:", a URI or
 * the empty name of a file that vanishes. */
static char *plain_path(const char *path)
{
    size_t n = strlen(path), skip = path[0] == '/' ? 0 : 2;
    char *out = mem_new(n + skip + 1, 1);
    if (out == NULL)
        return NULL;
    memcpy(out, "./", skip);
    memcpy(out + skip, path, n);
    return out;
}

ErrCode ledger_open(Ledger **out, const char *path, LedgerMode mode, Err *err)
{
    ErrCode rc = OK;
    int flags = mode == LEDGER_READ
                    ? SQLITE_OPEN_READWRITE
                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    Ledger *l = mem_new(1, sizeof *l);
    if (l == NULL || (l->path = plain_path(path)) == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a ledger"));
    TRY(hash_new(&l->link.hasher, err));
    TRY(db_told(l, sqlite3_open_v2(l->path, &l->db, flags, NULL), err));
    TRY(set_up(l, mode, err));
    *out = l;
    l = NULL; /* given away */
done:
    ledger_close(l);
    return rc;
}

void ledger_close(Ledger *l)
{
    if (l == NULL)
        return;
    sqlite3_close(l->db);
    hash_free(l->link.hasher);
    mem_free(l->path);
    mem_free(l);
}
