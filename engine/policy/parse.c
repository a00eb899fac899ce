#include "policy/parse.h"

#include "core/tr.h"
#include "policy/expand.h"
#include "policy/functions.h"
#include "policy/unary.h"

enum { ARGS_MAX = 64 };

static Node *wrong_count(Parser *p, size_t at, const Function *f, int n)
{
    const char *text =
        f->least == f->most
            ? reader_say(p->r, tr("%s takes %d arguments, not %d"), f->name,
                         (int)f->least, n)
            : reader_say(p->r, tr("%s takes %d to %d arguments, not %d"),
                         f->name, (int)f->least, (int)f->most, n);
    return parser_wrong(p, at, text, NULL);
}

/* Arguments up to ")", which is taken; their number, 0 after a fault. */
static uint32_t arguments(Node *args[ARGS_MAX], Parser *p)
{
    uint32_t n = 0;
    parser_advance(p);
    do {
        if (n == ARGS_MAX) {
            parser_wrong(p, p->word.at, tr("more than 64 arguments"),
                         tr("split the list"));
            return 0;
        }
        args[n] = parse_next(p);
        if (args[n++] == NULL)
            return 0;
    } while (parser_take(p, ','));
    return p->word.kind == ')' ? n : (parser_unexpected(p, "')'"), 0);
}

/* A built-in function, or one of the file; the name is taken. */
static Node *call(Parser *p, Word name)
{
    Node *args[ARGS_MAX];
    const Function *f = function_named(name.text);
    const Definition *d = define_named(p->r, name.text);
    if (f == NULL && (d == NULL || d->is_tests))
        return parser_wrong(p, name.at,
                            reader_say(p->r, tr("'%.*s' is not a function"),
                                       (int)name.text.n, name.text.bytes),
                            function_nearest(p->r, name.text));
    uint32_t n = arguments(args, p);
    if (n == 0)
        return NULL;
    if (f != NULL && (n < f->least || n > f->most))
        return wrong_count(p, name.at, f, (int)n);
    size_t end = p->word.at + 1;
    parser_advance(p);
    if (f == NULL)
        return expand_call(p, d, args, n, name.at, end);
    Node *node = parser_inner(p, NODE_CALL, args, n, name.at);
    if (node != NULL) {
        node->function = f;
        node->n = (uint32_t)(end - name.at);
    }
    return node;
}

Node *parse_choice(Parser *p, size_t at)
{
    Node *args[3];
    static const char *const between[] = {"then", "else"};
    for (int i = 0; i < 3; i++) {
        args[i] = parse_next(p);
        if (args[i] == NULL)
            return NULL;
        if (i < 2 && !parser_take_word(p, between[i]))
            return parser_wrong(
                p, p->word.at,
                reader_say(p->r, tr("an 'if' without its '%s'"), between[i]),
                tr("write if ... then ... else ..."));
    }
    return parser_inner(p, NODE_IF, args, 3, at);
}

static Node *word(Parser *p)
{
    Word w = expand_blanks(p);
    int found;
    if (parser_is(p, "true") || parser_is(p, "false"))
        return parser_constant(p, NODE_BOOL, UNIT_BOOL, parser_is(p, "true"));
    if (parser_is(p, "null"))
        return parser_constant(p, NODE_NULL, UNIT_NULL, 0);
    if (parser_take_word(p, "if"))
        return parse_choice(p, w.at);
    Lexer ahead = p->lexer;
    Node *node = expand_name(p, &found);
    if (found)
        return node;
    if (lexer_next(&ahead).kind != '(')
        return parser_text(p, NODE_NAME);
    parser_advance(p);
    if (slice_is(w.text, "date"))
        return parser_date(p, w.at);
    return slice_is(w.text, "duration") ? parser_duration(p, w.at) : call(p, w);
}

/* day.year, day.month, day.day */
static Node *property(Parser *p, Node *node, size_t at)
{
    static const char *const names[] = {"year", "month", "day"};
    while (node != NULL && parser_take(p, '.')) {
        int known = 0;
        for (int i = 0; i < 3; i++)
            known |= parser_is(p, names[i]);
        if (!known)
            return parser_wrong(p, p->word.at,
                                tr("a path to what is not there"),
                                tr("dates have year, month and day"));
        const Function *f = function_named(p->word.text);
        size_t end = p->word.at + p->word.text.n;
        parser_advance(p);
        node = parser_inner(p, NODE_CALL, &node, 1, at);
        if (node == NULL)
            return NULL;
        node->function = f;
        node->n = (uint32_t)(end - at);
    }
    return node;
}

