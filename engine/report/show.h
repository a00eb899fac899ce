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
    ReportLanguage language;
    Label unit;    /* in which it is shown: {"万元", "thousand yuan"} */
    double factor; /* shown = cell * factor */
    int decimals;
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

#endif
