#include "policy/column.h"

#include <string.h>

/* The breakpoints of a column, rising, each once. */
typedef struct {
    Rep rep;
    int64_t scale;
    Number *numbers; /* REP_WHOLE: where segments begin, as `scale` of one */
    const char **words;
    size_t n;
} Points;

/* How many breakpoints lie below. */
static size_t place_of(const Points *p, Number v)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (number_compare(p->numbers[mid], v) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void put_number(Points *p, Number v)
{
    size_t i = place_of(p, v);
    if (i < p->n && number_compare(p->numbers[i], v) == 0)
        return;
    memmove(p->numbers + i + 1, p->numbers + i,
            (p->n - i) * sizeof *p->numbers);
    p->numbers[i] = v;
    p->n++;
}

static void put_word(Points *p, const char *word)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->words[i] == word)
            return;
    p->words[p->n++] = word;
}

/* Where the whole numbers of a span begin and where they have ended. */
static Number begin_of(const Points *p, const Span *s)
{
    return number_int(number_whole(s->low, p->scale) + (s->low_open != 0));
}

static Number end_of(const Points *p, const Span *s)
{
    return number_int(number_whole(s->high, p->scale) + (s->high_open == 0));
}

static void put_span(Points *p, const Span *s)
{
    int is_whole = p->rep == REP_WHOLE;
    if (s->has_low)
        put_number(p, is_whole ? begin_of(p, s) : s->low);
    if (s->has_high)
        put_number(p, is_whole ? end_of(p, s) : s->high);
}

static size_t ends_of(const Cell *cell)
{
    return 2 * cell->n_spans + cell->n_words;
}

static int collect(Points *p, Arena *a, const Cell cells[], size_t n_rules,
                   size_t stride)
{
    size_t most = 0;
    for (size_t i = 0; i < n_rules; i++)
        most += ends_of(&cells[i * stride]);
    p->n = 0;
    p->numbers = arena_alloc(a, most + 1, sizeof *p->numbers);
    p->words = arena_alloc(a, most + 1, sizeof *p->words);
    if (p->numbers == NULL || p->words == NULL)
        return 0;
    for (size_t i = 0; i < n_rules; i++) {
        const Cell *cell = &cells[i * stride];
        for (size_t j = 0; j < cell->n_spans; j++)
            put_span(p, &cell->spans[j]);
        for (size_t j = 0; j < cell->n_words; j++)
            put_word(p, cell->words[j]);
    }
    return p->n <= COLUMN_POINTS;
}

static void mark_span(char in[], size_t n, const Span *s, const Points *p)
{
    size_t first = 1, end = n;
    if (p->rep == REP_WHOLE) {
        first = s->has_low ? place_of(p, begin_of(p, s)) + 2 : first;
        end = s->has_high ? place_of(p, end_of(p, s)) + 2 : end;
    } else {
        if (s->has_low)
            first = 2 * place_of(p, s->low) + 2 + (size_t)s->low_open;
        if (s->has_high)
            end = 2 * place_of(p, s->high) + 3 - (size_t)s->high_open;
    }
    for (size_t i = first; i < end; i++)
        in[i] = 1;
}

/* in[n]: does the cell let the values of a segment through? */
static void mark(char in[], size_t n, const Cell *c, const Points *p)
{
    int all = c->n_spans == 0 && c->n_words == 0 && !c->is_null;
    memset(in, c->is_any || all, n);
    for (size_t i = 0; i < c->n_spans; i++)
        mark_span(in, n, &c->spans[i], p);
    for (size_t i = 0; i < c->n_words; i++)
        for (size_t k = 0; k < p->n; k++)
            if (p->words[k] == c->words[i])
                in[k + 2] = 1;
    for (size_t i = 1; i < n && c->is_not; i++)
        in[i] = !in[i];
    in[0] = (char)(c->is_any || (c->is_null && !c->is_not));
}

/* Truths are numbers 0 and 1 to a cell; of the segments for numbers 2 and 4
 * are those. */
static void mark_truth(char in[3], const Cell *c)
{
    char all[6];
    const Points p = {.rep = REP_NUMBER,
                      .numbers = (Number[]){{0, 1}, {1, 1}},
                      .words = (const char *[]){NULL, NULL},
                      .n = 2};
    mark(all, 6, c, &p);
    in[0] = all[0];
    in[1] = all[2];
    in[2] = all[4];
}

static int keep_points(HitColumn *column, Arena *a, const Points *p)
{
    int64_t *whole = arena_alloc(a, p->n + 1, sizeof *whole);
    if (whole == NULL)
        return 0;
    for (size_t i = 0; i < p->n && column->rep == REP_WHOLE; i++)
        whole[i] = p->numbers[i].num;
    column->whole = whole;
    column->numbers = p->numbers;
    column->texts = p->words;
    column->n_points = column->rep == REP_TRUTH ? 0 : p->n;
    column->n_segments = column->rep == REP_TRUTH    ? 3
                         : column->rep == REP_NUMBER ? 2 * p->n + 2
                                                     : p->n + 2;
    return 1;
}

static int is_idle(const Cell cells[], size_t n_rules, size_t stride)
{
    for (size_t i = 0; i < n_rules; i++)
        if (!cells[i * stride].is_any || cells[i * stride].is_not)
            return 0;
    return 1;
}

int column_build(HitColumn *column, Arena *a, const Cell cells[],
                 size_t n_rules, size_t stride)
{
    Points p = {.rep = column->rep, .scale = column->scale};
    if (!collect(&p, a, cells, n_rules, stride) || !keep_points(column, a, &p))
        return 0;
    uint64_t *masks =
        arena_alloc(a, column->n_segments * column->words, sizeof *masks);
    char *in = arena_alloc(a, column->n_segments, 1);
    if (masks == NULL || in == NULL)
        return 0;
    for (size_t i = 0; i < n_rules; i++) {
        if (column->rep == REP_TRUTH)
            mark_truth(in, &cells[i * stride]);
        else
            mark(in, column->n_segments, &cells[i * stride], &p);
        for (size_t s = 0; s < column->n_segments; s++)
            if (in[s])
                masks[s * column->words + i / 64] |= UINT64_C(1) << i % 64;
    }
    column->masks = masks;
    column->is_idle = is_idle(cells, n_rules, stride);
    return 1;
}

/* Room for the next whole number on either side. */
static const int64_t whole_most = INT64_C(9000000000000000000);

static int end_is_whole(Number v, int64_t scale)
{
    v = number_multiply(v, number_int(scale));
    if (v.den <= 0 || v.num % v.den != 0)
        return 0;
    return v.num / v.den <= whole_most && v.num / v.den >= -whole_most;
}

int column_is_whole(const Cell cells[], size_t n_rules, size_t stride,
                    int64_t scale)
{
    for (size_t i = 0; i < n_rules; i++)
        for (size_t j = 0; j < cells[i * stride].n_spans; j++) {
            const Span *s = &cells[i * stride].spans[j];
            if ((s->has_low && !end_is_whole(s->low, scale)) ||
                (s->has_high && !end_is_whole(s->high, scale)))
                return 0;
        }
    return 1;
}
