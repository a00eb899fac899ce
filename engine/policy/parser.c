#include "policy/parser.h"

#include "core/tr.h"
#include "policy/duration.h"

#include <string.h>

enum { NODE_DEPTH = 300 };

void parser_advance(Parser *p)
{
    p->word = lexer_next(&p->lexer);
}

Node *parser_wrong(Parser *p, size_t at, const char *problem,
                   const char *way_out)
{
    if (!p->failed)
        reader_fault(p->r, p->text, at, problem, way_out);
    p->failed = 1;
    return NULL;
}

static Node *unexpected(Parser *p, const char *wanted, const char *way_out)
{
    Word w = p->word;
    if (w.kind == WORD_BAD)
        return parser_wrong(p, w.at, w.problem, w.way_out);
    if (w.kind == WORD_END)
        return parser_wrong(
            p, w.at,
            reader_say(p->r, tr("the text ends where %s should stand"), wanted),
            reader_say(p->r, tr("add %s"), wanted));
    if (w.kind == ',')
        way_out = tr("amounts have no commas: 500000.00, 50万");
    return parser_wrong(
        p, w.at,
        reader_say(p->r, tr("'%.*s' stands where %s should"),
                   (int)text_clip(w.text.bytes, w.text.n < 40 ? w.text.n : 40),
                   w.text.bytes, wanted),
        way_out);
}

Node *parser_unexpected(Parser *p, const char *wanted)
{
    return unexpected(p, wanted, reader_say(p->r, tr("write %s"), wanted));
}

Node *parser_beyond(Parser *p)
{
    return unexpected(p, tr("the end"),
                      tr("take it out, or put an operator before it"));
}

int parser_is(const Parser *p, const char *keyword)
{
    return p->word.kind == WORD_NAME && slice_is(p->word.text, keyword);
}

int parser_take(Parser *p, int kind)
{
    if (p->word.kind != kind)
        return 0;
    parser_advance(p);
    return 1;
}

int parser_take_word(Parser *p, const char *keyword)
{
    if (!parser_is(p, keyword))
        return 0;
    parser_advance(p);
    return 1;
}

int parser_expect(Parser *p, int kind, const char *wanted)
{
    if (p->word.kind != kind)
        parser_unexpected(p, wanted);
    else
        parser_advance(p);
    return !p->failed;
}

Node *parser_leaf(Parser *p, NodeKind kind, Unit unit)
{
    Node *node = reader_alloc(p->r, 1, sizeof *node);
    if (node == NULL) {
        p->failed = 1;
        return NULL;
    }
    node->kind = kind;
    node->unit = unit;
    node->is_within = p->inside != NULL;
    node->at = (uint32_t)p->word.at;
    node->n = (uint32_t)(p->lexer.at - p->word.at);
    node->depth = 1;
    return node;
}

/* An inner node over args[n]; NULL when one of them is. */
Node *parser_inner(Parser *p, NodeKind kind, Node *const args[], uint32_t n,
                   size_t at)
{
    Node *node = parser_leaf(p, kind, UNIT_WRONG);
    Node **kept = node == NULL ? NULL : reader_alloc(p->r, n, sizeof *kept);
    if (kept == NULL || p->failed) {
        p->failed = 1;
        return NULL;
    }
    node->at = (uint32_t)at;
    for (uint32_t i = 0; i < n; i++) {
        kept[i] = args[i];
        if (args[i]->depth >= node->depth)
            node->depth = args[i]->depth + 1;
    }
    node->args = kept;
    node->count = n;
    if (node->depth > NODE_DEPTH)
        return parser_wrong(p, at, tr("an expression of too many parts"),
                            tr("cut it into named facts"));
    return node;
}

Node *parser_binary(Parser *p, NodeKind kind, Node *a, Node *b, size_t at)
{
    if (a == NULL || b == NULL)
        return NULL;
    return parser_inner(p, kind, (Node *const[]){a, b}, 2, at);
}

Node *parser_literal(Parser *p)
{
    static const Unit units[] = {UNIT_NUMBER, UNIT_RATIO, UNIT_MONEY};
    Node *node = parser_leaf(p, NODE_NUMBER, units[p->word.kind - WORD_NUMBER]);
    if (node == NULL)
        return NULL;
    node->value = p->word.number;
    node->is_bare = p->word.kind == WORD_NUMBER;
    parser_advance(p);
    return node;
}

Node *parser_text(Parser *p, NodeKind kind)
{
    Node *node =
        parser_leaf(p, kind, kind == NODE_TEXT ? UNIT_TEXT : UNIT_WRONG);
    if (node == NULL)
        return NULL;
    node->text = reader_text(p->r, p->word.text.bytes, p->word.text.n);
    if (node->text == NULL)
        p->failed = 1;
    parser_advance(p);
    return node;
}

Node *parser_constant(Parser *p, NodeKind kind, Unit unit, int64_t value)
{
    Node *node = parser_leaf(p, kind, unit);
    if (node != NULL)
        node->value = number_int(value);
    parser_advance(p);
    return node;
}

/* date("2024-03-01"): "date" is taken, "(" is next. */
Node *parser_date(Parser *p, size_t at)
{
    Date day;
    char buffer[DATE_TEXT + 16] = "";
    parser_advance(p);
    Word w = p->word;
    if (w.kind != WORD_TEXT)
        return parser_unexpected(p, tr("a date in quotes"));
    if (w.text.n < sizeof buffer)
        memcpy(buffer, w.text.bytes, w.text.n);
    Err why = {0};
    if (date_parse(&day, buffer, &why) != OK)
        return parser_wrong(p, w.at, reader_say(p->r, "%s", why.text),
                            tr("write date(\"2024-03-01\")"));
    Node *node = parser_constant(p, NODE_NUMBER, UNIT_DATE, day.days);
    if (node == NULL || !parser_expect(p, ')', "')'"))
        return NULL;
    node->n = (uint32_t)(w.at + w.text.n + 3 - at);
    node->at = (uint32_t)at;
    return node;
}

Node *parser_duration(Parser *p, size_t at)
{
    int64_t v = 0;
    Unit unit = UNIT_WRONG;
    parser_advance(p);
    Word w = p->word;
    if (w.kind != WORD_TEXT)
        return parser_unexpected(p, tr("a duration in quotes"));
    const char *problem = duration_parse(&v, &unit, w.text);
    if (problem != NULL)
        return parser_wrong(p, w.at, tr(problem),
                            tr("write duration(\"P1Y6M\") or "
                               "duration(\"P30D\")"));
    Node *node = parser_constant(p, NODE_NUMBER, unit, v);
    if (node == NULL || !parser_expect(p, ')', "')'"))
        return NULL;
    node->n = (uint32_t)(w.at + w.text.n + 3 - at);
    node->at = (uint32_t)at;
    return node;
}

Test *parser_test(Parser *p, TestKind kind)
{
    Test *t = reader_alloc(p->r, 1, sizeof *t);
    if (t == NULL) {
        p->failed = 1;
        return NULL;
    }
    t->kind = kind;
    return t;
}

NodeKind parser_comparison(int word)
{
    switch (word) {
    case '<':
        return NODE_LT;
    case '>':
        return NODE_GT;
    case '=':
        return NODE_EQ;
    case WORD_LE:
        return NODE_LE;
    case WORD_GE:
        return NODE_GE;
    case WORD_NE:
        return NODE_NE;
    default:
        return NODE_CALL;
    }
}
