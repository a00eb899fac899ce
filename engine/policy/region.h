/* region.h - what values the columns of a grid can hold, and rows of them as
 * people read them.
 */
#ifndef POLICY_REGION_H
#define POLICY_REGION_H

#include "policy/grid.h"

/* Can a value of the segment come?  Not outside an input's `min` and `max`, not
 * a word that its `values` leave out, no count below 0; null can. */
int region_has(const Grid *grid, size_t column, size_t segment);

/* A value of the segment that can come, and a whole row of them, one segment a
 * column: "score = 79.5, kind = transfer".  Columns that no rule looks at are
 * left out. */
const char *region_value(Build *b, const Grid *grid, size_t column,
                         size_t segment);
const char *region_row(Build *b, const Grid *grid, const uint16_t segments[]);

/* A row in which both rules hold, without null where that can be; 0 when there
 * is none. */
int region_meet(uint16_t segments[], const Grid *grid, size_t a, size_t b);

/* Does one rule hold wherever the other does? */
int region_covers(const Grid *grid, size_t rule, size_t other);

#endif
