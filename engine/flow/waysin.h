/* waysin.h - for every application that was declined, which single value, and
 * how far, would have changed that.
 */
#ifndef FLOW_WAYSIN_H
#define FLOW_WAYSIN_H

#include "flow/judge.h"

/*
 * The table "assess_ways" into the file that --ways names, if it does: JSON or
 * HTML where its name ends so, else CSV.  A row for each way in of each
 * declined application, in the order of the file: application_id, product, the
 * scorecard row (rule), what it looks at (field), from, to, is_below (any value
 * below `to`), points gained, grade and outcome reached, and the sentence.  An
 * application without a row has none.
 *
 * decisions  what judge_parts() made of `from`.
 * Cost       some 150 microseconds a declined application.
 */
MUST_USE ErrCode waysin_write(Job *job, const Table *from, const Part parts[],
                              size_t n, const Table *decisions, Date as_of,
                              Err *err);

#endif
