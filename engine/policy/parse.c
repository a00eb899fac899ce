#include "policy/parse.h"

#include "core/tr.h"
#include "policy/functions.h"
#include "policy/lexer.h"

#include <string.h>

enum { NODE_DEPTH = 300, ARGS_MAX = 64 };

typedef struct {
    Lexer lexer;
    Word word; /* the next one, not yet taken */
    Text text;
    Reader *r;
    int depth;
    int failed; /* one fault an expression: what follows it is a guess */
} Parser;

static void advance(Parser *p)
{
    p->word = lexer_next(&p->lexer);
}

static Node *wrong(Parser *p, size_t at, const char *problem,
                   const char *way_out)
{
    if (!p->failed)
        reader_fault(p->r, p->text, at, problem, way_out);
    p->failed = 1;
    return NULL;
}

static Node *unexpected(Parser *p, const char *wanted)
{
    Word w = p->word;
    if (w.kind == WORD_BAD)
        return wrong(p, w.at, w.problem, w.way_out);
    if (w.kind == WORD_END)
        return wrong(p, w.at,
                     reader_say(p->r, tr("the text ends where %s should stand"),
                                wanted),
                     NULL);
    return wrong(p, w.at,
                 reader_say(p->r, tr("'%.*s' stands where %s should"),
                            (int)text_clip(w.text.bytes,
                                           w.text.n < 40 ? w.text.n : 40),
                            w.text.bytes, wanted),
                 NULL);
}

static int is_word(const Parser *p, const char *keyword)
{
    return p->word.kind == WORD_NAME && slice_is(p->word.text, keyword);
}

static int take(Parser *p, int kind)
{
    if (p->word.kind != kind)
        return 0;
    advance(p);
    return 1;
}

static int take_word(Parser *p, const char *keyword)
{
    if (!is_word(p, keyword))
        return 0;
    advance(p);
    return 1;
}

static int expect(Parser *p, int kind, const char *wanted)
{
    if (p->word.kind != kind)
        unexpected(p, wanted);
    else
        advance(p);
    return !p->failed;
}

static Node *leaf(Parser *p, NodeKind kind, Unit unit)
{
    Node *node = reader_alloc(p->r, 1, sizeof *node);
    if (node == NULL) {
        p->failed = 1;
        return NULL;
    }
    node->kind = kind;
    node->unit = unit;
    node->at = (uint32_t)p->word.at;
    node->n = (uint32_t)(p->lexer.at - p->word.at);
    node->depth = 1;
    return node;
}

/* An inner node over args[n]; NULL when one of them is. */
static Node *inner(Parser *p, NodeKind kind, Node *const args[], uint32_t n,
                   size_t at)
{
    Node *node = leaf(p, kind, UNIT_WRONG);
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
        return wrong(p, at, tr("an expression of too many parts"),
                     tr("cut it into named facts"));
    return node;
}

static Node *binary(Parser *p, NodeKind kind, Node *a, Node *b, size_t at)
{
    if (a == NULL || b == NULL)
        return NULL;
    return inner(p, kind, (Node *const[]){a, b}, 2, at);
}

static Node *expression(Parser *p);
static Node *sum(Parser *p);

static Node *literal(Parser *p)
{
    static const Unit units[] = {UNIT_NUMBER, UNIT_RATIO, UNIT_MONEY};
    Node *node = leaf(p, NODE_NUMBER, units[p->word.kind - WORD_NUMBER]);
    if (node == NULL)
        return NULL;
    node->value = p->word.number;
    node->is_bare = p->word.kind == WORD_NUMBER;
    advance(p);
    return node;
}

static Node *text(Parser *p, NodeKind kind)
{
    Node *node = leaf(p, kind, kind == NODE_TEXT ? UNIT_TEXT : UNIT_WRONG);
    if (node == NULL)
        return NULL;
    node->text = reader_text(p->r, p->word.text.bytes, p->word.text.n);
    if (node->text == NULL)
        p->failed = 1;
    advance(p);
    return node;
}

static Node *constant(Parser *p, NodeKind kind, Unit unit, int64_t value)
{
    Node *node = leaf(p, kind, unit);
    if (node != NULL)
        node->value = number_int(value);
    advance(p);
    return node;
}

