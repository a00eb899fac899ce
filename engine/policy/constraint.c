#include "policy/constraint.h"

#include "core/tr.h"
#include "policy/check.h"
#include "policy/pick.h"

#include <string.h>

static const char *const names[] = {"name", "cite", "of", "title"};
static const char *const limit_names[] = {"id", "expr", "cite", "title"};

#define NAMES(list) list, sizeof list / sizeof *list

static void read_limit(Build *b, Rule *rule, Limit *l, const Doc *group)
{
    const char *id = "";
    doc_only(group, NAMES(limit_names), &b->d);
    if (!doc_text(&id, group, "id", 0, &b->d))
        rule->is_broken = 1;
    l->id = reader_text(&b->r, id, strlen(id));
    l->cite = build_cite(b, group, rule->cite, id);
    doc_label(&l->title, group, "title", 1, &b->d);
    l->expr = build_expr(b, rule, group, "expr", l->id);
}

static void read_constraint(Build *b, const Doc *group, int is_first)
{
    Rule *rule = build_rule(b, group, RULE_CONSTRAINT, "name");
    Constraint *c = reader_alloc(&b->r, 1, sizeof *c);
    const Doc *list = doc_get(group, "of");
    if (rule == NULL || c == NULL)
        return;
    rule->detail = c;
    doc_only(group, NAMES(names), &b->d);
    doc_text(&rule->cite, group, "cite", 1, &b->d);
    build_gives(b, rule, rule->id, group);
    build_gives(b, rule,
                is_first ? "binding"
                         : reader_say(&b->r, "%s_binding", rule->id),
                group);
    if (list == NULL || list->kind != DOC_LIST || list->n == 0) {
        reader_fault_node(&b->r, list ? list : group, rule->id,
                          tr("a constraint has a list of limits"),
                          tr("of = ( { id = \"L1\"; expr = \"...\"; cite = "
                             "\"...\"; } )"));
        rule->is_broken = 1;
        return;
    }
    c->limits = reader_alloc(&b->r, list->n, sizeof *c->limits);
    if (c->limits == NULL)
        return;
    for (const Doc *it = list->first; it != NULL; it = it->next)
        read_limit(b, rule, &c->limits[c->n++], it);
}

void constraints_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "constraints");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next)
        read_constraint(b, it, it == list->first);
}

/* The unit that all limits have. */
static Unit common_unit(Build *b, const Constraint *c)
{
    Unit unit = UNIT_NULL;
    for (size_t i = 0; i < c->n; i++) {
        const Expr *e = c->limits[i].expr;
        if (e == NULL ||
            check_expression(e->node, e->text, &b->r) == UNIT_WRONG)
            return UNIT_WRONG;
        if (e->node->unit == UNIT_MONEY || unit == UNIT_NULL)
            unit = e->node->unit;
    }
    return unit;
}

void constraint_code(Build *b, Rule *rule)
{
    Constraint *c = rule->detail;
    Unit unit = common_unit(b, c);
    int *slots = reader_alloc(&b->r, c->n, sizeof *slots);
    const char **ids = reader_alloc(&b->r, c->n + 1, sizeof *ids);
    if (unit == UNIT_WRONG || slots == NULL || ids == NULL)
        return;
    if (unit == UNIT_NUMBER)
        unit = UNIT_RATIO; /* least in whole billionths */
    if (unit != UNIT_MONEY && !unit_is_plain(unit) && unit != UNIT_DATE) {
        reader_fault_node(&b->r, rule->node, rule->id,
                          tr("a limit is an amount, a number or a date"),
                          tr("let each 'expr' be one of these"));
        return;
    }
    for (size_t i = 0; i < c->n; i++) {
        Expr *e = c->limits[i].expr;
        if (!check_want(e->node, unit, tr("the limit"), e->text, &b->r))
            return;
        e->slot = slots[i] = c->limits[i].slot =
            emit_named(&b->code, e->node, unit);
        if (slots[i] == SLOT_NONE)
            return;
    }
    int value = SLOT_NONE;
    pick_least(&b->code, &value, &c->index, slots, c->n);
    int *words = reader_alloc(&b->r, c->n + 1, sizeof *words);
    if (words == NULL || value == SLOT_NONE)
        return;
    for (size_t i = 0; i <= c->n; i++) {
        ids[i] = i < c->n ? c->limits[i].id : NULL;
        words[i] = code_text(&b->code, ids[i]);
    }
    rule->gives[0]->slot = value;
    rule->gives[0]->unit = unit;
    rule->gives[1]->slot = pick_value(&b->code, c->index, words, c->n + 1);
    rule->gives[1]->unit = UNIT_TEXT;
    rule->gives[1]->values = ids;
    rule->gives[1]->n = c->n;
}
