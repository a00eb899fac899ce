#include "stat/binspre.h"

#include "stat/radix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Doubles as whole numbers of the same order; -0 as 0. */
static int64_t key_of(double x)
{
    int64_t bits;
    x += 0;
    memcpy(&bits, &x, sizeof bits);
    return bits < 0 ? bits ^ INT64_MAX : bits;
}

static double value_of(int64_t key)
{
    double x;
    key = key < 0 ? key ^ INT64_MAX : key;
    memcpy(&x, &key, sizeof x);
    return x;
}

/* The numbers of the column, sorted: events, then the others behind them. */
typedef struct {
    const int64_t *events, *others;
    const double *events_weight, *others_weight; /* or NULL: 1 each */
    size_t n_events, n_others;
} Sorted;

/* Where they are sorted. */
typedef struct {
    int64_t *key, *work;
    double *weight, *with; /* NULL: all weigh 1 */
} Room;

static int take_special(BinsPre *out, const BinsColumn *c, size_t row)
{
    for (size_t i = 0; i < c->n_special; i++)
        if (c->x[row] == c->special[i]) {
            out->special[i] = bin_add(out->special[i], bin_row(&c->rows, row));
            return 1;
        }
    return 0;
}

static Sorted sort(BinsPre *out, Room r, const BinsColumn *c)
{
    const BinRows *rows = &c->rows;
    size_t front = 0, back = rows->n, end = rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        if (isnan(c->x[i])) {
            out->missing = bin_add(out->missing, bin_row(rows, i));
        } else if (rows->weight != NULL && rows->weight[i] == 0) {
            continue;
        } else if (c->n_special == 0 || !take_special(out, c, i)) {
            size_t at = rows->event[i] ? front++ : --back;
            r.key[at] = key_of(c->x[i]);
            if (r.weight != NULL)
                r.weight[at] = rows->weight[i];
        }
    }
    double *others = r.weight == NULL ? NULL : r.weight + back;
    radix_sort_with(r.key, r.weight, r.work, r.with, front);
    radix_sort_with(r.key + back, others, r.work, r.with, end - back);
    return (Sorted){r.key, r.key + back, r.weight, others, front, end - back};
}

/* A walk over the different values of both halves. */
typedef struct {
    size_t events, others; /* rows behind it */
    int64_t key;
    BinCount count; /* of that value */
} Walk;

static double sum_of(const double weight[], size_t from, size_t to)
{
    double sum = 0;
    if (weight == NULL)
        return (double)(to - from);
    for (size_t i = from; i < to; i++)
        sum += weight[i];
    return sum;
}

static int next_value(Walk *w, const Sorted *s)
{
    size_t e = w->events, o = w->others;
    if (e == s->n_events && o == s->n_others)
        return 0;
    w->key = e == s->n_events              ? s->others[o]
             : o == s->n_others            ? s->events[e]
             : s->events[e] < s->others[o] ? s->events[e]
                                           : s->others[o];
    while (e < s->n_events && s->events[e] == w->key)
        e++;
    while (o < s->n_others && s->others[o] == w->key)
        o++;
    w->count = (BinCount){sum_of(s->events_weight, w->events, e),
                          sum_of(s->others_weight, w->others, o)};
    w->events = e;
    w->others = o;
    return 1;
}

static double rows_of(const Sorted *s)
{
    return sum_of(s->events_weight, 0, s->n_events) +
           sum_of(s->others_weight, 0, s->n_others);
}

/* Are there at most `most` different values? */
static int has_few_values(const Sorted *s, size_t most)
{
    Walk w = {0};
    size_t n = 0;
    while (n <= most && next_value(&w, s))
        n++;
    return n <= most;
}

static void cut(BinsPre *out, const Sorted *s, size_t most)
{
    Walk w = {0};
    double rows = rows_of(s), before = 0;
    int few = has_few_values(s, most);
    size_t last = SIZE_MAX;
    while (next_value(&w, s)) {
        double size = bin_rows(w.count);
        size_t place = (size_t)((double)most * (before + size / 2) / rows);
        before += size;
        if (few || place != last) {
            out->low[out->n] = value_of(w.key);
            out->count[out->n++] = (BinCount){0, 0};
        }
        last = place;
        out->high[out->n - 1] = value_of(w.key);
        out->count[out->n - 1] = bin_add(out->count[out->n - 1], w.count);
    }
}

static int make_room(Room *r, const BinRows *rows)
{
    size_t n = rows->n + 1;
    *r = (Room){.key = mem_new(n, sizeof *r->key),
                .work = mem_new(n, sizeof *r->work)};
    if (rows->weight != NULL) {
        r->weight = mem_new(n, sizeof *r->weight);
        r->with = mem_new(n, sizeof *r->with);
    }
    return r->key != NULL && r->work != NULL &&
           (rows->weight == NULL || (r->weight != NULL && r->with != NULL));
}

ErrCode binspre_of(BinsPre *out, Arena *arena, const BinsColumn *column,
                   size_t most, Err *err)
{
    ErrCode rc = OK;
    Room room;
    int has_room = make_room(&room, &column->rows);
    *out = (BinsPre){.low = arena_alloc(arena, most, sizeof *out->low),
                     .high = arena_alloc(arena, most, sizeof *out->high),
                     .count = arena_alloc(arena, most, sizeof *out->count),
                     .special = arena_alloc(arena, column->n_special + 1,
                                            sizeof *out->special)};
    if (!has_room || out->low == NULL || out->high == NULL ||
        out->count == NULL || out->special == NULL) {
        rc = FAIL(err, ERR_MEMORY, "no memory to sort %zu values",
                  column->rows.n);
    } else {
        Sorted s = sort(out, room, column);
        cut(out, &s, most);
    }
    mem_free(room.key);
    mem_free(room.work);
    mem_free(room.weight);
    mem_free(room.with);
    return rc;
}

/* x with so many significant digits, where that lies in (low, high]. */
static int try_digits(double *out, double x, double low, double high,
                      int digits)
{
    char text[40];
    snprintf(text, sizeof text, "%.*e", digits - 1, x);
    *out = strtod(text, NULL);
    return *out > low && *out <= high;
}

double binspre_edge(double low, double high)
{
    double edge;
    if (low < 0 && high > 0)
        return 0;
    for (int digits = 1; digits <= 17; digits++)
        if (try_digits(&edge, low / 2 + high / 2, low, high, digits) ||
            try_digits(&edge, high, low, high, digits))
            return edge;
    return high;
}
