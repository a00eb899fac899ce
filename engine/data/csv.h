/* csv.h - tables in and out of delimited text.
 *
 * Dialect: comma, tab or semicolon, found from the header line;
 * RFC 4180 quotes; LF or CRLF; valid UTF-8 (BOM accepted), else GB18030, else
 * refused.  An empty cell is null.  Headers are field names or their Chinese
 * aliases, amounts in yuan unless the header says （万元）, or the cell ends in
 * 万 or 亿.
 */
#ifndef DATA_CSV_H
#define DATA_CSV_H

#include "core/fault.h"
#include "data/colmap.h"
#include "data/plan.h"
#include "data/source.h"
#include "data/table.h"

#include <stdio.h>

typedef struct {
    const char *of;         /* "applications": which file's columns */
    const ColumnMap *map;   /* or NULL: headers are field names */
    int keep_good_rows;     /* --rejects: leave faulty rows out, do not fail */
    FILE *rejects;          /* where they go, with reasons, or NULL */
    const CsvColumn *extra; /* [n_extra] columns that rules read besides, by the
                             * header of that name, beside a map too */
    size_t n_extra;
    int threads; /* over 1: tasks for the parallel region that calls */
} CsvOptions;

/*
 * Read a table.  All faults are listed, with line and column (of the cell).
 * out       rows in the order of the file; `lines` is set.
 * faults    every faulty cell, missing column, unknown column (a warning);
 *           where good rows are kept, faults of refused rows are warnings too.
 * refused   rows left out (0 unless keep_good_rows).
 * ERR_INPUT when there are faults and rows are not left out, or when the file
 * as a whole cannot be read; ERR_MEMORY; ERR_IO when `rejects` refuses.
 * Cost      one pass over the bytes; about 85 ns a cell (tests/bench).
 */
MUST_USE ErrCode csv_read(Table **out, size_t *refused, Tables *tables,
                          Source source, CsvOptions options, Faults *faults,
                          Err *err);

/* Write a whole table, header first, UTF-8, LF; `with_bom` for spreadsheets.
 * ERR_IO when the stream refuses. */
MUST_USE ErrCode csv_write(FILE *to, const Table *table, int with_bom,
                           Err *err);

#endif
