#include "data/fill.h"

#include "core/tr.h"
#include "data/daytime.h"
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
void fill_shown(char out[64], Slice s)
{
    size_t n = s.n < 63 ? s.n : 63;
    memcpy(out, s.bytes, n);
    out[n] = '\0';
    if (n < s.n)
        out[text_clip(out, n)] = '\0';
}

/* List a fault of a cell, whose text is `value`. */
ErrCode fill_fault(Row *r, const PlanColumn *c, Slice value, Fault fault)
{
    char shown[64];
    fill_shown(shown, value);
    fault.rule = c->name;
    fault.value = shown;
    return reject_add(&r->reject, &r->records, place_of(r, c), fault, r->err);
}

static ErrCode refused(Row *r, const PlanColumn *c, Slice value,
                       const CellFault *why)
{
    return fill_fault(
        r, c, value,
        (Fault){.expected = why->expected, .way_out = why->way_out});
}

/* The interned text; columns repeat themselves, so one of the last few that is
 * like it is tried first. */
static const char *intern(Row *r, PlanColumn *c, Slice s)
{
    const unsigned char *p = (const unsigned char *)s.bytes;
    size_t like = s.n + p[0] + 3u * p[s.n / 2] + 5u * p[s.n - 1];
    PlanText *t = &c->recent[like % PLAN_RECENT];
    if (t->text == NULL || t->n != s.n || memcmp(t->text, s.bytes, s.n) != 0)
        *t = (PlanText){texts_put(r->texts, s.bytes, s.n), s.n};
    return t->text;
}

/* A word that is none of a coded column's. */
static ErrCode fault_word(Row *r, const PlanColumn *c, Slice s,
                          const char *text)
{
    const char *names[64];
    char way[96];
    size_t n = 0;
    for (; n < c->n_words && n < 64; n++)
        names[n] = c->words[n].read;
    const char *near = text_nearest(text, names, n);
    snprintf(way, sizeof way, tr("did you mean %s?"), near == NULL ? "" : near);
    return fill_fault(r, c, s,
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
    return fault_word(r, c, s, text);
}

/* For fill_texts(), which interns it. */
static ErrCode keep_text(Row *r, PlanColumn *c, Slice s)
{
    if (r->later == NULL)
        texts_expect(r->texts, s.bytes, s.n);
    c->pending = s;
    return OK;
}

/* A moment is held as it is compared, whatever a spreadsheet made of it. */
static ErrCode read_moment(Row *r, PlanColumn *c, Slice s)
{
    char room[DAYTIME_TEXT];
    const CellFault *why = daytime_read(room, s);
    if (why != NULL)
        return refused(r, c, s, why);
    if (slice_is(s, room))
        return keep_text(r, c, s);
    c->column->s[r->row] = intern(r, c, slice_of(room));
    c->pending.n = 0; /* nothing is left for fill_texts() */
    return c->column->s[r->row] == NULL ? no_memory(r) : OK;
}

static ErrCode read_text(Row *r, PlanColumn *c, Slice s)
{
    const char *why = NULL;
    if (c->needs & COLUMN_MOMENT)
        return read_moment(r, c, s);
    if ((c->needs & COLUMN_USCC) &&
        (r->plan.map == NULL || r->plan.map->check_ids))
        why = ids_check_uscc(s.bytes, s.n);
    if (why != NULL)
        return fill_fault(r, c, s,
                          (Fault){.expected = "a unified social credit code",
                                  .way_out = why});
    return keep_text(r, c, s);
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
        return fill_fault(r, c, s, (Fault){.expected = c->expected});
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
        return fill_fault(r, c, s, (Fault){.expected = c->expected});
    c->column->d[r->row] = real;
    return OK;
}

ErrCode fill_null(Row *r, PlanColumn *c)
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
ErrCode fill_cell(Row *r, PlanColumn *c, Slice s)
{
    if (s.n == 0)
        return fill_null(r, c);
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
Slice fill_trimmed(Slice s)
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

static void put_text(Row *r, size_t i, const char *text)
{
    const PlanColumn *c = &r->plan.columns[i];
    c->column->s[r->row] = text;
    if ((c->needs & COLUMN_UNIQUE) && r->seen != NULL)
        seen_expect(&r->seen[i], text);
}

/* Intern the row's free texts, whose places in memory are on their way since
 * read_text() named them.  Those that stand in the room of the record are gone
 * with it, so that they cannot wait. */
ErrCode fill_texts(Row *r)
{
    int can_wait = r->later != NULL && r->records.room_used == 0;
    for (size_t i = 0; i < r->plan.n; i++) {
        PlanColumn *c = &r->plan.columns[i];
        if (c->type != TYPE_TEXT)
            continue;
        if (r->later != NULL)
            *r->later++ = can_wait ? c->pending : (Slice){NULL, 0};
        if (can_wait || c->pending.n == 0)
            continue;
        const char *text = intern(r, c, c->pending);
        if (text == NULL)
            return no_memory(r);
        put_text(r, i, text);
    }
    return OK;
}

void fill_later(Row *r, const char *const texts[])
{
    for (size_t i = 0; i < r->plan.n; i++) {
        if (r->plan.columns[i].type != TYPE_TEXT)
            continue;
        if (*texts != NULL)
            put_text(r, i, *texts);
        texts++;
    }
}
