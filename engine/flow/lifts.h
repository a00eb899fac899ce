/* lifts.h - for every scored row below an aim, which value, and how far, would
 * lift it, or which together: --ways, --below and --fixed of `model score`.
 */
#ifndef FLOW_LIFTS_H
#define FLOW_LIFTS_H

#include "flow/job.h"

/* Rows and how they were scored. */
typedef struct {
    const Policy *policy;
    const Table *inputs; /* what the policy reads of them */
    const Table *scores; /* the same rows: their name first, then the scores */
    const char *score;   /* the column that counts */
    Date as_of;
} Lifts;

/* --below and --fixed make sense: ERR_USAGE naming the option. */
MUST_USE ErrCode lifts_check(const Job *job, const Policy *policy, Err *err);

/*
 * Into the file that --ways names, if it does, the table "score_ways": a row
 * for each change of each row whose score is below --below, in the order of the
 * file and of credit/lift.h, what is enough first; the name of the row, how
 * many changes, the scorecard row, what it looks at, from, to, is_below (any
 * value below `to`; null of several), points gained, score, PD and grade then,
 * whether that is enough, and the sentence.  Where none is enough alone, the
 * fewest that are together, joined by ';', if the rules judge them so. ERR_RULE
 * where the rules put out no score but a PD. Cost  some 150 microseconds a row
 * below the aim.
 */
MUST_USE ErrCode lifts_write(Job *job, const Lifts *lifts, Err *err);

#endif
