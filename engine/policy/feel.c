#include "policy/feel.h"

#include "core/tr.h"
#include "policy/feelpart.h"

#include <string.h>

/* Of the names around the nearest to the word. */
static const char *way_to_name(Parser *p)
{
    const char *word =
        text_copy(p->r->arena, p->word.text.bytes, p->word.text.n);
    const FeelNames *names = feelparse_of(p)->names;
    for (; word != NULL && names != NULL; names = names->outer) {
        const char *near = text_nearest(word, names->items, names->n);
        if (near != NULL)
            return reader_say(p->r, tr("did you mean '%s'?"), near);
    }
    return tr("name an input or a decision that is required here");
}

/* The word is no known name: a constant, or the start of a construct. */
static Node *keyword(Parser *p, size_t at)
{
    if (parser_is(p, "true") || parser_is(p, "false"))
        return parser_constant(p, NODE_BOOL, UNIT_BOOL, parser_is(p, "true"));
    if (parser_is(p, "null"))
        return parser_constant(p, NODE_NULL, UNIT_NULL, 0);
    if (parser_take_word(p, "if"))
        return parse_choice(p, at);
    if (parser_take_word(p, "for"))
        return feelpart_loop(p, NODE_FOR, "return", at);
    if (parser_take_word(p, "some"))
        return feelpart_loop(p, NODE_SOME, "satisfies", at);
    if (parser_take_word(p, "every"))
        return feelpart_loop(p, NODE_EVERY, "satisfies", at);
    if (parser_take_word(p, "function"))
        return feelpart_lambda(p, at);
    if (feelparse_of(p)->in_filter) {
        const char *name = feelparse_known(p, feelparse_of(p)->members);
        if (name == NULL && parser_is(p, "item"))
            name = "item";
        if (name != NULL)
            return feelparse_named(p, name);
    }
    return parser_wrong(p, at,
                        reader_say(p->r, tr("'%.*s' is no name known here"),
                                   (int)p->word.text.n, p->word.text.bytes),
                        way_to_name(p));
}

static Node *operand(Parser *p)
{
    size_t at = p->word.at;
    int kind = p->word.kind;
    if (kind == WORD_NAME || kind == '?') {
        const char *name = feelparse_known(p, feelparse_of(p)->names);
        if (name != NULL)
            return feelparse_named(p, name);
    }
    switch (kind) {
    case WORD_NUMBER:
        return parser_literal(p);
    case WORD_TEXT:
        return feelparse_text_node(p, NODE_TEXT);
    case WORD_NAME:
        return keyword(p, at);
    case '[':
        parser_advance(p);
        return feelpart_list(p, at);
    case '(':
    case ']':
        parser_advance(p);
        return feelpart_brackets(p, kind, at);
    case '{':
        parser_advance(p);
        return feelpart_context(p, at);
    case '@':
        parser_advance(p);
        if (p->word.kind == WORD_TEXT)
            return feelparse_text_node(p, NODE_MOMENT);
        return parser_unexpected(p, tr("a date or duration in quotes"));
    default:
        return parser_unexpected(p, tr("a value"));
    }
}

/* Does a "[" end a range, "]1..5[", as no filter can begin behind it? */
static int closes_range(const Parser *p)
{
    static const char *const words[] = {"and", "or", "then", "else"};
    Lexer ahead = p->lexer;
    Word next = lexer_next(&ahead);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (next.kind == WORD_NAME && slice_is(next.text, words[i]))
            return 1;
    return next.kind == WORD_END || next.kind == ',' || next.kind == ')' ||
           next.kind == ']' || next.kind == '}';
}

static Node *primary(Parser *p)
{
    Node *node = operand(p);
    while (node != NULL && !p->failed) {
        size_t at = p->word.at;
        if (parser_take(p, '.'))
            node = feelpart_path(p, node, at);
        else if (parser_take(p, '('))
            node = feelpart_invoke(p, node, at);
        else if (!closes_range(p) && parser_take(p, '['))
            node = feelpart_filter(p, node, at);
        else
            return node;
    }
    return NULL;
}

/* "< 5", "= x", or any expression. */
static Node *test(Parser *p)
{
    size_t at = p->word.at;
    NodeKind kind = parser_comparison(p->word.kind);
    if (kind == NODE_CALL) {
        feelparse_of(p)->asks = 0;
        Node *node = parse_next(p);
        if (node == NULL || !feelparse_of(p)->asks)
            return node;
        return parser_inner(p, NODE_ASKS, &node, 1, at);
    }
    parser_advance(p);
    Node *end = parse_sum(p);
    return end == NULL ? NULL : parser_inner(p, kind, &end, 1, at);
}

