#include "report/report.h"

#include "core/outfile.h"
#include "core/text.h"
#include "report/assets.h"
#include "report/chart.h"
#include "report/grid.h"
#include "report/html.h"
#include "report/label.h"
#include "report/show.h"
#include "report/stepsblock.h"

#include <string.h>

/* A page being written. */
typedef struct {
    FILE *to;
    Arena *arena, *scratch; /* the page's life; a row's */
} Page;

static const Label last_title = {"重现与依据", "Reproduce and sources"};
static const char last_id[] = "reproduce";

/* ---- top of the page ---- */

static void put_bytes(FILE *to, const char *start, const char *end)
{
    fwrite(start, 1, (size_t)(end - start), to);
}

static void put_head(FILE *to, const Report *report, ReportLanguage language)
{
    const char *lang = language == REPORT_ZH ? "zh-CN" : "en";
    fprintf(to,
            "<!DOCTYPE html>\n<html lang=\"%s\" data-lang=\"%s\">\n<head>\n"
            "<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\""
            "default-src 'none'; style-src 'unsafe-inline'; "
            "script-src 'unsafe-inline'; img-src data:\">\n"
            "<meta name=\"generator\" content=\"kedan ",
            lang, language == REPORT_ZH ? "zh" : "en");
    html_text(to, report->version != NULL ? report->version : "");
    fputs("\">\n<link rel=\"icon\" href=\"data:,\">\n<title>", to);
    html_text(to, label_say(report->title, language));
    fputs("</title>\n<style>\n", to);
    put_bytes(to, asset_style, asset_style_end);
    fputs(
        "</style>\n<noscript><style>.canvas, .tools { display: none; }"
        "</style></noscript>\n</head>\n",
        to);
}

static void put_top(FILE *to, const Report *report)
{
    fputs("<body>\n<a class=\"skip\" href=\"#main\">", to);
    html_label(to, (Label){"跳到正文", "Skip to the report"});
    fputs("</a>\n<header class=\"top\"><div>\n<div><h1>", to);
    html_label(to, report->title);
    fputs("</h1><p class=\"subtitle\">", to);
    html_label(to, report->subtitle);
    fputs("</p></div>\n<div class=\"tools\"></div>\n</div></header>\n", to);
}

static void put_entry(FILE *to, const char *id, Label title)
{
    fputs("<li><a href=\"#", to);
    html_text(to, id);
    fputs("\"><span>", to);
    html_label(to, title);
    fputs("</span></a></li>\n", to);
}

static void put_contents(FILE *to, const Report *report)
{
    fputs("<div class=\"page\">\n<nav aria-label=\"目录 Contents\"><ol>\n", to);
    for (size_t i = 0; i < report->n; i++)
        put_entry(to, report->sections[i].id, report->sections[i].title);
    put_entry(to, last_id, last_title);
    fputs("</ol></nav>\n<main id=\"main\">\n", to);
}

static void open_section(FILE *to, const char *id, Label title, Label lead)
{
    fputs("<section id=\"", to);
    html_text(to, id);
    fputs("\">\n<h2>", to);
    html_label(to, title);
    fputs("</h2>\n", to);
    if (lead.zh == NULL && lead.en == NULL)
        return;
    fputs("<p class=\"lead\">", to);
    html_label(to, lead);
    fputs("</p>\n", to);
}

/* ---- charts ---- */

/* The rows and columns of a chart as a table that can be opened. */
static ErrCode put_data(Page *page, const Plan *p, Err *err)
{
    ErrCode rc = OK;
    GridColumn columns[CHART_Y + 2];
    const Column *chosen[CHART_Y + 2] = {p->x};
    size_t n = 1, rows = p->n < REPORT_ROWS ? p->n : REPORT_ROWS;
    if (p->by != NULL)
        chosen[n++] = p->by;
    for (size_t k = 0; k < p->ny; k++)
        chosen[n++] = p->y[k];
    for (size_t k = 0; k < n; k++)
        TRY(grid_column(&columns[k], p->chart->table, chosen[k],
                        p->chart->table->rows, SHOW_COLUMN, page->arena, err));
    fputs("<details><summary>", page->to);
    html_label(page->to, (Label){"数据", "Data"});
    fputs("</summary><div class=\"scroll\" tabindex=\"0\">", page->to);
    TRY(grid_write(page->to, columns, n, p->rows, rows, page->scratch, err));
    fputs("</div></details>", page->to);
done:
    return rc;
}

static void put_caption(FILE *to, const Chart *chart)
{
    fputs("<figcaption><h3>", to);
    html_label(to, chart->title);
    fputs("</h3>", to);
    if (chart->note.zh != NULL || chart->note.en != NULL) {
        fputs("<p class=\"note\">", to);
        html_label(to, chart->note);
        fputs("</p>", to);
    }
    fputs("</figcaption>\n", to);
}

