#include "policy/inside.h"
#include "policy/reader.h"

#include "core/text.h"
#include "core/tr.h"

#include <string.h>

/* Changes in the making. */
typedef struct {
    const Policy *base;
    Arena *arena;
    Doc *list, *last;
} List;

/* A node of a list of changes. */
static Doc *node(const List *l, DocKind kind, const char *name,
                 const char *text)
{
    Doc *d = arena_alloc(l->arena, 1, sizeof *d);
    if (d != NULL)
        *d = (Doc){.kind = kind,
                   .name = name,
                   .file = l->base->root->file,
                   .text = text};
    return d;
}

/* Put a group behind the others. */
static void chain(List *l, Doc *group)
{
    group->parent = l->list;
    group->next = NULL;
    if (l->last == NULL)
        l->list->first = group;
    else
        l->last->next = group;
    l->last = group;
    l->list->n++;
}

/* Add { path; value } to the list; 0 when out of memory. */
static int add_change(List *l, const char *path, const char *text)
{
    Doc *group = node(l, DOC_GROUP, NULL, NULL),
        *to = node(l, DOC_TEXT, "path", path),
        *value = node(l, DOC_TEXT, "value", text);
    if (group == NULL || to == NULL || value == NULL || path == NULL)
        return 0;
    group->first = to;
    to->next = value;
    group->n = 2;
    to->parent = value->parent = group;
    chain(l, group);
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
static int add_changes(List *l, const PolicyChange *change)
{
    const Doc *values = values_of(l->base, change->path);
    if (values == NULL)
        return add_change(l, change->path, change->value);
    for (size_t k = 0; k < values->n; k++)
        if (!add_change(l,
                        text_format(l->arena, "parameters.%s.values.%zu.value",
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
    const char *known = n == 0 ? NULL : names[0];
    for (size_t i = 1; i < n && known != NULL; i++)
        known = text_format(p->arena, "%s, %s", known, names[i]);
    return FAIL(err, ERR_USAGE,
                "policy '%s' has no parameter '%.*s'; it has: %.160s",
                p->head.id, TEXT_SHORT(name), known != NULL ? known : "-");
}

ErrCode policy_changed(Policy **out, Arena *arena, const Policy *base,
                       const PolicyChange change[], size_t n, Faults *faults,
                       Err *err)
{
    List l = {.base = base, .arena = arena};
    l.list = node(&l, DOC_LIST, NULL, NULL);
    for (size_t i = 0; i < n; i++)
        if (strchr(change[i].path, '.') == NULL &&
            values_of(base, change[i].path) == NULL)
            return no_parameter(base, change[i].path, err);
    int good = l.list != NULL;
    for (size_t i = 0; i < n && good; i++)
        good = add_changes(&l, &change[i]);
    if (!good)
        return FAIL(err, ERR_MEMORY, "no memory to change a policy");
    return inside_again(out, arena, base, base->head.scenario, l.list, faults,
                        err);
}

/* The changes of an overlay, names of parameters alone as their values. */
static int add_overlaid(List *l, const Doc *changes)
{
    for (const Doc *it = changes->first; it != NULL; it = it->next) {
        const Doc *path = doc_get(it, "path"), *value = doc_get(it, "value");
        Doc *as_is = node(l, it->kind, NULL, it->text);
        if (as_is == NULL)
            return 0;
        if (path != NULL && path->text != NULL && value != NULL &&
            value->text != NULL && values_of(l->base, path->text) != NULL) {
            if (!add_changes(l, &(PolicyChange){path->text, value->text}))
                return 0;
            continue;
        }
        *as_is = *it;
        chain(l, as_is);
    }
    return 1;
}

/* What an overlay is called, what it is laid over; its changes, or NULL after
 * faults. */
static const Doc *read_overlay(PolicyHead *head, const Policy *base,
                               const Doc *root, Reader *r)
{
    static const char *const top[] = {"scenario"};
    static const char *const names[] = {"id",    "of",      "from",
                                        "title", "changes", "cite"};
    const Doc *group = doc_get(root, "scenario");
    const char *of = "";
    DocReader d = reader_doc(r);
    doc_only(root, top, 1, &d);
    doc_only(group, names, sizeof names / sizeof *names, &d);
    int good = doc_text(&head->id, group, "id", 0, &d) &
               doc_text(&of, group, "of", 0, &d) &
               doc_text(&head->scenario, group, "from", 1, &d) &
               doc_label(&head->scenario_title, group, "title", 0, &d);
    const Doc *changes = doc_get(group, "changes");
    reader_done(r, &d);
    if (good && (changes == NULL || changes->kind != DOC_LIST))
        reader_fault_node(r, group, NULL, tr("changes are a list"),
                          tr("write changes = ( { path = \"...\"; value = "
                             "\"...\"; } );"));
    if (good && strcmp(of, base->head.id) != 0)
        reader_fault_node(
            r, doc_get(group, "of"), NULL,
            reader_say(r, tr("the scenario is of policy '%s', not of '%s'"), of,
                       base->head.id),
            tr("give the rule file it was made for as --rules"));
    return good && !r->failed ? changes : NULL;
}

ErrCode policy_overlaid(Policy **out, const char **id, const Policy *base,
                        const Doc *root, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    List l = {.base = base, .arena = base->arena};
    PolicyHead head = {0};
    Policy *p = NULL;
    Reader r = {.arena = base->arena,
                .texts = base->texts,
                .faults = faults,
                .err = err};
    const Doc *changes = read_overlay(&head, base, root, &r);
    TRY(faults_end(faults, ERR_RULE, root->file, err));
    l.list = node(&l, DOC_LIST, NULL, NULL);
    if (changes == NULL || l.list == NULL || !add_overlaid(&l, changes))
        TRY(FAIL(err, ERR_MEMORY, "no memory to change a policy"));
    if (head.scenario != NULL)
        TRY(policy_scenario(&p, base, head.scenario, faults, err));
    TRY(inside_again(&p, base->arena, base, head.scenario, l.list, faults,
                     err));
    p->head.scenario_title = head.scenario_title;
    *id = head.id;
    *out = p;
done:
    return rc;
}
