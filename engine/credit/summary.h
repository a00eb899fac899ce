/* summary.h - decisions and values counted: what an officer looks at first.
 */
#ifndef CREDIT_SUMMARY_H
#define CREDIT_SUMMARY_H

#include "policy/policy.h"

/* Names of the tables below in the order they are shown, NULL-ended. */
extern const char *const summary_tables[];

/*
 * From the decisions (outcome or eligible, amount, credit_limit, pd, score,
 * grade ... as far as they are there) add to `tables`:
 *   assess_summary   one row of figures
 *   assess_outcomes  count, amount and limit by product and outcome; beyond
 *                    the first 248 pairs without the product
 *   assess_grades    count, mean pd and expected loss by grade
 *   assess_scores    histogram of the score, 20 bins
 * ERR_DOMAIN for sums beyond 9e15 yuan; ERR_MEMORY.  Cost: one pass a table.
 */
MUST_USE ErrCode summary_decisions(Tables *tables, const Table *decisions,
                                   Err *err);

/* Add the table assess_reasons: how often each reason was given, the most
 * frequent first, with its text and citation; and of them assess_top_reasons,
 * the rows of the dozen texts given most.  A decision's product tells its
 * policy; with one policy alone it is that one. */
MUST_USE ErrCode summary_reasons(Tables *tables, const Table *decisions,
                                 Policy *const policies[], size_t n, Err *err);

/* value_summary (one row) and value_by_kind from valued rights.  ERR_DOMAIN for
 * sums beyond 9e15 yuan; ERR_MEMORY. */
MUST_USE ErrCode summary_values(Tables *tables, const Table *rights, Err *err);

#endif