/* Bars from left to right need height by their number. */
static void put_canvas(FILE *to, const Plan *p)
{
    fputs("<div class=\"canvas\"", to);
    if (p->chart->kind == CHART_ACROSS)
        fprintf(to, " style=\"height:%zurem\"",
                5 + 2 * (p->npoints < 40 ? p->npoints : 40));
    fputs("><canvas role=\"img\"></canvas></div>\n<noscript><p class=\"note\">",
          to);
    html_label(to, (Label){"图形需要脚本；数据见下表。",
                           "Charts need scripts; the table has the data."});
    fputs("</p></noscript>", to);
}

/* The data for the script, beside the canvas. */
static ErrCode put_script(Page *page, const Plan *p, Err *err)
{
    ErrCode rc = OK;
    Json j;
    fputs("<script type=\"application/json\">\n", page->to);
    json_begin(&j, page->to, JSON_IN_HTML);
    TRY(chart_write(&j, p, page->arena, err));
    TRY(json_end(&j, err));
    fputs("</script>\n", page->to);
done:
    return rc;
}

static ErrCode put_chart(Page *page, const Chart *chart, Err *err)
{
    ErrCode rc = OK;
    Plan plan;
    TRY(plan_of(&plan, chart, page->arena, err));
    fputs("<figure class=\"chart\">", page->to);
    put_caption(page->to, chart);
    if (plan.npoints == 0) {
        fputs("<p class=\"empty\">", page->to);
        html_label(page->to, (Label){"无数据", "no data"});
        fputs("</p>", page->to);
    } else {
        put_canvas(page->to, &plan);
        TRY(put_script(page, &plan, err));
        TRY(put_data(page, &plan, err));
    }
    fputs("</figure>\n", page->to);
done:
    return rc;
}

/* ---- sections ---- */

static void put_answer(FILE *to, Label answer)
{
    fputs("<p class=\"answer\">", to);
    html_label(to, answer);
    fputs("</p>\n", to);
}

static ErrCode put_section(Page *page, const ReportSection *s, Err *err)
{
    ErrCode rc = OK;
    open_section(page->to, s->id, s->title, s->lead);
    if (s->answer.zh != NULL || s->answer.en != NULL)
        put_answer(page->to, s->answer);
    if (s->figures != NULL)
        TRY(grid_figures(page->to, s->figures, page->arena, err));
    if (s->ncharts > 0)
        fputs("<div class=\"charts\">\n", page->to);
    for (size_t i = 0; i < s->ncharts; i++)
        TRY(put_chart(page, &s->charts[i], err));
    if (s->ncharts > 0)
        fputs("</div>\n", page->to);
    for (size_t i = 0; i < s->ntables; i++)
        TRY((steps_is_trace(s->tables[i]) ? steps_block : grid_block)(
            page->to, s->tables[i], page->arena, page->scratch, err));
    fputs("</section>\n", page->to);
done:
    return rc;
}

static ErrCode put_last(Page *page, const Report *report, Err *err)
{
    ErrCode rc = OK;
    open_section(page->to, last_id, last_title,
                 (Label){"同样的输入、规则和命令得出逐字节相同的结果。",
                         "The same inputs, rules and command give the same "
                         "bytes."});
    if (report->command != NULL) {
        fputs("<pre tabindex=\"0\"><code>", page->to);
        html_text(page->to, report->command);
        fputs("</code></pre>\n", page->to);
    }
    for (size_t i = 0; i < report->norigins; i++)
        TRY(grid_block(page->to, report->origins[i], page->arena, page->scratch,
                       err));
    fputs("</section>\n<footer>科担 kedan ", page->to);
    html_text(page->to, report->version != NULL ? report->version : "");
    fputs("</footer>\n</main>\n</div>\n", page->to);
done:
    return rc;
}

/* ---- scripts ---- */

static void put_scripts(FILE *to)
{
    fputs("<script>\n", to);
    put_bytes(to, asset_chart, asset_chart_end);
    fputs("\n</script>\n<script>\n", to);
    put_bytes(to, asset_script, asset_script_end);
    fputs("</script>\n</body>\n</html>\n", to);
}

ErrCode report_html(FILE *to, const Report *report, ReportLanguage language,
                    Err *err)
{
    ErrCode rc = OK;
    Page page = {.to = to, .arena = arena_new(), .scratch = arena_new()};
    if (page.arena == NULL || page.scratch == NULL)
        TRY(FAIL(err, ERR_MEMORY, "out of memory"));
    put_head(to, report, language);
    put_top(to, report);
    put_contents(to, report);
    for (size_t i = 0; i < report->n; i++)
        TRY(put_section(&page, &report->sections[i], err));
    TRY(put_last(&page, report, err));
    put_scripts(to);
    const char *why = outfile_flush(to);
    if (why != NULL)
        rc = FAIL(err, ERR_IO, "the report cannot be written: %s", why);
done:
    arena_free(page.arena);
    arena_free(page.scratch);
    return rc;
}
