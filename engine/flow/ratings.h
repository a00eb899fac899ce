/* ratings.h - ratings of firms out of a file of any headers: firm, day and
 * grade, or grades at the begin and end of a year, by the options --firm --date
 * --grade --from --to --count --grades --default --withdrawn --start --end
 * --snapshots.
 */
#ifndef FLOW_RATINGS_H
#define FLOW_RATINGS_H

#include "credit/gradehistory.h"
#include "flow/job.h"

typedef struct {
    const char *grades[TRANSITIONS_MOST]; /* [n] interned, the best first */
    size_t n, rows;
    GradeMoves moves; /* of pairs without spells, each a firm of its own */
    int has_time;     /* days are known */
    Date start, end;  /* where they are */
} Ratings;

/*
 * A day may be a year, which is its first day.  A pair that has no second grade
 * was withdrawn; --count says how many firms a pair stands for.
 * ERR_USAGE for options, and where grades are not all in --grades; ERR_INPUT
 * naming the line of a cell that is missing or unreadable, for a file without
 * the columns, of more than 63 grades, of one day or of more than 100 years.
 */
MUST_USE ErrCode ratings_read(Ratings *out, Job *job, Err *err);

#endif
