#include "data/docscan.h"

#include "core/text.h"
#include "core/tr.h"
#include "data/docgrammar.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FAULTS_KEPT = 200 }; /* of one scan; more say nothing new */

typedef struct {
    const char *p;       /* the next byte */
    const char *source;  /* its line, or NULL */
    size_t line, column; /* of it */
} Place;

typedef struct {
    Place at;
    Place name;  /* p is NULL unless one was just read */
    Place comma; /* the last */
    Place opened[DOC_DEPTH];
    size_t names[DOC_DEPTH + 1]; /* in each open group, [0] the document */
    DocGrammar grammar;
    size_t capacity, n;
    DocMark *marks;
    const char *file, *end;
    Arena *arena;
    Faults *faults;
    ErrCode rc;
    Err *err;
    int full; /* a limit was reached; the rest is not looked at */
} Scan;

static void complain(Scan *s, Place at, Fault f)
{
    f.file = s->file;
    f.line = at.line;
    f.column = at.column;
    f.source = at.source;
    if (s->rc == OK)
        s->rc = faults_add(s->faults, f, s->err);
}

static void stop(Scan *s, Place at, const char *problem, const char *way_out)
{
    complain(s, at, (Fault){.problem = problem, .way_out = way_out});
    s->full = 1;
}

static void *reserve(Scan *s, void *memory)
{
    if (memory == NULL && s->rc == OK)
        s->rc = FAIL(s->err, ERR_MEMORY, "no memory to read %s", s->file);
    return memory;
}

/* Take in the line that starts at s->at.p. */
static void start_line(Scan *s)
{
    size_t n = strcspn(s->at.p, "\r\n");
    char *copy = NULL;
    if (n <= DOC_LINE_SHOWN &&
        (copy = reserve(s, arena_alloc(s->arena, n + 1, 1))) != NULL)
        memcpy(copy, s->at.p, n);
    s->at.source = copy;
    s->at.line++;
    s->at.column = 1;
}

static void skip(Scan *s, size_t bytes)
{
    for (; bytes > 0 && s->at.p < s->end; bytes--) {
        int ends = *s->at.p++ == '\n';
        if (ends)
            start_line(s);
        else if (((unsigned char)*s->at.p & 0xC0) != 0x80)
            s->at.column++; /* the next byte starts a character */
    }
}

/* Bytes of blanks and comments at p; *open 1 when a comment has no end. */
static size_t blank_length(const char *p, int *open)
{
    const char *start = p, *before;
    do {
        before = p;
        p += strspn(p, " \t\r\n\f");
        if (*p == '#' || (p[0] == '/' && p[1] == '/'))
            p += strcspn(p, "\n");
        if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            *open = end == NULL;
            p = end != NULL ? end + 2 : p + strlen(p);
        }
    } while (p != before);
    return (size_t)(p - start);
}

/* Step over blanks and comments; returns whether there were any. */
static int read_blank(Scan *s)
{
    int open = 0;
    size_t n = blank_length(s->at.p, &open);
    Place start = s->at;
    if (open)
        stop(s, start,
             TR_NOOP("a comment that starts here or below has no end"),
             TR_NOOP("close it with */"));
    skip(s, n);
    return n > 0;
}

static void add_mark(Scan *s, char kind, Place at)
{
    if (s->n >= DOC_VALUES) {
        stop(s, at, TR_NOOP("the document has more than 200000 values"), NULL);
        return;
    }
    DocMark *grown = reserve(s, arena_grow(s->arena, s->marks, &s->capacity,
                                           s->n, sizeof *s->marks));
    if (grown == NULL)
        return;
    s->marks = grown;
    int same = s->name.p != NULL && s->name.line == at.line;
    s->marks[s->n++] = (DocMark){.raw = at.p,
                                 .source = at.source,
                                 .line = at.line,
                                 .column = at.column,
                                 .name_column = same ? s->name.column : 0,
                                 .kind = kind};
    s->name.p = NULL;
}

/* Tell the grammar of a token at the place; 0 when it cannot stand there. */
static int take(Scan *s, char token)
{
    DocGrammarFault f = docgrammar_take(&s->grammar, token);
    if (f.problem != NULL && f.is_last_comma)
        complain(s, s->comma,
                 (Fault){.problem = f.problem, .way_out = f.way_out});
    else if (f.problem != NULL)
        stop(s, s->at, f.problem, f.way_out);
    return f.problem == NULL || f.is_last_comma;
}

static void read_open(Scan *s)
{
    Place start = s->at;
    add_mark(s, *s->at.p, s->at);
    if (!take(s, *s->at.p))
        return;
    s->opened[s->grammar.depth - 1] = start;
    s->names[s->grammar.depth] = 0;
    skip(s, 1);
}

static void read_sign(Scan *s)
{
    char c = *s->at.p;
    if (c == ',')
        s->comma = s->at;
    if (take(s, c == ':' ? '=' : c))
        skip(s, 1);
}

/* Step *p over the gaps between "two" "texts"; 0 at the end of the value. */
static int skip_gaps(const char **p)
{
    int open = 0;
    while (**p == '"') {
        size_t gap = blank_length(*p + 1, &open);
        if ((*p)[1 + gap] != '"')
            return 0;
        *p += gap + 2;
    }
    return **p != '\0';
}

