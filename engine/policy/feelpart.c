#include "policy/feelpart.h"

#include "core/tr.h"

/* The two ends of a range; the first and ".." are taken. */
Node *feelpart_range(Parser *p, Node *low, int low_open, size_t at)
{
    Node *high = parse_sum(p);
    Node *node = parser_binary(p, NODE_RANGE, low, high, at);
    int high_open = p->word.kind != ']';
    if (node == NULL)
        return NULL;
    if (!parser_take(p, ']') && !parser_take(p, ')') && !parser_take(p, '['))
        return parser_unexpected(p, tr("the ']' or ')' of a range"));
    node->value = number_int(low_open + 2 * high_open);
    return node;
}

/* "[" is taken: a list or a range. */
Node *feelpart_list(Parser *p, size_t at)
{
    FeelParts parts = {0};
    if (parser_take(p, ']'))
        return feelparse_over(p, NODE_LIST, &parts, at);
    do {
        if (!feelparse_keep(p, &parts, parse_next(p)))
            return NULL;
        if (parts.n == 1 && parser_take(p, WORD_DOTS))
            return feelpart_range(p, parts.items[0], 0, at);
    } while (parser_take(p, ','));
    return parser_expect(p, ']', "']'")
               ? feelparse_over(p, NODE_LIST, &parts, at)
               : NULL;
}

/* "(" or "]" is taken: what stands in brackets, or a range. */
Node *feelpart_brackets(Parser *p, int bracket, size_t at)
{
    Node *node = bracket == '(' ? parse_next(p) : parse_sum(p);
    if (node == NULL)
        return NULL;
    if (parser_take(p, WORD_DOTS))
        return feelpart_range(p, node, 1, at);
    if (bracket != '(')
        return parser_unexpected(p, tr("the '..' of a range"));
    return parser_expect(p, ')', "')'") ? node : NULL;
}

/* The name of an entry, up to ":", which is taken too. */
static const char *key(Parser *p)
{
    size_t start = p->word.at, end;
    const char *name;
    if (p->word.kind == WORD_TEXT) {
        name = feelparse_text(p);
        parser_advance(p);
    } else {
        while (p->word.kind != ':' && p->word.kind != WORD_END &&
               p->word.kind != ',' && p->word.kind != '}')
            parser_advance(p);
        end = p->word.at;
        name = feelname_clean(p->r, p->lexer.text.bytes + start, end - start);
    }
    if (name == NULL || !parser_expect(p, ':', "':'"))
        return NULL;
    return name;
}

/* "{" is taken.  Entries see those before them. */
Node *feelpart_context(Parser *p, size_t at)
{
    FeelParts parts = {0};
    FeelNames own = {.outer = feelparse_of(p)->names};
    Node *node = NULL;
    feelparse_of(p)->names = &own;
    if (parser_take(p, '}')) {
        node = feelparse_over(p, NODE_CONTEXT, &parts, at);
    } else {
        do {
            size_t start = p->word.at;
            const char *name = key(p);
            if (name == NULL ||
                !feelparse_keep(
                    p, &parts,
                    feelparse_entry(p, name, parse_next(p), start)) ||
                !feelname_add(&own, name, p->r) ||
                !feelname_add(feelparse_of(p)->members, name, p->r))
                break;
        } while (parser_take(p, ','));
        if (!p->failed && parser_expect(p, '}', "'}'"))
            node = feelparse_over(p, NODE_CONTEXT, &parts, at);
    }
    feelparse_of(p)->names = own.outer;
    return node;
}

/* The name of a variable or parameter that the text itself brings. */
static const char *new_name(Parser *p)
{
    if (p->word.kind != WORD_NAME) {
        parser_unexpected(p, tr("a name"));
        return NULL;
    }
    size_t start = p->word.at, end = start;
    while (p->word.kind == WORD_NAME && !parser_is(p, "in")) {
        end = p->lexer.at;
        parser_advance(p);
    }
    return feelname_clean(p->r, p->lexer.text.bytes + start, end - start);
}

