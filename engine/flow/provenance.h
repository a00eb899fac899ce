/* provenance.h - what a run read, as a table for its report. */
#ifndef FLOW_PROVENANCE_H
#define FLOW_PROVENANCE_H

#include "data/table.h"
#include "store/ledger.h"

/* The table run_files (role, role_zh, file, bytes, sha256) of files[n], each
 * file once a role.  ERR_MEMORY. */
MUST_USE ErrCode provenance_table(Table **out, Tables *tables,
                                  const LedgerFile files[], size_t n, Err *err);

#endif
