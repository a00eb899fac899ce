/* why.h - which rule is the first that decides a case otherwise. */
#ifndef FLOW_WHY_H
#define FLOW_WHY_H

#include "data/table.h"
#include "policy/policy.h"

/* A case judged by two texts of a policy: rows that have been through
 * cases_judge(). */
typedef struct {
    const Policy *policy;
    const Table *rows;
    Date as_of;
} Judged;

/* Texts live in the arena of the tables they were told to, "" where there is
 * none. */
typedef struct {
    const char *rule, *before, *after, *cite;
} Why;

/*
 * The first rule, in the order of evaluation, whose result on that row differs;
 * a rule that only one text has counts when it decides something.  Where all
 * rules say the same, the limit or column that does not.
 * ERR_MEMORY, and what policy_explain() says.
 */
MUST_USE ErrCode why_differs(Why *out, Arena *scratch, Judged a, Judged b,
                             size_t row, Err *err);

#endif
