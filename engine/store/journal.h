/* journal.h - how a run gets to the disk.  For the files of this layer only.
 *
 * It goes into the -wal, beside readers, and from there into the main file.  A
 * ledger never goes back from the -wal to a rollback journal, though a large
 * run would be written once then: programs that open it at that moment have put
 * the first page of before in place of the last one's, and pages were lost.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "store/db.h"

/* Use a -wal from now on, whoever else tries the same. */
MUST_USE ErrCode journal_share(Ledger *ledger, Err *err);

/* After COMMIT or ROLLBACK: what is in the -wal into the main file, so that no
 * run lives in it alone.  When somebody is in the way for a tenth of a second,
 * nothing is moved, and a later run or the last to close the ledger does it. */
void journal_settle(Ledger *ledger);

#endif
