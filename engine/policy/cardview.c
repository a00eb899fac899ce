#include "policy/cardview.h"

#include "policy/cardcut.h"
#include "policy/functions.h"
#include "policy/inside.h"
#include "policy/points.h"

#include <string.h>

typedef struct {
    CardView *out;
    Arena *arena;
    const Program *program;
    const Rule *rule;
    const Scorecard *card;
    int with_facts;
    Err *err;
} View;

static ErrCode no_memory(const View *v)
{
    return FAIL(v->err, ERR_MEMORY, "no memory for the scorecard '%s'",
                v->rule->id);
}

/* The days of a card: those that hold `day`, or the last that rules run on. */
static ErrCode find_era(const Era **out, const Policy *policy, const Date *day,
                        Err *err)
{
    const Era *era = day != NULL ? inside_era(policy, *day) : NULL;
    for (size_t i = policy->n_eras; i-- > 0 && day == NULL && era == NULL;)
        if (policy->eras[i].program->lacks == NULL)
            era = &policy->eras[i];
    if (era == NULL)
        return FAIL(err, ERR_USAGE, "no version of '%s' is in force that day",
                    policy->head.id);
    if (era->program->lacks != NULL)
        return FAIL(err, ERR_USAGE,
                    "the parameter '%s' of '%s' has no value that day",
                    era->program->lacks, policy->head.id);
    *out = era;
    return OK;
}

/* The scorecard called `name`, or the only one. */
static ErrCode find_card(View *v, const Policy *policy, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < v->program->n_rules; i++) {
        const Rule *rule = v->program->rules[i];
        if (rule->kind != RULE_SCORECARD ||
            (name != NULL && strcmp(rule->id, name) != 0))
            continue;
        v->rule = rule;
        n++;
    }
    if (n == 1)
        return OK;
    if (n > 1)
        return FAIL(v->err, ERR_USAGE,
                    "policy '%s' has %zu scorecards; give --card NAME, such as "
                    "'%s'",
                    policy->head.id, n, v->rule->id);
    if (name == NULL)
        return FAIL(v->err, ERR_USAGE, "policy '%s' has no scorecard",
                    policy->head.id);
    return FAIL(v->err, ERR_USAGE, "policy '%s' has no scorecard '%.*s'",
                policy->head.id, TEXT_SHORT(name));
}

/* How many parts make a point of this card; 0 in *parts: none do. */
static ErrCode count_parts(int64_t *parts, const View *v)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < v->card->n; i++)
        n += v->card->attributes[i].n;
    PointsLadder *of = arena_alloc(v->arena, n + 1, sizeof *of);
    if (of == NULL)
        return no_memory(v);
    for (size_t i = 0; i < v->card->n; i++)
        for (size_t j = 0; j < v->card->attributes[i].n; j++) {
            const Ladder *l = &v->card->attributes[i].ladders[j];
            of[k++] = (PointsLadder){l->first, j > 0, l->points,
                                     l->grid->n_rules + 1};
        }
    *parts = points_parts(v->card->start, of, n);
    return OK;
}

static const Rule *fact_of(const View *v, const Symbol *symbol)
{
    for (size_t i = 0; i < v->program->n_rules; i++)
        if (v->program->rules[i]->kind == RULE_FACT &&
            v->program->rules[i]->gives[0] == symbol)
            return v->program->rules[i];
    return NULL;
}

static CardKind kind_of(Unit unit)
{
    return unit == UNIT_DATE   ? CARD_DATE
           : unit == UNIT_BOOL ? CARD_TRUTH
           : unit == UNIT_TEXT ? CARD_WORD
                               : CARD_NUMBER;
}

/* A name that a caller can fill: an input, or a fact where that is wished. */
static ErrCode check_on(const View *v, const Expr *on, const char *id)
{
    const Symbol *s = on->node->symbol;
    if (on->node->kind != NODE_NAME || s == NULL)
        return FAIL(v->err, ERR_RULE,
                    "'%s' reads the expression '%.*s'; make it an input, or a "
                    "fact and give --facts",
                    id, TEXT_SHORT(on->text.text));
    if (s->kind == SYMBOL_INPUT || (v->with_facts && fact_of(v, s) != NULL))
        return OK;
    if (fact_of(v, s) == NULL)
        return FAIL(v->err, ERR_RULE,
                    "'%s' reads '%s', which is neither an input nor a fact", id,
                    s->name);
    return FAIL(
        v->err, ERR_USAGE,
        "'%s' reads the fact '%s', which only the rules reckon exactly; "
        "with --facts it is a column that you reckon",
        id, s->name);
}

/* Inputs are told once; there is room for one a ladder. */
static const CardInput *input_of(View *v, const Symbol *s)
{
    CardView *out = v->out;
    const Rule *fact = fact_of(v, s);
    for (size_t i = 0; i < out->n_inputs; i++)
        if (out->inputs[i].name == s->name)
            return &out->inputs[i];
    CardInput *input = &out->inputs[out->n_inputs++];
    *input = (CardInput){s->name, kind_of(s->unit), s->unit,
                         fact ? fact->exprs[0]->text.text : NULL};
    return input;
}

