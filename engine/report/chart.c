#include "report/chart.h"

#include "report/show.h"

#include <string.h>

static const char *const kinds[] = {
    [CHART_LINE] = "line",           [CHART_BAR] = "bar",
    [CHART_STACKED] = "stacked",     [CHART_ACROSS] = "across",
    [CHART_HISTOGRAM] = "histogram",
};

static int has_numeric_x(const Chart *chart)
{
    return chart->kind == CHART_LINE || chart->kind == CHART_HISTOGRAM;
}

static ErrCode fault(const Chart *chart, const Table *table, const char *name,
                     const char *why, Err *err)
{
    return FAIL(err, ERR_DOMAIN, "chart '%s' of table '%s': column '%s' %s",
                show_say(chart->title, REPORT_EN), table->name, name, why);
}

static int is_ordered(FieldType type)
{
    return show_is_number(type) || type == TYPE_DATE;
}

static int is_word(FieldType type)
{
    return type == TYPE_TEXT || type == TYPE_CATEGORY;
}

/* ---- columns ---- */

typedef enum { ANY, ORDERED, NUMBER, WORD } Need;

static ErrCode find(const Column **out, const Chart *chart, const Table *table,
                    const char *name, Need need, Err *err)
{
    const Column *c = table_find(table, name);
    if (c == NULL)
        return fault(chart, table, name, "is missing", err);
    if ((need == ORDERED && !is_ordered(c->type)) ||
        (need == NUMBER && !show_is_number(c->type)))
        return fault(chart, table, name, "does not hold numbers", err);
    if (need == WORD && !is_word(c->type))
        return fault(chart, table, name, "does not hold words", err);
    *out = c;
    return OK;
}

static ErrCode find_columns(ChartPlan *p, Err *err)
{
    ErrCode rc = OK;
    const Chart *c = p->chart;
    Need x = has_numeric_x(c) ? ORDERED : ANY;
    TRY(find(&p->x, c, c->table, c->x, x, err));
    for (; p->ny < CHART_Y && c->y[p->ny] != NULL; p->ny++) {
        TRY(find(&p->y[p->ny], c, c->table, c->y[p->ny], NUMBER, err));
        if (p->y[p->ny]->type != p->y[0]->type ||
            strcmp(p->y[p->ny]->unit, p->y[0]->unit) != 0)
            TRY(fault(c, c->table, c->y[p->ny],
                      "has not the unit of the first one", err));
    }
    if (p->ny == 0)
        TRY(fault(c, c->table, "", "is missing: no y", err));
    if (c->by != NULL)
        TRY(find(&p->by, c, c->table, c->by, WORD, err));
    if (c->marks != NULL) {
        TRY(find(&p->mark_name, c, c->marks, "name", WORD, err));
        TRY(find(&p->mark_x, c, c->marks, "x", x, err));
    }
done:
    return rc;
}

/* ---- rows, points and series ---- */

static int same_cell(const Column *c, size_t a, size_t b)
{
    if (cell_is_null(c, a) || cell_is_null(c, b))
        return cell_is_null(c, a) && cell_is_null(c, b);
    if (c->type == TYPE_REAL)
        return c->d[a] == c->d[b];
    if (is_word(c->type) || c->type == TYPE_LIST)
        return strcmp(c->s[a], c->s[b]) == 0;
    return c->i[a] == c->i[b];
}

static ErrCode keep_rows(ChartPlan *p, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Chart *c = p->chart;
    const Column *where = NULL;
    if (c->where != NULL)
        TRY(find(&where, c, c->table, c->where, WORD, err));
    p->rows = arena_alloc(arena, c->table->rows + 1, sizeof *p->rows);
    p->points = arena_alloc(arena, c->table->rows + 1, sizeof *p->points);
    if (p->rows == NULL || p->points == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < c->table->rows; i++)
        if (!cell_is_null(p->x, i) &&
            (where == NULL || (where->s[i] != NULL && c->is != NULL &&
                               strcmp(where->s[i], c->is) == 0)))
            p->rows[p->n++] = i;
done:
    return rc;
}