/* date("2024-03-01"): "date" is taken, "(" is next. */
static Node *date(Parser *p, size_t at)
{
    Date day;
    char buffer[DATE_TEXT + 16] = "";
    advance(p);
    Word w = p->word;
    if (w.kind != WORD_TEXT)
        return unexpected(p, tr("a date in quotes"));
    if (w.text.n < sizeof buffer)
        memcpy(buffer, w.text.bytes, w.text.n);
    Err why = {0};
    if (date_parse(&day, buffer, &why) != OK)
        return wrong(p, w.at, reader_say(p->r, "%s", why.text),
                     tr("write date(\"2024-03-01\")"));
    Node *node = constant(p, NODE_NUMBER, UNIT_DATE, day.days);
    if (node == NULL || !expect(p, ')', "')'"))
        return NULL;
    node->n = (uint32_t)(w.at + w.text.n + 3 - at);
    node->at = (uint32_t)at;
    return node;
}

/* Arguments up to ")". */
static Node *call(Parser *p, Word name)
{
    Node *args[ARGS_MAX];
    uint32_t n = 0;
    const Function *f = function_named(name.text);
    if (f == NULL)
        return wrong(p, name.at,
                     reader_say(p->r, tr("'%.*s' is not a function"),
                                (int)name.text.n, name.text.bytes),
                     function_nearest(p->r, name.text));
    advance(p);
    do {
        if (n == ARGS_MAX)
            return wrong(p, p->word.at, tr("more than 64 arguments"), NULL);
        args[n] = expression(p);
        if (args[n++] == NULL)
            return NULL;
    } while (take(p, ','));
    if (n < f->least || n > f->most)
        return wrong(p, name.at,
                     reader_say(p->r, tr("%s takes %d to %d arguments, not %d"),
                                f->name, (int)f->least, (int)f->most, (int)n),
                     NULL);
    size_t end = p->word.at + 1;
    if (!expect(p, ')', "')'"))
        return NULL;
    Node *node = inner(p, NODE_CALL, args, n, name.at);
    if (node != NULL) {
        node->function = f;
        node->n = (uint32_t)(end - name.at);
    }
    return node;
}

static Node *choice(Parser *p, size_t at)
{
    Node *args[3];
    static const char *const between[] = {"then", "else"};
    for (int i = 0; i < 3; i++) {
        args[i] = expression(p);
        if (args[i] == NULL)
            return NULL;
        if (i < 2 && !take_word(p, between[i]))
            return unexpected(p, between[i]);
    }
    return inner(p, NODE_IF, args, 3, at);
}

static Node *word(Parser *p)
{
    Word w = p->word;
    if (is_word(p, "true") || is_word(p, "false"))
        return constant(p, NODE_BOOL, UNIT_BOOL, is_word(p, "true"));
    if (is_word(p, "null"))
        return constant(p, NODE_NULL, UNIT_NULL, 0);
    if (take_word(p, "if"))
        return choice(p, w.at);
    Lexer ahead = p->lexer;
    if (lexer_next(&ahead).kind != '(')
        return text(p, NODE_NAME);
    advance(p);
    return slice_is(w.text, "date") ? date(p, w.at) : call(p, w);
}

static Node *primary(Parser *p)
{
    Node *node;
    switch (p->word.kind) {
    case WORD_NUMBER:
    case WORD_RATIO:
    case WORD_MONEY:
        return literal(p);
    case WORD_TEXT:
        return text(p, NODE_TEXT);
    case WORD_NAME:
        return word(p);
    case '(':
        advance(p);
        node = expression(p);
        return node != NULL && expect(p, ')', "')'") ? node : NULL;
    default:
        return unexpected(p, tr("a value"));
    }
}

/* Deeper by one; 0 at the ceiling, after a fault. */
static int enter(Parser *p)
{
    if (++p->depth <= PARSE_DEPTH)
        return 1;
    wrong(p, p->word.at, tr("more than 64 levels of brackets"),
          tr("cut it into named facts"));
    return 0;
}

static Node *sign(Parser *p)
{
    size_t at = p->word.at;
    if (!enter(p))
        return NULL;
    Node *node;
    if (take(p, '-')) {
        node = sign(p);
        node = node ? inner(p, NODE_NEGATE, &node, 1, at) : NULL;
    } else {
        node = primary(p);
    }
    p->depth--;
    return node;
}

