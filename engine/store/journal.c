#include "store/journal.h"

enum {
    BUSY_MS = 5000,
    LARGE = 2 << 20, /* bytes: writing them takes as long as the two changes of
                        the journal, which wait for the disk */
    ROW_BYTES = 100  /* of a decision, about */
};

/* Programs that make the same file at once get in each other's way here, and
 * SQLite does not wait for the busy timeout then. */
ErrCode journal_share(Ledger *l, Err *err)
{
    int got = SQLITE_BUSY;
    for (int ms = 0; (got & 0xff) == SQLITE_BUSY && ms <= BUSY_MS; ms += 10) {
        if (ms > 0)
            sqlite3_sleep(10);
        got = sqlite3_exec(l->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    }
    return db_told(l, got, err);
}

static size_t bytes_of(const LedgerRun *run)
{
    size_t bytes = run->nrows * ROW_BYTES;
    for (size_t i = 0; i < run->nfiles; i++)
        bytes += run->files[i].source.n;
    return bytes;
}

/* Outcomes do not matter here: either way a run is wholly there or not. */
void journal_begin(Ledger *l, const LedgerRun *run)
{
    if (bytes_of(run) >= LARGE)
        sqlite3_exec(l->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
}

void journal_end(Ledger *l)
{
    sqlite3_exec(l->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    sqlite3_wal_checkpoint_v2(l->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                              NULL);
}
