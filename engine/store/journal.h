/* journal.h - how a run gets to the disk.  For the files of this layer only.
 *
 * Beside readers it goes into the -wal and from there into the main file: all
 * is written twice.  A large run that meets nobody goes straight into the main
 * file, and only pages that were there before are kept in a -journal, from
 * which SQLite puts them back when the program is killed.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "store/db.h"

/* Use a -wal from now on, whoever else tries the same. */
MUST_USE ErrCode journal_share(Ledger *ledger, Err *err);

/* Write straight into the main file from now on, until journal_end(): readers
 * wait meanwhile.  Nothing happens when the run is small or somebody else has
 * the ledger open. */
void journal_begin(Ledger *ledger, const LedgerRun *run);

/* After COMMIT or ROLLBACK: what is in the -wal into the main file, so that no
 * run lives in it alone, and back to one.  When a reader is in the way, a later
 * run does it. */
void journal_end(Ledger *ledger);

#endif
