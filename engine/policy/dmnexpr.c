#include "policy/dmnexpr.h"

#include "core/tr.h"
#include "data/dmn.h"

#include <string.h>

enum { PARTS = 10000 };

typedef Node *(*ReadFn)(const Doc *element, const DmnScope *s);

static const char *clean(const DmnScope *s, const char *name)
{
    return name == NULL ? NULL : feelname_clean(s->r, name, strlen(name));
}

static Node *fault(const DmnScope *s, const Doc *element, const char *problem)
{
    reader_fault_node(s->r, element, s->rule, problem, NULL);
    return NULL;
}

/* A node over parts[n]. */
static Node *over(const DmnScope *s, NodeKind kind, Node *const parts[],
                  size_t n)
{
    Node *node = reader_alloc(s->r, 1, sizeof *node);
    Node **kept = reader_alloc(s->r, n + 1, sizeof *kept);
    if (node == NULL || kept == NULL)
        return NULL;
    *node = (Node){.kind = kind, .args = kept, .count = (uint32_t)n};
    for (size_t i = 0; i < n; i++) {
        if (parts[i] == NULL)
            return NULL;
        kept[i] = parts[i];
    }
    return node;
}

static Node *entry(const DmnScope *s, const char *name, Node *value)
{
    Node *node = over(s, NODE_ENTRY, &value, 1);
    if (node != NULL)
        node->text = name;
    return name == NULL ? NULL : node;
}

static Node *child(const Doc *element, const DmnScope *s)
{
    const Doc *of = dmnexpr_find(element);
    if (of == NULL)
        return fault(s, element, tr("no expression stands here"));
    DmnScope inner = *s;
    inner.type = NULL;
    return dmnexpr_read(of, &inner);
}

/* Room for a node for each child of `element`. */
static Node **room(const Doc *element, const DmnScope *s)
{
    if (element->n > PARTS)
        return (Node **)(void *)fault(s, element, tr("more than 10,000 parts"));
    return reader_alloc(s->r, element->n + 2, sizeof(Node *));
}

static Node *literal(const Doc *element, const DmnScope *s)
{
    const Doc *text = dmn_text(element, "text");
    if (text == NULL)
        return fault(s, element, tr("a literal expression without a text"));
    return feel_expression((Text){text, text->text, s->rule}, s->names,
                           s->members, s->r);
}

static Node *table(const Doc *element, const DmnScope *s)
{
    return dmntable_read(element, s->rule, s->types, s->type, s->names,
                         s->members, s->r);
}

/* A function by name, its arguments by name. */
static Node *invocation(const Doc *element, const DmnScope *s)
{
    Node **parts = room(element, s);
    size_t n = 0;
    if (parts == NULL)
        return NULL;
    parts[n++] = child(element, s);
    for (const Doc *d = element->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "binding") != 0)
            continue;
        const Doc *parameter = doc_get(d, "parameter");
        const char *name =
            parameter == NULL ? NULL : dmn_attribute(parameter, "name");
        if (name == NULL)
            return fault(s, d, tr("a binding without a parameter's name"));
        parts[n++] = entry(s, clean(s, name), child(d, s));
    }
    return over(s, NODE_INVOKE, parts, n);
}

/* Entries see those before them; one without a name is the result. */
static Node *context(const Doc *element, const DmnScope *s)
{
    FeelNames own = {.outer = s->names};
    DmnScope inner = *s;
    Node **parts = room(element, s);
    int has_result = 0;
    size_t n = 0;
    inner.names = &own;
    if (parts == NULL)
        return NULL;
    for (const Doc *d = element->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "contextEntry") != 0)
            continue;
        const Doc *variable = doc_get(d, "variable");
        const char *name =
            clean(s, variable == NULL ? "" : dmn_attribute(variable, "name"));
        if (name == NULL)
            return fault(s, d, tr("a variable without a name"));
        has_result |= variable == NULL;
        parts[n++] = entry(s, name, child(d, &inner));
        if (name[0] != '\0' && (!feelname_add(&own, name, s->r) ||
                                !feelname_add(s->members, name, s->r)))
            return NULL;
    }
    Node *node = over(s, NODE_CONTEXT, parts, n);
    if (node == NULL || !has_result)
        return node;
    node = over(s, NODE_PATH, &node, 1);
    if (node != NULL)
        node->text = "";
    return node;
}

static Node *function(const Doc *element, const DmnScope *s)
{
    FeelNames own = {.outer = s->names};
    DmnScope inner = *s;
    size_t n, i = 0;
    const char *kind = dmn_attribute(element, "kind");
    if (kind != NULL && strcmp(kind, "FEEL") != 0)
        return fault(s, element, tr("a function in another language"));
    const char **names = dmnexpr_parameters(&n, element, &own, s->r);
    Node **parts = room(element, s);
    if (names == NULL || parts == NULL)
        return NULL;
    for (; i < n; i++) {
        parts[i] = over(s, NODE_NAME, NULL, 0);
        if (parts[i] != NULL)
            parts[i]->text = names[i];
    }
    inner.names = &own;
    parts[i++] = child(element, &inner);
    return over(s, NODE_LAMBDA, parts, i);
}

static int is_expression(const Doc *d);

static Node *list(const Doc *element, const DmnScope *s)
{
    Node **parts = room(element, s);
    DmnScope inner = *s;
    size_t n = 0;
    inner.type = NULL;
    for (const Doc *d = element->first; parts != NULL && d != NULL; d = d->next)
        if (is_expression(d))
            parts[n++] = dmnexpr_read(d, &inner);
    return parts == NULL ? NULL : over(s, NODE_LIST, parts, n);
}

