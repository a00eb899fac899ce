#include "policy/findings.h"

#include "core/tr.h"
#include "policy/decision.h"
#include "policy/region.h"
#include "policy/walk.h"

#include <string.h>

enum { FEW = 64 };        /* classes that are all compared */
enum { PAIRS = 1 << 19 }; /* of rules, compared one by one: some 20 ms */

typedef struct {
    Build *b;
    const Decision *d;
    const Grid *g;
    Arena *scratch;
    uint64_t *possible, *won; /* rules that can hold; that can be first */
    uint16_t *places;         /* [n_inputs] */
    size_t pairs;
    int is_cut;
} Search;

static int has_bit(const uint64_t *mask, size_t i)
{
    return (int)(mask[i / 64] >> i % 64 & 1);
}

static void warn(Search *s, size_t rule, const char *problem,
                 const char *way_out)
{
    const Grid *g = s->g;
    reader_warn(&s->b->r, (Text){g->nodes[rule], "", g->ids[rule]}, 0, problem,
                way_out);
}

/* Is the segment's mask among those of the axis? */
static int is_new(const Axis *a, const uint64_t *mask, size_t words)
{
    size_t from = a->n > FEW ? a->n - 1 : 0; /* neighbours are most alike */
    for (size_t i = from; i < a->n; i++)
        if (memcmp(a->masks + i * words, mask, words * sizeof *mask) == 0)
            return 0;
    return 1;
}

static int make_axis(Axis *out, Search *s, size_t column, size_t first)
{
    const HitColumn *c = &s->g->hit->columns[column];
    out->masks =
        arena_alloc(s->scratch, c->n_segments * c->words, sizeof *out->masks);
    out->places = arena_alloc(s->scratch, c->n_segments, sizeof *out->places);
    if (out->masks == NULL || out->places == NULL)
        return 0;
    for (size_t i = first; i < c->n_segments; i++) {
        const uint64_t *mask = c->masks + i * c->words;
        if (!region_has(s->g, column, i) || !is_new(out, mask, c->words))
            continue;
        memcpy(out->masks + out->n * c->words, mask, c->words * sizeof *mask);
        out->places[out->n++] = (uint16_t)i;
    }
    return 1;
}

/* The columns from segment `first` on: 0 with null, 1 without. */
static int make_walk(Walk *out, Search *s, size_t first)
{
    const Grid *g = s->g;
    Axis *axes = arena_alloc(s->scratch, g->n_inputs + 1, sizeof *axes);
    *out = (Walk){g->hit->words, g->n_inputs, axes};
    if (axes == NULL)
        return 0;
    for (size_t j = 0; j < g->n_inputs; j++)
        if (!make_axis(&axes[j], s, j, first))
            return 0;
    return 1;
}

static void find_idle(Search *s, const char *id)
{
    const Grid *g = s->g;
    for (size_t j = 0; j < g->n_inputs; j++)
        if (g->hit->columns[j].is_idle) {
            Text where = g->inputs[j]->text;
            where.rule = id;
            reader_warn(
                &s->b->r, where, 0,
                reader_say(&s->b->r, tr("no rule looks at '%s'"), where.text),
                tr("take the column out"));
        }
}

static void find_impossible(Search *s)
{
    for (size_t i = 0; i < s->g->n_rules; i++) {
        if (region_meet(s->places, s->g, i, i))
            s->possible[i / 64] |= UINT64_C(1) << i % 64;
        else
            warn(s, i, tr("no value meets every test of this rule"),
                 tr("widen a test, or remove the rule"));
    }
}

static void find_gap(Search *s, const Rule *rule)
{
    Walk walk;
    Build *b = s->b;
    size_t n = s->g->n_rules * s->d->n_outputs;
    if (s->d->policy > HIT_FIRST || s->d->outputs[n] != NULL)
        return;
    WalkEnd end = make_walk(&walk, s, 1)
                      ? walk_gap(s->places, &walk, s->possible, s->scratch)
                      : WALK_CUT;
    s->is_cut |= end == WALK_CUT;
    if (end == WALK_YES)
        reader_warn(&b->r, (Text){rule->node, "", rule->id}, 0,
                    reader_say(&b->r,
                               tr("no rule holds, and there is no default: %s"),
                               region_row(b, s->g, s->places)),
                    tr("add a rule or a default, or say in `inputs` what "
                       "values there are"));
}

static int covers(Search *s, size_t i, size_t j)
{
    s->pairs++;
    return region_covers(s->g, i, j);
}

/* The rule before `j` that holds wherever it does; j when there is none. */
static size_t cover_of(Search *s, size_t j)
{
    for (size_t i = 0; i < j && s->pairs < PAIRS; i++)
        if (has_bit(s->possible, i) && covers(s, i, j))
            return i;
    return j;
}

