#include "data/dmn.h"

#include "core/text.h"
#include "core/tr.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

#define SEPARATOR '|' /* between namespace and name; in no namespace here */

typedef struct {
    XML_Parser parser;
    Source source;
    Arena *arena;
    Faults *faults;
    Err *err;
    ErrCode rc;
    const char *root, *space; /* the root's name; its namespace [space_n] */
    size_t space_n;
    Doc *at[DMN_DEPTH + 1];   /* open elements */
    Doc *last[DMN_DEPTH + 1]; /* their last child */
    size_t depth, skipped;    /* skipped: open elements that are left out */
    Doc *top;
    size_t values;
    char *data; /* character data of the innermost element, so far */
    size_t n, room, data_at; /* where it starts in the file */
    const char *line;        /* the last line that was kept */
    size_t line_number;
} Tree;

/* Namespaces of models and of the kit's cases. */
static const char *const spaces[] = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "https://www.omg.org/spec/DMN/20240513/MODEL/",
    "http://www.omg.org/spec/DMN/20160719/testcase",
};

static void stop(Tree *t, ErrCode rc)
{
    t->rc = rc;
    XML_StopParser(t->parser, XML_FALSE);
}

static void *grab(Tree *t, size_t n, size_t size)
{
    void *p = arena_alloc(t->arena, n, size);
    if (p == NULL)
        stop(t,
             FAIL(t->err, ERR_MEMORY, "no memory to read %s", t->source.name));
    return p;
}

/* The line that byte `at` is in, NUL-ended; NULL when it is very long. */
static const char *line_of(Tree *t, size_t at, size_t number)
{
    const char *bytes = t->source.bytes;
    if (t->line != NULL && t->line_number == number)
        return t->line;
    size_t start = at, end = at;
    while (start > 0 && bytes[start - 1] != '\n')
        start--;
    while (end < t->source.n && bytes[end] != '\n' && bytes[end] != '\r')
        end++;
    if (end - start > DOC_LINE_SHOWN)
        return NULL;
    char *line = grab(t, end - start + 1, 1);
    if (line == NULL)
        return NULL;
    memcpy(line, bytes + start, end - start);
    t->line = line;
    t->line_number = number;
    return line;
}

/* The place of byte `at`, which stands in line `number`. */
static void place(Doc *node, Tree *t, size_t at, size_t number)
{
    const char *bytes = t->source.bytes;
    size_t start = at;
    while (start > 0 && bytes[start - 1] != '\n')
        start--;
    node->file = t->source.name;
    node->line = number;
    node->column = 1 + text_count(bytes + start, at - start);
    node->source = line_of(t, at, number);
    node->raw = bytes + at;
    node->is_xml = 1;
}

static void wrong(Tree *t, size_t at, size_t number, const char *problem,
                  const char *way_out)
{
    Doc where = {0};
    if (t->rc != OK)
        return;
    place(&where, t, at, number);
    Fault f = {.file = t->source.name, .line = number, .column = where.column};
    f.problem = problem;
    f.way_out = way_out;
    f.source = where.source;
    stop(t, faults_add(t->faults, f, t->err));
    if (t->rc == OK)
        t->rc = ERR_RULE;
}

static size_t here(const Tree *t)
{
    XML_Index at = XML_GetCurrentByteIndex(t->parser);
    return at < 0 ? 0 : (size_t)at < t->source.n ? (size_t)at : t->source.n;
}

static size_t line_here(const Tree *t)
{
    return (size_t)XML_GetCurrentLineNumber(t->parser);
}

static void wrong_here(Tree *t, const char *problem, const char *way_out)
{
    wrong(t, here(t), line_here(t), problem, way_out);
}

/* A new last child of the innermost element. */
static Doc *grow(Tree *t, DocKind kind, const char *name, size_t at,
                 size_t number)
{
    if (t->rc != OK)
        return NULL;
    if (++t->values > DOC_VALUES) {
        wrong(t, at, number, TR_NOOP("the document has too many parts"), NULL);
        return NULL;
    }
    Doc *node = grab(t, 1, sizeof *node);
    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->name = name;
    place(node, t, at, number);
    if (t->depth == 0)
        return t->top = node;
    Doc *parent = t->at[t->depth - 1], **last = &t->last[t->depth - 1];
    node->parent = parent;
    if (*last == NULL)
        parent->first = node;
    else
        (*last)->next = node;
    *last = node;
    parent->n++;
    return node;
}

