#include "policy/order.h"

#include "core/tr.h"

#include <string.h>

enum { ORDER_DEPTH = 500 }; /* rules that read one another in a row */
enum { NEW, OPEN, DONE };

typedef struct {
    Build *b;
    Rule **out;
    size_t n;
    const Rule *path[ORDER_DEPTH];
    size_t depth;
    int good;
} Walk;

static void visit(Walk *w, Rule *rule);

/* "a needs b needs a" */
static const char *path_text(Walk *w, const Rule *again)
{
    Reader *r = &w->b->r;
    size_t i = w->depth;
    while (i > 0 && w->path[i - 1] != again)
        i--;
    const char *text = again->id;
    for (; i <= w->depth; i++)
        text = reader_say(r, tr("%s needs %s"), text,
                          i < w->depth ? w->path[i]->id : again->id);
    return text;
}

static void visit_node(Walk *w, const Node *node)
{
    if (node->kind == NODE_NAME && node->symbol != NULL &&
        node->symbol->kind == SYMBOL_VALUE)
        visit(w, w->b->rules[node->symbol->owner]);
    for (uint32_t i = 0; i < node->count; i++)
        visit_node(w, node->args[i]);
}

static void fail(Walk *w, const Rule *rule, const char *problem,
                 const char *way_out)
{
    reader_fault_node(&w->b->r, rule->node, rule->id, problem, way_out);
    w->good = 0;
}

static void visit(Walk *w, Rule *rule)
{
    if (rule->state == DONE)
        return;
    if (rule->state == OPEN) {
        fail(w, rule,
             reader_say(&w->b->r, tr("rules in a circle: %s"),
                        path_text(w, rule)),
             tr("let one of them read inputs alone"));
        return;
    }
    if (w->depth == ORDER_DEPTH) {
        fail(w, rule, tr("more than 500 rules that read one another in a row"),
             tr("join some of them"));
        return;
    }
    rule->state = OPEN;
    w->path[w->depth++] = rule;
    for (size_t i = 0; i < rule->n_exprs && w->good; i++)
        if (rule->exprs[i]->node != NULL)
            visit_node(w, rule->exprs[i]->node);
    w->depth--;
    rule->state = DONE;
    w->out[w->n++] = rule;
}

static void resolve(Build *b, Rule *rule)
{
    for (size_t i = 0; i < rule->n_exprs; i++) {
        const Expr *e = rule->exprs[i];
        if (e->node != NULL &&
            !scope_resolve(&b->scope, e->node, e->text, &b->r))
            rule->is_broken = 1;
    }
}

int order_rules(Rule *out[], Build *b)
{
    Walk *w = reader_alloc(&b->r, 1, sizeof *w);
    if (w == NULL)
        return 0;
    *w = (Walk){.b = b, .out = out, .good = 1};
    for (size_t i = 0; i < b->n_rules; i++)
        resolve(b, b->rules[i]);
    for (size_t i = 0; i < b->n_rules && w->good; i++)
        visit(w, b->rules[i]);
    return w->good;
}
