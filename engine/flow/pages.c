#include "flow/pages.h"

#include "core/text.h"
#include "flow/answers.h"
#include "flow/engine.h"
#include "flow/pageplans.h"
#include "report/report.h"

#include <string.h>

static void add_y(Chart *chart, size_t *n, const char *name)
{
    if (*n < CHART_Y && table_find(chart->table, name) != NULL)
        chart->y[(*n)++] = name;
}

/* The columns of every name in `names`. */
static int add_each(Chart *chart, size_t *n, Arena *arena, const Table *names,
                    const char *ending)
{
    const Column *name = names != NULL ? table_find(names, "name") : NULL;
    for (size_t i = 0; name != NULL && i < names->rows; i++) {
        const char *y = text_format(arena, "%s%s", name->s[i], ending);
        if (y == NULL)
            return 0;
        add_y(chart, n, y);
    }
    return 1;
}

/* The chart, where its table has rows and it has a column to draw; -1 when out
 * of memory. */
static int draw(Chart *out, Arena *arena, const ChartPlan *plan,
                const PageResults *r)
{
    size_t n = 0;
    *out = (Chart){.kind = plan->kind,
                   .title = plan->title,
                   .note = plan->note,
                   .table = page_result(r, plan->table),
                   .x = plan->x,
                   .by = plan->by,
                   .where = plan->where,
                   .is = plan->is,
                   .marks = page_result(r, plan->marks),
                   .log_x = plan->log_x,
                   .log_y = plan->log_y};
    if (out->table == NULL || out->table->rows == 0)
        return 0;
    if (plan->each != NULL &&
        !add_each(out, &n, arena, page_result(r, plan->each), plan->y[0]))
        return -1;
    for (size_t k = 0; plan->each == NULL && k < 4 && plan->y[k] != NULL; k++)
        add_y(out, &n, plan->y[k]);
    return n > 0;
}

/* A section of what is there; 0 when nothing is. */
static int fill(ReportSection *out, Arena *arena, const SectionPlan *plan,
                const PageResults *r)
{
    Chart *charts = arena_alloc(arena, CHARTS_MAX, sizeof *charts);
    const Table **tables = arena_alloc(arena, TABLES_MAX, sizeof *tables);
    *out = (ReportSection){.id = plan->id,
                           .title = plan->title,
                           .lead = plan->lead,
                           .figures = page_result(r, plan->figures),
                           .charts = charts,
                           .tables = tables};
    if (charts == NULL || tables == NULL)
        return -1;
    for (size_t k = 0; k < CHARTS_MAX && plan->charts[k].table != NULL; k++) {
        int drawn = draw(&charts[out->ncharts], arena, &plan->charts[k], r);
        if (drawn < 0)
            return -1;
        out->ncharts += (size_t)drawn;
    }
    for (size_t k = 0; k < TABLES_MAX && plan->tables[k] != NULL; k++) {
        tables[out->ntables] = page_result(r, plan->tables[k]);
        out->ntables += tables[out->ntables] != NULL;
    }
    if (!answer_of(&out->answer, plan->id, r, arena))
        return -1;
    return out->figures != NULL || out->ncharts > 0 || out->ntables > 0;
}

static int has_place(const SectionPlan *plan, const char *name)
{
    int has = plan->figures != NULL && strcmp(plan->figures, name) == 0;
    for (size_t k = 0; k < CHARTS_MAX && plan->charts[k].table != NULL; k++) {
        const ChartPlan *c = &plan->charts[k];
        has |= strcmp(c->table, name) == 0;
        has |= c->marks != NULL && strcmp(c->marks, name) == 0;
        has |= c->each != NULL && strcmp(c->each, name) == 0;
    }
    for (size_t k = 0; k < TABLES_MAX && plan->tables[k] != NULL; k++)
        has |= strcmp(plan->tables[k], name) == 0;
    return has;
}

int pages_cover(const Table *const results[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int has = 0;
        for (size_t k = 0; pageplan_at(k) != NULL; k++)
            has |= has_place(pageplan_at(k), results[i]->name);
        if (!has)
            return 0;
    }
    return n > 0;
}

ErrCode pages_write(FILE *to, const Table *const results[], size_t n,
                    Arena *arena, const char *command, int chinese, Err *err)
{
    ReportSection *sections =
        arena_alloc(arena, pageplan_count(), sizeof *sections);
    const PageResults r = {results, n};
    const Table *origins[3];
    Report report = {
        .title = {"科担 kedan 测算报告", "kedan 科担 report"},
        .subtitle = {"科技型中小企业融资、担保与补贴",
                     "Financing, guarantee and subsidy of technology SMEs"},
        .sections = sections,
        .version = ENGINE_VERSION,
        .command = command,
        .origins = origins};
    static const char *const named[] = {"run_commands", "run_files",
                                        "rule_articles"};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (page_result(&r, named[i]) != NULL)
            origins[report.norigins++] = page_result(&r, named[i]);
    for (size_t i = 0; pageplan_at(i) != NULL; i++) {
        int got = sections == NULL
                      ? -1
                      : fill(&sections[report.n], arena, pageplan_at(i), &r);
        if (got < 0)
            return FAIL(err, ERR_MEMORY, "no memory for a report");
        report.n += (size_t)got;
    }
    return report_html(to, &report, chinese ? REPORT_ZH : REPORT_EN, err);
}
