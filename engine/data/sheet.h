/* sheet.h - a delimited file of any headers as a table: what models are fitted
 * to.  The dialect is that of csv.h; what a column holds is found from its
 * cells.
 */
#ifndef DATA_SHEET_H
#define DATA_SHEET_H

#include "core/fault.h"
#include "data/source.h"
#include "data/table.h"

typedef struct {
    const char *const *missing; /* [n_missing] cells that are null, as an empty
                                 * one is: "NA", "?" */
    size_t n_missing;
    const char *const *words; /* [n_words] headers of columns that are words
                               * though all their cells are numbers */
    size_t n_words;
    int is_bare; /* blanks part cells where the first line has no other mark,
                  * and it is a row when one of its cells is a number: columns
                  * are called V1, V2 and so on then, and `lines` starts at 1 */
    int threads; /* over 1: tasks for the parallel region that calls */
} SheetOptions;

/*
 * Read a file whose first line names its columns.  A column is REAL when every
 * cell that is not null is a number (cell.h: 1,234.5, 3.5%), else CATEGORY; a
 * column without a cell that is not null is CATEGORY.
 * out     "sheet", rows and columns in the order of the file; `lines` is set.
 * faults  every broken line, a line of another number of cells than the first,
 *         a header that is empty or stands there twice.
 * ERR_INPUT after every fault is listed; ERR_MEMORY.
 * Cost    one pass over the bytes, two where columns are of words.
 */
MUST_USE ErrCode sheet_read(Table **out, Tables *tables, Source source,
                            SheetOptions options, Faults *faults, Err *err);

#endif
