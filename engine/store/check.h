/* check.h - the links of the chain made again, from what the tables hold now.
 * For the files of this layer only.
 */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "store/load.h"

int check_same(const Hash *a, const Hash *b);

/* ERR_DIFFERS: a run's head is not as it was written. */
ErrCode check_differs(const Ledger *ledger, int64_t run, Err *err);

/* The first link of a run after *before, and the run itself in the arena. */
MUST_USE ErrCode check_head(Hash *out, Loaded *loaded, Arena *arena,
                            Ledger *ledger, const Hash *before, int64_t run,
                            Err *err);

/* The link over the next n rows of a cursor (LOAD_ROW_SQL), the first of them
 * number `first`. */
MUST_USE ErrCode check_rows(Hash *out, Ledger *ledger, const Hash *before,
                            int64_t run, sqlite3_stmt *rows, int64_t first,
                            int64_t n, Err *err);

/* Hash the last link again, so that nothing is ever appended to a damaged
 * end; *last is that link.  ERR_DIFFERS.  Cost: 1,024 rows at most. */
MUST_USE ErrCode check_last(LastLink *last, Ledger *ledger, Err *err);

#endif
