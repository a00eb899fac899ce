/* sheetrows.h - the cells of a sheet into its columns, in stretches of the file
 * that several threads read at once.
 */
#ifndef DATA_SHEETROWS_H
#define DATA_SHEETROWS_H

#include "data/records.h"
#include "data/table.h"

enum { SHEET_RECENT = 16, SHEET_WAITING = 1024 };

/* Words that are yet to be interned: each into a cell, and where it is looked
 * for next time. */
typedef struct {
    size_t n;
    Slice words[SHEET_WAITING];
    const char **cells[SHEET_WAITING], **known[SHEET_WAITING];
    const char *put[SHEET_WAITING];
} SheetWaiting;

/* Where a reader of rows stands; each thread has one of its own. */
typedef struct {
    Table *table;               /* its columns have room for every row */
    uint32_t *lines;            /* of each row */
    const char *const *missing; /* [n_missing] cells that are null */
    size_t n_missing;
    uint8_t *is_word;      /* [table->n] a cell of the column is no number */
    Records records;       /* behind the header, or before the next row */
    const char **known;    /* [table->n * SHEET_RECENT] words met last, and */
    SheetWaiting *waiting; /* those not interned; both NULL: each is at once */
} SheetRows;

/* The numbers of the record at hand into a row, of columns without a word so
 * far. */
void sheetrows_numbers(SheetRows *rows, size_t row);

/* The words of the record at hand, of columns that have one; 0: no memory. */
int sheetrows_words(SheetRows *rows, size_t row);

/*
 * Both for all that is left of the file, in tasks for the parallel region that
 * calls.  Settles the types of the columns between them.
 * Returns 1 and sets table->rows when every record is good; 0, when one has a
 * fault or a quote, an empty line stands between them, or memory runs out:
 * nothing is reported then, and all is to be read record by record.
 */
int sheetrows_stretches(SheetRows *rows);

/* REAL where every cell was a number or null and one was a number, else
 * CATEGORY, all null yet. */
void sheetrows_settle(SheetRows *rows);

#endif
