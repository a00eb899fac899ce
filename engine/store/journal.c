#include "store/journal.h"

enum { SETTLE_MS = 100 };

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

/* A checkpoint that has waited in vain goes on beside who writes, in which
 * SQLite before 3.51.3 may lose pages (sqlite.org/wal.html, "The WAL-Reset
 * Bug"): an interrupted one moves nothing. */
static int wait_or_stop(void *ledger, int times)
{
    Ledger *l = ledger;
    if (times < SETTLE_MS) {
        sqlite3_sleep(1);
        return 1;
    }
    sqlite3_interrupt(l->db);
    return 0;
}

void journal_settle(Ledger *l)
{
    sqlite3_busy_handler(l->db, wait_or_stop, l);
    sqlite3_wal_checkpoint_v2(l->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                              NULL);
    sqlite3_busy_timeout(l->db, BUSY_MS);
}
