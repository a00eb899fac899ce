/* chart.h - a chart's data out of its table, for the page's script. */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/report.h"

/* A chart with its columns found and its rows put in place: one point for each
 * row, or with `by` for each value of x, one series for each word. */
typedef struct {
    const Chart *chart;
    const Column *x, *by, *mark_name, *mark_x;
    const Column *y[CHART_Y];
    size_t ny;
    size_t *rows; /* [n] of the table, those that `where` keeps */
    size_t n;
    size_t *points; /* [npoints] the first row of each value of x */
    size_t npoints;
    size_t series[CHART_SERIES]; /* with `by`: the first row of each word */
    size_t nseries;
} ChartPlan;

/* ERR_DOMAIN naming chart, table and column when one is missing, has a wrong
 * type, when series are too many or two rows are one point; ERR_MEMORY. */
MUST_USE ErrCode chart_plan(ChartPlan *out, const Chart *chart, Arena *arena,
                            Err *err);

/* The data as the next value of `j`; page.js says what it reads. */
MUST_USE ErrCode chart_write(Json *j, const ChartPlan *plan, Arena *arena,
                             Err *err);

#endif
