#include "policy/overlay.h"

#include "core/tr.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Reader *r;
    const Doc *path;  /* the text, for messages */
    const Doc *value; /* NULL: remove */
} Change;

static Slice head_of(Slice *rest)
{
    const char *dot = memchr(rest->bytes, '.', rest->n);
    Slice head = {rest->bytes, dot ? (size_t)(dot - rest->bytes) : rest->n};
    size_t skip = head.n + (dot != NULL);
    *rest = (Slice){rest->bytes + skip, rest->n - skip};
    return head;
}

static int is_place(Slice part, size_t place)
{
    size_t n = 0;
    if (part.n == 0 || part.n > 6)
        return 0;
    for (size_t i = 0; i < part.n; i++) {
        if (part.bytes[i] < '0' || part.bytes[i] > '9')
            return 0;
        n = n * 10 + (size_t)(part.bytes[i] - '0');
    }
    return n == place;
}

static const char *name_of(const Doc *parent, const Doc *child)
{
    return parent->kind == DOC_GROUP ? child->name : reader_id(child);
}

static const Doc *find(const Doc *node, Slice part)
{
    size_t place = 0;
    for (const Doc *it = node->first; it != NULL; it = it->next) {
        const char *name = name_of(node, it);
        if (name != NULL && slice_is(part, name))
            return it;
    }
    for (const Doc *it = node->first; it != NULL; it = it->next, place++)
        if (node->kind == DOC_LIST && is_place(part, place))
            return it;
    return NULL;
}

static void missing(const Change *c, const Doc *node, Slice part)
{
    const char *names[64], *text = text_copy(c->r->arena, part.bytes, part.n);
    size_t n = 0;
    for (const Doc *it = node->first; it != NULL && n < 64; it = it->next)
        if (name_of(node, it) != NULL)
            names[n++] = name_of(node, it);
    const char *near = text ? text_nearest(text, names, n) : NULL;
    reader_fault(c->r, (Text){c->path, c->path->text, NULL},
                 (size_t)(part.bytes - c->path->text),
                 reader_say(c->r, tr("there is no '%.*s' here"), (int)part.n,
                            part.bytes),
                 near ? reader_say(c->r, tr("did you mean '%s'?"), near)
                      : reader_say(c->r,
                                   tr("items are named, or counted from "
                                      "0; there are %zu"),
                                   node->n));
}

static Doc *copy(const Doc *from, const Doc *parent, const char *name,
                 const Change *c, Slice path, int on_path);

/* Put `child` behind `last`, or first; 0 when there is none. */
static int chain(Doc *parent, Doc **last, Doc *child)
{
    if (child == NULL)
        return 0;
    if (*last == NULL)
        parent->first = child;
    else
        (*last)->next = child;
    *last = child;
    parent->n++;
    return 1;
}

/* May a change add what it names?  "+" to a list, a name to a group. */
static int may_add(const Doc *node, Slice part, Slice rest, const Change *c)
{
    if (rest.n > 0 || c->value == NULL)
        return 0;
    return node->kind == DOC_GROUP ||
           (node->kind == DOC_LIST && slice_is(part, "+"));
}

static int copy_children(Doc *to, const Doc *from, const Change *c, Slice path,
                         int on_path)
{
    Doc *last = NULL;
    Slice rest = path, part = on_path ? head_of(&rest) : (Slice){"", 0};
    const Doc *target = on_path ? find(from, part) : NULL;
    int adds = on_path && target == NULL && may_add(from, part, rest, c);
    if (on_path && target == NULL && !adds) {
        missing(c, from, part);
        return 0;
    }
    for (const Doc *it = from->first; it != NULL; it = it->next) {
        int ends = it == target && rest.n == 0;
        if (ends && c->value == NULL)
            continue; /* removed */
        if (!chain(to, &last,
                   copy(ends ? c->value : it, to, it->name, c, rest,
                        it == target && !ends)))
            return 0;
    }
    const char *name = NULL;
    if (adds && from->kind == DOC_GROUP)
        name = text_copy(c->r->arena, part.bytes, part.n);
    return !adds || chain(to, &last, copy(c->value, to, name, c, rest, 0));
}

static Doc *copy(const Doc *from, const Doc *parent, const char *name,
                 const Change *c, Slice path, int on_path)
{
    Doc *to = reader_alloc(c->r, 1, sizeof *to);
    if (to == NULL)
        return NULL;
    *to = *from;
    to->name = name;
    to->parent = parent;
    to->first = to->next = NULL;
    to->n = 0;
    return copy_children(to, from, c, path, on_path) ? to : NULL;
}

static const Doc *apply(const Doc *root, const Doc *group, Reader *r)
{
    static const char *const names[] = {"path", "value", "remove", "cite"};
    const char *path, *remove = "no";
    DocReader d = reader_doc(r);
    doc_only(group, names, sizeof names / sizeof *names, &d);
    int good = doc_text(&path, group, "path", 0, &d) &&
               doc_text(&remove, group, "remove", 1, &d);
    reader_done(r, &d);
    if (!good)
        return NULL;
    Change c = {r, doc_get(group, "path"), doc_get(group, "value")};
    if ((strcmp(remove, "yes") == 0) == (c.value != NULL)) {
        reader_fault_node(r, group, NULL,
                          tr("a change has a value, or remove = \"yes\""),
                          NULL);
        return NULL;
    }
    return copy(root, NULL, NULL, &c, slice_of(path), 1);
}

const Doc *overlay_apply(const Doc *root, const Doc *changes, Reader *r)
{
    if (changes != NULL && changes->kind != DOC_LIST) {
        reader_fault_node(r, changes, NULL, tr("changes are a list"),
                          tr("changes = ( { path = ...; value = ...; } )"));
        return NULL;
    }
    for (const Doc *it = changes ? changes->first : NULL; it; it = it->next)
        if ((root = apply(root, it, r)) == NULL)
            return NULL;
    return root;
}
