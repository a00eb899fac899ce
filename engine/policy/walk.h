/* walk.h - every combination of what the columns of a table can hold, without
 * visiting those that come to the same.
 *
 * Values of a column that leave the same rules possible are one class.  Going
 * down column by column, what is left is known by the rules still possible:
 * each such set is looked at once, and not at all where it can tell nothing
 * new.  So the answers are exact, and a table of 30 rules over 8 columns takes
 * a few milliseconds.
 */
#ifndef POLICY_WALK_H
#define POLICY_WALK_H

#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t n;         /* classes */
    uint64_t *masks;  /* [n * words] the rules each leaves possible */
    uint16_t *places; /* [n] a segment of each */
} Axis;

typedef struct {
    size_t words, n_axes; /* words of a mask */
    const Axis *axes;
} Walk;

typedef enum { WALK_NO, WALK_YES, WALK_CUT } WalkEnd;

/* The most that is looked at, in words of masks: some 10 ms. */
enum { WALK_WORK = 1 << 22, WALK_AXES = 64 };

/* Is there a combination in which no rule of `all` [words] holds?  WALK_YES
 * with its place on each axis.  WALK_CUT when there was too much to look at, or
 * no memory in `scratch`. */
WalkEnd walk_gap(uint16_t places[], const Walk *walk, const uint64_t all[],
                 Arena *scratch);

/* won[words]: the rules that are the first to hold in some combination.
 * WALK_YES, or WALK_CUT: there may be more. */
WalkEnd walk_first(uint64_t won[], const Walk *walk, const uint64_t all[],
                   Arena *scratch);

#endif