static Node *value(Parser *p)
{
    Node *node;
    switch (p->word.kind) {
    case WORD_NUMBER:
    case WORD_RATIO:
    case WORD_MONEY:
        return parser_literal(p);
    case WORD_TEXT:
        return parser_text(p, NODE_TEXT);
    case WORD_NAME:
        return word(p);
    case '(':
        parser_advance(p);
        node = parse_next(p);
        return node != NULL && parser_expect(p, ')', "')'") ? node : NULL;
    default:
        return parser_unexpected(p, tr("a value"));
    }
}

static Node *primary(Parser *p)
{
    size_t at = p->word.at;
    return property(p, value(p), at);
}

/* Deeper by one; 0 at the ceiling, after a fault. */
static int enter(Parser *p)
{
    if (++p->depth <= PARSE_DEPTH)
        return 1;
    parser_wrong(p, p->word.at, tr("more than 64 levels of brackets"),
                 tr("cut it into named facts"));
    return 0;
}

static Node *sign(Parser *p)
{
    size_t at = p->word.at;
    if (!enter(p))
        return NULL;
    Node *node;
    if (parser_take(p, '-')) {
        node = sign(p);
        node = node ? parser_inner(p, NODE_NEGATE, &node, 1, at) : NULL;
    } else {
        node = p->primary(p);
    }
    p->depth--;
    return node;
}

static Node *power(Parser *p)
{
    Node *node = sign(p);
    for (size_t at = p->word.at; node && parser_take(p, WORD_POWER);
         at = p->word.at)
        node = parser_binary(p, NODE_POWER, node, sign(p), at);
    return node;
}

static Node *product(Parser *p)
{
    Node *node = power(p);
    while (node != NULL && (p->word.kind == '*' || p->word.kind == '/')) {
        size_t at = p->word.at;
        NodeKind kind = p->word.kind == '*' ? NODE_MULTIPLY : NODE_DIVIDE;
        parser_advance(p);
        node = parser_binary(p, kind, node, power(p), at);
    }
    return node;
}

Node *parse_sum(Parser *p)
{
    Node *node = product(p);
    while (node != NULL && (p->word.kind == '+' || p->word.kind == '-')) {
        size_t at = p->word.at;
        NodeKind kind = p->word.kind == '+' ? NODE_ADD : NODE_SUBTRACT;
        parser_advance(p);
        node = parser_binary(p, kind, node, product(p), at);
    }
    return node;
}

/* "x in t": one comparison, or two for a range. */
static Node *test_node(Parser *p, Node *x, const Test *t, size_t at)
{
    if (t->kind == TEST_EQUAL)
        return parser_binary(p, NODE_IN, x, t->low, at);
    Node *low = NULL, *high = NULL;
    if (t->low != NULL)
        low = parser_binary(p, t->low_open ? NODE_GT : NODE_GE, x, t->low, at);
    if (t->high != NULL)
        high =
            parser_binary(p, t->high_open ? NODE_LT : NODE_LE, x, t->high, at);
    if (low == NULL || high == NULL)
        return low != NULL ? low : high;
    return parser_binary(p, NODE_AND, low, high, at);
}

/* What stands in the brackets of "in (...)"; "(" is taken. */
static Test *in_brackets(Parser *p)
{
    Test *first = unary_test(p);
    if (first != NULL && first->kind == TEST_EQUAL && p->word.kind == WORD_DOTS)
        return unary_range(p, first->low, 1);
    if (!unary_more(p, first))
        return NULL;
    return first != NULL && parser_expect(p, ')', "')'") ? first : NULL;
}

/* "in" is taken. */
static Node *in_tests(Parser *p, Node *x, size_t at)
{
    const Test *first = parser_take(p, '(') ? in_brackets(p) : unary_test(p);
    Node *node = NULL;
    for (const Test *t = first; t != NULL && !p->failed; t = t->next) {
        Node *one = test_node(p, x, t, at);
        node = node == NULL ? one : parser_binary(p, NODE_OR, node, one, at);
    }
    return p->failed ? NULL : node;
}

