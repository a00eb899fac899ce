#include "policy/unary.h"

#include "core/tr.h"

/* "< 5" and its like; the sign is next. */
static Test *half_line(Parser *p, NodeKind kind)
{
    Test *t = parser_test(p, kind == NODE_EQ ? TEST_EQUAL : TEST_RANGE);
    if (t == NULL)
        return NULL;
    if (kind == NODE_NE) {
        parser_wrong(p, p->word.at, tr("a test has no '!='"),
                     tr("write not(...)"));
        return NULL;
    }
    parser_advance(p);
    Node *end = p->sum(p);
    if (kind == NODE_LT || kind == NODE_LE)
        t->high = end;
    else
        t->low = end;
    t->high_open = kind == NODE_LT;
    t->low_open = kind == NODE_GT;
    return end == NULL ? NULL : t;
}

/* "[1..5)" behind its first end; `open` tells whether that is outside. */
Test *unary_range(Parser *p, Node *low, int open)
{
    Test *t = parser_test(p, TEST_RANGE);
    if (t == NULL)
        return NULL;
    parser_advance(p);
    t->low = low;
    t->high = p->sum(p);
    t->low_open = open;
    t->high_open = p->word.kind != ']';
    if (t->high == NULL)
        return NULL;
    if (!parser_take(p, ']') && !parser_take(p, ')') && !parser_take(p, '[')) {
        parser_unexpected(p, tr("the ']' or ')' of a range"));
        return NULL;
    }
    return t;
}

Test *unary_test(Parser *p)
{
    Test *named = p->named == NULL ? NULL : p->named(p);
    if (named != NULL || p->failed)
        return named;
    NodeKind kind = parser_comparison(p->word.kind);
    int bracket = p->word.kind;
    if (kind != NODE_CALL)
        return half_line(p, kind);
    int opens =
        parser_take(p, '[') || parser_take(p, ']') || parser_take(p, '(');
    Node *low = p->sum(p);
    if (low == NULL)
        return NULL;
    if (opens && p->word.kind == WORD_DOTS)
        return unary_range(p, low, bracket != '[');
    if (opens && (bracket != '(' || !parser_expect(p, ')', "')'"))) {
        parser_unexpected(p, tr("the '..' of a range"));
        return NULL;
    }
    Test *t = parser_test(p, TEST_EQUAL);
    if (t != NULL)
        t->low = low;
    return t;
}

int unary_more(Parser *p, Test *last)
{
    for (; last != NULL; last = last->next)
        if (last->next == NULL && parser_take(p, ',') &&
            (last->next = unary_test(p)) == NULL)
            return 0;
    return 1;
}

/* Tests separated by commas. */
Test *unary_tests(Parser *p)
{
    Test *first = unary_test(p);
    return unary_more(p, first) ? first : NULL;
}
