/* stretch.h - what is left of a file in stretches that threads can read. */
#ifndef DATA_STRETCH_H
#define DATA_STRETCH_H

#include "data/records.h"

/* Whole records side by side, one a row. */
typedef struct {
    Slice bytes;
    size_t line, row, rows; /* of the first record; how many there are */
} Stretch;

typedef struct {
    Stretch *items; /* [n], some thousands of records each */
    size_t n, rows;
} StretchList;

/* More bytes than one stretch has at least? */
int stretch_is_several(const Records *records);

/* Cut all that `records` has not read, where lines end outside quotes as far as
 * a clean file's quotes tell; 0 when out of memory.  Cost: memory's speed. */
int stretch_cut(StretchList *out, Arena *arena, const Records *records);

#endif
