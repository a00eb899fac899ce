#include "flow/articles.h"

#include "data/doc.h"

#include <string.h>

enum { CELLS = 8, DEPTH = 32 };

static const struct {
    const char *name;
    FieldType type;
    Label label;
} columns[CELLS] = {{"file", TYPE_TEXT, {"文件", "file"}},
                    {"section", TYPE_CATEGORY, {"部分", "section"}},
                    {"rule", TYPE_TEXT, {"规则", "rule"}},
                    {"from", TYPE_TEXT, {"自", "from"}},
                    {"value", TYPE_TEXT, {"数值", "value"}},
                    {"cite", TYPE_TEXT, {"依据", "cite"}},
                    {"source", TYPE_TEXT, {"来源", "source"}},
                    {"confidence", TYPE_TEXT, {"可信度", "confidence"}}};

/* Rows so far; `to` all NULL: they are only counted. */
typedef struct {
    Column *to[CELLS];
    Texts *texts;
    size_t row;
    int failed; /* out of memory */
} Listing;

/* NULL for no group, too. */
static const char *text_of(const Doc *group, const char *name)
{
    if (group == NULL || group->kind != DOC_GROUP)
        return NULL;
    const Doc *child = doc_get(group, name);
    return child != NULL ? child->text : NULL;
}

/* The nearest text of that name at `node` or around it. */
static const char *text_around(const Doc *node, const char *name)
{
    const char *text = NULL;
    for (; node != NULL && text == NULL; node = node->parent)
        text = text_of(node, name);
    return text;
}

/* What a rule is called: by its own name, or that of what it is a part of. */
static const char *rule_of(const Doc *node)
{
    static const char *const names[] = {"id", "name", "payer", "award"};
    for (; node->parent != NULL; node = node->parent)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (text_of(node, names[k]) != NULL)
                return text_of(node, names[k]);
    return NULL;
}

static const char *section_of(const Doc *node)
{
    while (node->parent != NULL && node->parent->parent != NULL)
        node = node->parent;
    return node->name;
}

static void put(Listing *l, const char *const cells[CELLS])
{
    for (size_t k = 0; l->to[0] != NULL && k < CELLS; k++) {
        if (cells[k] == NULL)
            continue;
        l->to[k]->s[l->row] = texts_put(l->texts, cells[k], strlen(cells[k]));
        l->failed |= l->to[k]->s[l->row] == NULL;
    }
    l->row++;
}

/* A dated value is a row of its own, its parameter none. */
static int is_row(const Doc *node)
{
    if (node->kind != DOC_GROUP || node->parent == NULL)
        return 0;
    if (doc_get(node, "values") != NULL && section_of(node) != NULL &&
        strcmp(section_of(node), "parameters") == 0)
        return 0;
    return text_of(node, "cite") != NULL || text_of(node, "confidence") != NULL;
}

/* Rules at `node` and below it, in the order of the file.  What-ifs are not as
 * sure as the policy that they change. */
static void list(Listing *l, const Doc *node, const Doc *head, int depth)
{
    const char *section = node->parent != NULL ? section_of(node) : NULL;
    if (section != NULL && strcmp(section, "examples") == 0)
        return;
    if (section != NULL && strcmp(section, "scenarios") == 0)
        head = NULL;
    if (is_row(node)) {
        const char *cite = text_around(node, "cite");
        const char *source = text_around(node, "source");
        const char *confidence = text_around(node, "confidence");
        const char *const cells[CELLS] = {
            node->file,
            section,
            rule_of(node),
            text_of(node, "from"),
            text_of(node, "value"),
            cite != NULL ? cite : text_of(node, "document"),
            source != NULL ? source : text_of(head, "source"),
            confidence != NULL ? confidence : text_of(head, "confidence")};
        put(l, cells);
    }
    for (const Doc *d = node->first; d != NULL && depth < DEPTH; d = d->next)
        if (d->kind == DOC_GROUP || d->kind == DOC_LIST)
            list(l, d, head, depth + 1);
}

/* The document of a file of rules; NULL when it is none. */
static const Doc *document(Arena *arena, const LedgerFile *file)
{
    const Doc *root = NULL;
    Faults *faults = faults_new(arena);
    int is_rules = strstr(file->role, "rules") != NULL ||
                   strcmp(file->role, "scenario") == 0 ||
                   strcmp(file->role, "weights") == 0;
    if (!is_rules || faults == NULL ||
        doc_read(&root, arena, file->source, faults, NULL) != OK)
        return NULL;
    return doc_get(root, "policy") != NULL || doc_get(root, "scenario") != NULL
               ? root
               : NULL;
}

static int is_listed(const LedgerFile files[], size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (memcmp(&files[k].source.hash, &files[i].source.hash,
                   sizeof(Hash)) == 0 &&
            strcmp(files[k].source.name, files[i].source.name) == 0)
            return 1;
    return 0;
}

static void list_all(Listing *l, const Doc *const roots[], size_t n)
{
    l->row = 0;
    for (size_t i = 0; i < n; i++) {
        const Doc *head = doc_get(roots[i], "policy");
        list(l, roots[i], head != NULL ? head : doc_get(roots[i], "scenario"),
             0);
    }
}

ErrCode articles_table(Table **out, Tables *tables, const LedgerFile files[],
                       size_t n, Err *err)
{
    ErrCode rc = OK;
    Listing l = {.texts = tables->texts};
    const Doc **roots = arena_alloc(tables->arena, n + 1, sizeof *roots);
    size_t found = 0;
    Table *t;
    *out = NULL;
    if (roots == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a report");
    for (size_t i = 0; i < n; i++) {
        const Doc *root =
            is_listed(files, i) ? NULL : document(tables->arena, &files[i]);
        if (root != NULL)
            roots[found++] = root;
    }
    list_all(&l, roots, found);
    if (l.row == 0)
        return OK;
    TRY(table_new(&t, tables, "rule_articles", l.row, err));
    t->title = (Label){"规则的依据与可信度", "Where the rules are written"};
    for (size_t k = 0; k < CELLS; k++)
        TRY(table_add_labelled(&l.to[k], t, columns[k].name, columns[k].type,
                               "", columns[k].label, err));
    list_all(&l, roots, found);
    if (l.failed)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a report"));
    *out = t;
done:
    return rc;
}
