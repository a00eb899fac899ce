/* report.h - tables as text, CSV (data/csv.h), JSON and one HTML page.
 *
 * Renderers read tables and compute nothing.  What they know of a column is
 * its type, unit and label; of a word, what the glossary says:
 *
 *   label      Column.label, else the dictionary's header (fields.def), else
 *              the column's name
 *   units      amounts are fen: columns of MONEY are shown to the fen, of REAL
 *              with unit "fen" in 元, 万元 or 亿元; unit "1" is shown in
 *              percent; "month", "point" ... stand in the heading
 *   words      a table `words` (name, zh, en: TEXT) beside the others gives
 *              categories, items of lists and names of parties or reasons
 *              their form for people; a word it lacks is shown as it is
 *   titles     a table *_list that begins with a column x and has `title` (and
 *              title_zh) gives the cells of columns x beside it their titles
 *   x_zh       a TEXT column whose name ends in _zh is the Chinese of the
 *              column without that ending, and shown only in its place
 *
 * JSON and CSV keep names, words and units as they are.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "data/table.h"
#include "report/json.h"

#include <stdio.h>

typedef enum { REPORT_ZH, REPORT_EN } ReportLanguage;

/* Aligned columns for a terminal; a table of one row is shown downwards, a
 * line for each column: label, value, unit.  ERR_IO, ERR_MEMORY. */
MUST_USE ErrCode report_text(FILE *to, const Table *table,
                             ReportLanguage language, Err *err);

/* A trace (step, rule, cite, formula, values, result, text) step by step, a
 * few lines each.  ERR_IO, ERR_MEMORY. */
MUST_USE ErrCode report_steps(FILE *to, const Table *table,
                              ReportLanguage language, Err *err);

/* An array of objects, one key a line, keys in the order of the columns;
 * amounts in yuan with two decimals, lists as arrays, null never NaN.  Lines
 * after the first begin with `indent` spaces more and no line feed ends the
 * last, so that the array can stand in something larger.  ERR_IO. */
MUST_USE ErrCode report_json(FILE *to, const Table *table, int indent,
                             Err *err);

/* One cell as the next value of a JSON text. */
void report_cell(Json *j, const Column *column, size_t row);

/* A chart of columns of one table. */
typedef enum {
    CHART_LINE,      /* y against a numeric x */
    CHART_BAR,       /* y against names */
    CHART_STACKED,   /* bars of several series on one another */
    CHART_ACROSS,    /* bars from left to right: long names, such as reasons */
    CHART_HISTOGRAM, /* counts or shares against lower bounds of bins, which
                      * rise; the last bin is as wide as the one before */
} ChartKind;

enum { CHART_Y = 9, CHART_SERIES = 24 };

/* Columns are named; all of `y` share type and unit.  Rows whose x is null are
 * left out. */
typedef struct {
    ChartKind kind;
    Label title, note;
    const Table *table;
    const char *x;
    const char *y[CHART_Y + 1]; /* NULL-ended; several are several series */
    const char *by; /* or NULL: a series for each word of this column, of y[0],
                     * so (year, party, paid) becomes bars of parties a year */
    const char *where, *is; /* or NULL: only rows whose `where` reads `is` */
    const Table *marks;     /* or NULL: (name: TEXT, x: as the x of the chart)
                             * drawn as vertical lines with their names */
    int log_x, log_y; /* logarithmic; values of 0 or below are not drawn */
} Chart;

/* One section of the page: what it says, figures, charts, tables. */
typedef struct {
    const char *id; /* [a-z-]+, unique on the page */
    Label title, lead;
    Label answer; /* what it comes to, in a few sentences; or NULLs */
    const Table *const *tables; /* [ntables] shown below the charts */
    size_t ntables;
    const Table *figures; /* a table of one row: each column a big number with
                           * its label, type and unit, columns x_low and
                           * x_high the interval of x, or x_se its standard
                           * error; or NULL */
    const Chart *charts;
    size_t ncharts;
} ReportSection;

/*
 * A page.  Nothing on it depends on the clock: dates come from inputs.
 *
 *     const Chart losses = {
 *         .kind = CHART_HISTOGRAM,
 *         .title = {"年度损失分布", "Yearly loss"},
 *         .table = tables_find(tables, "pool_distribution"),
 *         .x = "low", .y = {"share"},
 *         .marks = tables_find(tables, "pool_marks"),
 *     };
 *     const Table *const shown[] = {tables_find(tables, "pool_figures")};
 *     const ReportSection sections[] = {
 *         {.id = "pool", .title = {"风险补偿资金池", "Compensation pool"},
 *          .figures = tables_find(tables, "pool_summary"),
 *          .charts = &losses, .ncharts = 1, .tables = shown, .ntables = 1},
 *     };
 *     const Report report = {
 *         .title = {"科技金融风险报告", "Technology finance risk report"},
 *         .sections = sections, .n = 1, .version = ENGINE_VERSION,
 *         .command = "kedan run demo",
 *     };
 *     TRY(report_html(file, &report, REPORT_ZH, err));
 */
typedef struct {
    Label title, subtitle;
    const ReportSection *sections;
    size_t n;
    const char *version;         /* of the program */
    const char *command;         /* the exact command that makes it again */
    const Table *const *origins; /* [norigins] hashes of inputs, rules, seed:
                                  * shown in the last section */
    size_t norigins;
} Report;

enum { REPORT_LINES = 100 }; /* ... on a terminal */
enum { REPORT_ROWS = 2000 }; /* of a table are shown on a page, which says so */

/* One HTML file, scripts and styles inline, opens offline and asks nobody; a
 * button switches the language, `language` is the first shown.
 * ERR_DOMAIN when a chart names a column that its table lacks, or one of a
 * wrong type; ERR_IO; ERR_MEMORY. */
MUST_USE ErrCode report_html(FILE *to, const Report *report,
                             ReportLanguage language, Err *err);

#endif