static Node *row(const Doc *element, const Doc *columns, const DmnScope *s)
{
    Node *values = list(element, s);
    Node **parts = room(element, s);
    uint32_t n = 0;
    if (values == NULL || parts == NULL)
        return NULL;
    for (const Doc *d = columns->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "column") != 0)
            continue;
        const char *name = clean(s, dmn_attribute(d, "name"));
        if (name == NULL || n == values->count ||
            !feelname_add(s->members, name, s->r))
            return fault(s, element, tr("a row that does not fit its columns"));
        parts[n] = entry(s, name, values->args[n]);
        n++;
    }
    return over(s, NODE_CONTEXT, parts, n);
}

/* A list of contexts, one a row. */
static Node *relation(const Doc *element, const DmnScope *s)
{
    Node **parts = room(element, s);
    size_t n = 0;
    for (const Doc *d = element->first; parts != NULL && d != NULL; d = d->next)
        if (strcmp(d->name, "row") == 0)
            parts[n++] = row(d, element, s);
    return parts == NULL ? NULL : over(s, NODE_LIST, parts, n);
}

static Node *conditional(const Doc *element, const DmnScope *s)
{
    static const char *const names[] = {"if", "then", "else"};
    Node *parts[3];
    for (int i = 0; i < 3; i++) {
        const Doc *part = doc_get(element, names[i]);
        if (part == NULL)
            return fault(s, element, tr("a condition without all its parts"));
        parts[i] = child(part, s);
    }
    return over(s, NODE_IF, parts, 3);
}

/* The expression in a child of that name, with names of its own. */
static Node *part(const Doc *element, const char *name, const DmnScope *s,
                  const FeelNames *names)
{
    DmnScope inner = *s;
    const Doc *of = doc_get(element, name);
    inner.names = names;
    if (of == NULL)
        return fault(s, element,
                     reader_say(s->r, tr("no '%s' stands here"), name));
    return child(of, &inner);
}

/* for, some and every: a variable, what it runs over, what is asked. */
static Node *loop(const Doc *element, const DmnScope *s)
{
    int is_for = strcmp(element->name, "for") == 0;
    NodeKind kind = is_for                               ? NODE_FOR
                    : strcmp(element->name, "some") == 0 ? NODE_SOME
                                                         : NODE_EVERY;
    const char *name = clean(s, dmn_attribute(element, "iteratorVariable"));
    FeelNames own = {.outer = s->names};
    Node *parts[2];
    if (name == NULL)
        return fault(s, element, tr("a loop without a variable"));
    parts[0] = entry(s, name, part(element, "in", s, s->names));
    if (!feelname_add(&own, name, s->r) ||
        (is_for && !feelname_add(&own, "partial", s->r)))
        return NULL;
    parts[1] = part(element, is_for ? "return" : "satisfies", s, &own);
    return over(s, kind, parts, 2);
}

/* Items that match: the condition speaks of "item" and of its entries. */
static Node *filter(const Doc *element, const DmnScope *s)
{
    FeelNames entries = *s->members, own = {.outer = &entries};
    Node *parts[2];
    entries.outer = s->names;
    parts[0] = part(element, "in", s, s->names);
    if (!feelname_add(&own, "item", s->r))
        return NULL;
    parts[1] = part(element, "match", s, &own);
    return over(s, NODE_FILTER, parts, 2);
}

static const struct {
    const char *name;
    ReadFn read;
} kinds[] = {
    {"literalExpression", literal},
    {"decisionTable", table},
    {"invocation", invocation},
    {"context", context},
    {"functionDefinition", function},
    {"list", list},
    {"relation", relation},
    {"conditional", conditional},
    {"filter", filter},
    {"for", loop},
    {"every", loop},
    {"some", loop},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static int is_expression(const Doc *d)
{
    for (int i = 0; d->kind == DOC_GROUP && i < KINDS; i++)
        if (strcmp(d->name, kinds[i].name) == 0)
            return 1;
    return 0;
}

const Doc *dmnexpr_find(const Doc *element)
{
    for (const Doc *d = element->first; d != NULL; d = d->next)
        if (is_expression(d))
            return d;
    return NULL;
}

Node *dmnexpr_read(const Doc *element, const DmnScope *scope)
{
    const char *language = dmn_attribute(element, "expressionLanguage");
    if (language != NULL && strstr(language, "FEEL") == NULL &&
        strstr(language, "feel") == NULL)
        return fault(scope, element, tr("an expression in another language"));
    for (int i = 0; i < KINDS; i++)
        if (strcmp(element->name, kinds[i].name) == 0)
            return kinds[i].read(element, scope);
    return fault(scope, element,
                 tr("a kind of boxed expression that is not read"));
}

const char **dmnexpr_parameters(size_t *n, const Doc *element, FeelNames *names,
                                Reader *r)
{
    const char **out = reader_alloc(r, element->n + 1, sizeof *out);
    *n = 0;
    for (const Doc *d = element->first; out != NULL && d != NULL; d = d->next) {
        const char *name = dmn_attribute(d, "name");
        if (strcmp(d->name, "formalParameter") != 0)
            continue;
        name = feelname_clean(r, name == NULL ? "" : name,
                              name == NULL ? 0 : strlen(name));
        if (!feelname_add(names, name, r))
            return NULL;
        out[(*n)++] = name;
    }
    return out;
}
