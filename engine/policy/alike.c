#include "policy/alike.h"

#include "core/ratio.h"
#include "policy/reader.h"

#include <string.h>

/* The next character that counts: spaces outside quotes do not. */
static char next(const char **at, int *quoted)
{
    while (!*quoted && (**at == ' ' || **at == '\n' || **at == '\t'))
        (*at)++;
    if (**at == '"')
        *quoted = !*quoted;
    return **at == '\0' ? '\0' : *(*at)++;
}

static int same_text(const char *a, const char *b)
{
    int in_a = 0, in_b = 0;
    for (;;) {
        char x = next(&a, &in_a), y = next(&b, &in_b);
        if (x != y)
            return 0;
        if (x == '\0')
            return 1;
    }
}

static int same_amount(const char *a, const char *b)
{
    Money x, y;
    Ratio p, q;
    if (doc_money_of(&x, a) && doc_money_of(&y, b))
        return x.fen == y.fen;
    return ratio_parse(&p, a, NULL) == OK && ratio_parse(&q, b, NULL) == OK &&
           p.billionths == q.billionths;
}

static int same_scalar(const Doc *a, const Doc *b)
{
    if (a->kind == DOC_TEXT)
        return same_text(a->text, b->text) || same_amount(a->text, b->text);
    return a->number == b->number;
}

static int same_children(const Doc *a, const Doc *b)
{
    const Doc *y = b->first;
    for (const Doc *x = a->first; x != NULL; x = x->next) {
        const Doc *other = a->kind == DOC_GROUP ? doc_get(b, x->name) : y;
        if (!alike(x, other))
            return 0;
        y = y->next;
    }
    return 1;
}

int alike(const Doc *a, const Doc *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind || a->n != b->n)
        return 0;
    if (a->kind == DOC_GROUP || a->kind == DOC_LIST)
        return same_children(a, b);
    return same_scalar(a, b);
}

const Doc *alike_key(const Doc *group)
{
    static const char *const keys[] = {"from", "is",    "otherwise", "missing",
                                       "on",   "award", "payer",     "upto"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const Doc *key = doc_get(group, keys[i]);
        if (key != NULL)
            return key;
    }
    return NULL;
}

static int is_item(const Doc *a, const Doc *b)
{
    if (a->kind != DOC_GROUP || b->kind != DOC_GROUP)
        return alike(a, b);
    const char *x = reader_id(a), *y = reader_id(b);
    if (x != NULL || y != NULL)
        return x != NULL && y != NULL && strcmp(x, y) == 0;
    const Doc *p = alike_key(a), *q = alike_key(b);
    return p != NULL && q != NULL && strcmp(p->name, q->name) == 0 &&
           alike(p, q);
}

const Doc *alike_item(const Doc *a, const Doc *list)
{
    for (const Doc *it = list ? list->first : NULL; it != NULL; it = it->next)
        if (is_item(a, it))
            return it;
    return NULL;
}

int alike_is_plain(const Doc *list)
{
    for (const Doc *it = list->first; it != NULL; it = it->next)
        if (it->kind == DOC_GROUP || it->kind == DOC_LIST)
            return 0;
    return 1;
}
