#include "data/dmn.h"

#include <stdio.h>
#include <string.h>

int dmn_is(Source source)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const char *p = source.bytes;
    if (strncmp(p, mark, 3) == 0)
        p += 3;
    return p[strspn(p, " \t\r\n")] == '<';
}

const char *dmn_attribute(const Doc *element, const char *name)
{
    for (const Doc *d = element->first; d != NULL; d = d->next)
        if (d->kind == DOC_TEXT && d->name[0] == '@' &&
            strcmp(d->name + 1, name) == 0)
            return d->text;
    return NULL;
}

const Doc *dmn_text(const Doc *element, const char *name)
{
    const Doc *of = name == NULL ? element : doc_get(element, name);
    if (of == NULL || of->kind != DOC_GROUP)
        return NULL;
    return doc_get(of, "#text");
}

/* Bytes that the reference "&...;" at `p` stands for; *width its own. */
static size_t reference(size_t *width, const char *p)
{
    const char *end = strchr(p, ';');
    uint32_t c = 0;
    *width = end == NULL ? 1 : (size_t)(end + 1 - p);
    if (end == NULL || p[1] != '#')
        return 1;
    int hex = p[2] == 'x';
    for (const char *q = p + 2 + hex; q < end && c < 0x110000; q++) {
        uint32_t digit = (uint32_t)(*q >= 'a'   ? *q - 'a' + 10
                                    : *q >= 'A' ? *q - 'A' + 10
                                                : *q - '0');
        c = c * (hex ? 16 : 10) + digit;
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

void dmn_place(Fault *fault, char line[DOC_LINE_SHOWN + 1], const Doc *node,
               size_t at)
{
    const char *p = node->raw, *start = NULL;
    size_t width, bytes;
    fault->file = node->file;
    fault->line = node->line;
    fault->column = node->column;
    fault->source = node->source;
    for (; at > 0 && *p != '\0' && *p != '<'; at -= bytes < at ? bytes : at) {
        width = bytes = 1;
        if (*p == '&')
            bytes = reference(&width, p);
        else if (p[0] == '\r' && p[1] == '\n')
            width = 2;
        fault->column += ((unsigned char)p[0] & 0xC0) != 0x80 ? width : 0;
        if (p[width - 1] == '\n') {
            fault->line++;
            fault->column = 1;
            start = p + width;
        }
        p += width;
    }
    if (start == NULL)
        return;
    snprintf(line, DOC_LINE_SHOWN + 1, "%.*s", (int)strcspn(start, "\r\n"),
             start);
    fault->source = line;
}

size_t dmn_value_at(Source source, size_t at, const char *name)
{
    const char *bytes = source.bytes, *end = bytes + source.n;
    size_t n = strlen(name);
    char quote = 0;
    for (const char *p = bytes + at; p < end && *p != '>'; p++) {
        if (quote != 0) {
            quote = *p == quote ? 0 : quote;
            continue;
        }
        if (*p == '"' || *p == '\'')
            quote = *p;
        if (p[0] != ' ' && p[0] != ':' && p[0] != '\t' && p[0] != '\n')
            continue;
        if ((size_t)(end - p) <= n + 2 || memcmp(p + 1, name, n) != 0)
            continue;
        const char *q = p + 1 + n + strspn(p + 1 + n, " \t\r\n");
        q += *q == '=' ? 1 + strspn(q + 1, " \t\r\n") : 0;
        if (*q == '"' || *q == '\'')
            return (size_t)(q + 1 - bytes);
    }
    return at;
}
