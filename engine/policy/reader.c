#include "policy/reader.h"

#include "core/tr.h"
#include "data/dmn.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const unit_names[] = {"wrong",   "null", "number", "ratio",
                                         "count",   "days", "money",  "date",
                                         "boolean", "text", "list",   "months"};

const char *unit_name(Unit unit)
{
    return unit_names[unit];
}

Unit unit_of(FieldType type)
{
    static const Unit units[] = {
        [TYPE_TEXT] = UNIT_TEXT,   [TYPE_CATEGORY] = UNIT_TEXT,
        [TYPE_LIST] = UNIT_LIST,   [TYPE_MONEY] = UNIT_MONEY,
        [TYPE_RATIO] = UNIT_RATIO, [TYPE_REAL] = UNIT_NUMBER,
        [TYPE_COUNT] = UNIT_COUNT, [TYPE_DATE] = UNIT_DATE,
        [TYPE_BOOL] = UNIT_BOOL};
    return units[type];
}

FieldType unit_field(Unit unit)
{
    static const FieldType types[] = {
        [UNIT_WRONG] = TYPE_REAL,  [UNIT_NULL] = TYPE_REAL,
        [UNIT_NUMBER] = TYPE_REAL, [UNIT_RATIO] = TYPE_RATIO,
        [UNIT_COUNT] = TYPE_COUNT, [UNIT_DAYS] = TYPE_COUNT,
        [UNIT_MONEY] = TYPE_MONEY, [UNIT_DATE] = TYPE_DATE,
        [UNIT_BOOL] = TYPE_BOOL,   [UNIT_TEXT] = TYPE_CATEGORY,
        [UNIT_LIST] = TYPE_LIST,   [UNIT_MONTHS] = TYPE_COUNT};
    return types[unit];
}

int unit_is_plain(Unit unit)
{
    return unit >= UNIT_NUMBER && unit <= UNIT_DAYS;
}

static void no_memory(Reader *r)
{
    FAIL(r->err, ERR_MEMORY, "no memory to read the rules");
    r->failed = 1;
}

void *reader_alloc(Reader *r, size_t n, size_t size)
{
    void *p = arena_alloc(r->arena, n, size);
    if (p == NULL)
        no_memory(r);
    return p;
}

void *reader_grow(Reader *r, void *items, size_t *capacity, size_t n,
                  size_t size)
{
    void *p = arena_grow(r->arena, items, capacity, n, size);
    if (p == NULL)
        no_memory(r);
    return p;
}

const char *reader_text(Reader *r, const char *bytes, size_t n)
{
    const char *text = texts_put(r->texts, bytes, n);
    if (text == NULL)
        no_memory(r);
    return text;
}

/* The column in the file of byte `at` of a node's text: a backslash in front
 * of a sign takes a column of its own there. */
static size_t column_of(const Doc *node, size_t at)
{
    size_t column = 1;
    const char *s = node->source;
    if (s == NULL)
        return node->column + at;
    for (; *s != '\0' && column < node->column; s++)
        column += ((unsigned char)s[1] & 0xC0) != 0x80;
    for (size_t i = 0; i < at && *s != '\0'; i++) {
        int escaped = *s == '\\' && s[1] != '\0';
        column +=
            (size_t)escaped + (((unsigned char)s[1 + escaped] & 0xC0) != 0x80);
        s += 1 + escaped;
    }
    return column;
}

static void add(Reader *r, Fault fault)
{
    if (!fault.is_warning)
        r->failed = 1;
    if (faults_has(r->faults, fault)) /* versions share most of their text */
        return;
    if (faults_add(r->faults, fault, r->err) != OK)
        r->failed = 1;
}

static Fault fault_at(char line[DOC_LINE_SHOWN + 1], Text where, size_t at,
                      const char *problem, const char *way_out)
{
    Fault f = {.file = where.node->file, .line = where.node->line};
    f.rule = where.rule;
    f.problem = problem;
    f.way_out = way_out;
    f.source = where.node->source;
    if (where.node->is_xml)
        dmn_place(&f, line, where.node, at);
    else
        f.column = column_of(where.node, at);
    return f;
}

void reader_fault(Reader *r, Text where, size_t at, const char *problem,
                  const char *way_out)
{
    char line[DOC_LINE_SHOWN + 1];
    add(r, fault_at(line, where, at, problem, way_out));
}

void reader_warn(Reader *r, Text where, size_t at, const char *problem,
                 const char *way_out)
{
    char line[DOC_LINE_SHOWN + 1];
    Fault f = fault_at(line, where, at, problem, way_out);
    f.is_warning = 1;
    add(r, f);
}

void reader_fault_node(Reader *r, const Doc *node, const char *rule,
                       const char *problem, const char *way_out)
{
    reader_fault(r, (Text){node, node->text, rule}, 0, problem, way_out);
}

const char *reader_say(Reader *r, const char *fmt, ...)
{
    char text[320];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    size_t bytes = n < 0 ? 0 : text_clip(text, sizeof text - 1);
    char *copy = text_copy(r->arena, text, bytes);
    if (copy == NULL)
        no_memory(r);
    return copy == NULL ? "" : copy;
}

DocReader reader_doc(Reader *r)
{
    return (DocReader){r->faults, r->err, 0};
}

void reader_done(Reader *r, const DocReader *d)
{
    r->failed |= d->failed;
}

const char *reader_id(const Doc *group)
{
    const Doc *id = doc_get(group, "id");
    if (id == NULL)
        id = doc_get(group, "name");
    return id != NULL && id->kind == DOC_TEXT ? id->text : NULL;
}

int reader_names(const Doc *node, const char *name)
{
    if (node->kind == DOC_TEXT)
        return strcmp(node->text, name) == 0;
    for (const Doc *it = node->first; it != NULL; it = it->next)
        if (reader_names(it, name))
            return 1;
    return 0;
}
