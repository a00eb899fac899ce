#include "policy/expand.h"

#include "core/tr.h"
#include "policy/functions.h"
#include "policy/unary.h"

#include <string.h>

enum { PARTS_MAX = 4096, EXPAND_DEPTH = 64 };

/* A tree of its own: what one use of an argument is made, another is not. */
static Node *copy(Parser *p, const Node *node)
{
    if (++*p->parts > PARTS_MAX)
        return parser_wrong(p, p->word.at,
                            tr("functions that call functions too often"),
                            tr("cut it into named facts"));
    Node *out = parser_leaf(p, node->kind, node->unit);
    Node **args =
        out == NULL ? NULL : reader_alloc(p->r, node->count + 1, sizeof *args);
    if (args == NULL)
        return NULL;
    *out = *node;
    out->args = args;
    for (uint32_t i = 0; i < node->count; i++)
        if ((args[i] = copy(p, node->args[i])) == NULL)
            return NULL;
    return out;
}

/* What a definition brought stands, for messages, where it is called. */
static void settle(Node *node, size_t at, size_t n)
{
    if (node == NULL)
        return;
    if (node->is_within) {
        node->at = (uint32_t)at;
        node->n = (uint32_t)n;
    }
    for (uint32_t i = 0; i < node->count; i++)
        settle(node->args[i], at, n);
}

/* "a > b > a": who calls whom, from the definition on. */
static const char *path(const Parser *p, const Definition *d)
{
    const char *text = d->name;
    for (const Parser *q = p; q != NULL && q->inside != NULL; q = q->outer) {
        text = reader_say(p->r, "%s > %s", q->inside->name, text);
        if (q->inside == d)
            break;
    }
    return text;
}

/* The parser of a definition's text; NULL after a fault. */
static Parser *enter(Parser *p, const Definition *d, Node *const args[],
                     size_t at)
{
    for (const Parser *q = p; q != NULL; q = q->outer)
        if (q->inside == d) {
            parser_wrong(p, at,
                         reader_say(p->r,
                                    tr("a function that calls itself: %s"),
                                    path(p, d)),
                         tr("rules have no loops; write it out"));
            return NULL;
        }
    if (p->depth == EXPAND_DEPTH) {
        parser_wrong(p, at, tr("functions that call functions too often"),
                     tr("cut it into named facts"));
        return NULL;
    }
    Parser *inner = reader_alloc(p->r, 1, sizeof *inner);
    if (inner == NULL)
        return NULL;
    define_use(p->r, d);
    *inner = *p;
    inner->lexer = (Lexer){.text = slice_of(d->text.text)};
    inner->text = d->text;
    inner->inside = d;
    inner->args = args;
    inner->outer = p;
    inner->depth++;
    parser_advance(inner);
    return inner;
}

/* Behind a definition's text: did it end well? */
static int leave(Parser *inner, Parser *p)
{
    if (!inner->failed && inner->word.kind != WORD_END)
        parser_beyond(inner);
    p->failed |= inner->failed;
    return !p->failed;
}

/* The expression of a definition with the arguments in place. */
static Node *expand(Parser *p, const Definition *d, Node *const args[],
                    size_t at, size_t end)
{
    Parser *inner = enter(p, d, args, at);
    if (inner == NULL)
        return NULL;
    Node *node = inner->whole(inner);
    if (!leave(inner, p))
        return NULL;
    settle(node, at, end - at);
    return node;
}

static const char *way_to_call(Parser *p, const Definition *d)
{
    const char *text = reader_say(p->r, "%s(", d->name);
    for (uint32_t i = 0; i < d->n; i++)
        text = reader_say(p->r, "%s%s%s", text, i > 0 ? ", " : "",
                          d->parameters[i]);
    return reader_say(p->r, tr("write %s"), reader_say(p->r, "%s)", text));
}

static Node *wrong_arguments(Parser *p, size_t at, const Definition *d,
                             uint32_t n)
{
    return parser_wrong(p, at,
                        reader_say(p->r, tr("%s takes %d arguments, not %d"),
                                   d->name, (int)d->n, (int)n),
                        way_to_call(p, d));
}

