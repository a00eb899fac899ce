/* casediff.h - who changes when the rules do, and by which rule. */
#ifndef FLOW_CASEDIFF_H
#define FLOW_CASEDIFF_H

#include "flow/job.h"
#include "flow/why.h"

/*
 * Results, added to the job:
 *   rule_case_outcomes  outcome; cases and amount before and after, and their
 *                       change; the last row is the sum
 *   rule_case_why       rule, cite; cases that it was the first to decide
 *                       otherwise, and what that changed
 *   rule_case_changes   the cases, in the order of the file: outcome and
 *                       amount before and after, the rule and what it said;
 *                       also the job's rows
 * A case is one of those when its outcome or its amount changed.
 * a, b  the same rows, judged.
 */
MUST_USE ErrCode casediff_tables(Job *job, Judged a, Judged b, Err *err);

#endif