static Node *power(Parser *p)
{
    Node *node = sign(p);
    for (size_t at = p->word.at; node && take(p, WORD_POWER); at = p->word.at)
        node = binary(p, NODE_POWER, node, sign(p), at);
    return node;
}

static Node *product(Parser *p)
{
    Node *node = power(p);
    while (node != NULL && (p->word.kind == '*' || p->word.kind == '/')) {
        size_t at = p->word.at;
        NodeKind kind = p->word.kind == '*' ? NODE_MULTIPLY : NODE_DIVIDE;
        advance(p);
        node = binary(p, kind, node, power(p), at);
    }
    return node;
}

static Node *sum(Parser *p)
{
    Node *node = product(p);
    while (node != NULL && (p->word.kind == '+' || p->word.kind == '-')) {
        size_t at = p->word.at;
        NodeKind kind = p->word.kind == '+' ? NODE_ADD : NODE_SUBTRACT;
        advance(p);
        node = binary(p, kind, node, product(p), at);
    }
    return node;
}

/* NODE_LT ... for a comparison sign, else NODE_CALL. */
static NodeKind comparison(int word)
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

static Test *new_test(Parser *p, TestKind kind)
{
    Test *t = reader_alloc(p->r, 1, sizeof *t);
    if (t == NULL) {
        p->failed = 1;
        return NULL;
    }
    t->kind = kind;
    return t;
}

/* "< 5" and its like; the sign is next. */
static Test *half_line(Parser *p, NodeKind kind)
{
    Test *t = new_test(p, kind == NODE_EQ ? TEST_EQUAL : TEST_RANGE);
    if (t == NULL)
        return NULL;
    if (kind == NODE_NE) {
        wrong(p, p->word.at, tr("a test has no '!='"), tr("write not(...)"));
        return NULL;
    }
    advance(p);
    Node *end = sum(p);
    if (kind == NODE_LT || kind == NODE_LE)
        t->high = end;
    else
        t->low = end;
    t->high_open = kind == NODE_LT;
    t->low_open = kind == NODE_GT;
    return end == NULL ? NULL : t;
}

/* "[1..5)" behind its first end; `open` tells whether that is outside. */
static Test *range(Parser *p, Node *low, int open)
{
    Test *t = new_test(p, TEST_RANGE);
    if (t == NULL)
        return NULL;
    advance(p);
    t->low = low;
    t->high = sum(p);
    t->low_open = open;
    t->high_open = p->word.kind != ']';
    if (t->high == NULL)
        return NULL;
    if (!take(p, ']') && !take(p, ')') && !take(p, '[')) {
        unexpected(p, tr("the ']' or ')' of a range"));
        return NULL;
    }
    return t;
}

static Test *test(Parser *p)
{
    NodeKind kind = comparison(p->word.kind);
    int bracket = p->word.kind;
    if (kind != NODE_CALL)
        return half_line(p, kind);
    int opens = take(p, '[') || take(p, ']') || take(p, '(');
    Node *low = sum(p);
    if (low == NULL)
        return NULL;
    if (opens && p->word.kind == WORD_DOTS)
        return range(p, low, bracket != '[');
    if (opens && (bracket != '(' || !expect(p, ')', "')'"))) {
        unexpected(p, tr("the '..' of a range"));
        return NULL;
    }
    Test *t = new_test(p, TEST_EQUAL);
    if (t != NULL)
        t->low = low;
    return t;
}

/* Tests separated by commas. */
static Test *tests(Parser *p)
{
    Test *first = test(p);
    for (Test *last = first; last != NULL && take(p, ','); last = last->next)
        if ((last->next = test(p)) == NULL)
            return NULL;
    return first;
}

/* "x in t": one comparison, or two for a range. */
static Node *test_node(Parser *p, Node *x, const Test *t, size_t at)
{
    if (t->kind == TEST_EQUAL)
        return binary(p, NODE_IN, x, t->low, at);
    Node *low = NULL, *high = NULL;
    if (t->low != NULL)
        low = binary(p, t->low_open ? NODE_GT : NODE_GE, x, t->low, at);
    if (t->high != NULL)
        high = binary(p, t->high_open ? NODE_LT : NODE_LE, x, t->high, at);
    if (low == NULL || high == NULL)
        return low != NULL ? low : high;
    return binary(p, NODE_AND, low, high, at);
}

