#include "policy/change.h"

#include "core/text.h"
#include "policy/alike.h"
#include "policy/inputs.h"
#include "policy/reader.h"

#include <string.h>

/* Where the walk is. */
typedef struct {
    Changes *out;
    const Doc *section;
    const Date *day_a, *day_b;
} Walk;

static void compare(Walk *w, const char *path, const Doc *a, const Doc *b);

static void note(Walk *w, const char *path, const Doc *a, const Doc *b)
{
    Changes *c = w->out;
    Change *items =
        arena_grow(c->arena, c->items, &c->capacity, c->n, sizeof *items);
    if (items == NULL || path == NULL) {
        c->failed = 1;
        return;
    }
    c->items = items;
    items[c->n++] = (Change){path, w->section, a, b};
}

static const char *below(const Walk *w, const char *path, const char *part)
{
    return text_format(w->out->arena, "%s.%s", path, part);
}

static const char *part_of(const Walk *w, const Doc *list, const Doc *item)
{
    size_t place = 0;
    if (item->kind == DOC_GROUP && reader_id(item) != NULL)
        return reader_id(item);
    for (const Doc *it = list->first; it != item; it = it->next)
        place++;
    const char *text = text_format(w->out->arena, "%zu", place);
    return text == NULL ? "" : text;
}

/* Goes with what it stands at, and is told with that. */
static int is_aside(const char *name)
{
    static const char *const names[] = {"cite", "source", "confidence", "url",
                                        "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return 1;
    return 0;
}

static void compare_groups(Walk *w, const char *path, const Doc *a,
                           const Doc *b)
{
    for (const Doc *it = a->first; it != NULL; it = it->next)
        if (!is_aside(it->name))
            compare(w, below(w, path, it->name), it, doc_get(b, it->name));
    for (const Doc *it = b->first; it != NULL; it = it->next)
        if (!is_aside(it->name) && doc_get(a, it->name) == NULL)
            note(w, below(w, path, it->name), NULL, it);
}

/* Items that no name or key finds again are taken by place when both lists
 * have as many: a bracket whose `from` moved is the same bracket. */
static const Doc *item_of(const Doc *item, const Doc *own, const Doc *other)
{
    const Doc *found = alike_item(item, other), *it = other->first;
    if (found != NULL || own->n != other->n || reader_id(item) != NULL)
        return found;
    for (const Doc *x = own->first; x != item; x = x->next)
        it = it->next;
    return it->kind == DOC_GROUP && reader_id(it) == NULL &&
                   alike_item(it, own) == NULL
               ? it
               : NULL;
}

static void compare_lists(Walk *w, const char *path, const Doc *a, const Doc *b)
{
    if (alike_is_plain(a) && alike_is_plain(b)) {
        if (!alike(a, b))
            note(w, path, a, b);
        return;
    }
    for (const Doc *it = a->first; it != NULL; it = it->next) {
        const Doc *other = item_of(it, a, b);
        const char *part = other ? part_of(w, b, other) : part_of(w, a, it);
        compare(w, below(w, path, part), it, other);
    }
    for (const Doc *it = b->first; it != NULL; it = it->next)
        if (item_of(it, b, a) == NULL)
            note(w, below(w, path, part_of(w, b, it)), NULL, it);
}

static void compare(Walk *w, const char *path, const Doc *a, const Doc *b)
{
    if (path == NULL || a == NULL || b == NULL || a->kind != b->kind) {
        note(w, path, a, b);
        return;
    }
    if (a->kind == DOC_GROUP)
        compare_groups(w, path, a, b);
    else if (a->kind == DOC_LIST)
        compare_lists(w, path, a, b);
    else if (!alike(a, b))
        note(w, path, a, b);
}

/* A parameter by its value on each of the two days. */
static void compare_parameter(Walk *w, const Doc *a, const Doc *b)
{
    const char *path = below(w, "parameters", reader_id(a));
    const Doc *before = parameter_value(a, *w->day_a);
    const Doc *after = parameter_value(b, *w->day_b);
    if (!alike(before, after))
        note(w, below(w, path ? path : "", "value"), before, after);
}

static void compare_parameters(Walk *w, const Doc *a, const Doc *b)
{
    for (const Doc *it = a->first; it != NULL; it = it->next) {
        const Doc *other = alike_item(it, b);
        if (other == NULL)
            note(w, below(w, "parameters", reader_id(it)), it, NULL);
        else
            compare_parameter(w, it, other);
    }
    for (const Doc *it = b->first; it != NULL; it = it->next)
        if (alike_item(it, a) == NULL)
            note(w, below(w, "parameters", reader_id(it)), NULL, it);
}

static int is_told(const char *section)
{
    static const char *const skipped[] = {"examples", "scenarios", "versions",
                                          "outputs"};
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (strcmp(section, skipped[i]) == 0)
            return 0;
    return 1;
}

/* `one` is either of the two: a section may have come or gone. */
static void compare_section(Walk *w, const Doc *one, const Doc *a, const Doc *b)
{
    static const Doc empty = {.kind = DOC_LIST};
    const Doc *none = &empty;
    w->section = b ? b : one;
    if (one->kind == DOC_LIST && (a == NULL || b == NULL))
        compare_lists(w, one->name, a ? a : none, b ? b : none);
    else if (a && b && w->day_a && strcmp(one->name, "parameters") == 0)
        compare_parameters(w, a, b);
    else
        compare(w, one->name, a, b);
}

void changes_find(Changes *out, const Doc *a, const Date *day_a, const Doc *b,
                  const Date *day_b)
{
    Walk w = {out, NULL, day_a, day_b};
    for (const Doc *it = a->first; it != NULL; it = it->next)
        if (is_told(it->name))
            compare_section(&w, it, it, doc_get(b, it->name));
    for (const Doc *it = b->first; it != NULL; it = it->next)
        if (is_told(it->name) && doc_get(a, it->name) == NULL)
            compare_section(&w, it, NULL, it);
}
