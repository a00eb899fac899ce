/* scoresummary.h - scores and reason codes counted: what a file of scored rows
 * looks like at a glance.
 */
#ifndef CREDIT_SCORESUMMARY_H
#define CREDIT_SCORESUMMARY_H

#include "policy/policy.h"

/*
 * From the columns that policy_scores() added to `scores` add to `tables`
 *   score_summary   rows, those with a score; of `score`: least, mean, most;
 *                   mean of the column pd, where there is one
 *   score_reasons   each reason code: how often it is the first and how often
 *                   among the four, the most frequent first; its text
 * score  the column that counts as the score.
 * ERR_MEMORY.  Cost: one pass a table.
 */
MUST_USE ErrCode scoresummary_tables(Tables *tables, const Table *scores,
                                     const Column *score, const Policy *policy,
                                     Err *err);

#endif
