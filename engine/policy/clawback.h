/* clawback.h - when a paid subsidy is returned: the section `clawback`.
 *
 *     clawback = ( { id = "withdrawn"; when = "withdrawn"; cite; },
 *                  { id = "moved"; when = "moved_away"; share = "50%"; cite; }
 * );
 */
#ifndef POLICY_CLAWBACK_H
#define POLICY_CLAWBACK_H

#include "policy/reading.h"

typedef struct {
    const char *id, *when; /* interned; a true-or-false output */
    Ratio share;           /* of what was paid, above 0, at most all of it */
} Clawback;

/* The entries in their order; what holds first decides.  NULL, with *n = 0,
 * when out of memory. */
const Clawback *clawback_read(size_t *n, Reading *in, const Doc *list);

#endif
