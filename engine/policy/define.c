#include "policy/define.h"

#include "core/tr.h"

#include <string.h>

static const char *const names[] = {"name", "parameters", "expr",
                                    "is",   "cite",       "title"};

const Definition *define_named(const Reader *r, Slice name)
{
    for (size_t i = 0; r->definitions != NULL && i < r->definitions->n; i++)
        if (slice_is(name, r->definitions->items[i].name))
            return &r->definitions->items[i];
    return NULL;
}

void define_use(Reader *r, const Definition *d)
{
    r->definitions->items[d - r->definitions->items].is_used = 1;
}

static void fault(Reader *r, const Doc *at, const char *id, const char *problem,
                  const char *way_out)
{
    reader_fault_node(r, at, id, problem, way_out);
}

static void read_parameters(Definition *d, const Doc *group, Reader *r)
{
    const Doc *list = doc_get(group, "parameters");
    if (list == NULL)
        return;
    if (list->kind != DOC_LIST || list->n == 0 || list->n > DEFINE_PARAMETERS) {
        fault(r, list, d->name, tr("parameters are a list of 1 to 16 names"),
              "parameters = ( \"rate\", \"months\" );");
        return;
    }
    for (const Doc *it = list->first; it != NULL; it = it->next) {
        const char *name = it->kind == DOC_TEXT
                               ? reader_text(r, it->text, strlen(it->text))
                               : NULL;
        for (uint32_t i = 0; i < d->n; i++)
            if (d->parameters[i] == name)
                fault(r, it, d->name, tr("a parameter is named twice"),
                      tr("give each a name of its own"));
        if (name == NULL)
            fault(r, it, d->name, tr("a parameter is a quoted name"),
                  tr("put it in quotes"));
        else
            d->parameters[d->n++] = name;
    }
}

/* What it stands for: `expr`, or `is`, which has no parameters. */
static void read_text(Definition *d, const Doc *group, Reader *r)
{
    const Doc *expr = doc_get(group, "expr"), *is = doc_get(group, "is");
    const Doc *text = expr != NULL ? expr : is;
    d->is_tests = expr == NULL;
    if (text == NULL || (expr != NULL && is != NULL))
        fault(r, group, d->name,
              tr("a function has either 'expr' or 'is', a range or list"),
              tr("write one of the two"));
    else if (text->kind != DOC_TEXT)
        fault(r, text, d->name, tr("an expression stands in quotes"),
              tr("put it in quotes"));
    else
        d->text = (Text){text, text->text, d->name};
    if (is != NULL && d->n > 0)
        fault(r, is, d->name, tr("a range or list has no parameters"),
              tr("make it a function with 'expr'"));
}

static int read_one(Definition *d, const Doc *group, Reader *r, DocReader *doc)
{
    const char *name, *cite = NULL;
    if (group->kind != DOC_GROUP) {
        fault(r, group, NULL, tr("a rule is a group"),
              tr("write { name = ...; }"));
        return 0;
    }
    doc_only(group, names, sizeof names / sizeof *names, doc);
    if (!doc_text(&name, group, "name", 0, doc))
        return 0;
    d->name = reader_text(r, name, strlen(name));
    if (d->name == NULL)
        return 0;
    if (define_named(r, slice_of(name)) != NULL)
        fault(r, group, name, tr("a function of that name stands above"),
              tr("give it another name"));
    if (doc_get(group, "cite") == NULL)
        fault(r, group, name,
              reader_say(r, tr("'%s' does not say where it is written"), name),
              tr("add cite = \"article ...\""));
    doc_text(&cite, group, "cite", 1, doc);
    read_parameters(d, group, r);
    read_text(d, group, r);
    return d->text.node != NULL;
}

Definitions *define_read(const Doc *root, Reader *r)
{
    const Doc *list = doc_get(root, "functions");
    Definitions *all = list ? reader_alloc(r, 1, sizeof *all) : NULL;
    DocReader doc = reader_doc(r);
    if (all == NULL)
        return NULL;
    if (list->kind != DOC_LIST) {
        fault(r, list, NULL,
              reader_say(r, tr("'%s' is a list of groups"), "functions"),
              "functions = ( { ... }, { ... } );");
        return NULL;
    }
    all->items = reader_alloc(r, list->n + 1, sizeof *all->items);
    r->definitions = all;
    for (const Doc *it = list->first; all->items && it; it = it->next) {
        all->items[all->n] = (Definition){0};
        all->n += (size_t)read_one(&all->items[all->n], it, r, &doc);
    }
    reader_done(r, &doc);
    return all;
}