int parse_ends(Node **low, Node **high, Parser *p)
{
    *low = parse_sum(p);
    if (*low == NULL)
        return 0;
    if (!parser_take_word(p, "and")) {
        parser_unexpected(p, "and");
        return 0;
    }
    *high = parse_sum(p);
    return *high != NULL;
}

static Node *between(Parser *p, Node *x, size_t at)
{
    Node *low, *high;
    if (!parse_ends(&low, &high, p))
        return NULL;
    return parser_binary(p, NODE_AND, parser_binary(p, NODE_GE, x, low, at),
                         parser_binary(p, NODE_LE, x, high, at), at);
}

static Node *compare(Parser *p)
{
    size_t at = p->word.at;
    if (parser_take_word(p, "not")) {
        Node *node = enter(p) ? compare(p) : NULL;
        p->depth--;
        return node ? parser_inner(p, NODE_NOT, &node, 1, at) : NULL;
    }
    Node *node = parse_sum(p);
    at = p->word.at;
    if (node == NULL)
        return NULL;
    if (parser_take_word(p, "in"))
        return in_tests(p, node, at);
    if (parser_take_word(p, "between"))
        return between(p, node, at);
    NodeKind kind = parser_comparison(p->word.kind);
    if (kind == NODE_CALL)
        return node;
    parser_advance(p);
    node = parser_binary(p, kind, node, parse_sum(p), at);
    if (node != NULL && parser_comparison(p->word.kind) != NODE_CALL)
        return parser_wrong(p, p->word.at, tr("two comparisons in a row"),
                            tr("join them by 'and'"));
    return node;
}

static Node *chain(Parser *p, const char *word, NodeKind kind,
                   Node *(*part)(Parser *))
{
    Node *node = part(p);
    for (size_t at = p->word.at; node != NULL && parser_take_word(p, word);
         at = p->word.at)
        node = parser_binary(p, kind, node, part(p), at);
    return node;
}

static Node *both(Parser *p)
{
    return chain(p, "and", NODE_AND, p->compare);
}

Node *parse_next(Parser *p)
{
    if (!enter(p))
        return NULL;
    Node *node = chain(p, "or", NODE_OR, both);
    p->depth--;
    return node;
}

static Parser start(Text text, Reader *r)
{
    Parser p = {.lexer = {.text = slice_of(text.text)},
                .text = text,
                .r = r,
                .named = expand_tests,
                .whole = parse_next,
                .sum = parse_sum,
                .primary = primary,
                .compare = compare};
    parser_advance(&p);
    return p;
}

Node *parse_expression(Text text, Reader *r)
{
    int parts = 0;
    Parser p = start(text, r);
    p.parts = &parts;
    Node *node = parse_next(&p);
    if (node != NULL && p.word.kind != WORD_END)
        return parser_beyond(&p);
    return p.failed ? NULL : node;
}

int parse_tests(Tests *out, Text text, Reader *r)
{
    int parts = 0;
    Parser p = start(text, r);
    Lexer ahead = p.lexer;
    p.parts = &parts;
    *out = (Tests){NULL, 0};
    if (p.word.kind == '-' && lexer_next(&ahead).kind == WORD_END) {
        out->first = parser_test(&p, TEST_ANY);
        return !p.failed;
    }
    if (parser_is(&p, "not") && lexer_next(&ahead).kind == '(') {
        parser_advance(&p);
        parser_advance(&p);
        out->is_not = 1;
    }
    out->first = unary_tests(&p);
    if (out->is_not && !p.failed)
        parser_expect(&p, ')', "')'");
    if (!p.failed && p.word.kind != WORD_END)
        parser_beyond(&p);
    return !p.failed;
}

void parse_definitions(const Doc *root, Reader *r)
{
    Definitions *all = define_read(root, r);
    for (size_t i = 0; all != NULL && i < all->n; i++) {
        const Definition *d = &all->items[i];
        int parts = 0;
        Parser p = start(d->text, r);
        p.parts = &parts;
        if (function_named(slice_of(d->name)) != NULL)
            reader_fault(r, d->text, 0,
                         reader_say(r, tr("'%s' is a function of the language"),
                                    d->name),
                         tr("give it another name"));
        expand_check(&p, d);
    }
    for (size_t i = 0; all != NULL && i < all->n; i++)
        all->items[i].is_used = 0; /* what calls come now are the rules' */
}