/* The name without its namespace, with `sign` in front, in the arena. */
static const char *name_of(Tree *t, const char *full, const char *sign)
{
    const char *bar = strrchr(full, SEPARATOR);
    const char *local = bar == NULL ? full : bar + 1;
    if (strlen(local) > DMN_NAME) {
        wrong_here(t, TR_NOOP("a name of more than 1000 bytes"), NULL);
        return NULL;
    }
    char *name = text_format(t->arena, "%s%s", sign, local);
    if (name == NULL)
        stop(t,
             FAIL(t->err, ERR_MEMORY, "no memory to read %s", t->source.name));
    return name;
}

static void read_attributes(Tree *t, const char **attributes)
{
    size_t at = here(t), number = line_here(t);
    for (size_t i = 0; t->rc == OK && attributes[i] != NULL; i += 2) {
        if (i / 2 >= DMN_VALUES) {
            wrong_here(t, TR_NOOP("an element of more than 1000 attributes"),
                       NULL);
            return;
        }
        const char *name = name_of(t, attributes[i], "@");
        char *value =
            text_copy(t->arena, attributes[i + 1], strlen(attributes[i + 1]));
        if (name == NULL || value == NULL) {
            if (t->rc == OK)
                stop(t, FAIL(t->err, ERR_MEMORY, "no memory to read %s",
                             t->source.name));
            return;
        }
        size_t from = dmn_value_at(t->source, at, name + 1), line = number;
        for (size_t k = at; k < from; k++)
            line += t->source.bytes[k] == '\n';
        Doc *node = grow(t, DOC_TEXT, name, from, line);
        if (node != NULL)
            node->text = value;
    }
}

/* Is the element one of the document's own namespace? */
static int is_own(const Tree *t, const char *full)
{
    const char *bar = strrchr(full, SEPARATOR);
    size_t n = bar == NULL ? 0 : (size_t)(bar - full);
    return n == t->space_n && memcmp(full, t->space, n) == 0;
}

static void first_element(Tree *t, const char *full)
{
    const char *bar = strrchr(full, SEPARATOR);
    t->space_n = bar == NULL ? 0 : (size_t)(bar - full);
    t->space = text_copy(t->arena, full, t->space_n);
    if (t->space == NULL) {
        stop(t,
             FAIL(t->err, ERR_MEMORY, "no memory to read %s", t->source.name));
        return;
    }
    if (strcmp(bar == NULL ? full : bar + 1, t->root) != 0) {
        char text[120];
        snprintf(text, sizeof text, tr("the document's root is not '%s'"),
                 t->root);
        wrong_here(t, text, NULL);
        return;
    }
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(spaces[i], t->space) == 0)
            return;
    Doc where = {0};
    place(&where, t, here(t), line_here(t));
    Fault f = {.file = t->source.name,
               .line = where.line,
               .column = where.column,
               .source = where.source,
               .is_warning = 1};
    f.problem = TR_NOOP("a namespace of no version of the standard");
    f.way_out = TR_NOOP("it is read as the latest one");
    ErrCode rc = faults_add(t->faults, f, t->err);
    if (rc != OK)
        stop(t, rc);
}

/* The bytes kept are no text with an end: expat gives them in pieces. */
static int is_blank(const Tree *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (memchr(" \t\n", t->data[i], 3) == NULL)
            return 0;
    return 1;
}

/* Keep the character data in front of a child, or of the whole element. */
static void end_data(Tree *t, int is_end)
{
    if (t->depth == 0)
        return;
    Doc *element = t->at[t->depth - 1];
    int blank = is_blank(t), has_child = 0;
    for (const Doc *d = element->first; d != NULL; d = d->next)
        has_child |= d->kind == DOC_GROUP;
    if (blank && (!is_end || has_child)) {
        t->n = 0;
        return;
    }
    size_t at = t->n > 0 ? t->data_at : here(t), line = line_here(t);
    for (size_t k = at; k < here(t); k++)
        line -= t->source.bytes[k] == '\n' && line > 1;
    Doc *node = grow(t, DOC_TEXT, "#text", at, line);
    char *text = node == NULL ? NULL : grab(t, t->n + 1, 1);
    if (text == NULL)
        return;
    if (t->n > 0)
        memcpy(text, t->data, t->n);
    node->text = text;
    t->n = 0;
}

