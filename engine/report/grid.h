/* grid.h - tables and figures as HTML elements. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "report/report.h"
#include "report/show.h"

/* One column of an HTML table in both languages. */
typedef struct {
    Show zh, en;
    Label label;
} GridColumn;

MUST_USE ErrCode grid_column(GridColumn *out, const Table *table,
                             const Column *column, size_t rows, ShowUse use,
                             Arena *arena, Err *err);

/*
 * A <table> of columns[n] and the rows rows[count] of `table`, each cell as
 * grid_column() was told.
 * scratch  reset for each row.
 * ERR_MEMORY; a stream that refuses is found by the caller.
 */
MUST_USE ErrCode grid_write(FILE *to, const GridColumn columns[], size_t n,
                            const size_t rows[], size_t count, Arena *scratch,
                            Err *err);

/* A whole table in its block: title, the first REPORT_ROWS rows, and how many
 * there are beyond. */
MUST_USE ErrCode grid_block(FILE *to, const Table *table, Arena *arena,
                            Arena *scratch, Err *err);

/* The columns of a table's first row as big numbers. */
MUST_USE ErrCode grid_figures(FILE *to, const Table *table, Arena *arena,
                              Err *err);

#endif
