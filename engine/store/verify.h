/* verify.h - whether the chain's end fits what it stands for.  For the files
 * of this layer only.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/load.h"

/* Hash the last link again, so that nothing is ever appended to a damaged
 * end; *last is that link.  ERR_DIFFERS.  Cost: 1,024 rows at most. */
MUST_USE ErrCode verify_last(LastLink *last, Ledger *ledger, Err *err);

#endif
