/* whatif.h - what would happen if one value that a scorecard looks at were
 * another: each band above the one that held, taken at its nearest edge.
 *
 * The value is put in the place of the fact or input itself, so whatever else
 * reads it follows: conditions, tables, limits.  What it is made of stays.
 */
#ifndef POLICY_WHATIF_H
#define POLICY_WHATIF_H

#include "policy/policy.h"

/* What to put in a slot of a program. */
typedef struct {
    int slot;
    int64_t num, den; /* a Number */
    const char *word; /* of a text, interned */
    int truth;        /* of a flag */
} WhatIfValue;

typedef struct WhatIf {
    const char *id, *cite; /* of the scorecard row */
    Label title;           /* or {NULL, NULL} */
    const char *on;        /* the expression it looks at */
    const char *from, *to; /* "8%", "10%"; to: see is_below */
    int is_below;          /* to any value below `to`, not to it */
    size_t bands;          /* how far away: 1 is next to it */
    WhatIfValue value;
    const struct WhatIf *also; /* another value at the same time, or NULL */
} WhatIf;

/*
 * The changes of one row that earn more points of a row of a scorecard, in the
 * order of the file; nothing for a day without a version.
 * Where a value is given as a percentage in its bands, so it is here.  Never
 * suggested: that a value be left out; any of several words at once.
 * Errors as policy_explain().
 */
MUST_USE ErrCode whatif_list(WhatIf **out, size_t *n, Arena *arena,
                             const Policy *policy, const Table *table,
                             size_t row, Date as_of, Err *err);

/* As policy_apply(), but row i of the table is judged with value of[i], and
 * those of its chain `also`, in place of its own; a slot below 0 changes
 * nothing.  of[table->rows]. */
MUST_USE ErrCode whatif_apply(Table *table, const Policy *policy, Date as_of,
                              const WhatIf of[], Err *err);

#endif
