/* schema.h - the tables of the ledger, and which of their versions a file has.
 * For the files of this layer only.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

/* The version of the file, where 0 is an empty one.  ERR_INPUT for files of
 * other programs and of newer ones. */
MUST_USE ErrCode schema_version(int64_t *out, Ledger *ledger, Err *err);

/* Bring the tables to this program's version, whoever else tries the same. */
MUST_USE ErrCode schema_migrate(Ledger *ledger, Err *err);

/* Nothing was added to the tables, such as a trigger, or taken away; else
 * ERR_DIFFERS. */
MUST_USE ErrCode schema_check(Ledger *ledger, Err *err);

#endif