/* Put a pick behind those of as many points or more. */
static void put_pick(CardRow *row, const CardWay *way, const CardBand *band)
{
    size_t i = row->n_picks++;
    for (; row->n > 1 && i > 0 && row->picks[i - 1].band->points < band->points;
         i--)
        row->picks[i] = row->picks[i - 1];
    row->picks[i] = (CardPick){way, band};
}

static ErrCode add_picks(const View *v, CardRow *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n; i++)
        n += row->ways[i].n;
    row->picks = arena_alloc(v->arena, n + 1, sizeof *row->picks);
    if (row->picks == NULL)
        return no_memory(v);
    for (size_t i = 0; i < row->n; i++)
        for (size_t j = 0; j < row->ways[i].n; j++)
            if (row->ways[i].bands[j].has_points)
                put_pick(row, &row->ways[i], &row->ways[i].bands[j]);
    return OK;
}

static ErrCode add_row(View *v, const Attribute *a)
{
    CardRow *row = &v->out->rows[v->out->n++];
    *row = (CardRow){.id = a->id, .title = a->title, .reason = a->reason};
    row->ways = arena_alloc(v->arena, a->n, sizeof *row->ways);
    if (row->ways == NULL)
        return no_memory(v);
    if (a->most.den > 0)
        row->most = a->most.num * (v->out->parts / a->most.den);
    for (; row->n < a->n; row->n++) {
        const Ladder *l = &a->ladders[row->n];
        const Expr *on = l->grid->inputs[0];
        CardWay *way = &row->ways[row->n];
        ErrCode rc = check_on(v, on, a->id);
        if (rc != OK)
            return rc;
        way->input = input_of(v, on->node->symbol);
        rc = cardcut_bands(way, v->arena, l, on->node->symbol, v->out->parts,
                           v->err);
        if (rc != OK)
            return rc;
    }
    return add_picks(v, row);
}

int cardview_is_exp(const Node *call)
{
    return call->function->id == FN_exp;
}

/* Is it reckoned of the score, *reads, and of numbers alone? */
static int is_formula(int *reads, const Node *node, const Symbol *score)
{
    switch (node->kind) {
    case NODE_NUMBER:
        return unit_is_plain(node->unit);
    case NODE_NAME:
        *reads |= node->symbol == score;
        return node->symbol == score;
    case NODE_CALL:
        if (node->function->id != FN_exp && node->function->id != FN_log)
            return 0;
        break;
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_POWER:
        break;
    default:
        return 0;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (!is_formula(reads, node->args[i], score))
            return 0;
    return 1;
}

static void add_formulas(View *v)
{
    for (size_t i = 0; i < v->program->n_rules; i++) {
        const Rule *rule = v->program->rules[i];
        int reads = 0;
        if (rule->kind != RULE_FACT ||
            !is_formula(&reads, rule->exprs[0]->node, v->rule->gives[0]) ||
            !reads)
            continue;
        v->out->formulas[v->out->n_formulas++] = (CardFormula){
            rule->id, rule->exprs[0]->text.text, rule->exprs[0]->node};
    }
}

static ErrCode fill(View *v)
{
    ErrCode rc = OK;
    CardView *out = v->out;
    const Scorecard *card = v->card;
    size_t ways = 0;
    TRY(count_parts(&out->parts, v));
    if (out->parts == 0)
        TRY(FAIL(v->err, ERR_RULE,
                 "the points of '%s' are no multiples of a millionth, or too "
                 "large; they are not exported",
                 v->rule->id));
    for (size_t i = 0; i < card->n; i++)
        ways += card->attributes[i].n;
    out->base = card->start.num * (out->parts / card->start.den);
    out->rows = arena_alloc(v->arena, card->n, sizeof *out->rows);
    out->inputs = arena_alloc(v->arena, ways, sizeof *out->inputs);
    out->formulas =
        arena_alloc(v->arena, v->program->n_rules, sizeof *out->formulas);
    if (out->rows == NULL || out->inputs == NULL || out->formulas == NULL)
        return no_memory(v);
    for (size_t i = 0; i < card->n; i++)
        TRY(add_row(v, &card->attributes[i]));
    add_formulas(v);
done:
    return rc;
}

ErrCode cardview_new(CardView *out, Arena *arena, const Policy *policy,
                     CardWish wish, Err *err)
{
    ErrCode rc = OK;
    View v = {.out = out, .arena = arena, .with_facts = wish.with_facts};
    v.err = err;
    const Era *era = NULL;
    TRY(find_era(&era, policy, wish.day, err));
    v.program = era->program;
    TRY(find_card(&v, policy, wish.card));
    v.card = v.rule->detail;
    *out = (CardView){.name = v.rule->id,
                      .policy = policy->head.id,
                      .version = era->version->id,
                      .issuer = policy->head.issuer,
                      .title = policy->head.title,
                      .program = v.program};
    rc = fill(&v);
done:
    return rc;
}
