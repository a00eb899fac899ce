/* pageplans.h - the sections of the report: which tables, with which charts, in
 * which order, under which words.
 */
#ifndef FLOW_PAGEPLANS_H
#define FLOW_PAGEPLANS_H

#include "report/report.h"

#include <stddef.h>

enum { TABLES_MAX = 15, CHARTS_MAX = 6 };

/* A chart by the names of its tables.  With `each`, a table of names, y[0] is
 * what follows each of them in the names of the columns drawn. */
typedef struct {
    ChartKind kind;
    Label title, note;
    const char *table, *x, *y[4], *each, *by, *where, *is, *marks;
    int log_x, log_y;
} ChartPlan;

typedef struct {
    const char *id;
    Label title, lead;
    const char *figures;
    ChartPlan charts[CHARTS_MAX];
    const char *tables[TABLES_MAX];
} SectionPlan;

/* The sections in their order; NULL after the last. */
const SectionPlan *pageplan_at(size_t i);
size_t pageplan_count(void);

/* modelplans.c: the last of them. */
const SectionPlan *modelplan_at(size_t i);

#endif
