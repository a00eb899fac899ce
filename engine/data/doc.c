#include "data/doc.h"

#include "core/text.h"
#include "data/docscan.h"

#include <libconfig.h>
#include <string.h>

typedef struct {
    DocMarks marks;
    Doc *nodes; /* [marks.n + 1], the document first */
    size_t used;
    const char *file;
    Arena *arena;
} Tree;

static char *copy_text(Arena *arena, const char *text)
{
    return text_copy(arena, text, strlen(text));
}

/* The kind of a setting whose place says `mark`; -1 when they disagree. */
static int kind_of(const config_setting_t *s, char mark)
{
    switch (config_setting_type(s)) {
    case CONFIG_TYPE_GROUP:
        return mark == '{' ? (int)DOC_GROUP : -1;
    case CONFIG_TYPE_LIST:
        return mark == '(' ? (int)DOC_LIST : -1;
    case CONFIG_TYPE_ARRAY:
        return mark == '[' ? (int)DOC_LIST : -1;
    case CONFIG_TYPE_STRING:
        return mark == '"' ? (int)DOC_TEXT : -1;
    case CONFIG_TYPE_INT:
        return mark == '0' ? (int)DOC_NUMBER : -1;
    case CONFIG_TYPE_BOOL:
        return mark == 'b' ? (int)DOC_BOOL : -1;
    default:
        return -1;
    }
}

/* Fill `node` but for its children; 0 when out of memory. */
static int fill(Doc *node, const config_setting_t *s, Tree *t)
{
    const char *name = config_setting_name(s);
    if (name != NULL && (node->name = copy_text(t->arena, name)) == NULL)
        return 0;
    if (node->kind == DOC_NUMBER)
        node->number = config_setting_get_int(s);
    else if (node->kind == DOC_BOOL)
        node->number = config_setting_get_bool(s);
    else if (node->kind == DOC_TEXT)
        return (node->text =
                    copy_text(t->arena, config_setting_get_string(s))) != NULL;
    return 1;
}

static ErrCode grow(Doc *parent, const config_setting_t *s, Tree *t, Err *err);

/* The next node, a child of `parent`, in the place that comes next. */
static ErrCode grow_child(Doc **out, Doc *parent, const config_setting_t *s,
                          Tree *t, Err *err)
{
    if (t->used > t->marks.n)
        return FAIL(err, ERR_RULE, "%s: more values than places", t->file);
    const DocMark *mark = &t->marks.marks[t->used - 1];
    int kind = kind_of(s, mark->kind);
    if (kind < 0)
        return FAIL(err, ERR_RULE, "%s:%zu: a value is not where it stands",
                    t->file, mark->line);
    Doc *node = &t->nodes[t->used++];
    *node = (Doc){.kind = (DocKind)kind,
                  .file = t->file,
                  .line = mark->line,
                  .column = mark->column,
                  .name_column = mark->name_column,
                  .source = mark->source,
                  .raw = mark->raw,
                  .parent = parent};
    if (!fill(node, s, t))
        return FAIL(err, ERR_MEMORY, "no memory to read %s", t->file);
    *out = node;
    return node->kind <= DOC_LIST ? grow(node, s, t, err) : OK;
}

/* Depth is bounded by the scan (DOC_DEPTH). */
static ErrCode grow(Doc *parent, const config_setting_t *s, Tree *t, Err *err)
{
    ErrCode rc = OK;
    const Doc **link = &parent->first;
    parent->n = (size_t)config_setting_length(s);
    for (size_t i = 0; i < parent->n; i++) {
        Doc *child = NULL;
        TRY(grow_child(&child, parent, config_setting_get_elem(s, (unsigned)i),
                       t, err));
        *link = child;
        link = &child->next;
    }
done:
    return rc;
}

/* What libconfig refused: it knows the line alone. */
static ErrCode add_refusal(const config_t *config, const char *file,
                           Faults *faults, Err *err)
{
    int line = config_error_line(config);
    return faults_add(faults,
                      (Fault){.file = file,
                              .line = line > 0 ? (size_t)line : 0,
                              .problem = config_error_text(config),
                              .way_out = "look at this line and the end of the "
                                         "one above"},
                      err);
}

static ErrCode parse(const Doc **out, const DocMarks *marks, Arena *arena,
                     Source source, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    config_t config;
    const char *bytes = source.bytes;
    config_init(&config);
    if (strncmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        bytes += 3;
    if (config_read_string(&config, bytes) != CONFIG_TRUE) {
        TRY(add_refusal(&config, source.name, faults, err));
        goto done;
    }
    Tree t = {*marks, NULL, 1, source.name, arena};
    t.nodes = arena_alloc(arena, marks->n + 1, sizeof *t.nodes);
    if (t.nodes == NULL) {
        rc = FAIL(err, ERR_MEMORY, "no memory to read %s", source.name);
        goto done;
    }
    *t.nodes = (Doc){.kind = DOC_GROUP, .file = source.name, .line = 1};
    TRY(grow(t.nodes, config_root_setting(&config), &t, err));
    *out = t.nodes;
done:
    config_destroy(&config);
    return rc;
}

ErrCode doc_read(const Doc **out, Arena *arena, Source source, Faults *faults,
                 Err *err)
{
    ErrCode rc = OK;
    size_t before = faults_count(faults);
    DocMarks marks = {0};
    const Doc *root = NULL;
    char *bytes = arena_alloc(arena, source.n + 1, 1); /* raw points into it */
    if (bytes == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to read %s", source.name);
    memcpy(bytes, source.bytes, source.n);
    source.bytes = bytes;
    if ((source.name = copy_text(arena, source.name)) == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to read a document");
    TRY(docscan(&marks, arena, source.name, bytes, source.n, faults, err));
    if (faults_count(faults) == before)
        TRY(parse(&root, &marks, arena, source, faults, err));
    if (faults_count(faults) > before)
        return faults_end(faults, ERR_RULE, source.name, err);
    *out = root;
done:
    return rc;
}

const Doc *doc_get(const Doc *group, const char *name)
{
    if (group == NULL || group->kind != DOC_GROUP)
        return NULL;
    for (const Doc *d = group->first; d != NULL; d = d->next)
        if (strcmp(d->name, name) == 0)
            return d;
    return NULL;
}

const Doc *doc_at(const Doc *list, size_t i)
{
    const Doc *d = list != NULL ? list->first : NULL;
    for (; d != NULL && i > 0; i--)
        d = d->next;
    return d;
}
