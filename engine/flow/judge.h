/* judge.h - rows judged by their policies, some thousands at a time on each
 * thread. */
#ifndef FLOW_JUDGE_H
#define FLOW_JUDGE_H

#include "flow/job.h"

/* Applications that one policy judges. */
typedef struct {
    const Policy *policy;
    size_t *rows; /* [n] their places in the file */
    size_t n;
} Part;

/*
 * Judge every part of `from` and add to `to`, which has a row for each of its
 * rows, the columns of a decision in the order of the file.  The threads of the
 * job share the work; the result is the same for any number of them.
 * ERR_RULE  when a part lacks a column its policy reads; ERR_IO when the user
 * stops it; else what credit_apply() and policy_apply() return.
 */
MUST_USE ErrCode judge_parts(Table *to, Job *job, const Table *from,
                             const Part parts[], size_t n, Date as_of,
                             Err *err);

/* What is made of a stretch of rows, and the columns names[n] of it that are
 * kept. */
typedef struct {
    ErrCode (*apply)(Table *rows, const Policy *policy, Date as_of, Err *err);
    const char *const *names;
    size_t n;
} JudgeWhat;

/* The same for one policy and all rows, by another function of columns. */
MUST_USE ErrCode judge_all(Table *to, Job *job, const Table *from,
                           const Policy *policy, Date as_of, JudgeWhat what,
                           Err *err);

/*
 * One row of `from`, judged again as a table of its own; the job's rows are
 * what judge_parts() made of all.  ERR_DIFFERS when they have another decision.
 */
MUST_USE ErrCode judge_one(Table **out, Job *job, const Table *from,
                           const Policy *policy, size_t row, Date as_of,
                           Err *err);

#endif
