#include "policy/scope.h"

#include "core/tr.h"
#include "policy/define.h"
#include "policy/lexer.h"

#include <string.h>

Symbol *scope_find(const Scope *scope, const char *interned)
{
    for (size_t i = 0; i < scope->n; i++)
        if (scope->items[i]->name == interned)
            return scope->items[i];
    return NULL;
}

Bounds scope_bounds(const Symbol *s)
{
    if (s->kind != SYMBOL_INPUT)
        return (Bounds){0};
    Bounds b = {s->has_min, s->has_max, s->min, s->max};
    if (!b.has_low && (s->unit == UNIT_COUNT || s->unit == UNIT_DAYS)) {
        b.has_low = 1;
        b.low = number_int(0);
    }
    return b;
}

/* Can expressions say it? */
static int is_word(const char *name)
{
    static const char *const taken[] = {"if",   "then",  "else", "and",
                                        "or",   "not",   "in",   "between",
                                        "true", "false", "null"};
    Lexer l = {.text = slice_of(name)};
    Word w = lexer_next(&l);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(name, taken[i]) == 0)
            return 0;
    return w.kind == WORD_NAME && w.text.n == l.text.n;
}

Symbol *scope_add(Scope *scope, Symbol symbol, Reader *r)
{
    const Symbol *old = scope_find(scope, symbol.name);
    if (old != NULL) {
        reader_fault_node(r, symbol.node, NULL,
                          reader_say(r,
                                     tr("'%s' is named twice; first on line "
                                        "%zu"),
                                     symbol.name, old->node->line),
                          tr("give it another name"));
        return NULL;
    }
    if (!is_word(symbol.name))
        reader_fault_node(r, symbol.node, NULL,
                          reader_say(r,
                                     tr("'%s' is no name that expressions "
                                        "can use"),
                                     symbol.name),
                          tr("letters, digits and _, and no word of the "
                             "language such as 'if'"));
    Symbol **items =
        reader_grow(r, scope->items, &scope->capacity, scope->n, sizeof *items);
    Symbol *kept = reader_alloc(r, 1, sizeof *kept);
    if (items == NULL || kept == NULL)
        return NULL;
    scope->items = items;
    *kept = symbol;
    kept->slot = -1;
    return items[scope->n++] = kept;
}

/* Is the unknown name a word that some category may be?  Then it lacks its
 * quotes. */
static int is_category_word(const Scope *scope, const char *name)
{
    for (size_t i = 0; i < scope->n; i++)
        for (size_t j = 0; j < scope->items[i]->n; j++)
            if (scope->items[i]->values[j] == name)
                return 1;
    return 0;
}

static const char *way_out(const Scope *scope, const char *name, Reader *r)
{
    if (is_category_word(scope, name))
        return reader_say(r, tr("a word is quoted: \"%s\""), name);
    const Definitions *all = r->definitions;
    size_t n = scope->n, more = all == NULL ? 0 : all->n;
    const char **names = reader_alloc(r, n + more + 1, sizeof *names);
    if (names == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++)
        names[i] = scope->items[i]->name;
    for (size_t i = 0; i < more; i++)
        names[n + i] = all->items[i].name;
    const char *near = text_nearest(name, names, n + more);
    if (near != NULL)
        return reader_say(r, tr("did you mean '%s'?"), near);
    if (field_named(name, strlen(name)) != FIELD_COUNT)
        return tr("name it in 'inputs'");
    return reader_say(r,
                      tr("name it in 'inputs'; if it is a word, quote it: "
                         "\"%s\""),
                      name);
}

const char *scope_nearest(const Scope *scope, int inputs, const char *name,
                          Reader *r)
{
    SymbolKind kind = inputs ? SYMBOL_INPUT : SYMBOL_VALUE;
    const char **names = reader_alloc(r, scope->n + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; names != NULL && i < scope->n; i++)
        if (scope->items[i]->kind == kind)
            names[n++] = scope->items[i]->name;
    const char *near = names ? text_nearest(name, names, n) : NULL;
    return near ? reader_say(r, tr("did you mean '%s'?"), near) : NULL;
}

const char *scope_maker(const Scope *scope, const char *name, Reader *r)
{
    const char *near = scope_nearest(scope, 0, name, r);
    return near ? near : tr("add its rule, or take the name out");
}

int scope_resolve(const Scope *scope, Node *node, Text text, Reader *r)
{
    int good = 1;
    if (node->kind == NODE_NAME) {
        Symbol *symbol = scope_find(scope, node->text);
        if (symbol == NULL) {
            reader_fault(r, text, node->at,
                         reader_say(r, tr("'%s' is not a name of this file"),
                                    node->text),
                         way_out(scope, node->text, r));
            return 0;
        }
        node->symbol = symbol;
        if (symbol->reader == NULL)
            symbol->reader = text.rule;
    }
    for (uint32_t i = 0; i < node->count; i++)
        good &= scope_resolve(scope, node->args[i], text, r);
    return good;
}
