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
    int exact; /* MONEY digit by digit, never by way of a double */
} Show;

/* Ways to show the first `rows` of a column.  `factor` and `unit` follow from
 * the largest value.  Cost: one pass over the column. */
Show show_of(const Table *table, const Column *column, size_t rows, ShowUse use,
             ReportLanguage language);

/* Is it the Chinese of another column, so not a column of its own? */
int show_is_translation(const Table *table, const Column *column);

int show_is_number(FieldType type); /* set right, sorted by size */

/* The cell without its unit ("%" stays with its number), "" when null; NULL
 * when out of memory. */
const char *show_cell(const Show *s, size_t row, Arena *arena);

/* The label for people: {"余额", "outstanding"}.  NULL texts when out of
 * memory. */
Label show_label(const Column *column, Arena *arena);

/* The table's title, else its name. */
Label show_title(const Table *table, Arena *arena);

/* The text of a label in a language, or in the other one; "" when none. */
const char *show_say(Label label, ReportLanguage language);

/* What the glossary has for a word: itself when nothing. */
Label show_word(const Table *words, const char *word);

const Table *show_words(const Table *table); /* the glossary beside it */

#endif
