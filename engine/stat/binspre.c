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
    size_t n_events, n_others;
} Sorted;

static int take_special(BinsPre *out, const BinsColumn *c, size_t row)
{
    for (size_t i = 0; i < c->n_special; i++)
        if (c->x[row] == c->special[i]) {
            out->special[i].events += c->event[row];
            out->special[i].others += !c->event[row];
            return 1;
        }
    return 0;
}

static Sorted sort(BinsPre *out, int64_t keys[], int64_t work[],
                   const BinsColumn *c)
{
    size_t front = 0, back = c->rows;
    for (size_t i = 0; i < c->rows; i++) {
        if (isnan(c->x[i])) {
            out->missing.events += c->event[i];
            out->missing.others += !c->event[i];
        } else if (c->n_special == 0 || !take_special(out, c, i)) {
            int64_t key = key_of(c->x[i]);
            if (c->event[i])
                keys[front++] = key;
            else
                keys[--back] = key;
        }
    }
    radix_sort(keys, work, front);
    radix_sort(keys + back, work, c->rows - back);
    return (Sorted){keys, keys + back, front, c->rows - back};
}

/* A walk over the different values of both halves. */
typedef struct {
    size_t events, others; /* rows behind it */
    int64_t key;
    BinCount count; /* of that value */
} Walk;

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
    w->count = (BinCount){e - w->events, o - w->others};
    w->events = e;
    w->others = o;
    return 1;
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
    double rows = (double)(s->n_events + s->n_others), before = 0;
    int few = has_few_values(s, most);
    size_t last = SIZE_MAX;
    while (next_value(&w, s)) {
        double size = (double)bin_rows(w.count);
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

ErrCode binspre_of(BinsPre *out, Arena *arena, const BinsColumn *column,
                   size_t most, Err *err)
{
    ErrCode rc = OK;
    int64_t *keys = mem_new(column->rows + 1, sizeof *keys);
    int64_t *work = mem_new(column->rows + 1, sizeof *work);
    *out = (BinsPre){.low = arena_alloc(arena, most, sizeof *out->low),
                     .high = arena_alloc(arena, most, sizeof *out->high),
                     .count = arena_alloc(arena, most, sizeof *out->count),
                     .special = arena_alloc(arena, column->n_special + 1,
                                            sizeof *out->special)};
    if (keys == NULL || work == NULL || out->low == NULL || out->high == NULL ||
        out->count == NULL || out->special == NULL) {
        rc =
            FAIL(err, ERR_MEMORY, "no memory to sort %zu values", column->rows);
    } else {
        Sorted s = sort(out, keys, work, column);
        cut(out, &s, most);
    }
    mem_free(keys);
    mem_free(work);
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
