#include "policy/feelparse.h"

#include "core/tr.h"

#include <string.h>

enum { PARTS_MAX = 1000 };

FeelParse *feelparse_of(Parser *p)
{
    return (FeelParse *)p;
}

int feelparse_keep(Parser *p, FeelParts *parts, Node *node)
{
    if (node == NULL)
        return 0;
    if (parts->n == PARTS_MAX) {
        parser_wrong(p, p->word.at, tr("more than 1000 parts"),
                     tr("split it into several decisions"));
        return 0;
    }
    Node **items = reader_grow(p->r, parts->items, &parts->capacity, parts->n,
                               sizeof *items);
    if (items == NULL) {
        p->failed = 1;
        return 0;
    }
    parts->items = items;
    items[parts->n++] = node;
    return 1;
}

/* A node over `parts`; a list may be empty. */
Node *feelparse_over(Parser *p, NodeKind kind, const FeelParts *parts,
                     size_t at)
{
    if (p->failed)
        return NULL;
    if (parts->n == 0) {
        Node *node = parser_leaf(p, kind, UNIT_WRONG);
        if (node != NULL)
            node->at = (uint32_t)at;
        return node;
    }
    return parser_inner(p, kind, parts->items, (uint32_t)parts->n, at);
}

Node *feelparse_entry(Parser *p, const char *name, Node *value, size_t at)
{
    if (value == NULL || name == NULL)
        return NULL;
    Node *node = parser_inner(p, NODE_ENTRY, &value, 1, at);
    if (node != NULL)
        node->text = name;
    return node;
}

/* The longest known name at the next word, unless the word itself is longer:
 * the word becomes that name. */
const char *feelparse_known(Parser *p, const FeelNames *names)
{
    size_t n;
    const char *name = feelname_longest(&n, names, p->lexer.text, p->word.at);
    if (name == NULL || n < p->word.text.n)
        return NULL;
    p->word.kind = WORD_NAME;
    p->word.text.n = n;
    p->lexer.at = p->word.at + n;
    return name;
}

Node *feelparse_named(Parser *p, const char *name)
{
    Node *node = parser_leaf(p, NODE_NAME, UNIT_WRONG);
    if (node != NULL)
        node->text = name;
    feelparse_of(p)->asks |= strcmp(name, "?") == 0;
    parser_advance(p);
    return node;
}

/* What "\u8D37", "\n" or "\"" stands for; moves *i past it. */
static size_t unescape(char *out, Slice s, size_t *i)
{
    static const char from[] = "nrt\"\\'", to[] = "\n\r\t\"\\'";
    char c = s.bytes[*i + 1];
    const char *at = c == '\0' ? NULL : strchr(from, c);
    uint32_t v = 0;
    size_t k = 0;
    if (c == 'u' || c == 'U')
        for (; k < (c == 'u' ? 4U : 6U) && *i + 2 + k < s.n; k++) {
            char h = s.bytes[*i + 2 + k];
            const char *digit = strchr("0123456789abcdef", h | 32);
            if (digit == NULL || h == '\0' || (h & 0x60) == 0)
                break;
            v = v * 16 + (uint32_t)(digit - "0123456789abcdef");
        }
    if (at != NULL || k == 0 || v == 0 || v > 0x10FFFF) {
        out[0] = at != NULL ? to[at - from] : '\\';
        *i += at != NULL ? 2 : 1;
        return 1;
    }
    *i += 2 + k;
    size_t n = v < 0x80 ? 1 : v < 0x800 ? 2 : v < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t b = n; b-- > 1; v >>= 6)
        out[b] = (char)(0x80 | (v & 0x3F));
    out[0] = (char)(lead[n] | v);
    return n;
}

/* The text that is next, its escapes read. */
const char *feelparse_text(Parser *p)
{
    Slice s = p->word.text;
    char *out = reader_alloc(p->r, s.n + 1, 1);
    size_t used = 0, i = 0;
    if (out == NULL)
        p->failed = 1;
    while (out != NULL && i < s.n) {
        if (s.bytes[i] == '\\' && i + 1 < s.n)
            used += unescape(out + used, s, &i);
        else
            out[used++] = s.bytes[i++];
    }
    const char *text = out == NULL ? NULL : reader_text(p->r, out, used);
    if (text == NULL)
        p->failed = 1;
    return text;
}

Node *feelparse_text_node(Parser *p, NodeKind kind)
{
    Node *node = parser_leaf(p, kind, UNIT_WRONG);
    if (node != NULL)
        node->text = feelparse_text(p);
    parser_advance(p);
    return p->failed ? NULL : node;
}
