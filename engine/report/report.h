/* report.h - tables as text, CSV, JSON and one self-contained HTML page.
 *
 * Renderers read tables and compute nothing.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "data/table.h"

#include <stdio.h>

typedef enum { REPORT_ZH, REPORT_EN } ReportLanguage;

/* A chart of columns of one table. */
typedef enum {
    CHART_LINE,      /* y against a numeric x */
    CHART_BAR,       /* y against names */
    CHART_STACKED,   /* bars of several columns on one another */
    CHART_HISTOGRAM, /* counts against lower bounds; marks as vertical lines */
} ChartKind;

typedef struct {
    ChartKind kind;
    Label title, note;
    const Table *table;
    const char *x;
    const char *y[8]; /* columns, NULL-ended */
    const Table *marks; /* rows (name, x) drawn as labelled vertical lines */
    int log_x;
} Chart;

/* One section of the page: what it says, figures, charts, tables. */
typedef struct {
    const char *id;
    Label title, lead;
    const Table *const *tables; /* [ntables] shown below the charts */
    size_t ntables;
    const Table *figures; /* a table of one row: each column a big number with
                           * its label, type and unit; or NULL */
    const Chart *charts;
    size_t ncharts;
} ReportSection;

typedef struct {
    Label title, subtitle;
    const ReportSection *sections;
    size_t n;
    const char *command; /* the exact command that makes it again */
} Report;

/* One HTML file, scripts and styles inline, opens offline; a button switches
 * the language, `language` is the first shown.  ERR_IO. */
MUST_USE ErrCode report_html(FILE *to, const Report *report,
                             ReportLanguage language, Err *err);

/* Aligned columns for a terminal; a table of one row is shown downwards, a
 * line for each column: label, value, unit. */
MUST_USE ErrCode report_text(FILE *to, const Table *table,
                             ReportLanguage language, Err *err);

/* An array of objects, one key a line, keys in the order of the columns. */
MUST_USE ErrCode report_json(FILE *to, const Table *table, int indent,
                             Err *err);

#endif
