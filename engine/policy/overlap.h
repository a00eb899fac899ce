/* overlap.h - may two rules of a table hold at once? */
#ifndef POLICY_OVERLAP_H
#define POLICY_OVERLAP_H

#include "policy/build.h"

/* Rules of a UNIQUE table must not, those of an ANY table only when they say
 * the same: faults name both and a row that meets both.  Exact: each column's
 * values are looked at between all its breakpoints. */
void overlap_check(Build *b, const Rule *rule);

#endif
