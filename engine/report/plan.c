#include "report/plan.h"

#include "report/label.h"
#include "report/show.h"

#include <string.h>

int plan_has_numeric_x(const Chart *chart)
{
    return chart->kind == CHART_LINE || chart->kind == CHART_HISTOGRAM;
}

static ErrCode fault(const Chart *chart, const Table *table, const char *name,
                     const char *why, Err *err)
{
    return FAIL(err, ERR_DOMAIN, "chart '%s' of table '%s': column '%s' %s",
                label_say(chart->title, REPORT_EN), table->name, name, tr(why));
}

static int is_ordered(FieldType type)
{
    return show_is_number(type) || type == TYPE_DATE;
}

static int is_word(FieldType type)
{
    return type == TYPE_TEXT || type == TYPE_CATEGORY || type == TYPE_LIST;
}

/* ---- columns ---- */

typedef enum { ANY, ORDERED, NUMBER, WORD } Need;

static ErrCode find(const Column **out, const Chart *chart, const Table *table,
                    const char *name, Need need, Err *err)
{
    const Column *c = table_find(table, name);
    if (c == NULL)
        return fault(chart, table, name, TR_NOOP("is missing"), err);
    if ((need == ORDERED && !is_ordered(c->type)) ||
        (need == NUMBER && !show_is_number(c->type)))
        return fault(chart, table, name, TR_NOOP("does not hold numbers"), err);
    if (need == WORD && !is_word(c->type))
        return fault(chart, table, name, TR_NOOP("does not hold words"), err);
    *out = c;
    return OK;
}

static ErrCode find_columns(Plan *p, Err *err)
{
    ErrCode rc = OK;
    const Chart *c = p->chart;
    Need x = plan_has_numeric_x(c) ? ORDERED : ANY;
    TRY(find(&p->x, c, c->table, c->x, x, err));
    for (; p->ny < CHART_Y && c->y[p->ny] != NULL; p->ny++) {
        TRY(find(&p->y[p->ny], c, c->table, c->y[p->ny], NUMBER, err));
        if (strcmp(p->y[p->ny]->unit, p->y[0]->unit) != 0)
            TRY(fault(c, c->table, c->y[p->ny],
                      TR_NOOP("has not the unit of the first one"), err));
    }
    if (p->ny == 0)
        TRY(fault(c, c->table, "", TR_NOOP("is missing: no y"), err));
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

static ErrCode keep_rows(Plan *p, Arena *arena, Err *err)
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

static ErrCode place_rows(Plan *p, Err *err)
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
                         TR_NOOP("has too many words"), err);
        p->series[p->nseries++] = i;
    }
    return OK;
}

ErrCode plan_of(Plan *out, const Chart *chart, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    *out = (Plan){.chart = chart};
    TRY(find_columns(out, err));
    TRY(keep_rows(out, arena, err));
    TRY(place_rows(out, err));
done:
    return rc;
}

/* The row at a point of a series; `rows` of the table when there is none. */
ErrCode plan_row(size_t *out, const Plan *p, size_t series, size_t point,
                 Err *err)
{
    *out = p->chart->table->rows;
    for (size_t r = 0; r < p->n; r++) {
        size_t i = p->rows[r];
        if (!same_cell(p->x, i, p->points[point]) ||
            !same_cell(p->by, i, p->series[series]))
            continue;
        if (*out < p->chart->table->rows)
            return fault(p->chart, p->chart->table, p->chart->by,
                         TR_NOOP("has a word twice at one point"), err);
        *out = i;
    }
    return OK;
}
