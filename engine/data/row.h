/* row.h - one record of a file into one row of its table, with every check. */
#ifndef DATA_ROW_H
#define DATA_ROW_H

#include "data/fill.h"

/*
 * Fill the row from the record, which is whole and has plan.cells cells.
 * *kept is 0 when the column map leaves it out; reject.is_bad tells whether it
 * has faults, which are listed then.  ERR_MEMORY.
 */
MUST_USE ErrCode row_read(int *kept, Row *row);

/* Enter what must be unique of a row that was read without `seen`, all rows in
 * order; a double is a fault.  ERR_MEMORY. */
MUST_USE ErrCode row_doubles(Row *row);

#endif
