#include "policy/region.h"

#include "core/tr.h"
#include "data/table.h"
#include "policy/show.h"

#include <stdio.h>

static const Symbol *symbol_of(const Grid *g, size_t column)
{
    const Node *node = g->inputs[column]->node;
    return node->kind == NODE_NAME ? node->symbol : NULL;
}

static Bounds bounds_of(const Grid *g, size_t column)
{
    const Symbol *s = symbol_of(g, column);
    return s == NULL ? (Bounds){0} : scope_bounds(s);
}

/* Between which values a segment of numbers lies. */
typedef struct {
    int has_low, has_high, is_on; /* is_on: the low end alone */
    Number low, high;
} Piece;

static Piece piece_of(const HitColumn *c, size_t segment)
{
    Piece p = {0};
    if (c->rep == REP_WHOLE) { /* [low..high] */
        p.has_low = segment > 1;
        p.has_high = segment - 1 < c->n_points;
        if (p.has_low)
            p.low = number_scaled(c->whole[segment - 2], c->scale);
        if (p.has_high)
            p.high = number_scaled(c->whole[segment - 1] - 1, c->scale);
        return p;
    }
    size_t k = (segment - 1) / 2; /* points wholly below: (low..high) */
    p.is_on = segment % 2 == 0;
    p.has_low = p.is_on || k > 0;
    p.has_high = p.is_on || k < c->n_points;
    if (p.has_low)
        p.low = c->numbers[p.is_on ? k : k - 1];
    if (p.has_high)
        p.high = c->numbers[k];
    return p;
}

static int in_bounds(const HitColumn *c, Bounds b, Piece p)
{
    int least = c->rep == REP_WHOLE || p.is_on ? 0 : 1; /* ends are outside */
    if (b.has_low && p.has_high && number_compare(p.high, b.low) < least)
        return 0;
    return !(b.has_high && p.has_low && number_compare(b.high, p.low) < least);
}

static int has_word(const HitColumn *c, const char *word)
{
    for (size_t i = 0; i < c->n_points; i++)
        if (c->texts[i] == word)
            return 1;
    return 0;
}

/* A word of the symbol that no rule names; NULL when there is none. */
static const char *other_word(const HitColumn *c, const Symbol *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!has_word(c, s->values[i]))
            return s->values[i];
    return NULL;
}

int region_has(const Grid *g, size_t column, size_t segment)
{
    const HitColumn *c = &g->hit->columns[column];
    const Symbol *s = symbol_of(g, column);
    if (segment == 0 || c->rep == REP_TRUTH)
        return 1;
    if (c->rep == REP_TEXT)
        return segment > 1 || s == NULL || s->n == 0 ||
               other_word(c, s) != NULL;
    return in_bounds(c, bounds_of(g, column), piece_of(c, segment));
}

/* A number of the segment, inside the bounds. */
static Number number_of(const Grid *g, size_t column, size_t segment)
{
    const HitColumn *c = &g->hit->columns[column];
    Bounds b = bounds_of(g, column);
    Piece p = piece_of(c, segment);
    if (b.has_low && (!p.has_low || number_compare(p.low, b.low) < 0)) {
        p.has_low = 1;
        p.low = b.low;
        if (c->rep == REP_WHOLE || !p.has_high)
            return p.low;
    }
    if (b.has_high && (!p.has_high || number_compare(b.high, p.high) < 0)) {
        p.has_high = 1;
        p.high = b.high;
    }
    if (c->rep == REP_WHOLE || p.is_on)
        return p.has_low ? p.low : p.has_high ? p.high : number_int(0);
    if (p.has_low && p.has_high)
        return number_divide(number_add(p.low, p.high), number_int(2));
    if (p.has_low)
        return number_add(p.low, number_int(1));
    return p.has_high ? number_subtract(p.high, number_int(1)) : number_int(0);
}

const char *region_value(Build *b, const Grid *g, size_t column, size_t segment)
{
    const HitColumn *c = &g->hit->columns[column];
    const Symbol *s = symbol_of(g, column);
    Unit unit = g->inputs[column]->node->unit;
    if (segment == 0)
        return "null";
    if (c->rep == REP_TRUTH)
        return segment == 1 ? "false" : "true";
    if (c->rep == REP_TEXT && segment > 1)
        return c->texts[segment - 2];
    if (c->rep == REP_TEXT)
        return s != NULL && s->n > 0 ? other_word(c, s) : tr("any other word");
    Number v = number_of(g, column, segment);
    const Slot slot = {.rep = REP_NUMBER, .scale = 1};
    return show_value(b->r.arena, &slot, &v, 0, unit);
}

const char *region_row(Build *b, const Grid *g, const uint16_t segments[])
{
    char text[400];
    size_t used = 0;
    text[0] = '\0';
    for (size_t j = 0; j < g->n_inputs && used < sizeof text - 1; j++)
        if (!g->hit->columns[j].is_idle)
            used += (size_t)snprintf(
                text + used, sizeof text - used, "%s%s = %s", used ? ", " : "",
                g->inputs[j]->text.text, region_value(b, g, j, segments[j]));
    return used ? reader_say(&b->r, "%s", text) : tr("any values");
}

int region_meet(uint16_t segments[], const Grid *g, size_t a, size_t b)
{
    for (size_t j = 0; j < g->n_inputs; j++) {
        const HitColumn *c = &g->hit->columns[j];
        size_t s = c->n_segments;
        while (s > 0 && !(hit_has(c, s - 1, a) && hit_has(c, s - 1, b) &&
                          region_has(g, j, s - 1)))
            s--;
        if (s == 0)
            return 0;
        segments[j] = (uint16_t)(s - 1);
    }
    return 1;
}

int region_covers(const Grid *g, size_t rule, size_t other)
{
    for (size_t j = 0; j < g->n_inputs; j++) {
        const HitColumn *c = &g->hit->columns[j];
        for (size_t s = 0; s < c->n_segments && !c->is_idle; s++)
            if (hit_has(c, s, other) && !hit_has(c, s, rule) &&
                region_has(g, j, s))
                return 0;
    }
    return 1;
}
