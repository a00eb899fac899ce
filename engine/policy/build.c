#include "policy/build.h"

#include "core/tr.h"
#include "policy/check.h"
#include "policy/parse.h"

#include <string.h>

const Doc *build_section(Build *b, const Doc *root, const char *name)
{
    const Doc *list = doc_get(root, name);
    if (list == NULL || list->kind == DOC_LIST)
        return list;
    reader_fault_node(&b->r, list, NULL,
                      reader_say(&b->r, tr("'%s' is a list of groups"), name),
                      reader_say(&b->r, "%s = ( { ... }, { ... } );", name));
    return NULL;
}

Rule *build_rule(Build *b, const Doc *node, RuleKind kind, const char *key)
{
    const char *id = NULL;
    if (node->kind != DOC_GROUP) {
        reader_fault_node(&b->r, node, NULL, tr("a rule is a group"),
                          tr("write { name = ...; }"));
        return NULL;
    }
    if (!doc_text(&id, node, key, 0, &b->d))
        return NULL;
    if (b->n_rules >= RULES_MAX) {
        reader_fault_node(&b->r, node, id, tr("more than 4096 rules"),
                          tr("split the file"));
        return NULL;
    }
    Rule **rules = reader_grow(&b->r, b->rules, &b->rule_capacity, b->n_rules,
                               sizeof *rules);
    Rule *rule = reader_alloc(&b->r, 1, sizeof *rule);
    id = reader_text(&b->r, id, strlen(id));
    if (rules == NULL || rule == NULL || id == NULL)
        return NULL;
    *rule = (Rule){.kind = kind, .id = id, .node = node, .slot = SLOT_NONE};
    doc_label(&rule->title, node, "title", 1, &b->d);
    doc_label(&rule->reason, node, "reason", 1, &b->d);
    b->rules = rules;
    return rules[b->n_rules++] = rule;
}

const char *build_cite(Build *b, const Doc *row, const char *inherited,
                       const char *id)
{
    const char *cite = inherited;
    if (doc_get(row, "cite") == NULL && inherited == NULL)
        reader_fault_node(
            &b->r, row, id,
            reader_say(&b->r, tr("'%s' does not say where it is written"), id),
            tr("add cite = \"article ...\""));
    else
        doc_text(&cite, row, "cite", 1, &b->d);
    return cite;
}

void build_note(Build *b, Rule *rule, Text text, Node *node)
{
    Expr **exprs = reader_grow(&b->r, rule->exprs, &rule->expr_capacity,
                               rule->n_exprs, sizeof *exprs);
    Expr *expr = reader_alloc(&b->r, 1, sizeof *expr);
    if (exprs == NULL || expr == NULL)
        return;
    *expr = (Expr){text, node, SLOT_NONE};
    rule->exprs = exprs;
    exprs[rule->n_exprs++] = expr;
    rule->is_broken |= node == NULL;
}

Expr *build_text(Build *b, Rule *rule, const Doc *node, const char *id)
{
    if (node->kind != DOC_TEXT) {
        reader_fault_node(&b->r, node, id, tr("an expression stands in quotes"),
                          tr("put it in quotes"));
        rule->is_broken = 1;
        return NULL;
    }
    size_t n = rule->n_exprs;
    Text text = {node, node->text, id};
    build_note(b, rule, text, parse_expression(text, &b->r));
    return rule->n_exprs > n ? rule->exprs[n] : NULL;
}

Expr *build_expr(Build *b, Rule *rule, const Doc *group, const char *name,
                 const char *id)
{
    const char *text;
    if (!doc_text(&text, group, name, 0, &b->d)) {
        rule->is_broken = 1;
        return NULL;
    }
    return build_text(b, rule, doc_get(group, name), id);
}

Symbol *build_gives(Build *b, Rule *rule, const char *name, const Doc *node)
{
    const char *interned = reader_text(&b->r, name, strlen(name));
    Symbol **gives = reader_grow(&b->r, rule->gives, &rule->give_capacity,
                                 rule->n_gives, sizeof *gives);
    if (interned == NULL || gives == NULL)
        return NULL;
    rule->gives = gives;
    size_t owner = b->n_rules - 1;
    Symbol *symbol = scope_add(&b->scope,
                               (Symbol){.name = interned,
                                        .kind = SYMBOL_VALUE,
                                        .unit = UNIT_WRONG,
                                        .owner = owner,
                                        .node = node},
                               &b->r);
    if (symbol != NULL)
        gives[rule->n_gives++] = symbol;
    else
        rule->is_broken = 1;
    return symbol;
}

Unit build_code(Build *b, Expr *expr)
{
    if (expr == NULL || expr->node == NULL)
        return UNIT_WRONG;
    Unit unit = check_expression(expr->node, expr->text, &b->r);
    if (unit == UNIT_WRONG)
        return unit;
    expr->slot = emit_expression(&b->code, expr->node);
    if (expr->slot == SLOT_NONE) {
        FAIL(b->r.err, ERR_MEMORY, "no memory to compile the rules");
        b->r.failed = 1;
        return UNIT_WRONG;
    }
    b->code.slots[expr->slot].is_part = 0;
    return unit;
}

int build_constant(Number *out, Build *b, Expr *expr, Unit unit,
                   const char *what)
{
    if (expr == NULL || expr->node == NULL ||
        check_expression(expr->node, expr->text, &b->r) == UNIT_WRONG ||
        !check_want(expr->node, unit, what, expr->text, &b->r))
        return 0;
    if (build_code(b, expr) == UNIT_WRONG)
        return 0;
    if (!code_is_constant(&b->code, expr->slot)) {
        reader_fault(
            &b->r, expr->text, 0,
            reader_say(&b->r, tr("%s must be the same on every row"), what),
            tr("a literal or a parameter"));
        return 0;
    }
    *out = code_constant(&b->code, expr->slot);
    return 1;
}
