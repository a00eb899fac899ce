#include "policy/simple.h"

#include "core/tr.h"
#include "policy/check.h"

static const char *const fact_names[] = {"name", "expr", "cite", "title",
                                         "unit"};

void facts_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "facts");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        Rule *rule = build_rule(b, it, RULE_FACT, "name");
        if (rule == NULL)
            continue;
        doc_only(it, fact_names, sizeof fact_names / sizeof *fact_names, &b->d);
        doc_text(&rule->cite, it, "cite", 1, &b->d);
        build_gives(b, rule, rule->id, it);
        build_expr(b, rule, it, "expr", rule->id);
    }
}

enum { FACT_WORDS = 256 };

/* The words at the ends of if ... then ... else; 0 when one is reckoned. */
static int find_words(const char *out[], size_t *n, const Node *node)
{
    if (node->kind == NODE_NULL)
        return 1;
    if (node->kind == NODE_TEXT && *n < FACT_WORDS) {
        out[(*n)++] = node->text;
        return 1;
    }
    return node->kind == NODE_IF && find_words(out, n, node->args[1]) &&
           find_words(out, n, node->args[2]);
}

/* What a fact can say, for those who test it. */
static void note_words(Build *b, Symbol *s, const Node *node)
{
    const char **words = reader_alloc(&b->r, FACT_WORDS, sizeof *words);
    size_t n = 0;
    if (words == NULL || !find_words(words, &n, node))
        return;
    s->values = words;
    s->n = n;
}

void fact_code(Build *b, Rule *rule)
{
    Expr *e = rule->exprs[0];
    Unit unit = build_code(b, e);
    if (unit == UNIT_WRONG)
        return;
    Symbol *s = rule->gives[0];
    s->slot = convert_unit(&b->code, e->slot, unit);
    s->unit = s->slot == SLOT_NONE ? UNIT_WRONG : unit;
    if (s->unit == UNIT_TEXT && e->node->kind == NODE_IF)
        note_words(b, s, e->node);
}

static const char *const row_names[] = {"id", "require", "cite", "title",
                                        "reason"};

void eligibility_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "eligibility");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        Rule *rule = build_rule(b, it, RULE_ELIGIBILITY, "id");
        if (rule == NULL)
            continue;
        doc_only(it, row_names, sizeof row_names / sizeof *row_names, &b->d);
        rule->cite = build_cite(b, it, NULL, rule->id);
        build_expr(b, rule, it, "require", rule->id);
    }
}

/* A reason that is given to nobody, or to all. */
static void warn_constant(Build *b, const Expr *e, Truth truth)
{
    if (truth == IS_TRUE)
        reader_warn(&b->r, e->text, 0,
                    tr("true of every row: this reason is never given"),
                    tr("take it out, or make it a condition that can fail"));
    else if (truth == IS_FALSE)
        reader_warn(&b->r, e->text, 0, tr("true of no row: nobody is eligible"),
                    tr("take it out, or make it a condition that can hold"));
}

void eligibility_code(Build *b, Rule *rule)
{
    Expr *e = rule->exprs[0];
    Unit unit = build_code(b, e);
    if (unit != UNIT_WRONG &&
        check_want(e->node, UNIT_BOOL, tr("what is required"), e->text, &b->r))
        rule->slot = e->slot;
    if (!b->code.failed && rule->slot >= 0 &&
        code_is_constant(&b->code, rule->slot))
        warn_constant(b, e, *(const Truth *)b->code.slots[rule->slot].value);
}
