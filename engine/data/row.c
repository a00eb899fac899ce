#include "data/row.h"

#include "core/tr.h"
#include "data/ids.h"

#include <math.h>
#include <string.h>

static ErrCode no_memory(const Row *r)
{
    return FAIL(r->err, ERR_MEMORY, "%s: no memory for its rows",
                r->reject.file);
}

/* Where a column's cell stands; the row's start for constants. */
static const char *place_of(const Row *r, const PlanColumn *c)
{
    return c->cell == PLAN_NO_CELL ? r->records.raw.bytes
                                   : records_cell(&r->records, (size_t)c->cell);
}

/* The start of a cell, NUL-ended, whole characters. */
static void shorten(char out[64], Slice s)
{
    size_t n = s.n < 63 ? s.n : 63;
    memcpy(out, s.bytes, n);
    out[n] = '\0';
    if (n < s.n)
        out[text_clip(out, n)] = '\0';
}

/* List a fault of a cell, whose text is `value`. */
static ErrCode cell_fault(Row *r, const PlanColumn *c, Slice value, Fault fault)
{
    char shown[64];
    shorten(shown, value);
    fault.rule = c->name;
    fault.value = shown;
    return reject_add(&r->reject, &r->records, place_of(r, c), fault, r->err);
}

static ErrCode refused(Row *r, const PlanColumn *c, Slice value,
                       const CellFault *why)
{
    return cell_fault(
        r, c, value,
        (Fault){.expected = why->expected, .way_out = why->way_out});
}

/* The interned text; columns repeat themselves, so the last one is tried. */
static const char *intern(Row *r, PlanColumn *c, Slice s)
{
    if (c->last_text != NULL && c->last.n == s.n &&
        memcmp(c->last_text, s.bytes, s.n) == 0)
        return c->last_text;
    const char *text = texts_put(r->texts, s.bytes, s.n);
    c->last = s;
    c->last_text = text;
    return text;
}

/* A word that is none of a coded column's. */
static ErrCode fault_word(Row *r, const PlanColumn *c, Slice s)
{
    const char *names[64];
    char way[96];
    size_t n = 0;
    for (; n < c->n_words && n < 64; n++)
        names[n] = c->words[n].read;
    const char *near = text_nearest(c->last_text, names, n);
    snprintf(way, sizeof way, tr("did you mean %s?"), near == NULL ? "" : near);
    return cell_fault(r, c, s,
                      (Fault){.expected = c->words_expected,
                              .way_out = near == NULL ? NULL : way});
}

static ErrCode read_word(Row *r, PlanColumn *c, Slice s)
{
    const char *text = intern(r, c, s);
    if (text == NULL)
        return no_memory(r);
    if (c->n_words == 0) {
        c->column->s[r->row] = text;
        return OK;
    }
    for (size_t i = 0; i < c->n_words; i++)
        if (c->words[i].read == text) {
            c->column->s[r->row] = c->words[i].word;
            return OK;
        }
    return fault_word(r, c, s);
}

static ErrCode read_text(Row *r, PlanColumn *c, Slice s)
{
    const char *why = NULL;
    if ((c->needs & COLUMN_USCC) &&
        (r->plan.map == NULL || r->plan.map->check_ids))
        why = ids_check_uscc(s.bytes, s.n);
    if (why != NULL)
        return cell_fault(r, c, s,
                          (Fault){.expected = "a unified social credit code",
                                  .way_out = why});
    texts_expect(r->texts, s.bytes, s.n); /* put by put_texts() */
    c->pending = s;
    return OK;
}

static ErrCode read_list(Row *r, PlanColumn *c, Slice s)
{
    if (!cell_list_is_plain(s))
        s = (Slice){r->list, cell_list(r->list, s)};
    const char *text = s.n == 0 ? NULL : intern(r, c, s);
    c->column->s[r->row] = text;
    return text == NULL && s.n > 0 ? no_memory(r) : OK;
}

static const CellFault *read_whole(int64_t *out, const Row *r,
                                   const PlanColumn *c, Slice s)
{
    switch (c->type) {
    case TYPE_MONEY:
        return c->wan ? cell_money_wan(out, s) : cell_money(out, s);
    case TYPE_RATIO:
        return cell_ratio(out, s);
    case TYPE_COUNT:
        return cell_count(out, s);
    case TYPE_DATE:
        return c->map != NULL && c->map->constant == NULL
                   ? colmap_date(out, r->plan.map->date, s)
                   : cell_date(out, s);
    default:
        return cell_bool(out, s);
    }
}

static ErrCode read_number(Row *r, PlanColumn *c, Slice s)
{
    int64_t whole = 0;
    const CellFault *why = read_whole(&whole, r, c, s);
    if (why != NULL)
        return refused(r, c, s, why);
    if (whole < c->low || whole > c->high)
        return cell_fault(r, c, s, (Fault){.expected = c->expected});
    c->column->i[r->row] = whole;
    return OK;
}

