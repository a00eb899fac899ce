#include "policy/inside.h"
#include "policy/reader.h"

#include "core/text.h"

#include <string.h>

/* A node of a list of changes. */
static Doc *node(const Policy *p, DocKind kind, const char *name,
                 const char *text)
{
    Doc *d = arena_alloc(p->arena, 1, sizeof *d);
    if (d != NULL)
        *d = (Doc){
            .kind = kind, .name = name, .file = p->root->file, .text = text};
    return d;
}

/* Add { path; value } to a list of changes; 0 when out of memory. */
static int add_change(Doc *list, Doc **last, const Policy *p, const char *path,
                      const char *text)
{
    Doc *group = node(p, DOC_GROUP, NULL, NULL),
        *to = node(p, DOC_TEXT, "path", path),
        *value = node(p, DOC_TEXT, "value", text);
    if (group == NULL || to == NULL || value == NULL || path == NULL)
        return 0;
    group->first = to;
    to->next = value;
    group->n = 2;
    group->parent = list;
    to->parent = value->parent = group;
    if (*last == NULL)
        list->first = group;
    else
        (*last)->next = group;
    *last = group;
    list->n++;
    return 1;
}

/* The dated values of a parameter; NULL when there is none of that name. */
static const Doc *values_of(const Policy *p, const char *name)
{
    const Doc *list = doc_get(p->root, "parameters");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next)
        if (reader_id(it) != NULL && strcmp(reader_id(it), name) == 0)
            return doc_get(it, "values");
    return NULL;
}

/* All dated values of a parameter, or what the path leads to. */
static int add_changes(Doc *list, Doc **last, const Policy *p,
                       const PolicyChange *change)
{
    const Doc *values = values_of(p, change->path);
    if (values == NULL)
        return add_change(list, last, p, change->path, change->value);
    for (size_t k = 0; k < values->n; k++)
        if (!add_change(list, last, p,
                        text_format(p->arena, "parameters.%s.values.%zu.value",
                                    change->path, k),
                        change->value))
            return 0;
    return 1;
}

static ErrCode no_parameter(const Policy *p, const char *name, Err *err)
{
    enum { MOST = 64 };
    const char *names[MOST];
    size_t n = 0;
    const Doc *list = doc_get(p->root, "parameters");
    for (const Doc *it = list ? list->first : NULL; it && n < MOST;
         it = it->next)
        if (reader_id(it) != NULL)
            names[n++] = reader_id(it);
    const char *near = text_nearest(name, names, n);
    if (near != NULL)
        return FAIL(err, ERR_USAGE,
                    "policy '%s' has no parameter '%.*s'; did you mean '%s'?",
                    p->head.id, TEXT_SHORT(name), near);
    return FAIL(err, ERR_USAGE, "policy '%s' has no parameter '%.*s'",
                p->head.id, TEXT_SHORT(name));
}

ErrCode policy_changed(Policy **out, const Policy *base,
                       const PolicyChange change[], size_t n, Faults *faults,
                       Err *err)
{
    Doc *list = node(base, DOC_LIST, NULL, NULL), *last = NULL;
    for (size_t i = 0; i < n; i++)
        if (strchr(change[i].path, '.') == NULL &&
            values_of(base, change[i].path) == NULL)
            return no_parameter(base, change[i].path, err);
    for (size_t i = 0; i < n && list != NULL; i++)
        if (!add_changes(list, &last, base, &change[i]))
            list = NULL;
    if (list == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to change a policy");
    return inside_again(out, base, base->head.scenario, list, faults, err);
}
