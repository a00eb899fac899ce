#include "report/chart.h"

#include "report/label.h"
#include "report/show.h"

#include <string.h>

static const char *const kinds[] = {
    [CHART_LINE] = "line",           [CHART_BAR] = "bar",
    [CHART_STACKED] = "stacked",     [CHART_ACROSS] = "across",
    [CHART_HISTOGRAM] = "histogram",
};

static void put_label(Json *j, Label label)
{
    json_object(j, JSON_LINE);
    json_key(j, "zh");
    json_text(j, label.zh);
    json_key(j, "en");
    json_text(j, label.en);
    json_close(j);
}

static const char *scale_of(const Column *c)
{
    if (c->type == TYPE_MONEY ||
        (c->type == TYPE_REAL && strcmp(c->unit, "fen") == 0))
        return "yuan";
    if (c->type == TYPE_RATIO ||
        (c->type == TYPE_REAL && strcmp(c->unit, "1") == 0))
        return "percent";
    if (c->type == TYPE_DATE)
        return "date";
    if (c->type == TYPE_COUNT && strcmp(c->unit, "year") == 0)
        return "year";
    return "plain";
}

/* How an axis reads, in an object left open. */
static void open_axis(Json *j, const Plan *p, const Column *c, int named,
                      int log, Arena *arena)
{
    const Table *table = p->chart->table;
    Label unit = show_of(table, c, 0, SHOW_COLUMN, REPORT_EN).unit;
    json_object(j, JSON_LINES);
    json_key(j, "label");
    put_label(j, named ? label_of_column(c, arena) : (Label){NULL, NULL});
    json_key(j, "scale");
    json_text(j, scale_of(c));
    json_key(j, "unit");
    put_label(j, unit);
    json_key(j, "log");
    json_boolean(j, log);
}

static void put_value(Json *j, const Column *c, size_t row)
{
    if (c->type == TYPE_DATE && !cell_is_null(c, row))
        json_integer(j, c->i[row]);
    else
        report_cell(j, c, row);
}

/* A cell as a name in both languages. */
static ErrCode put_name(Json *j, const Table *table, const Column *c,
                        size_t row, Arena *arena, Err *err)
{
    Show zh = show_of(table, c, table->rows, SHOW_COLUMN, REPORT_ZH);
    Show en = show_of(table, c, table->rows, SHOW_COLUMN, REPORT_EN);
    Label name = {show_cell(&zh, row, arena), show_cell(&en, row, arena)};
    if (name.zh == NULL || name.en == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    put_label(j, name);
    return OK;
}

static ErrCode put_x(Json *j, const Plan *p, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    open_axis(j, p, p->x, 1, p->chart->log_x, arena);
    json_key(j, plan_has_numeric_x(p->chart) ? "values" : "names");
    json_array(j, JSON_LINE);
    for (size_t k = 0; k < p->npoints; k++)
        if (plan_has_numeric_x(p->chart))
            put_value(j, p->x, p->points[k]);
        else
            TRY(put_name(j, p->chart->table, p->x, p->points[k], arena, err));
    json_close(j);
    json_close(j);
done:
    return rc;
}

static ErrCode put_by(Json *j, const Plan *p, size_t series, Arena *arena,
                      Err *err)
{
    ErrCode rc = OK;
    size_t row;
    json_object(j, JSON_LINES);
    json_key(j, "label");
    TRY(put_name(j, p->chart->table, p->by, p->series[series], arena, err));
    json_key(j, "values");
    json_array(j, JSON_LINE);
    for (size_t k = 0; k < p->npoints; k++) {
        TRY(plan_row(&row, p, series, k, err));
        if (row < p->chart->table->rows)
            put_value(j, p->y[0], row);
        else
            json_null(j);
    }
    json_close(j);
    json_close(j);
done:
    return rc;
}

static void put_column(Json *j, const Plan *p, const Column *c, Arena *arena)
{
    json_object(j, JSON_LINES);
    json_key(j, "label");
    put_label(j, label_of_column(c, arena));
    json_key(j, "values");
    json_array(j, JSON_LINE);
    for (size_t k = 0; k < p->npoints; k++)
        put_value(j, c, p->points[k]);
    json_close(j);
    json_close(j);
}

static ErrCode put_series(Json *j, const Plan *p, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    json_array(j, JSON_LINES);
    if (p->by != NULL)
        for (size_t k = 0; k < p->nseries; k++)
            TRY(put_by(j, p, k, arena, err));
    else
        for (size_t k = 0; k < p->ny; k++)
            put_column(j, p, p->y[k], arena);
    json_close(j);
done:
    return rc;
}

static ErrCode put_marks(Json *j, const Plan *p, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Table *marks = p->chart->marks;
    json_array(j, JSON_LINES);
    for (size_t i = 0; marks != NULL && i < marks->rows; i++) {
        if (cell_is_null(p->mark_x, i))
            continue;
        json_object(j, JSON_LINE);
        json_key(j, "label");
        TRY(put_name(j, marks, p->mark_name, i, arena, err));
        json_key(j, "x");
        put_value(j, p->mark_x, i);
        json_close(j);
    }
    json_close(j);
done:
    return rc;
}

ErrCode chart_write(Json *j, const Plan *p, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    json_object(j, JSON_LINES);
    json_key(j, "kind");
    json_text(j, kinds[p->chart->kind]);
    json_key(j, "title");
    put_label(j, p->chart->title);
    json_key(j, "x");
    TRY(put_x(j, p, arena, err));
    json_key(j, "y");
    open_axis(j, p, p->y[0], p->ny == 1, p->chart->log_y, arena);
    json_close(j);
    json_key(j, "series");
    TRY(put_series(j, p, arena, err));
    json_key(j, "marks");
    TRY(put_marks(j, p, arena, err));
    json_close(j);
done:
    return rc;
}
