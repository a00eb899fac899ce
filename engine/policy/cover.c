#include "policy/cover.h"

#include "policy/bandtext.h"
#include "policy/constraint.h"
#include "policy/decision.h"
#include "policy/frame.h"
#include "policy/scorecard.h"
#include "policy/tiers.h"

#include <string.h>

static const char *number_text(Cover *c, size_t n)
{
    const char *text = text_format(c->arena, "%zu", n);
    c->failed |= text == NULL;
    return text == NULL ? "" : text;
}

/* The place of an item, which is new or another version's too. */
static size_t item_at(Cover *c, CoverItem item)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->items[i].part, item.part) == 0 &&
            strcmp(c->items[i].rule, item.rule) == 0 &&
            strcmp(c->items[i].item, item.item) == 0)
            return i;
    CoverItem *items =
        arena_grow(c->arena, c->items, &c->capacity, c->n, sizeof *items);
    if (items == NULL) {
        c->failed = 1;
        return COVER_NONE;
    }
    c->items = items;
    items[c->n] = item;
    return c->n++;
}

/* A probe with room for n items; NULL without memory. */
static Probe *probe_new(Cover *c, CoverEra *e, ProbeKind kind, int slot,
                        size_t n)
{
    Probe *probes =
        arena_grow(c->arena, e->probes, &e->capacity, e->n, sizeof *probes);
    size_t *items = arena_alloc(c->arena, n + 1, sizeof *items);
    if (probes == NULL || items == NULL) {
        c->failed = 1;
        return NULL;
    }
    for (size_t i = 0; i <= n; i++)
        items[i] = COVER_NONE;
    e->probes = probes;
    probes[e->n] = (Probe){kind, slot, NULL, items, n};
    return &probes[e->n++];
}

static void add_row(Cover *c, CoverEra *e, const Rule *rule)
{
    static const char *const truths[] = {"false", "null", "true"};
    Probe *p = probe_new(c, e, PROBE_TRUTH, rule->slot, 3);
    for (size_t i = 0; p != NULL && i < 3; i++)
        p->items[i] = item_at(c, (CoverItem){.part = "eligibility",
                                             .rule = rule->id,
                                             .item = truths[i],
                                             .says = rule->exprs[0]->text.text,
                                             .cite = rule->cite,
                                             .of = rule->id});
}

static void add_ladder(Cover *c, CoverEra *e, const Attribute *a, size_t way)
{
    const Ladder *l = &a->ladders[way];
    size_t n = l->grid->n_rules;
    Probe *p = probe_new(c, e, PROBE_INDEX, l->first, n);
    for (size_t i = 0; p != NULL && i < n; i++) {
        const char *item = number_text(c, i + 1);
        if (a->n > 1)
            item = text_format(c->arena, "%zu.%zu", way + 1, i + 1);
        const char *says = band_text(c->arena, l, i);
        c->failed |= item == NULL || says == NULL;
        p->items[i] = item_at(c, (CoverItem){.part = "scorecard",
                                             .rule = a->id,
                                             .item = item ? item : "",
                                             .says = says,
                                             .cite = a->cite,
                                             .of = a->id});
    }
}

static void add_card(Cover *c, CoverEra *e, const Rule *rule)
{
    const Scorecard *card = rule->detail;
    for (size_t i = 0; i < card->n; i++)
        for (size_t j = 0; j < card->attributes[i].n; j++)
            add_ladder(c, e, &card->attributes[i], j);
}

/* "score: >= 70, age: >= 2" */
static const char *row_says(Cover *c, const Grid *g, size_t row)
{
    const char *text = NULL;
    for (size_t j = 0; j < g->n_inputs; j++) {
        const GridCell *cell = &g->cells[row * g->n_inputs + j];
        if (cell->tests.first != NULL && cell->tests.first->kind == TEST_ANY)
            continue;
        text = text_format(c->arena, "%s%s%s: %s", text ? text : "",
                           text ? ", " : "", g->inputs[j]->text.text,
                           cell->text.text);
        c->failed |= text == NULL;
    }
    return text;
}

static int has_id(const Grid *g, size_t row)
{
    return g->ids[row] != NULL && doc_get(g->nodes[row], "id") != NULL;
}

static void add_decision(Cover *c, CoverEra *e, const Rule *rule)
{
    const Decision *d = rule->detail;
    const Grid *g = d->grid;
    int all = d->mask != SLOT_NONE;
    Probe *p = probe_new(c, e, all ? PROBE_MASK : PROBE_INDEX,
                         all ? d->mask : d->first, g->n_rules);
    for (size_t i = 0; p != NULL && i < g->n_rules; i++)
        p->items[i] =
            item_at(c, (CoverItem){.part = "decision",
                                   .rule = rule->id,
                                   .item = has_id(g, i) ? g->ids[i]
                                                        : number_text(c, i + 1),
                                   .says = row_says(c, g, i),
                                   .cite = d->cites[i],
                                   .of = has_id(g, i) ? g->ids[i] : rule->id});
    if (p != NULL && doc_get(rule->node, "default") != NULL)
        p->items[g->n_rules] = item_at(c, (CoverItem){.part = "decision",
                                                      .rule = rule->id,
                                                      .item = "default",
                                                      .cite = rule->cite,
                                                      .of = rule->id});
}

