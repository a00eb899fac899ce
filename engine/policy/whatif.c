#include "policy/whatif.h"

#include "policy/onerow.h"
#include "policy/scorecard.h"
#include "policy/show.h"

#include <string.h>

/* One row in a frame, and the changes found so far. */
typedef struct {
    Arena *arena;
    const Program *program;
    void **at;
    WhatIf *items;
    size_t n, capacity;
    int failed;
} Search;

/* One way to earn points of an attribute. */
typedef struct {
    const Attribute *attribute;
    const Ladder *ladder;
    const HitColumn *column;
    Number best; /* points that the attribute has now */
    int slot;    /* of the value it looks at */
    Unit unit;
    size_t segment; /* that the value lies in */
    int is_percent; /* its bands say so */
} Way;

static Number best_points(const Search *s, const Attribute *a)
{
    Number best = NUMBER_NULL;
    for (size_t j = 0; j < a->n; j++) {
        const Ladder *l = &a->ladders[j];
        Number v = l->points[*(const int32_t *)s->at[l->first]];
        best = best.den < 0 ? v : v.den < 0 ? best : number_greater(best, v);
    }
    return best;
}

static int says_percent(const Ladder *l)
{
    for (size_t i = 0; i < l->grid->n_rules; i++) {
        const Doc *from = doc_get(l->grid->nodes[i], "from");
        if (from != NULL && from->text != NULL && strchr(from->text, '%'))
            return 1;
    }
    return 0;
}

/* Two decimals, which is what people read. */
static const char *number_text(Arena *arena, Number v, int is_percent)
{
    char text[NUMBER_TEXT];
    Number fine = number_scaled(1, 100);
    if (number_is_null(v))
        return "null";
    if (is_percent)
        v = number_multiply(v, number_int(100));
    number_format(text, number_round(v, fine, ROUND_HALF_AWAY));
    return text_format(arena, is_percent ? "%s%%" : "%s", text);
}

static const char *value_text(const Search *s, const Way *w, Number v)
{
    if (w->unit != UNIT_MONEY && w->unit != UNIT_DATE)
        return number_text(s->arena, v, w->is_percent || w->unit == UNIT_RATIO);
    int64_t whole = number_whole(v, 1);
    Slot slot = {.rep = REP_WHOLE, .scale = 1};
    return show_value(s->arena, &slot, &whole, 0, w->unit);
}

static const char *text_now(const Search *s, const Way *w)
{
    const Slot *slot = &s->program->code.slots[w->slot];
    const void *values = s->at[w->slot];
    if (slot->rep == REP_NUMBER)
        return value_text(s, w, *(const Number *)values);
    if (slot->rep == REP_WHOLE && *(const int64_t *)values != NULL_INT)
        return value_text(s, w,
                          number_scaled(*(const int64_t *)values, slot->scale));
    return show_value(s->arena, slot, values, 0, w->unit);
}

/* The edge of a segment of numbers next to the value; 0: it has none that a
 * value could be put on. */
static int edge(WhatIf *c, const Search *s, const Way *w, size_t segment)
{
    const HitColumn *h = w->column;
    int is_whole = h->rep == REP_WHOLE, is_up = segment > w->segment;
    size_t low = is_whole ? segment - 1 : (segment - 1) / 2;
    int is_point = !is_whole && segment % 2 == 0;
    Number step =
        is_whole ? number_scaled(1, h->scale) : number_scaled(1, RATIO_ONE);
    if (w->segment == 0)
        is_up = is_point || (is_whole && low > 0);
    if (is_up && !is_point && (!is_whole || low == 0))
        return 0;
    size_t k = is_up ? low - is_whole : low;
    Number v = is_whole ? number_scaled(h->whole[k], h->scale) : h->numbers[k];
    c->is_below = !is_up && !is_point;
    c->to = value_text(s, w, v);
    v = c->is_below ? number_subtract(v, step) : v;
    c->value.num = v.num;
    c->value.den = v.den;
    return 1;
}

