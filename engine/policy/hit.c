#include "policy/hit.h"

#include "core/text.h"
#include "data/table.h"

#include <string.h>

static uint64_t word_of(const Hit *h, void *const at[], size_t row, size_t w)
{
    uint64_t mask = ~UINT64_C(0);
    for (size_t c = 0; c < h->n_columns; c++) {
        const uint16_t *segments = at[h->segments[c]];
        mask &= h->columns[c].masks[segments[row] * h->words + w];
    }
    return mask;
}

static void mask_word(uint64_t d[], const Hit *h, void *const at[], size_t n)
{
    const uint16_t *s = at[h->segments[0]];
    const uint64_t *masks = h->columns[0].masks;
    for (size_t i = 0; i < n; i++)
        d[i] = masks[s[i]];
    for (size_t c = 1; c < h->n_columns; c++) {
        s = at[h->segments[c]];
        masks = h->columns[c].masks;
        for (size_t i = 0; i < n; i++)
            d[i] &= masks[s[i]];
    }
}

static void run_mask(const Op *o, void *const at[], size_t n)
{
    const Hit *h = o->aux;
    uint64_t *d = at[o->d];
    if (h->words == 1) {
        mask_word(d, h, at, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t w = 0; w < h->words; w++)
            d[i * h->words + w] = word_of(h, at, i, w);
}

static void run_first(const Op *o, void *const at[], size_t n)
{
    const Hit *h = o->aux;
    int32_t *d = at[o->d], none = (int32_t)h->n_rules;
    uint64_t mask[BLOCK_ROWS];
    if (h->words == 1) {
        mask_word(mask, h, at, n);
        for (size_t i = 0; i < n; i++)
            d[i] = mask[i] ? __builtin_ctzll(mask[i]) : none;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t found = 0;
        size_t w = 0;
        while (w < h->words && (found = word_of(h, at, i, w)) == 0)
            w++;
        d[i] = found ? (int32_t)(64 * w) + __builtin_ctzll(found) : none;
    }
}

/* The breakpoints of a column, rising, each once. */
typedef struct {
    Number *numbers;
    const char **words;
    size_t n;
} Points;

static void put_number(Points *p, Number v)
{
    size_t i = p->n;
    while (i > 0 && number_compare(p->numbers[i - 1], v) > 0)
        i--;
    if (i > 0 && number_compare(p->numbers[i - 1], v) == 0)
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
        for (size_t j = 0; j < cell->n_spans; j++) {
            if (cell->spans[j].has_low)
                put_number(p, cell->spans[j].low);
            if (cell->spans[j].has_high)
                put_number(p, cell->spans[j].high);
        }
        for (size_t j = 0; j < cell->n_words; j++)
            put_word(p, cell->words[j]);
    }
    return p->n <= HIT_POINTS;
}

/* The segment of a breakpoint. */
static size_t segment_of(const Points *p, Number v)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (number_compare(p->numbers[mid], v) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 2 * low + 2;
}

static void mark_span(char in[], size_t n, const Span *s, const Points *p)
{
    size_t first = 1, end = n;
    if (s->has_low)
        first = segment_of(p, s->low) + (size_t)s->low_open;
    if (s->has_high)
        end = segment_of(p, s->high) + 1 - (size_t)s->high_open;
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
    const Points p = {(Number[]){{0, 1}, {1, 1}}, (const char *[]){NULL, NULL},
                      2};
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
        whole[i] = number_whole(p->numbers[i], column->scale);
    column->whole = whole;
    column->numbers = p->numbers;
    column->texts = p->words;
    column->n_points = column->rep == REP_TRUTH ? 0 : p->n;
    column->n_segments = column->rep == REP_TRUTH  ? 3
                         : column->rep == REP_TEXT ? p->n + 2
                                                   : 2 * p->n + 2;
    return 1;
}

static int build(HitColumn *column, Arena *a, const Cell cells[],
                 size_t n_rules, size_t stride)
{
    Points p;
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
    return 1;
}

/* Are all breakpoints whole at that scale?  Else numbers are compared. */
static int all_whole(const Cell cells[], size_t n_rules, size_t stride,
                     int64_t scale)
{
    for (size_t i = 0; i < n_rules; i++)
        for (size_t j = 0; j < cells[i * stride].n_spans; j++) {
            const Span *s = &cells[i * stride].spans[j];
            Number ends[] = {s->has_low ? s->low : number_int(0),
                             s->has_high ? s->high : number_int(0)};
            for (int k = 0; k < 2; k++) {
                Number v = number_multiply(ends[k], number_int(scale));
                if (v.den <= 0 || v.num % v.den != 0)
                    return 0;
            }
        }
    return 1;
}