static void add_scale(Cover *c, CoverEra *e, const Rule *rule)
{
    const Tiers *t = rule->detail;
    Probe *p = probe_new(c, e, PROBE_BRACKET, t->value, t->scale.n);
    for (size_t i = 0; p != NULL && i < t->scale.n; i++) {
        const char *says = text_format(c->arena, "%s >= %s", t->on->text.text,
                                       t->from[i]->text.text);
        c->failed |= says == NULL;
        p->scale = &t->scale;
        p->items[i] = item_at(c, (CoverItem){.part = "scale",
                                             .rule = rule->id,
                                             .item = number_text(c, i + 1),
                                             .says = says,
                                             .cite = rule->cite,
                                             .of = rule->id});
    }
}

static void add_limits(Cover *c, CoverEra *e, const Rule *rule)
{
    const Constraint *k = rule->detail;
    Probe *p = probe_new(c, e, PROBE_INDEX, k->index, k->n);
    for (size_t i = 0; p != NULL && i < k->n; i++)
        p->items[i] =
            item_at(c, (CoverItem){.part = "constraint",
                                   .rule = rule->id,
                                   .item = k->limits[i].id,
                                   .says = k->limits[i].expr->text.text,
                                   .cite = k->limits[i].cite,
                                   .of = k->limits[i].id});
}

static void add_rule(Cover *c, CoverEra *e, const Rule *rule)
{
    switch (rule->kind) {
    case RULE_ELIGIBILITY:
        add_row(c, e, rule);
        break;
    case RULE_SCORECARD:
        add_card(c, e, rule);
        break;
    case RULE_DECISION:
        add_decision(c, e, rule);
        break;
    case RULE_SCALE:
        add_scale(c, e, rule);
        break;
    case RULE_CONSTRAINT:
        add_limits(c, e, rule);
        break;
    default:
        break;
    }
}

Cover *cover_new(Arena *arena, const Policy *policy)
{
    Cover *c = arena_alloc(arena, 1, sizeof *c);
    if (c == NULL)
        return NULL;
    *c = (Cover){.arena = arena, .policy = policy};
    c->eras = arena_alloc(arena, policy->n_eras + 1, sizeof *c->eras);
    for (size_t i = 0; c->eras != NULL && i < policy->n_eras; i++) {
        const Program *program = policy->eras[i].program;
        c->eras[i].era = &policy->eras[i];
        for (size_t k = 0; k < program->n_rules; k++)
            add_rule(c, &c->eras[i], program->rules[k]);
    }
    return c->eras == NULL || c->failed ? NULL : c;
}

static void look_mask(const Probe *p, const uint64_t *mask, size_t i,
                      CoverFn touch, void *to)
{
    size_t words = (p->n + 63) / 64, any = 0;
    mask += i * words;
    for (size_t w = 0; w < words; w++)
        for (uint64_t left = mask[w]; left != 0; left &= left - 1) {
            size_t k = 64 * w + (size_t)__builtin_ctzll(left);
            touch(to, p->items[k], i);
            any = 1;
        }
    if (!any && p->items[p->n] != COVER_NONE)
        touch(to, p->items[p->n], i);
}

static size_t index_of(const Probe *p, const void *values, size_t i)
{
    if (p->kind == PROBE_TRUTH)
        return ((const Truth *)values)[i];
    if (p->kind == PROBE_INDEX)
        return (size_t)((const int32_t *)values)[i];
    int64_t fen = ((const int64_t *)values)[i];
    if (fen == NULL_INT)
        return p->n;
    return scale_bracket(p->scale, (Money){fen < 0 ? 0 : fen});
}

void cover_look(const CoverEra *e, void *const at[], size_t i, CoverFn touch,
                void *to)
{
    const Code *code = &e->era->program->code;
    for (size_t k = 0; k < e->n; k++) {
        const Probe *p = &e->probes[k];
        size_t row = code_is_constant(code, p->slot) ? 0 : i;
        if (p->kind == PROBE_MASK) {
            look_mask(p, at[p->slot], row, touch, to);
            continue;
        }
        size_t index = index_of(p, at[p->slot], row);
        if (index <= p->n && p->items[index] != COVER_NONE)
            touch(to, p->items[index], i);
    }
}
