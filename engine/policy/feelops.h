/* feelops.h - the operators of decision models on two values: numbers, texts,
 * dates and durations.  What they do not know is null.
 */
#ifndef POLICY_FEELOPS_H
#define POLICY_FEELOPS_H

#include "policy/feelrun.h"

Boxed feelops_add(FeelRun *r, const Boxed *a, const Boxed *b);
Boxed feelops_subtract(FeelRun *r, const Boxed *a, const Boxed *b);
Boxed feelops_multiply(const Boxed *a, const Boxed *b);
Boxed feelops_divide(FeelRun *r, const Boxed *a, const Boxed *b);

/* NODE_LT ... NODE_NE: 1, 0, or -1 where the two cannot be compared. */
int feelops_compare(NodeKind kind, const Boxed *a, const Boxed *b);

#endif