static Node *tests(Parser *p, size_t at)
{
    FeelParts parts = {0};
    do {
        if (!feelparse_keep(p, &parts, test(p)))
            return NULL;
    } while (parser_take(p, ','));
    Node *node = feelparse_over(p, NODE_TESTS, &parts, at);
    if (node != NULL)
        node->value = number_int(0);
    return node;
}

/* "in" is taken: a test, or several in brackets. */
static Node *in(Parser *p, Node *x, size_t at)
{
    Node *node;
    if (parser_take(p, '(')) {
        node = tests(p, at);
        if (node != NULL && parser_take(p, WORD_DOTS))
            node = feelpart_range(p, node->args[0], 1, at);
        else if (node == NULL || !parser_expect(p, ')', "')'"))
            return NULL;
    } else if (parser_comparison(p->word.kind) != NODE_CALL) {
        node = test(p);
    } else {
        node = parse_sum(p);
    }
    return parser_binary(p, NODE_IN, x, node, at);
}

static Node *between(Parser *p, Node *x, size_t at)
{
    Node *low, *high;
    if (!parse_ends(&low, &high, p))
        return NULL;
    return parser_inner(p, NODE_BETWEEN, (Node *const[]){x, low, high}, 3, at);
}

/* "instance" is taken: "of", then a type. */
static Node *instance(Parser *p, Node *x, size_t at)
{
    if (!parser_take_word(p, "of"))
        return parser_unexpected(p, "of");
    size_t start = p->word.at, end = start;
    while (p->word.kind == WORD_NAME && !parser_is(p, "or") &&
           !parser_is(p, "then") && !parser_is(p, "else")) {
        end = p->lexer.at;
        parser_advance(p);
    }
    Node *node = parser_inner(p, NODE_INSTANCE, &x, 1, at);
    if (node != NULL)
        node->text =
            feelname_clean(p->r, p->lexer.text.bytes + start, end - start);
    return node;
}

static Node *compare(Parser *p)
{
    Node *node = parse_sum(p);
    while (node != NULL && !p->failed) {
        size_t at = p->word.at;
        NodeKind kind = parser_comparison(p->word.kind);
        if (parser_take_word(p, "in")) {
            node = in(p, node, at);
        } else if (parser_take_word(p, "between")) {
            node = between(p, node, at);
        } else if (parser_take_word(p, "instance")) {
            node = instance(p, node, at);
        } else if (kind != NODE_CALL) {
            parser_advance(p);
            node = parser_binary(p, kind, node, parse_sum(p), at);
        } else {
            return node;
        }
    }
    return NULL;
}

static FeelParse start(Text text, const FeelNames *names, FeelNames *members,
                       Reader *r)
{
    FeelParse f = {.names = names, .members = members};
    f.p = (Parser){.lexer = {.text = slice_of(text.text), .is_feel = 1},
                   .text = text,
                   .r = r,
                   .sum = parse_sum,
                   .primary = primary,
                   .compare = compare};
    parser_advance(&f.p);
    return f;
}

static Node *finish(Parser *p, Node *node)
{
    if (node != NULL && p->word.kind != WORD_END)
        return parser_beyond(p);
    return p->failed ? NULL : node;
}

Node *feel_expression(Text text, const FeelNames *names, FeelNames *members,
                      Reader *r)
{
    FeelParse f = start(text, names, members, r);
    return finish(&f.p, parse_next(&f.p));
}

/* Does "not(...)" take up the whole text? */
static int is_negated(const Parser *p)
{
    Lexer ahead = p->lexer;
    if (!parser_is(p, "not") || lexer_next(&ahead).kind != '(')
        return 0;
    int depth = 1;
    while (depth > 0) {
        Word w = lexer_next(&ahead);
        if (w.kind == WORD_END)
            return 0;
        depth += (w.kind == '(') - (w.kind == ')');
    }
    return lexer_next(&ahead).kind == WORD_END;
}

Node *feel_tests(Text text, const FeelNames *names, FeelNames *members,
                 Reader *r)
{
    FeelNames own = {.outer = names};
    FeelParse f = start(text, &own, members, r);
    Parser *p = &f.p;
    Lexer ahead = p->lexer;
    if (!feelname_add(&own, reader_text(r, "?", 1), r))
        return NULL;
    if (p->word.kind == '-' && lexer_next(&ahead).kind == WORD_END)
        return parser_leaf(p, NODE_ANY, UNIT_BOOL);
    size_t at = p->word.at;
    if (!is_negated(p))
        return finish(p, tests(p, at));
    parser_advance(p);
    parser_advance(p);
    Node *node = tests(p, at);
    if (node == NULL || !parser_expect(p, ')', "')'"))
        return NULL;
    node->value = number_int(1);
    return finish(p, node);
}
