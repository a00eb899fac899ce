/* stretches.h - the rows of a clean file, several stretches of it at once.
 *
 * Tasks of OpenMP: whoever reads from inside a parallel region has its threads
 * help; from outside, the stretches are read one by one.
 */
#ifndef DATA_STRETCHES_H
#define DATA_STRETCHES_H

#include "data/fill.h"

/*
 * Read all records behind the header, whose reader `row` is, into its columns,
 * which have room for `room` rows.
 * Returns 1 when every one is good: row->row is then their number.  0 when any
 * has a fault or is not what its neighbours are (blank, left out by the map),
 * memory runs out, or the file is small: nothing is reported and `row` is as
 * before, to be read record by record, which tells faults in the order of the
 * file.
 */
int stretches_read(Row *row, size_t room);

#endif
