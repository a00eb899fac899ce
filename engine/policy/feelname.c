#include "policy/feelname.h"

#include <string.h>

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int is_part(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '_' || c == '?' ||
           (unsigned char)c >= 0x80;
}

const char *feelname_clean(Reader *r, const char *bytes, size_t n)
{
    char *out = reader_alloc(r, n + 1, 1);
    size_t used = 0;
    for (size_t i = 0; out != NULL && i < n; i++) {
        if (!is_blank(bytes[i]))
            out[used++] = bytes[i];
        else if (used > 0 && out[used - 1] != ' ')
            out[used++] = ' ';
    }
    if (out == NULL)
        return NULL;
    used -= used > 0 && out[used - 1] == ' ';
    return reader_text(r, out, used);
}

int feelname_add(FeelNames *names, const char *clean, Reader *r)
{
    if (clean == NULL)
        return 0;
    for (size_t i = 0; i < names->n; i++)
        if (names->items[i] == clean)
            return 1;
    const char **items =
        reader_grow(r, names->items, &names->capacity, names->n, sizeof *items);
    if (items == NULL)
        return 0;
    names->items = items;
    items[names->n++] = clean;
    return 1;
}

/* The bytes of text from `at` on that the name takes up; 0: another name. */
static size_t feelname_match(const char *clean, Slice text, size_t at)
{
    size_t start = at;
    const char *c = clean;
    for (; *c != '\0'; c++) {
        if (*c == ' ') {
            if (at >= text.n || !is_blank(text.bytes[at]))
                return 0;
            while (at < text.n && is_blank(text.bytes[at]))
                at++;
        } else if (at < text.n && text.bytes[at] == *c) {
            at++;
        } else {
            return 0;
        }
    }
    if (c > clean && is_part(c[-1]) && at < text.n && is_part(text.bytes[at]))
        return 0;
    return at - start;
}

const char *feelname_longest(size_t *n, const FeelNames *names, Slice text,
                             size_t at)
{
    const char *best = NULL;
    *n = 0;
    for (; names != NULL; names = names->outer)
        for (size_t i = 0; i < names->n; i++) {
            size_t bytes = feelname_match(names->items[i], text, at);
            if (bytes > *n) {
                *n = bytes;
                best = names->items[i];
            }
        }
    return best;
}
