#include "store/journal.h"
#include "store/schema.h"

#include <string.h>
#include <sys/stat.h>

/* The file has all its pages; while a -wal holds some, this cannot be told. */
static ErrCode check_size(Ledger *l, Err *err)
{
    ErrCode rc = OK;
    int64_t pages, bytes;
    struct stat wal, file;
    TRY(db_number(&pages, l, "PRAGMA page_count", err));
    TRY(db_number(&bytes, l, "PRAGMA page_size", err));
    const char *beside = sqlite3_filename_wal(sqlite3_db_filename(l->db, NULL));
    if (stat(beside, &wal) == 0 && wal.st_size > 0)
        return OK;
    if (stat(l->path, &file) == 0 && file.st_size < pages * bytes)
        TRY(FAIL(err, ERR_DIFFERS,
                 "%.*s: is cut short: %lld of %lld bytes; put a copy in its "
                 "place",
                 DB_NAME(l), (long long)file.st_size,
                 (long long)(pages * bytes)));
done:
    return rc;
}

/* What SQLite takes for an empty file may be the rest of another: no database
 * is shorter than its smallest page, 512 bytes. */
static ErrCode check_empty(Ledger *l, Err *err)
{
    struct stat file;
    if (stat(l->path, &file) == 0 && file.st_size > 0 && file.st_size < 512)
        return db_told(l, SQLITE_NOTADB, err);
    return OK;
}

static ErrCode set_up(Ledger *l, LedgerMode mode, Err *err)
{
    ErrCode rc = OK;
    int64_t version;
    sqlite3_busy_timeout(l->db, BUSY_MS);
    sqlite3_extended_result_codes(l->db, 1);
    TRY(schema_version(&version, l, err));
    if (version == 0)
        TRY(check_empty(l, err));
    if (mode == LEDGER_READ && version == 0)
        TRY(FAIL(err, ERR_INPUT, "%.*s: is empty, not a ledger", DB_NAME(l)));
    TRY(db_exec(l,
                "PRAGMA page_size=16384;" /* heeded by an empty file alone */
                "PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON;"
                "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY",
                err));
    if (mode == LEDGER_WRITE)
        TRY(journal_share(l, err));
    if (mode == LEDGER_WRITE)
        TRY(schema_migrate(l, err));
    TRY(schema_check(l, err));
    TRY(check_size(l, err));
done:
    return rc;
}

/* A path that SQLite takes as nothing else: "./" before a relative one keeps it
 * from seeing ":memory:", a URI or the empty name of a file that vanishes. */
static ErrCode name_path(Ledger *l, const char *path, Err *err)
{
    size_t n = strlen(path), skip = path[0] == '/' ? 0 : 2;
    l->path = mem_new(skip + n + 1, 1);
    if (l->path == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a ledger");
    memcpy(l->path, "./", skip);
    memcpy(l->path + skip, path, n);
    l->name = l->path + skip;
    return OK;
}

/* The same file as a URI that says that nobody writes to it: the only way to
 * read it in a folder where no -shm can stand.  NULL when out of memory. */
static char *immutable_uri(const char *path)
{
    static const char hex[] = "0123456789ABCDEF",
                      start[] = "file:", end[] = "?immutable=1";
    char *uri = mem_new(3 * strlen(path) + sizeof start + sizeof end, 1);
    if (uri == NULL)
        return NULL;
    memcpy(uri, start, sizeof start - 1);
    char *to = uri + sizeof start - 1;
    for (; *path != '\0'; path++) {
        *to++ = '%';
        *to++ = hex[(unsigned char)*path >> 4];
        *to++ = hex[(unsigned char)*path & 15];
    }
    memcpy(to, end, sizeof end);
    return uri;
}

/* What a killed program left: pages that are to be put back first. */
static ErrCode check_journal(Ledger *l, Err *err)
{
    struct stat file;
    const char *beside =
        sqlite3_filename_journal(sqlite3_db_filename(l->db, NULL));
    if (beside != NULL && stat(beside, &file) == 0 && file.st_size > 0)
        return FAIL(err, ERR_IO,
                    "%.*s: a run was cut off while it was written; open it "
                    "once where it may be written",
                    DB_NAME(l));
    return OK;
}

/* Open for reading what SQLite cannot open as usual. */
static ErrCode open_immutable(Ledger *l, Err *err)
{
    ErrCode rc = check_journal(l, err);
    if (rc != OK)
        return rc;
    char *uri = immutable_uri(l->path);
    sqlite3_close(l->db);
    l->db = NULL;
    if (uri == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a ledger"));
    TRY(db_told(l,
                sqlite3_open_v2(uri, &l->db,
                                SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY |
                                    SQLITE_OPEN_URI,
                                NULL),
                err));
    TRY(set_up(l, LEDGER_READ, err));
done:
    mem_free(uri);
    return rc;
}

/* Can the file be read where its -shm cannot be made? */
static int is_read_only(Ledger *l)
{
    sqlite3_stmt *st = NULL;
    int got =
        sqlite3_prepare_v2(l->db, "SELECT 1 FROM sqlite_schema", -1, &st, NULL);
    sqlite3_finalize(st);
    return (got == SQLITE_CANTOPEN || got == SQLITE_READONLY) &&
           sqlite3_db_readonly(l->db, "main") == 1;
}

ErrCode ledger_open(Ledger **out, const char *path, LedgerMode mode, Err *err)
{
    ErrCode rc = OK;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE |
                (mode == LEDGER_READ ? 0 : SQLITE_OPEN_CREATE);
    Ledger *l = mem_new(1, sizeof *l);
    if (l == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a ledger");
    TRY(name_path(l, path, err));
    TRY(hash_new(&l->link.hasher, err));
    TRY(db_told(l, sqlite3_open_v2(l->path, &l->db, flags, NULL), err));
    if (mode == LEDGER_READ && is_read_only(l))
        TRY(open_immutable(l, err));
    else
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
