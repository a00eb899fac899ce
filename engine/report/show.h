/* show.h - cells and headings as people read them, in one of two languages. */
#ifndef REPORT_SHOW_H
#define REPORT_SHOW_H

#include "report/report.h"

typedef enum {
    SHOW_COLUMN, /* one unit and one number of decimals for the whole column;
                  * MONEY to the fen */
    SHOW_FIGURE  /* a number by itself, short: 2.0945 亿元 */
} ShowUse;

/* How one column is shown. */
typedef struct {
    const Column *column;
    const Column *chinese; /* its column x_zh, where that is to be shown */
    const Table *words;    /* or NULL */
    const Table *titles;   /* of its cells, or NULL */
    ReportLanguage language;
    Label unit;    /* in which it is shown: {"万元", "thousand yuan"} */
    double factor; /* shown = cell * factor */
    int decimals;
    int is_level; /* a level takes as many as it has: 99.99999% is not 100% */
    int is_fine;  /* a small share takes more of them than its column */
    int exact;    /* MONEY digit by digit, never by way of a double */
    int is_right; /* set right: numbers, and texts that are all numbers */
} Show;

/* Ways to show the first `rows` of a column.  `factor` and `unit` follow from
 * the largest value.  Cost: one pass over the column. */
Show show_of(const Table *table, const Column *column, size_t rows, ShowUse use,
             ReportLanguage language);

int show_is_number(FieldType type);

/* The cell without its unit ("%" stays with its number), "" when null; NULL
 * when out of memory. */
const char *show_cell(const Show *s, size_t row, Arena *arena);

/* A cell by itself, with its unit, in both languages: "53.84 million yuan"; and
 * where its column x has x_low and x_high beside it (or low and high), with its
 * interval: "11.42% (11.23% to 11.62%)".  "–" when it is null or there is no
 * such column; NULLs when out of memory. */
Label show_said(const Table *table, const char *column, size_t row,
                Arena *arena);

/* The column x_low or x_high of a column x (`ending` with its line), or NULL.
 */
const Column *show_part(const Table *table, const Column *column,
                        const char *ending);

#endif