Test *expand_tests(Parser *p)
{
    const Definition *d = define_named(p->r, p->word.text);
    size_t at = p->word.at, n = p->word.text.n;
    Lexer ahead = p->lexer;
    int next = lexer_next(&ahead).kind;
    if (p->word.kind != WORD_NAME || d == NULL || !d->is_tests || next == '.')
        return NULL;
    Parser *inner = enter(p, d, NULL, at);
    if (inner == NULL)
        return NULL;
    Test *first = unary_tests(inner);
    if (!leave(inner, p))
        return NULL;
    for (Test *t = first; t != NULL; t = t->next) {
        settle(t->low, at, n);
        settle(t->high, at, n);
    }
    parser_advance(p);
    return first;
}

/* window.start, window.end: the ends of a named range. */
static Node *end_of(Parser *p, const Definition *d)
{
    size_t at = p->word.at;
    parser_advance(p);
    parser_advance(p);
    int low = parser_is(p, "start");
    size_t end = p->word.at + p->word.text.n;
    if (!low && !parser_is(p, "end"))
        return parser_unexpected(p, tr("'start' or 'end'"));
    Parser *inner = enter(p, d, NULL, at);
    if (inner == NULL)
        return NULL;
    const Test *t = unary_tests(inner);
    if (!leave(inner, p))
        return NULL;
    Node *node = t->kind == TEST_RANGE ? (low ? t->low : t->high) : NULL;
    if (node == NULL || t->next != NULL)
        return parser_wrong(p, p->word.at, tr("a list has no such end"),
                            tr("only ranges have a start and an end"));
    settle(node, at, end - at);
    parser_advance(p);
    return node;
}

Node *expand_name(Parser *p, int *found)
{
    const Definition *d = p->inside;
    Lexer ahead = p->lexer;
    Word w = p->word, next = lexer_next(&ahead);
    *found = 1;
    for (uint32_t i = 0; d != NULL && i < d->n; i++)
        if (slice_is(w.text, d->parameters[i])) {
            Node *node = p->args == NULL ? parser_leaf(p, NODE_NULL, UNIT_NULL)
                                         : copy(p, p->args[i]);
            parser_advance(p);
            return node;
        }
    d = define_named(p->r, w.text);
    *found = d != NULL && next.kind != '(';
    if (!*found)
        return NULL;
    if (d->is_tests && next.kind == '.')
        return end_of(p, d);
    if (d->is_tests)
        return parser_wrong(
            p, w.at, reader_say(p->r, tr("'%s' is a range or a list"), d->name),
            reader_say(p->r, tr("write x in %s"), d->name));
    if (d->n > 0)
        return wrong_arguments(p, w.at, d, 0);
    parser_advance(p);
    return expand(p, d, NULL, w.at, w.at + w.text.n);
}

Node *expand_call(Parser *p, const Definition *d, Node *const args[],
                  uint32_t n, size_t at, size_t end)
{
    if (n != d->n)
        return wrong_arguments(p, at, d, n);
    return expand(p, d, args, at, end);
}

Word expand_blanks(Parser *p)
{
    char text[40];
    Word w = p->word;
    Lexer ahead = p->lexer;
    size_t n = 0;
    for (Word next = w; next.kind == WORD_NAME && n + next.text.n + 1 < 40;
         next = lexer_next(&ahead)) {
        n += n > 0 ? (text[n] = '_', 1) : 0;
        memcpy(text + n, next.text.bytes, next.text.n);
        n += next.text.n;
        Lexer bracket = ahead;
        const Function *f = function_named((Slice){text, n});
        if (f == NULL || lexer_next(&bracket).kind != '(')
            continue;
        w.text = slice_of(f->name);
        p->lexer = ahead;
        break;
    }
    return w;
}

void expand_check(Parser *p, const Definition *d)
{
    Parser *inner = enter(p, d, NULL, 0);
    if (inner == NULL)
        return;
    if (d->is_tests)
        unary_tests(inner);
    else
        inner->whole(inner);
    leave(inner, p);
}
