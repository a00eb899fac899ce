/* archive.h - result tables as text that the ledger keeps, and back again. */
#ifndef FLOW_ARCHIVE_H
#define FLOW_ARCHIVE_H

#include "data/table.h"

/* One line for the table, one for each column, one for each row; cells are
 * separated by tabs, with \t \n \\ escaped and null as \0.  Every value comes
 * back as it was, reals to the last bit.  ERR_MEMORY. */
MUST_USE ErrCode archive_write(const char **out, Arena *arena,
                               const Table *table, Err *err);

/* The table again.  ERR_INPUT when the text was not written by
 * archive_write(); ERR_MEMORY. */
MUST_USE ErrCode archive_read(Table **out, Tables *tables, const char *text,
                              Err *err);

#endif
