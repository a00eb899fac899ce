#include "policy/bandtext.h"
#include "policy/constraint.h"
#include "policy/decision.h"
#include "policy/onerow.h"
#include "policy/pattern.h"
#include "policy/scorecard.h"
#include "policy/show.h"
#include "policy/story.h"
#include "policy/tiers.h"

#include "core/tr.h"

#include <string.h>

/* One row on its way through a program. */
typedef struct {
    Story story;
    const Policy *policy;
    const Program *program;
    void **at;
} Teller;

static void tell(Teller *s, const char *step, const char *rule,
                 const char *cite, const char *formula, const char *values,
                 const char *result)
{
    story_tell(&s->story, (StoryStep){.step = step,
                                      .rule = rule,
                                      .cite = cite,
                                      .formula = formula,
                                      .values = values,
                                      .result = result});
}

/* What the rules say to people of the step told last. */
static void in_words(Teller *s, const char *id)
{
    const PolicyReason *reason = policy_reason(s->policy, id);
    if (reason != NULL && !s->story.failed && s->story.n > 0)
        s->story.steps[s->story.n - 1].text = reason->text;
}

static const char *value_at(const Teller *s, int slot, Unit unit)
{
    if (slot < 0)
        return "";
    return show_value(s->story.arena, &s->program->code.slots[slot],
                      s->at[slot], 0, unit);
}

static const char *with_values(const Teller *s, const Expr *e)
{
    return show_formula(s->story.arena, &s->program->code, s->at, 0, e->node,
                        e->text.text);
}

static const char *say(Teller *s, const char *a, const char *b, const char *c)
{
    const char *text = text_format(s->story.arena, "%s%s%s", a, b, c);
    if (text == NULL)
        s->story.failed = 1;
    return text == NULL ? "" : text;
}

static void tell_given(Teller *s)
{
    const Scope *scope = &s->program->scope;
    for (size_t i = 0; i < scope->n; i++) {
        const Symbol *it = scope->items[i];
        const char *cite = NULL;
        if (it->kind == SYMBOL_VALUE || it->reader == NULL)
            continue;
        const Doc *node = doc_get(it->node, "cite");
        if (node != NULL && node->kind == DOC_TEXT)
            cite = node->text;
        tell(s, it->kind == SYMBOL_INPUT ? "input" : "parameter", it->name,
             cite, NULL, NULL, value_at(s, it->slot, it->unit));
    }
}

static void tell_expression(Teller *s, const char *step, const Rule *rule,
                            int slot, Unit unit)
{
    const Expr *e = rule->exprs[0];
    tell(s, step, rule->id, rule->cite, e->text.text, with_values(s, e),
         value_at(s, slot, unit));
}

static const char *band_formula(Teller *s, const Ladder *l, size_t row)
{
    const char *text = band_text(s->story.arena, l, row);
    s->story.failed |= text == NULL;
    return text;
}

static size_t index_at(const Teller *s, int slot)
{
    return (size_t) * (const int32_t *)s->at[slot];
}

static const char *points_text(Teller *s, Number got, Number most)
{
    char a[NUMBER_TEXT], b[NUMBER_TEXT];
    number_format(a, got);
    return say(s, a, " / ", number_format(b, most));
}

static void tell_card(Teller *s, const Rule *rule)
{
    const Scorecard *card = rule->detail;
    for (size_t i = 0; i < card->n; i++) {
        const Attribute *a = &card->attributes[i];
        for (size_t j = 0; j < a->n; j++) {
            const Ladder *l = &a->ladders[j];
            size_t row = index_at(s, l->first);
            tell(s, "points", a->id, a->cite, band_formula(s, l, row),
                 with_values(s, l->grid->inputs[0]),
                 points_text(s, l->points[row], a->most));
            if (number_compare(l->points[row], a->most) < 0)
                in_words(s, a->id);
        }
    }
    tell(s, "scorecard", rule->id, rule->cite, NULL, NULL,
         value_at(s, rule->gives[0]->slot, UNIT_NUMBER));
}

