/* points.h - the points of a scorecard as whole numbers of a common part, added
 * up by look-ups: no fraction is reckoned with, and the sum is exact.
 */
#ifndef POLICY_POINTS_H
#define POLICY_POINTS_H

#include "policy/code.h"

/* One way to earn the points of an attribute. */
typedef struct {
    int first;            /* slot: the band that held */
    int is_next;          /* a further way of the attribute before: the best */
    const Number *points; /* [n], the last is null: no band */
    size_t n;
} PointsLadder;

/* How many whole parts make a point, so that `start` and the points of[n] are
 * whole numbers of parts; 0 when there is no such number up to a million. */
int64_t points_parts(Number start, const PointsLadder of[], size_t n);

/*
 * Append the sum of `start` and the points of each attribute, of[n]; null when
 * all ways of one are null.  Its slot of REP_NUMBER; SLOT_NONE when the points
 * have no common part of at least a millionth, or are too large, or without
 * memory (code->failed).
 * Cost  about a nanosecond a ladder and row.
 */
int points_code(Code *code, Number start, const PointsLadder of[], size_t n);

#endif
