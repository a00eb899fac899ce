/* plan.h - a chart's columns, points and series found in its table. */
#ifndef REPORT_PLAN_H
#define REPORT_PLAN_H

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
} Plan;

/* ERR_DOMAIN naming chart, table and column when one is missing, has a wrong
 * type, when series are too many or two rows are one point; ERR_MEMORY. */
MUST_USE ErrCode plan_of(Plan *out, const Chart *chart, Arena *arena, Err *err);

/* The row at a point of a series of `by`; `rows` of the table when there is
 * none.  ERR_DOMAIN when there are two. */
MUST_USE ErrCode plan_row(size_t *out, const Plan *plan, size_t series,
                          size_t point, Err *err);

int plan_has_numeric_x(const Chart *chart);

#endif
