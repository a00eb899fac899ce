/* findings.h - what is odd about a decision table: warnings, not faults.
 *
 *   gaps        a row in which no rule holds, where there is no default
 *   masked      a rule that can never be the first to hold, and the row and
 *               rule in front of it; a rule that repeats another
 *   impossible  a rule whose cells no value meets
 *   idle        an input that no rule looks at
 *   never said  an output of `order` that no rule gives
 *
 * Exact over all values that the columns can hold, each column by itself: that
 * two of them depend on each other is not known.  Null is not a gap.  Where
 * there are too many combinations the warning says so, and a rule is then only
 * compared with each one before it.
 */
#ifndef POLICY_FINDINGS_H
#define POLICY_FINDINGS_H

#include "policy/build.h"

void findings_check(Build *b, const Rule *rule);

#endif
