#include "policy/cardcut.h"

#include <math.h>

/* Whole numbers up to here, and halves of their distance, are doubles. */
#define BREAK_MOST 1e15

enum { FEN_A_YUAN = 100 };

typedef struct {
    CardWay *way;
    const Ladder *ladder;
    const HitColumn *column;
    int64_t parts;
} Cut;

/* The band that holds in a segment; n_rules: none. */
static size_t first_of(const Cut *c, size_t segment)
{
    size_t i = 0, n = c->ladder->grid->n_rules;
    while (i < n && !hit_has(c->column, segment, i))
        i++;
    return i;
}

static CardBand *add_band(Cut *c, BandKind kind, size_t first)
{
    Number v = c->ladder->points[first];
    CardBand *band = &c->way->bands[c->way->n++];
    *band = (CardBand){.kind = kind, .has_points = v.den > 0};
    if (band->has_points)
        band->points = v.num * (c->parts / v.den);
    return band;
}

/* As people write it. */
static double told(const Cut *c, Number v)
{
    if (c->way->input->unit == UNIT_MONEY)
        v = number_divide(v, number_int(FEN_A_YUAN));
    return number_double(v);
}

static double break_at(const Cut *c, size_t k)
{
    const HitColumn *h = c->column;
    return told(c, h->rep == REP_WHOLE ? number_scaled(h->whole[k], h->scale)
                                       : h->numbers[k]);
}

static int is_kept(const Cut *c, size_t k)
{
    const HitColumn *h = c->column;
    double v = h->rep == REP_WHOLE ? (double)h->whole[k]
                                   : number_double(h->numbers[k]);
    return fabs(v) <= BREAK_MOST;
}

/* Where a segment of numbers starts: on a break or just above it. */
static void start_at(CardBand *band, const Cut *c, size_t segment)
{
    int is_whole = c->column->rep == REP_WHOLE;
    size_t k = is_whole ? segment - 1 : segment / 2;
    band->has_low = segment > 1;
    band->low_open = !is_whole && segment % 2 == 1;
    band->low = band->has_low ? break_at(c, k - 1) : 0;
}

/* A stretch ends where the next begins. */
static void end_at(CardBand *band, const CardBand *next)
{
    band->has_high = 1;
    band->high = next->low;
    band->high_open = !next->low_open;
}

static void cut_numbers(Cut *c)
{
    size_t last = c->column->n_segments, before = 0;
    for (size_t s = 1; s < last; s++) {
        size_t first = first_of(c, s);
        if (s > 1 && first == before)
            continue;
        CardBand *band = add_band(c, BAND_RANGE, first);
        start_at(band, c, s);
        if (s > 1)
            end_at(band - 1, band);
        before = first;
    }
}

/* What is left of a stretch from `least` to `most`; 0: nothing. */
static int is_within(CardBand *b, const CardBand *limits)
{
    if (limits->has_low && (!b->has_low || b->low < limits->low)) {
        b->has_low = 1;
        b->low_open = 0;
        b->low = limits->low;
    }
    if (limits->has_high && (!b->has_high || b->high > limits->high)) {
        b->has_high = 1;
        b->high_open = 0;
        b->high = limits->high;
    }
    return !b->has_low || !b->has_high || b->low < b->high ||
           (b->low == b->high && !b->low_open && !b->high_open);
}

/* Values below the least and above the most are as good as missing. */
static void clip(CardWay *way, const CardBand *limits)
{
    CardBand *bands = way->bands, outside = bands[0];
    size_t n = 1, old = way->n;
    outside.kind = BAND_RANGE;
    for (size_t i = 1; i < old; i++)
        if (is_within(&bands[i], limits))
            bands[n++] = bands[i];
    if (limits->has_low) {
        for (size_t i = n++; i > 1; i--)
            bands[i] = bands[i - 1];
        bands[1] = outside;
        bands[1].has_high = bands[1].high_open = 1;
        bands[1].high = limits->low;
    }
    if (limits->has_high) {
        bands[n] = outside;
        bands[n].has_low = bands[n].low_open = 1;
        bands[n++].low = limits->high;
    }
    way->n = n;
}

static void cut_truth(Cut *c)
{
    for (size_t s = 1; s < 3; s++)
        add_band(c, BAND_TRUTH, first_of(c, s))->low = s == 2;
}

/* The words of each band together, in the order of the file. */
static ErrCode cut_words(Cut *c, Arena *arena, Err *err)
{
    const HitColumn *h = c->column;
    const char **words = arena_alloc(arena, h->n_points + 1, sizeof *words);
    if (words == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scorecard");
    for (size_t i = 0; i <= c->ladder->grid->n_rules; i++) {
        size_t n = 0;
        for (size_t k = 0; k < h->n_points; k++)
            if (first_of(c, k + 2) == i)
                words[n++] = h->texts[k];
        if (n == 0)
            continue;
        CardBand *band = add_band(c, BAND_WORDS, i);
        band->words = words;
        band->n_words = n;
        words += n;
    }
    add_band(c, BAND_OTHER, first_of(c, 1));
    return OK;
}

static ErrCode cut_range(Cut *c, const Symbol *symbol, Err *err)
{
    const CardInput *input = c->way->input;
    for (size_t k = 0; k < c->column->n_points; k++)
        if (!is_kept(c, k))
            return FAIL(err, ERR_RULE,
                        "'%s' has a break of %g, whose neighbours are no "
                        "doubles of their own; it is not exported",
                        input->name, break_at(c, k));
    cut_numbers(c);
    CardBand limits = {.has_low = symbol->has_min, .has_high = symbol->has_max};
    limits.low = limits.has_low ? told(c, symbol->min) : 0;
    limits.high = limits.has_high ? told(c, symbol->max) : 0;
    clip(c->way, &limits);
    return OK;
}

ErrCode cardcut_bands(CardWay *way, Arena *arena, const Ladder *ladder,
                      const Symbol *symbol, int64_t parts, Err *err)
{
    const HitColumn *h = &ladder->grid->hit->columns[0];
    Cut cut = {way, ladder, h, parts};
    way->n = 0;
    way->bands = arena_alloc(arena, h->n_segments + 3, sizeof *way->bands);
    if (way->bands == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scorecard");
    add_band(&cut, BAND_MISSING, first_of(&cut, 0));
    if (h->rep == REP_TEXT)
        return cut_words(&cut, arena, err);
    if (h->rep != REP_TRUTH)
        return cut_range(&cut, symbol, err);
    cut_truth(&cut);
    return OK;
}