static size_t first_at(const Grid *g, const uint16_t segments[])
{
    for (size_t i = 0; i < g->n_rules; i++) {
        size_t j = 0;
        while (j < g->n_inputs && hit_has(&g->hit->columns[j], segments[j], i))
            j++;
        if (j == g->n_inputs)
            return i;
    }
    return g->n_rules;
}

static void tell_masked(Search *s, size_t j)
{
    Build *b = s->b;
    const Grid *g = s->g;
    size_t i = cover_of(s, j);
    if (i == j && s->is_cut)
        return;
    if (i < j && covers(s, j, i)) {
        warn(s, j, reader_say(&b->r, tr("this rule repeats '%s'"), g->ids[i]),
             tr("take one of them out"));
        return;
    }
    (void)region_meet(s->places, g, j, j);
    warn(s, j,
         reader_say(&b->r,
                    tr("this rule is never the first to hold: where %s, '%s' "
                       "is"),
                    region_row(b, g, s->places),
                    g->ids[first_at(g, s->places)]),
         tr("put it further up, or take it out"));
}

static void find_masked(Search *s)
{
    Walk walk;
    if (s->d->policy != HIT_FIRST && s->d->policy != HIT_PRIORITY)
        return;
    WalkEnd end = make_walk(&walk, s, 0)
                      ? walk_first(s->won, &walk, s->possible, s->scratch)
                      : WALK_CUT;
    s->is_cut |= end == WALK_CUT;
    for (size_t j = 0; j < s->g->n_rules; j++)
        if (has_bit(s->possible, j) && !has_bit(s->won, j))
            tell_masked(s, j);
}

static int say_the_same(const Decision *d, size_t a, size_t b)
{
    for (size_t j = 0; j < d->n_outputs; j++)
        if (strcmp(d->outputs[a * d->n_outputs + j]->text.text,
                   d->outputs[b * d->n_outputs + j]->text.text) != 0)
            return 0;
    return 1;
}

/* Where all rules that hold count, the same rule twice counts twice. */
static void find_repeated(Search *s)
{
    const Grid *g = s->g;
    if (s->d->policy <= HIT_FIRST && s->d->policy != HIT_ANY)
        return;
    for (size_t j = 1; j < g->n_rules; j++)
        for (size_t i = 0; i < j && s->pairs < PAIRS; i++)
            if (say_the_same(s->d, i, j) && covers(s, i, j) && covers(s, j, i))
                warn(s, j,
                     reader_say(&s->b->r, tr("this rule repeats '%s'"),
                                g->ids[i]),
                     tr("take one of them out"));
}

static void find_never_said(Search *s, const Rule *rule)
{
    const Doc *order = doc_get(rule->node, "order");
    if (order == NULL || order->kind != DOC_LIST)
        return;
    for (const Doc *it = order->first; it != NULL; it = it->next) {
        size_t i = 0;
        while (i <= s->g->n_rules && it->text != NULL) {
            const Expr *e = s->d->outputs[i * s->d->n_outputs];
            if (e != NULL && strcmp(e->text.text, it->text) == 0)
                break;
            i++;
        }
        if (i > s->g->n_rules)
            reader_warn(&s->b->r, (Text){it, it->text, rule->id}, 0,
                        reader_say(&s->b->r, tr("no rule gives %s"), it->text),
                        tr("take it out of `order`, or add its rule"));
    }
}

static int start(Search *s)
{
    size_t words = s->g->hit->words;
    s->possible = arena_alloc(s->scratch, words, sizeof *s->possible);
    s->won = arena_alloc(s->scratch, words, sizeof *s->won);
    s->places = arena_alloc(s->scratch, s->g->n_inputs + 1, sizeof *s->places);
    return s->possible != NULL && s->won != NULL && s->places != NULL;
}

void findings_check(Build *b, const Rule *rule)
{
    const Decision *d = rule->detail;
    if (b->r.failed || b->code.failed || d->grid->hit == NULL)
        return;
    Search s = {.b = b, .d = d, .g = d->grid, .scratch = arena_new()};
    if (s.scratch != NULL && start(&s)) {
        find_idle(&s, rule->id);
        find_impossible(&s);
        find_gap(&s, rule);
        find_masked(&s);
        find_repeated(&s);
        find_never_said(&s, rule);
        if (s.is_cut || s.pairs >= PAIRS)
            reader_warn(&b->r, (Text){rule->node, "", rule->id}, 0,
                        tr("too many combinations to look at them all: gaps, "
                           "and rules that several others mask, may be there "
                           "untold"),
                        NULL);
    }
    arena_free(s.scratch);
}
