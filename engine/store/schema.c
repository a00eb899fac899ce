#include "store/schema.h"

enum {
    VERSION = 1,      /* of the tables: PRAGMA user_version */
    NAME = 0x6b64616e /* "kdan": PRAGMA application_id */
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

/* Three numbers of one state of the file, within a transaction or not. */
static ErrCode read_marks(int64_t *name, int64_t *version, int64_t *objects,
                          Ledger *l, Err *err)
{
    ErrCode rc = OK;
    TRY(db_exec(l, "SAVEPOINT marks", err));
    TRY(db_number(objects, l, "SELECT count(*) FROM sqlite_schema", err));
    TRY(db_number(name, l, "PRAGMA application_id", err));
    TRY(db_number(version, l, "PRAGMA user_version", err));
    TRY(db_exec(l, "RELEASE marks", err));
done:
    return rc;
}

ErrCode schema_version(int64_t *out, Ledger *l, Err *err)
{
    ErrCode rc = OK;
    int64_t name, version, objects;
    TRY(read_marks(&name, &version, &objects, l, err));
    if (name != NAME && (name != 0 || version != 0 || objects != 0))
        TRY(FAIL(err, ERR_INPUT,
                 "%.*s: is a database of another program, not a ledger; name "
                 "another with --ledger",
                 DB_NAME(l)));
    if (version > VERSION)
        TRY(FAIL(err, ERR_INPUT,
                 "%.*s: a newer kedan wrote it (tables of version %lld, this "
                 "program knows %d)",
                 DB_NAME(l), (long long)version, VERSION));
    *out = version;
done:
    return rc;
}

ErrCode schema_migrate(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    int64_t version;
    TRY(schema_version(&version, l, err));
    if (version == VERSION)
        return OK;
    TRY(db_begin(l, "BEGIN IMMEDIATE", err));
    TRY(schema_version(&version, l, err));
    for (; version < VERSION; version++)
        TRY(migrations[version](l, err));
    TRY(db_exec(l, "COMMIT", err));
done:
    if (rc != OK)
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

ErrCode schema_check(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    sqlite3_stmt *st = NULL;
    int64_t n, version;
    int found = 1;
    TRY(schema_version(&version, l, err));
    TRY(db_number(&n, l,
                  "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL",
                  err));
    TRY(db_prepare(&st, l, "SELECT 1 FROM sqlite_schema WHERE sql = ?1", err));
    for (int i = 0; i < NTABLES && found; i++) {
        TRY(db_step(&found, l, st, db_bind_text(st, 1, tables[i]), err));
        sqlite3_reset(st);
    }
    if (version != VERSION || n != NTABLES || !found)
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: its tables are not as they were written", DB_NAME(l)));
done:
    sqlite3_finalize(st);
    return rc;
}
