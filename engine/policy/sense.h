/* sense.h - expressions that cannot be meant as they stand: ranges that run
 * backwards, division by zero, conditions that no row or every row meets,
 * eligibility rows that contradict one another.
 */
#ifndef POLICY_SENSE_H
#define POLICY_SENSE_H

#include "policy/build.h"

/* Of one rule that is coded: faults for what yields nothing on any row,
 * warnings for what makes no difference. */
void sense_check(Build *b, const Rule *rule);

/* Of all eligibility rows two by two, as all of them must hold. */
void sense_rows(Build *b);

/* Does an expression read a name whose own rule has faults?  Then nothing more
 * is said about it. */
int sense_reads_broken(const Node *node);

#endif
