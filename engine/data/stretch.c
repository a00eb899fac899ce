#include "data/stretch.h"

#include <string.h>

enum { STRETCH_BYTES = 1 << 19 };

int stretch_is_several(const Records *c)
{
    return c->end - c->p > STRETCH_BYTES;
}

/* The end of a stretch of bytes[n], and the quotes in it. */
static size_t end_of(size_t *quotes, const char *bytes, size_t n)
{
    size_t stop = n > STRETCH_BYTES ? STRETCH_BYTES : n;
    *quotes = text_occurs(bytes, stop, '"');
    while (stop < n) {
        size_t from = stop;
        const char *mark = memchr(bytes + from, '\n', n - from);
        stop = mark == NULL ? n : (size_t)(mark - bytes) + 1;
        *quotes += text_occurs(bytes + from, stop - from, '"');
        if (*quotes % 2 == 0)
            break;
    }
    return stop;
}

static size_t ends_outside_quotes(Slice s)
{
    size_t n = 0;
    int quoted = 0;
    for (size_t i = 0; i < s.n; i++) {
        quoted ^= s.bytes[i] == '"';
        n += s.bytes[i] == '\n' && !quoted;
    }
    return n;
}

int stretch_cut(StretchList *out, Arena *arena, const Records *c)
{
    StretchList all = {NULL, 0, 0};
    size_t capacity = 0, line = c->line;
    for (const char *p = c->p; p < c->end; p += all.items[all.n++].bytes.n) {
        size_t quotes;
        Stretch *more =
            arena_grow(arena, all.items, &capacity, all.n, sizeof *more);
        if (more == NULL)
            return 0;
        Slice bytes = {p, end_of(&quotes, p, (size_t)(c->end - p))};
        size_t lines = text_occurs(p, bytes.n, '\n');
        size_t rows = quotes == 0 ? lines : ends_outside_quotes(bytes);
        rows += p[bytes.n - 1] != '\n'; /* a file without an end of line */
        all.items = more;
        more[all.n] = (Stretch){bytes, line, all.rows, rows};
        line += lines;
        all.rows += rows;
    }
    *out = all;
    return 1;
}
