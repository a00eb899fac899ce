/* link.h - what the links of the chain hash, for those who write and those who
 * check.  For the files of this layer only.
 *
 * Numbers go in as 8 bytes, the lowest first, and texts after their length, so
 * that no two lists of values make the same bytes.
 */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include "store/ledger.h"

/* A hash in the making; bytes wait in `pack` because the hasher's calls cost
 * more than short texts do. */
typedef struct {
    Hasher *hasher;
    size_t packed;
    unsigned char pack[1 << 14];
} Link;

/* The first link of run number `run`, after the link *before: all of the run
 * but its rows; numbers [nfiles] are those of its files in the ledger. */
MUST_USE ErrCode link_head(Hash *out, Link *link, const Hash *before,
                           int64_t run, const LedgerRun *data,
                           const int64_t numbers[], Err *err);

/* A link over rows: begin, each row, end. */
void link_rows_start(Link *link, const Hash *before, int64_t run);
void link_row(Link *link, const LedgerRow *row);
MUST_USE ErrCode link_end(Hash *out, Link *link, Err *err);

/* ledger_identity() with a hasher at hand. */
MUST_USE ErrCode link_identity(Hash *out, Link *link, const LedgerRun *run,
                               Err *err);

#endif