/* "score >= 70, age >= 2" of one row of a table; "-" cells are left out. */
static const char *row_formula(Teller *s, const Grid *g, size_t row)
{
    const char *text = "";
    for (size_t j = 0; row < g->n_rules && j < g->n_inputs; j++) {
        const GridCell *cell = &g->cells[row * g->n_inputs + j];
        if (cell->tests.first->kind == TEST_ANY)
            continue;
        text = say(s, text, *text ? ", " : "", g->inputs[j]->text.text);
        text = say(s, text, ": ", cell->text.text);
    }
    return *text ? text : row < g->n_rules ? "-" : "default";
}

static const char *row_values(Teller *s, const Grid *g)
{
    const char *text = "";
    for (size_t j = 0; j < g->n_inputs; j++) {
        const Expr *e = g->inputs[j];
        text = say(s, text, *text ? ", " : "", with_values(s, e));
        if (e->node->kind != NODE_NAME)
            text = say(s, text, " = ", value_at(s, e->slot, e->node->unit));
    }
    return text;
}

static const char *outputs_text(Teller *s, const Rule *rule)
{
    const char *text = "";
    for (size_t j = 0; j < rule->n_gives; j++) {
        const Symbol *it = rule->gives[j];
        text = say(s, text, *text ? ", " : "", it->name);
        text = say(s, text, " = ", value_at(s, it->slot, it->unit));
    }
    return text;
}

static void tell_row(Teller *s, const Rule *rule, size_t row,
                     const char *result)
{
    const Decision *d = rule->detail;
    const Grid *g = d->grid;
    int is_row = row < g->n_rules;
    tell(s, "decision", is_row ? g->ids[row] : rule->id,
         is_row ? d->cites[row] : rule->cite, row_formula(s, g, row),
         row_values(s, g), result);
}

static void tell_decision(Teller *s, const Rule *rule)
{
    const Decision *d = rule->detail;
    if (d->mask == SLOT_NONE) {
        tell_row(s, rule, index_at(s, d->first), outputs_text(s, rule));
        return;
    }
    const uint64_t *mask = s->at[d->mask];
    for (size_t k = 0; k < d->grid->n_rules; k++)
        if (mask[k / 64] >> k % 64 & 1)
            tell_row(s, rule, k, NULL);
    tell(s, "decision", rule->id, rule->cite, NULL, NULL,
         outputs_text(s, rule));
}

static const char *amount(Teller *s, int64_t fen)
{
    char text[MONEY_TEXT];
    return say(s, money_format(text, (Money){fen}), "", "");
}

/* What one bracket pays on its part of the value. */
static void tell_bracket(Teller *s, const Rule *rule, size_t i, int64_t value)
{
    const Tiers *t = rule->detail;
    const Bracket *b = t->scale.brackets;
    int marginal = t->scale.kind == SCALE_MARGINAL_RATE;
    int64_t top = value, from = marginal ? b[i].from.fen : 0;
    if (marginal && i + 1 < t->scale.n && b[i + 1].from.fen < top)
        top = b[i + 1].from.fen;
    Number rate = number_scaled(b[i].rate.billionths, RATIO_ONE);
    Number paid = number_divide(number_multiply(number_int(top - from), rate),
                                number_int(100));
    char percent[NUMBER_TEXT], result[NUMBER_TEXT];
    const char *formula = say(s, "from ", amount(s, b[i].from.fen), ": ");
    if (t->scale.kind == SCALE_SINGLE_AMOUNT) {
        tell(s, "bracket", rule->id, rule->cite,
             say(s, formula, amount(s, b[i].amount.fen), ""), amount(s, value),
             amount(s, b[i].amount.fen));
        return;
    }
    number_format(percent, number_multiply(rate, number_int(100)));
    tell(s, "bracket", rule->id, rule->cite, say(s, formula, percent, "%"),
         say(s, amount(s, top - from), " * ", say(s, percent, "%", "")),
         say(s, number_format(result, paid), "", ""));
}

static void tell_scale(Teller *s, const Rule *rule)
{
    const Tiers *t = rule->detail;
    int64_t value = *(const int64_t *)s->at[t->value];
    if (value != NULL_INT) {
        size_t last = scale_bracket(&t->scale, (Money){value < 0 ? 0 : value});
        int marginal = t->scale.kind == SCALE_MARGINAL_RATE;
        for (size_t i = marginal ? 0 : last; i <= last && value > 0; i++)
            tell_bracket(s, rule, i, value);
    }
    tell(s, "scale", rule->id, rule->cite, t->on->text.text,
         with_values(s, t->on), value_at(s, rule->gives[0]->slot, UNIT_MONEY));
}

