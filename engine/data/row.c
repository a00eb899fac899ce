#include "data/row.h"

#include "core/tr.h"
#include "data/ids.h"

#include <string.h>

/* The cell as the map makes it: cut, replaced, or a constant. */
static Slice mapped(const Row *r, const MapColumn *map, long cell)
{
    if (map->constant != NULL)
        return slice_of(map->constant);
    Slice s = fill_trimmed(r->records.cells[cell]);
    size_t width, bytes = 0;
    for (size_t i = 0; i < map->take && bytes < s.n; i++, bytes += width)
        text_char(&width, s.bytes + bytes, s.n - bytes);
    if (map->take > 0)
        s = slice_trim((Slice){s.bytes, bytes});
    for (size_t i = 0; i < map->n_values; i++)
        if (slice_is(s, map->values[i].from))
            return slice_of(map->values[i].to);
    return s;
}

/* The cells that an expression reads. */
static void gather(Slice out[ARITH_COLUMNS], const Row *r, const long cells[],
                   size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = fill_trimmed(r->records.cells[cells[i]]);
}

/* A fault of an expression, at the cell to blame or at the row's start. */
static ErrCode fault_expr(Row *r, const char *rule, const long cells[],
                          size_t n, size_t culprit, const CellFault *why)
{
    Fault fault = {.rule = rule, .way_out = why->way_out};
    const char *at = r->records.raw.bytes;
    char shown[64] = "";
    if (culprit < n) {
        Slice s = fill_trimmed(r->records.cells[cells[culprit]]);
        at = records_cell(&r->records, (size_t)cells[culprit]);
        fill_shown(shown, s);
        fault.value = shown;
        fault.expected = why->expected;
    } else {
        fault.problem = why->expected;
    }
    return reject_add(&r->reject, &r->records, at, fault, r->err);
}

/* An exact number as what the column holds; 0 when it does not fit. */
static int store(const Row *r, const PlanColumn *c, Rational number)
{
    long long whole = 0, scale = 1;
    if (c->type == TYPE_REAL) {
        double d = rational_real(number);
        c->column->d[r->row] = d;
        return d >= c->low_real && d <= c->high_real;
    }
    if (c->type == TYPE_MONEY)
        scale = c->wan ? 1000000 : 100;
    else if (c->type == TYPE_RATIO)
        scale = RATIO_ONE;
    else if (number.above % number.below != 0)
        return 0; /* a count is whole */
    int fits = rational_round(&whole, number, scale, MONEY_MAX);
    c->column->i[r->row] = whole;
    return fits && whole >= c->low && whole <= c->high;
}

static ErrCode read_expr(Row *r, PlanColumn *c)
{
    Slice cells[ARITH_COLUMNS];
    ArithValue v;
    size_t culprit = 0;
    gather(cells, r, c->expr_cells, c->n_expr);
    const CellFault *why = arith_eval(&v, &culprit, c->map->expr, cells);
    if (why != NULL)
        return fault_expr(r, c->name, c->expr_cells, c->n_expr, culprit, why);
    if (v.is_null)
        return fill_null(r, c);
    if (store(r, c, v.number))
        return OK;
    char value[CELL_TEXT];
    snprintf(value, sizeof value, "%.10g", rational_real(v.number));
    return fill_fault(r, c, slice_of(value),
                      (Fault){.expected = *c->expected == '\0'
                                              ? type_name(c->type)
                                              : c->expected,
                              .way_out = "see the map's expr"});
}

/* Whether the map keeps the row; 0 too when a fault was found. */
static ErrCode is_kept(int *kept, Row *r)
{
    Slice cells[ARITH_COLUMNS];
    ArithValue v = {0};
    size_t culprit = 0;
    const Plan *p = &r->plan;
    *kept = 1;
    if (p->map == NULL || p->map->keep_if == NULL)
        return OK;
    gather(cells, r, p->keep_cells, p->n_keep);
    const CellFault *why = arith_eval(&v, &culprit, p->map->keep_if, cells);
    *kept = why == NULL && !v.is_null && v.number.above != 0;
    return why == NULL ? OK
                       : fault_expr(r, "keep_if", p->keep_cells, p->n_keep,
                                    culprit, why);
}

static ErrCode read_column(Row *r, PlanColumn *c)
{
    if (c->map == NULL)
        return fill_cell(r, c, fill_trimmed(r->records.cells[c->cell]));
    if (c->map->expr != NULL)
        return read_expr(r, c);
    return fill_cell(r, c, mapped(r, c->map, c->cell));
}

/* A patent's number, which only the row's kind tells to be one. */
static ErrCode check_patent(Row *r)
{
    static const char *const kinds[] = {"invention", "utility", "design"};
    if (r->kind == NULL || r->ip_id == NULL ||
        (r->plan.map != NULL && !r->plan.map->check_ids))
        return OK;
    const char *kind = r->kind->column->s[r->row];
    const char *id = r->ip_id->column->s[r->row], *why = NULL;
    for (size_t i = 0; i < 3 && kind != NULL && id != NULL; i++)
        if (strcmp(kind, kinds[i]) == 0)
            why = ids_check_patent(id, strlen(id));
    if (why == NULL)
        return OK;
    return fill_fault(r, r->ip_id, slice_of(id),
                      (Fault){.expected = "a patent number", .way_out = why});
}

/* A good row alone can be another's double. */
ErrCode row_doubles(Row *r)
{
    for (size_t i = 0; i < r->plan.n; i++) {
        const PlanColumn *c = &r->plan.columns[i];
        size_t first;
        if (!(c->needs & COLUMN_UNIQUE))
            continue;
        const char *const *texts = (const char *const *)c->column->s;
        if (!seen_add(&first, &r->seen[i], texts, r->row))
            return FAIL(r->err, ERR_MEMORY, "%s: no memory for its rows",
                        r->reject.file);
        if (first == r->row)
            continue;
        char way[200];
        snprintf(way, sizeof way,
                 tr("line %zu has it already; take one of the two out, or give "
                    "it an id of its own"),
                 (size_t)r->lines[first]);
        return fill_fault(
            r, c, slice_of(texts[r->row]),
            (Fault){.expected = "unique in the file", .way_out = way});
    }
    return OK;
}

ErrCode row_read(int *kept, Row *r)
{
    ErrCode rc = OK;
    TRY(is_kept(kept, r));
    if (!*kept)
        return rc;
    r->lines[r->row] = (uint32_t)r->records.first_line;
    for (size_t i = 0; i < r->plan.n; i++)
        TRY(read_column(r, &r->plan.columns[i]));
    if (r->reject.is_bad)
        return OK;
    TRY(fill_texts(r));
    TRY(check_patent(r));
    if (!r->reject.is_bad && r->seen != NULL)
        TRY(row_doubles(r));
done:
    return rc;
}