static int target(WhatIf *c, const Search *s, const Way *w, size_t segment)
{
    const HitColumn *h = w->column;
    if (h->rep == REP_TRUTH) {
        c->to = segment == 2 ? "true" : "false";
        c->value.truth = segment == 2 ? IS_TRUE : IS_FALSE;
        return 1;
    }
    if (h->rep == REP_TEXT) {
        c->to = c->value.word = segment < 2 ? NULL : h->texts[segment - 2];
        return c->to != NULL;
    }
    return edge(c, s, w, segment);
}

static void try_segment(Search *s, const Way *w, size_t segment, size_t bands)
{
    const Ladder *l = w->ladder;
    Number points = l->points[l->grid->hit->firsts[segment]];
    WhatIf c = {.id = w->attribute->id,
                .cite = w->attribute->cite,
                .title = w->attribute->title,
                .on = l->grid->inputs[0]->text.text,
                .bands = bands,
                .value = {.slot = w->slot}};
    if (points.den < 0 ||
        (w->best.den >= 0 && number_compare(points, w->best) <= 0) ||
        !target(&c, s, w, segment))
        return;
    c.from = text_now(s, w);
    WhatIf *items =
        arena_grow(s->arena, s->items, &s->capacity, s->n, sizeof *items);
    if (items == NULL || c.from == NULL || c.to == NULL) {
        s->failed = 1;
        return;
    }
    s->items = items;
    items[s->n++] = c;
}

/* Outwards from where the value is: each band once, where it begins. */
static void walk(Search *s, const Way *w, int step)
{
    const int32_t *firsts = w->ladder->grid->hit->firsts;
    size_t bands = 0, n = w->column->n_segments;
    size_t at = w->segment == 0 ? 1 : w->segment + (size_t)step;
    int32_t last = firsts[w->segment];
    int is_ordered =
        w->column->rep == REP_WHOLE || w->column->rep == REP_NUMBER;
    for (; at > 0 && at < n; at += (size_t)step) {
        if (firsts[at] == last && is_ordered)
            continue;
        last = firsts[at];
        try_segment(s, w, at, is_ordered ? ++bands : 1);
    }
}

static void try_ladder(Search *s, const Attribute *a, const Ladder *l)
{
    const Hit *hit = l->grid->hit;
    int slot = l->grid->inputs[0]->slot;
    if (hit->firsts == NULL || slot < 0 ||
        code_is_constant(&s->program->code, slot))
        return;
    Way w = {.attribute = a,
             .ladder = l,
             .column = &hit->columns[0],
             .best = best_points(s, a),
             .slot = slot,
             .unit = l->grid->inputs[0]->node->unit,
             .segment = *(const uint16_t *)s->at[hit->segments[0]],
             .is_percent = says_percent(l)};
    walk(s, &w, 1);
    if (w.segment > 0)
        walk(s, &w, -1);
}

static void search(Search *s)
{
    for (size_t i = 0; i < s->program->n_rules; i++) {
        const Scorecard *card = s->program->rules[i]->detail;
        if (s->program->rules[i]->kind != RULE_SCORECARD)
            continue;
        for (size_t k = 0; k < card->n; k++)
            for (size_t j = 0; j < card->attributes[k].n; j++)
                try_ladder(s, &card->attributes[k],
                           &card->attributes[k].ladders[j]);
    }
}

ErrCode whatif_list(WhatIf **out, size_t *n, Arena *arena, const Policy *policy,
                    const Table *table, size_t row, Date as_of, Err *err)
{
    const Era *era;
    ErrCode rc = onerow_era(&era, policy, table, row, as_of, err);
    if (rc != OK)
        return rc;
    Search s = {.arena = arena, .program = era ? era->program : NULL};
    *out = NULL;
    *n = 0;
    if (era == NULL)
        return OK;
    s.at = code_frame(&s.program->code, arena, 1);
    if (s.at == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    rc = onerow_load(s.at, s.program, policy, table, row, err);
    if (rc != OK)
        return rc;
    code_run(&s.program->code, s.at, 1);
    search(&s);
    *out = s.items;
    *n = s.n;
    return s.failed ? FAIL(err, ERR_MEMORY, "no memory to explain") : OK;
}
