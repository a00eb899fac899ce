/* chart.h - a chart's data out of its table, for the page's script. */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/plan.h"

/* The data as the next value of `j`; page.js says what it reads. */
MUST_USE ErrCode chart_write(Json *j, const Plan *plan, Arena *arena, Err *err);

#endif