static void tell_limits(Teller *s, const Rule *rule)
{
    const Constraint *c = rule->detail;
    Unit unit = rule->gives[0]->unit;
    size_t bound = index_at(s, c->index);
    for (size_t i = 0; i < c->n; i++) {
        const Limit *l = &c->limits[i];
        tell(s, i == bound ? "limit, binds" : "limit", l->id, l->cite,
             l->expr->text.text, with_values(s, l->expr),
             value_at(s, l->slot, unit));
        in_words(s, l->id);
    }
    tell(s, "constraint", rule->id, rule->cite, NULL, NULL,
         value_at(s, rule->gives[0]->slot, unit));
}

static void tell_rule(Teller *s, const Rule *rule)
{
    switch (rule->kind) {
    case RULE_FACT:
        tell_expression(s, "fact", rule, rule->gives[0]->slot,
                        rule->gives[0]->unit);
        break;
    case RULE_ELIGIBILITY:
        tell_expression(s, "eligibility", rule, rule->slot, UNIT_BOOL);
        if (strcmp(value_at(s, rule->slot, UNIT_BOOL), "true") != 0)
            in_words(s, rule->id);
        break;
    case RULE_SCORECARD:
        tell_card(s, rule);
        break;
    case RULE_DECISION:
        tell_decision(s, rule);
        break;
    case RULE_SCALE:
        tell_scale(s, rule);
        break;
    default:
        tell_limits(s, rule);
    }
}

static void tell_verdict(Teller *s, Texts *texts)
{
    static const char *const truths[] = {"false", "null", "true"};
    Patterns *patterns = patterns_new(s->story.arena, texts, s->program);
    if (patterns == NULL) {
        s->story.failed = 1;
        return;
    }
    const Pattern *p;
    if (!patterns_find(&p, patterns, s->at, 1)) {
        s->story.failed = 1;
        return;
    }
    tell(s, "eligible", NULL, NULL, NULL, NULL, truths[p->eligible]);
    tell(s, "reasons", NULL, NULL, NULL, NULL, p->reasons);
    tell(s, "missing", NULL, NULL, NULL, NULL, p->missing);
    tell(s, "trace", NULL, NULL, NULL, NULL, p->trace);
}

static ErrCode tell_all(Teller *s, const Policy *policy, const Era *era,
                        const Table *table, size_t row, Err *err)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    const Version *v = era->version;
    s->program = era->program;
    s->at = code_frame(&s->program->code, s->story.arena, 1);
    if (s->at == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    ErrCode rc = onerow_load(s->at, s->program, policy, table, row, err);
    if (rc != OK)
        return rc;
    code_run(&s->program->code, s->at, 1);
    const char *since =
        v->from.days == INT32_MIN ? "" : date_format(from, v->from);
    const char *until = v->to.days == INT32_MAX ? "" : date_format(to, v->to);
    tell(s, "version", v->id, v->cite, say(s, since, " .. ", until), NULL,
         NULL);
    tell_given(s);
    for (size_t i = 0; i < s->program->n_rules; i++)
        tell_rule(s, s->program->rules[i]);
    tell_verdict(s, policy->texts);
    return s->story.failed ? FAIL(err, ERR_MEMORY, "no memory to explain") : OK;
}

ErrCode policy_explain(Table **out, Tables *tables, const Policy *policy,
                       const Table *table, size_t row, Date as_of, Err *err)
{
    ErrCode rc = OK;
    const Era *era;
    Teller s = {.story = {.arena = arena_new()}, .policy = policy};
    if (s.story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(onerow_era(&era, policy, table, row, as_of, err));
    if (era == NULL)
        tell(&s, "version", policy->head.id, NULL, NULL, NULL,
             onerow_has_date(policy, table, row) ? "not-in-force" : "no date");
    else
        TRY(tell_all(&s, policy, era, table, row, err));
    TRY(story_table(out, tables, &s.story, err));
done:
    arena_free(s.story.arena);
    return rc;
}