static ErrCode read_real(Row *r, PlanColumn *c, Slice s)
{
    double real = 0;
    const CellFault *why = cell_real(&real, s);
    if (why != NULL)
        return refused(r, c, s, why);
    if (real < c->low_real || real > c->high_real)
        return cell_fault(r, c, s, (Fault){.expected = c->expected});
    c->column->d[r->row] = real;
    return OK;
}

static ErrCode read_null(Row *r, PlanColumn *c)
{
    switch (c->type) {
    case TYPE_TEXT:
    case TYPE_CATEGORY:
    case TYPE_LIST:
        c->column->s[r->row] = NULL;
        c->pending.n = 0;
        break;
    case TYPE_REAL:
        c->column->d[r->row] = NAN;
        break;
    default:
        c->column->i[r->row] = NULL_INT;
    }
    if (!(c->needs & COLUMN_REQUIRED))
        return OK;
    return reject_add(
        &r->reject, &r->records, place_of(r, c),
        (Fault){.rule = c->name, .problem = "a required cell is empty"},
        r->err);
}

/* Store a cell's text, without spaces around it, as the column's type. */
static ErrCode read_cell(Row *r, PlanColumn *c, Slice s)
{
    if (s.n == 0)
        return read_null(r, c);
    switch (c->type) {
    case TYPE_TEXT:
        return read_text(r, c, s);
    case TYPE_CATEGORY:
        return read_word(r, c, s);
    case TYPE_LIST:
        return read_list(r, c, s);
    case TYPE_REAL:
        return read_real(r, c, s);
    default:
        return read_number(r, c, s);
    }
}

/* Most cells have no space to trim: full-width ones start with 0xE3 and end
 * with 0x80. */
static Slice trimmed(Slice s)
{
    unsigned char first, last;
    if (s.n == 0)
        return s;
    first = (unsigned char)s.bytes[0];
    last = (unsigned char)s.bytes[s.n - 1];
    return first > ' ' && first != 0xE3 && last > ' ' && last != 0x80
               ? s
               : slice_trim(s);
}

/* The cell as the map makes it: cut, replaced, or a constant. */
static Slice mapped(const Row *r, const MapColumn *map, long cell)
{
    if (map->constant != NULL)
        return slice_of(map->constant);
    Slice s = trimmed(r->records.cells[cell]);
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
        out[i] = trimmed(r->records.cells[cells[i]]);
}

/* A fault of an expression, at the cell to blame or at the row's start. */
static ErrCode fault_expr(Row *r, const char *rule, const long cells[],
                          size_t n, size_t culprit, const CellFault *why)
{
    Fault fault = {.rule = rule, .way_out = why->way_out};
    const char *at = r->records.raw.bytes;
    char shown[64] = "";
    if (culprit < n) {
        Slice s = trimmed(r->records.cells[cells[culprit]]);
        at = records_cell(&r->records, (size_t)cells[culprit]);
        shorten(shown, s);
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
        return read_null(r, c);
    if (store(r, c, v.number))
        return OK;
    char value[CELL_TEXT];
    snprintf(value, sizeof value, "%.10g", rational_real(v.number));
    return cell_fault(r, c, slice_of(value),
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
        return read_cell(r, c, trimmed(r->records.cells[c->cell]));
    if (c->map->expr != NULL)
        return read_expr(r, c);
    return read_cell(r, c, mapped(r, c->map, c->cell));
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
    return cell_fault(r, r->ip_id, slice_of(id),
                      (Fault){.expected = "a patent number", .way_out = why});
}

/* Enter what must be unique; a good row alone can be another's double. */
static ErrCode check_doubles(Row *r)
{
    for (size_t i = 0; i < r->plan.n; i++) {
        const PlanColumn *c = &r->plan.columns[i];
        size_t first;
        if (!(c->needs & COLUMN_UNIQUE))
            continue;
        const char *const *texts = (const char *const *)c->column->s;
        if (!seen_add(&first, &r->seen[i], texts, r->row))
            return no_memory(r);
        if (first == r->row)
            continue;
        char way[64];
        snprintf(way, sizeof way, tr("line %zu has it already"),
                 (size_t)r->lines[first]);
        return cell_fault(
            r, c, slice_of(texts[r->row]),
            (Fault){.expected = "unique in the file", .way_out = way});
    }
    return OK;
}

/* Intern the row's free texts, whose places in memory are on their way since
 * read_text() named them. */
static ErrCode put_texts(Row *r)
{
    for (size_t i = 0; i < r->plan.n; i++) {
        PlanColumn *c = &r->plan.columns[i];
        if (c->type != TYPE_TEXT || c->pending.n == 0)
            continue;
        const char *text = intern(r, c, c->pending);
        if (text == NULL)
            return no_memory(r);
        c->column->s[r->row] = text;
        if (c->needs & COLUMN_UNIQUE)
            seen_expect(&r->seen[i], text);
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
    TRY(put_texts(r));
    TRY(check_patent(r));
    if (!r->reject.is_bad)
        TRY(check_doubles(r));
done:
    return rc;
}