static void on_start(void *user, const char *full, const char **attributes)
{
    Tree *t = user;
    if (t->rc != OK)
        return;
    if (t->top == NULL)
        first_element(t, full);
    if (t->rc != OK)
        return;
    if (t->skipped > 0 || !is_own(t, full)) {
        t->skipped++;
        return;
    }
    end_data(t, 0);
    if (t->depth == DMN_DEPTH) {
        wrong_here(t, TR_NOOP("more than 64 levels of elements"), NULL);
        return;
    }
    const char *name = name_of(t, full, "");
    Doc *node =
        name == NULL ? NULL : grow(t, DOC_GROUP, name, here(t), line_here(t));
    if (node == NULL)
        return;
    t->last[t->depth] = NULL;
    t->at[t->depth++] = node;
    read_attributes(t, attributes);
}

static void on_end(void *user, const char *full)
{
    Tree *t = user;
    (void)full;
    if (t->rc != OK)
        return;
    if (t->skipped > 0) {
        t->skipped--;
        return;
    }
    end_data(t, 1);
    t->depth -= t->depth > 0;
}

static void on_data(void *user, const char *bytes, int n)
{
    Tree *t = user;
    if (t->rc != OK || t->skipped > 0 || n <= 0)
        return;
    if (t->n + (size_t)n > t->room) {
        size_t room = 2 * (t->n + (size_t)n);
        char *data = grab(t, room, 1);
        if (data == NULL)
            return;
        if (t->n > 0)
            memcpy(data, t->data, t->n);
        t->data = data;
        t->room = room;
    }
    if (t->n == 0)
        t->data_at = here(t);
    memcpy(t->data + t->n, bytes, (size_t)n);
    t->n += (size_t)n;
}

static void on_doctype(void *user, const char *name, const char *system,
                       const char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    wrong_here(user, TR_NOOP("a document with a DOCTYPE"),
               TR_NOOP("take it out: entities are not read"));
}

static void run(Tree *t)
{
    XML_SetUserData(t->parser, t);
    XML_SetElementHandler(t->parser, on_start, on_end);
    XML_SetCharacterDataHandler(t->parser, on_data);
    XML_SetStartDoctypeDeclHandler(t->parser, on_doctype);
    if (XML_Parse(t->parser, t->source.bytes, (int)t->source.n, 1) ==
            XML_STATUS_ERROR &&
        t->rc == OK) {
        if (XML_GetErrorCode(t->parser) == XML_ERROR_NO_MEMORY)
            t->rc = FAIL(t->err, ERR_MEMORY, "no memory to read %s",
                         t->source.name);
        else
            wrong_here(t, XML_ErrorString(XML_GetErrorCode(t->parser)),
                       tr("each <x> ends in </x>; in a text, &lt; is written "
                          "for < and &amp; for &"));
    }
}

ErrCode dmn_read(const Doc **out, Arena *arena, Source source, const char *root,
                 Faults *faults, Err *err)
{
    Tree *t = arena_alloc(arena, 1, sizeof *t);
    XML_Parser parser = XML_ParserCreateNS("UTF-8", SEPARATOR);
    if (t == NULL || parser == NULL) {
        XML_ParserFree(parser);
        return FAIL(err, ERR_MEMORY, "no memory to read %s", source.name);
    }
    *t = (Tree){.parser = parser,
                .source = source,
                .arena = arena,
                .faults = faults,
                .err = err,
                .root = root};
    if (source.n > DOC_BYTES)
        wrong(t, 0, 1, TR_NOOP("the document is larger than 4 MiB"), NULL);
    else if (text_valid(source.bytes, source.n) < source.n)
        wrong(t, 0, 1, TR_NOOP("the document is not UTF-8"), NULL);
    else
        run(t);
    XML_ParserFree(parser);
    if (t->rc == ERR_RULE)
        return FAIL(err, ERR_RULE, "%s is no document of the standard",
                    source.name);
    if (t->rc == OK)
        *out = t->top;
    return t->rc;
}