/* "x in list, y in 1..3 return ..."; `last` is the word before the body. */
Node *feelpart_loop(Parser *p, NodeKind kind, const char *last, size_t at)
{
    FeelParts parts = {0};
    FeelNames own = {.outer = feelparse_of(p)->names};
    const FeelNames *outer = feelparse_of(p)->names;
    feelparse_of(p)->names = &own;
    do {
        const char *name = new_name(p);
        if (name == NULL || !parser_take_word(p, "in")) {
            parser_unexpected(p, "in");
            break;
        }
        Node *from = parse_next(p);
        if (from != NULL && parser_take(p, WORD_DOTS)) {
            from = parser_binary(p, NODE_RANGE, from, parse_next(p), at);
            if (from != NULL)
                from->value = number_int(0);
        }
        if (!feelparse_keep(p, &parts, feelparse_entry(p, name, from, at)) ||
            !feelname_add(&own, name, p->r))
            break;
    } while (parser_take(p, ','));
    if (kind == NODE_FOR)
        feelname_add(&own, "partial", p->r);
    Node *node = NULL;
    if (!p->failed && !parser_take_word(p, last))
        parser_unexpected(p, last);
    if (!p->failed && feelparse_keep(p, &parts, parse_next(p)))
        node = feelparse_over(p, kind, &parts, at);
    feelparse_of(p)->names = outer;
    return node;
}

/* "function" is taken: "(a, b: number) a + b". */
Node *feelpart_lambda(Parser *p, size_t at)
{
    FeelParts parts = {0};
    FeelNames own = {.outer = feelparse_of(p)->names};
    const FeelNames *outer = feelparse_of(p)->names;
    Node *node = NULL;
    parser_expect(p, '(', "'('");
    while (!p->failed && p->word.kind != ')') {
        Node *parameter = parser_leaf(p, NODE_NAME, UNIT_WRONG);
        const char *name = new_name(p);
        if (parameter == NULL || name == NULL)
            return NULL;
        parameter->text = name;
        if (parser_take(p, ':'))
            new_name(p); /* its type */
        if (!feelparse_keep(p, &parts, parameter) ||
            !feelname_add(&own, name, p->r) || !parser_take(p, ','))
            break;
    }
    if (!p->failed && parser_expect(p, ')', "')'")) {
        feelparse_of(p)->names = &own;
        if (feelparse_keep(p, &parts, parse_next(p)))
            node = feelparse_over(p, NODE_LAMBDA, &parts, at);
        feelparse_of(p)->names = outer;
    }
    return node;
}

/* Is "name:" next, an argument by name? */
static int is_by_name(const Parser *p)
{
    Lexer ahead = p->lexer;
    Word w = p->word;
    while (w.kind == WORD_NAME || w.kind == WORD_NUMBER || w.kind == '-' ||
           w.kind == '/' || w.kind == '.')
        w = lexer_next(&ahead);
    return p->word.kind == WORD_NAME && w.kind == ':';
}

/* "(" is taken. */
Node *feelpart_invoke(Parser *p, Node *callee, size_t at)
{
    FeelParts parts = {0};
    if (!feelparse_keep(p, &parts, callee))
        return NULL;
    if (parser_take(p, ')'))
        return feelparse_over(p, NODE_INVOKE, &parts, at);
    do {
        size_t start = p->word.at;
        int by_name = is_by_name(p);
        const char *name = by_name ? key(p) : NULL;
        if (by_name && name == NULL)
            return NULL;
        Node *value = parse_next(p);
        if (!feelparse_keep(p, &parts,
                            by_name ? feelparse_entry(p, name, value, start)
                                    : value))
            return NULL;
    } while (parser_take(p, ','));
    return parser_expect(p, ')', "')'")
               ? feelparse_over(p, NODE_INVOKE, &parts, at)
               : NULL;
}

/* "." is taken. */
Node *feelpart_path(Parser *p, Node *of, size_t at)
{
    const char *name = NULL;
    if (p->word.kind == WORD_NAME) {
        name = feelparse_known(p, feelparse_of(p)->members);
        if (name == NULL)
            name = reader_text(p->r, p->word.text.bytes, p->word.text.n);
    }
    if (name == NULL)
        return parser_unexpected(p, tr("the name of an entry"));
    Node *node = parser_inner(p, NODE_PATH, &of, 1, at);
    if (node != NULL)
        node->text = name;
    parser_advance(p);
    return node;
}

/* "[" is taken. */
Node *feelpart_filter(Parser *p, Node *of, size_t at)
{
    feelparse_of(p)->in_filter++;
    Node *node = parser_binary(p, NODE_FILTER, of, parse_next(p), at);
    feelparse_of(p)->in_filter--;
    return node != NULL && parser_expect(p, ']', "']'") ? node : NULL;
}