/* What stands in the brackets of "in (...)"; "(" is taken. */
static Test *in_brackets(Parser *p)
{
    Test *first = test(p);
    if (first != NULL && first->kind == TEST_EQUAL &&
        p->word.kind == WORD_DOTS)
        return range(p, first->low, 1);
    for (Test *last = first; last != NULL && take(p, ','); last = last->next)
        if ((last->next = test(p)) == NULL)
            return NULL;
    return first != NULL && expect(p, ')', "')'") ? first : NULL;
}

/* "in" is taken. */
static Node *in_tests(Parser *p, Node *x, size_t at)
{
    const Test *first = take(p, '(') ? in_brackets(p) : test(p);
    Node *node = NULL;
    for (const Test *t = first; t != NULL && !p->failed; t = t->next) {
        Node *one = test_node(p, x, t, at);
        node = node == NULL ? one : binary(p, NODE_OR, node, one, at);
    }
    return p->failed ? NULL : node;
}

static Node *between(Parser *p, Node *x, size_t at)
{
    Node *low = sum(p);
    if (low == NULL)
        return NULL;
    if (!take_word(p, "and"))
        return unexpected(p, "and");
    Node *high = sum(p);
    return binary(p, NODE_AND, binary(p, NODE_GE, x, low, at),
                  binary(p, NODE_LE, x, high, at), at);
}

static Node *compare(Parser *p)
{
    size_t at = p->word.at;
    if (take_word(p, "not")) {
        Node *node = enter(p) ? compare(p) : NULL;
        p->depth--;
        return node ? inner(p, NODE_NOT, &node, 1, at) : NULL;
    }
    Node *node = sum(p);
    at = p->word.at;
    if (node == NULL)
        return NULL;
    if (take_word(p, "in"))
        return in_tests(p, node, at);
    if (take_word(p, "between"))
        return between(p, node, at);
    NodeKind kind = comparison(p->word.kind);
    if (kind == NODE_CALL)
        return node;
    advance(p);
    node = binary(p, kind, node, sum(p), at);
    if (node != NULL && comparison(p->word.kind) != NODE_CALL)
        return wrong(p, p->word.at, tr("two comparisons in a row"),
                     tr("join them by 'and'"));
    return node;
}

static Node *chain(Parser *p, const char *word, NodeKind kind,
                   Node *(*part)(Parser *))
{
    Node *node = part(p);
    for (size_t at = p->word.at; node != NULL && take_word(p, word);
         at = p->word.at)
        node = binary(p, kind, node, part(p), at);
    return node;
}

static Node *both(Parser *p)
{
    return chain(p, "and", NODE_AND, compare);
}

static Node *expression(Parser *p)
{
    if (!enter(p))
        return NULL;
    Node *node = chain(p, "or", NODE_OR, both);
    p->depth--;
    return node;
}

static Parser start(Text text, Reader *r)
{
    Parser p = {.lexer = {slice_of(text.text), 0}, .text = text, .r = r};
    advance(&p);
    return p;
}

Node *parse_expression(Text text, Reader *r)
{
    Parser p = start(text, r);
    Node *node = expression(&p);
    if (node != NULL && p.word.kind != WORD_END)
        return unexpected(&p, tr("the end"));
    return p.failed ? NULL : node;
}

int parse_tests(Tests *out, Text text, Reader *r)
{
    Parser p = start(text, r);
    Lexer ahead = p.lexer;
    *out = (Tests){NULL, 0};
    if (p.word.kind == '-' && lexer_next(&ahead).kind == WORD_END) {
        out->first = new_test(&p, TEST_ANY);
        return !p.failed;
    }
    if (is_word(&p, "not") && lexer_next(&ahead).kind == '(') {
        advance(&p);
        advance(&p);
        out->is_not = 1;
    }
    out->first = tests(&p);
    if (out->is_not && !p.failed)
        expect(&p, ')', "')'");
    if (!p.failed && p.word.kind != WORD_END)
        unexpected(&p, tr("the end"));
    return !p.failed;
}