Hit *hit_new(Code *code, const int input[], size_t n_columns,
             const Cell cells[], size_t n_rules)
{
    Arena *a = code->arena;
    Hit *h = arena_alloc(a, 1, sizeof *h);
    if (h == NULL)
        return NULL;
    *h = (Hit){n_rules, (n_rules + 63) / 64, n_columns, NULL, NULL};
    h->columns = arena_alloc(a, n_columns, sizeof *h->columns);
    h->segments = arena_alloc(a, n_columns, sizeof *h->segments);
    if (h->columns == NULL || h->segments == NULL || code->failed)
        return NULL;
    for (size_t c = 0; c < n_columns; c++) {
        int slot = input[c];
        const Slot *s = &code->slots[slot];
        if (s->rep == REP_WHOLE &&
            !all_whole(cells + c, n_rules, n_columns, s->scale))
            slot = convert_number(code, slot);
        if (code->failed)
            return NULL;
        h->columns[c].rep = code->slots[slot].rep;
        h->columns[c].scale = code->slots[slot].scale;
        h->columns[c].words = h->words;
        if (!build(&h->columns[c], a, cells + c, n_rules, n_columns))
            return NULL;
        int d = code_slot(code, REP_SEGMENT, 1, 1);
        code_append(code, segment_op(h->columns[c].rep), d, slot,
                    &h->columns[c]);
        h->segments[c] = (uint32_t)d;
    }
    return code->failed ? NULL : h;
}

int hit_first(Code *code, const Hit *hit)
{
    int d = code_slot(code, REP_INDEX, 1, 1);
    code_append(code, run_first, d, SLOT_NONE, hit);
    return code->failed ? SLOT_NONE : d;
}

int hit_mask(Code *code, const Hit *hit)
{
    int d = code_slot(code, REP_MASK, 1, hit->words);
    code_append(code, run_mask, d, SLOT_NONE, hit);
    return code->failed ? SLOT_NONE : d;
}

static int has_bit(const HitColumn *c, size_t segment, size_t rule)
{
    return (int)(c->masks[segment * c->words + rule / 64] >> rule % 64 & 1);
}

/* Can no value lie there: strictly between neighbours of whole numbers? */
static int is_empty(const HitColumn *c, size_t segment)
{
    if (c->rep != REP_WHOLE || segment < 3 || segment % 2 == 0)
        return 0;
    size_t k = (segment - 1) / 2; /* between whole[k - 1] and whole[k] */
    return k < c->n_points && c->whole[k] - c->whole[k - 1] == 1;
}

int hit_overlap(uint16_t witness[], const Hit *h, size_t a, size_t b)
{
    for (size_t c = 0; c < h->n_columns; c++) {
        const HitColumn *column = &h->columns[c];
        size_t s = column->n_segments;
        while (s > 0 &&
               !(has_bit(column, s - 1, a) && has_bit(column, s - 1, b) &&
                 !is_empty(column, s - 1)))
            s--;
        if (s == 0)
            return 0;
        witness[c] = (uint16_t)(s - 1);
    }
    return 1;
}

static const char *number_value(Arena *a, const HitColumn *c, size_t segment)
{
    char text[NUMBER_TEXT];
    size_t k = (segment - 1) / 2; /* breakpoints wholly below */
    if (c->n_points == 0)
        return "any number";
    if (segment % 2 == 0)
        return text_format(a, "%s", number_format(text, c->numbers[k]));
    if (k == 0)
        return text_format(a, "below %s", number_format(text, c->numbers[0]));
    return text_format(a, "above %s", number_format(text, c->numbers[k - 1]));
}

const char *hit_value(Arena *arena, const HitColumn *c, size_t segment)
{
    const char *text;
    if (segment == 0)
        return "null";
    if (c->rep == REP_TRUTH)
        return segment == 1 ? "false" : "true";
    if (c->rep == REP_TEXT)
        text = segment == 1 ? "any other word" : c->texts[segment - 2];
    else
        text = number_value(arena, c, segment);
    return text == NULL ? "" : text;
}
