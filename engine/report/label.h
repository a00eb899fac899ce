/* label.h - what things are called, in both languages. */
#ifndef REPORT_LABEL_H
#define REPORT_LABEL_H

#include "report/report.h"

/* The text of a label in a language, else in the other one; "" when none. */
const char *label_say(Label label, ReportLanguage language);

/* The column for people: {"余额", "outstanding"}.  NULL texts when out of
 * memory. */
Label label_of_column(const Column *column, Arena *arena);

/* The table's title, else its name. */
Label label_of_table(const Table *table, Arena *arena);

const Table *label_words(const Table *table); /* the glossary beside it */

/* What the glossary has for word[n]; two NULLs when nothing, or when `words`
 * is NULL. */
Label label_word(const Table *words, const char *word, size_t n);

/* The list beside a table that gives a column's cells their titles, or NULL;
 * and the title of a cell, two NULLs when there is none. */
const Table *label_titles(const Table *table, const Column *column);
Label label_title(const Table *titles, const char *cell);

/* The column x_zh of a column x, or NULL. */
const Column *label_chinese(const Table *table, const Column *column);

/* Is it the Chinese of another column, so not a column of its own? */
int label_is_translation(const Table *table, const Column *column);

/* Does a step of a trace ("input", "scale") call what it tells of by a name of
 * the rule file, which is no word to be translated? */
int label_is_verbatim(const char *step);

#endif