int docscan_step(const char **p)
{
    if (!skip_gaps(p))
        return 0;
    if (**p != '\\')
        ++*p;
    else if ((*p)[1] == 'x' && isxdigit((unsigned char)(*p)[2]) &&
             isxdigit((unsigned char)(*p)[3]))
        *p += 4;
    else
        *p += (*p)[1] != '\0' && strchr("nrtf\\\"", (*p)[1]) != NULL ? 2 : 1;
    skip_gaps(p);
    return 1;
}

static void read_text(Scan *s)
{
    Place start = s->at;
    if (!take(s, '"'))
        return;
    skip(s, 1);
    add_mark(s, '"', s->at);
    const char *p = s->at.p;
    skip_gaps(&p);
    do {
        skip(s, (size_t)(p - s->at.p));
        if (strncmp(p, "\\x00", 4) == 0)
            complain(s, s->at, (Fault){.problem = "a NUL in a text"});
    } while (docscan_step(&p));
    if (*p == '\0')
        stop(s, start, TR_NOOP("a text starts here that has no end"),
             TR_NOOP("close it with \""));
    skip(s, 1);
}

/* A name, or one of the words true and false in any case. */
static void read_word(Scan *s)
{
    const char *p = s->at.p;
    size_t n = 1;
    while (isalnum((unsigned char)p[n]) ||
           (p[n] != '\0' && strchr("-_*", p[n])))
        n++;
    if ((n == 4 && strncasecmp(p, "true", n) == 0) ||
        (n == 5 && strncasecmp(p, "false", n) == 0)) {
        if (take(s, 'b'))
            add_mark(s, 'b', s->at);
    } else if (take(s, 'w')) {
        s->name = s->at;
        if (s->names[s->grammar.depth]++ >= DOC_NAMES)
            stop(s, s->at, TR_NOOP("a group has more than 1000 names"),
                 TR_NOOP("write a list of groups"));
    }
    skip(s, n);
}

static void read_number(Scan *s)
{
    const char *p = s->at.p;
    size_t n = 1, sign = *p == '-' || *p == '+';
    while (isalnum((unsigned char)p[n]) ||
           (p[n] != '\0' && strchr("+-._", p[n])))
        n++;
    size_t digits = strspn(p + sign, "0123456789");
    if (!take(s, '0'))
        return;
    add_mark(s, '0', s->at);
    if (digits == 0 || digits > 9 || sign + digits != n) {
        char value[48];
        snprintf(value, sizeof value, "%.*s", (int)(n < 40 ? n : 40), p);
        complain(s, s->at,
                 (Fault){.value = value,
                         .expected = "a whole number of at most 9 digits",
                         .way_out = "write it in quotes"});
    }
    skip(s, n);
}

static void read_other(Scan *s)
{
    char c = *s->at.p;
    if (c == '@')
        stop(s, s->at, TR_NOOP("a document cannot include another"),
             TR_NOOP("write it into this file"));
    else if (text_sign(s->at.p, (size_t)(s->end - s->at.p)) > 0)
        stop(s, s->at, TR_NOOP("a sign that is not the keyboard's plain one"),
             TR_NOOP("write 1 2 3, ( ) [ ] , ; : % \" and >= <= != * /"));
    else
        stop(s, s->at, TR_NOOP("a character that means nothing here"),
             TR_NOOP("put text into quotes"));
}

static void read_token(Scan *s)
{
    unsigned char c = (unsigned char)*s->at.p;
    if (read_blank(s))
        return;
    if (strchr("{([", c) != NULL)
        read_open(s);
    else if (strchr("})]=:,;", c) != NULL)
        read_sign(s);
    else if (c == '"')
        read_text(s);
    else if (isalpha(c) || c == '*')
        read_word(s);
    else if (isdigit(c) || strchr("+-.", c) != NULL)
        read_number(s);
    else
        read_other(s);
}

/* What makes the bytes no text at all, or NULL. */
static const char *text_problem(const char *bytes, size_t n)
{
    if (n > DOC_BYTES)
        return TR_NOOP("the document is larger than 4 MiB");
    if (memchr(bytes, '\0', n) != NULL)
        return TR_NOOP("the document has a NUL byte");
    return text_valid(bytes, n) < n ? TR_NOOP("the document is not UTF-8")
                                    : NULL;
}

/* Bytes of the byte order mark that some editors leave. */
static size_t mark_length(const char *bytes)
{
    return strncmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

ErrCode docscan(DocMarks *out, Arena *arena, const char *name,
                const char *bytes, size_t n, Faults *faults, Err *err)
{
    size_t before = faults_count(faults);
    Scan *s = arena_alloc(arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to read %s", name);
    *s = (Scan){.at = {.p = bytes + mark_length(bytes)},
                .file = name,
                .end = bytes + n,
                .arena = arena,
                .faults = faults,
                .err = err};
    const char *problem = text_problem(bytes, n);
    if (problem != NULL) {
        stop(s, (Place){0}, problem, NULL);
        return s->rc;
    }
    start_line(s);
    while (s->rc == OK && !s->full && s->at.p < s->end &&
           faults_count(faults) - before < FAULTS_KEPT)
        read_token(s);
    if (s->rc == OK && !s->full && s->at.p >= s->end) {
        if (s->grammar.depth > 0)
            s->at = s->opened[s->grammar.depth - 1];
        take(s, 'e');
    }
    *out = (DocMarks){s->marks, s->n};
    return s->rc;
}