/* Where row `i` belongs among the rows first[n]; n when it is new. */
static size_t place_of(const Column *c, const size_t first[], size_t n,
                       size_t i)
{
    size_t k = 0;
    while (k < n && !same_cell(c, first[k], i))
        k++;
    return k;
}

static ErrCode place_rows(ChartPlan *p, Err *err)
{
    for (size_t r = 0; r < p->n; r++) {
        size_t i = p->rows[r];
        if (p->by == NULL) {
            p->points[p->npoints++] = i;
            continue;
        }
        if (place_of(p->x, p->points, p->npoints, i) == p->npoints)
            p->points[p->npoints++] = i;
        if (place_of(p->by, p->series, p->nseries, i) < p->nseries)
            continue;
        if (p->nseries == CHART_SERIES)
            return fault(p->chart, p->chart->table, p->chart->by,
                         "has too many words", err);
        p->series[p->nseries++] = i;
    }
    return OK;
}

ErrCode chart_plan(ChartPlan *out, const Chart *chart, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    *out = (ChartPlan){.chart = chart};
    TRY(find_columns(out, err));
    TRY(keep_rows(out, arena, err));
    TRY(place_rows(out, err));
done:
    return rc;
}

/* ---- JSON ---- */

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

/* Label, scale and unit of an axis, in an object left open. */
static void open_axis(Json *j, const ChartPlan *p, const Column *c, int named,
                      Arena *arena)
{
    const Table *table = p->chart->table;
    Label unit = show_of(table, c, 0, SHOW_COLUMN, REPORT_EN).unit;
    json_object(j, JSON_LINES);
    json_key(j, "label");
    put_label(j, named ? show_label(c, arena) : (Label){NULL, NULL});
    json_key(j, "scale");
    json_text(j, scale_of(c));
    json_key(j, "unit");
    put_label(j, unit);
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

static ErrCode put_x(Json *j, const ChartPlan *p, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    open_axis(j, p, p->x, 1, arena);
    json_key(j, "log");
    json_boolean(j, p->chart->log_x);
    json_key(j, has_numeric_x(p->chart) ? "values" : "names");
    json_array(j, JSON_LINE);
    for (size_t k = 0; k < p->npoints; k++)
        if (has_numeric_x(p->chart))
            put_value(j, p->x, p->points[k]);
        else
            TRY(put_name(j, p->chart->table, p->x, p->points[k], arena, err));
    json_close(j);
    json_close(j);
done:
    return rc;
}

/* The row at a point of a series; `rows` of the table when there is none. */
static ErrCode row_at(size_t *out, const ChartPlan *p, size_t series,
                      size_t point, Err *err)
{
    *out = p->chart->table->rows;
    for (size_t r = 0; r < p->n; r++) {
        size_t i = p->rows[r];
        if (!same_cell(p->x, i, p->points[point]) ||
            !same_cell(p->by, i, p->series[series]))
            continue;
        if (*out < p->chart->table->rows)
            return fault(p->chart, p->chart->table, p->chart->by,
                         "has a word twice at one point", err);
        *out = i;
    }
    return OK;
}

static ErrCode put_by(Json *j, const ChartPlan *p, size_t series, Arena *arena,
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
        TRY(row_at(&row, p, series, k, err));
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

static void put_column(Json *j, const ChartPlan *p, const Column *c,
                       Arena *arena)
{
    json_object(j, JSON_LINES);
    json_key(j, "label");
    put_label(j, show_label(c, arena));
    json_key(j, "values");
    json_array(j, JSON_LINE);
    for (size_t k = 0; k < p->npoints; k++)
        put_value(j, c, p->points[k]);
    json_close(j);
    json_close(j);
}

static ErrCode put_series(Json *j, const ChartPlan *p, Arena *arena, Err *err)
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

static ErrCode put_marks(Json *j, const ChartPlan *p, Arena *arena, Err *err)
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

ErrCode chart_write(Json *j, const ChartPlan *p, Arena *arena, Err *err)
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
    open_axis(j, p, p->y[0], p->ny == 1, arena);
    json_close(j);
    json_key(j, "series");
    TRY(put_series(j, p, arena, err));
    json_key(j, "marks");
    TRY(put_marks(j, p, arena, err));
    json_close(j);
done:
    return rc;
}
