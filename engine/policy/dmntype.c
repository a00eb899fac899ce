#include "policy/dmntype.h"

#include "core/tr.h"
#include "data/dmn.h"

#include <string.h>

enum { BASES = 32 }; /* references followed, so that circles end */

static const DmnType builtin[] = {
#define TYPE(name)                                                             \
    {                                                                          \
        name, NULL, 1, 0, NULL, 0, NULL, NULL                                  \
    }
    TYPE("number"),
    TYPE("string"),
    TYPE("boolean"),
    TYPE("date"),
    TYPE("time"),
    TYPE("date and time"),
    TYPE("dateTime"),
    TYPE("days and time duration"),
    TYPE("dayTimeDuration"),
    TYPE("years and months duration"),
    TYPE("yearMonthDuration"),
    TYPE("context"),
#undef TYPE
};

enum { BUILTIN = sizeof builtin / sizeof *builtin };

const DmnType *dmntype_named(const DmnTypes *types, const char *reference)
{
    if (reference == NULL)
        return NULL;
    for (size_t i = 0; i < types->n; i++)
        if (strcmp(types->items[i].name, reference) == 0)
            return &types->items[i];
    for (int i = 0; i < BUILTIN; i++)
        if (strcmp(builtin[i].name, reference) == 0)
            return &builtin[i];
    const char *colon = strchr(reference, ':');
    return colon == NULL ? NULL : dmntype_named(types, colon + 1);
}

const char *dmntype_reference(const Doc *element)
{
    const Doc *text = dmn_text(element, "typeRef");
    return text != NULL ? text->text : dmn_attribute(element, "typeRef");
}

static int read_one(DmnType *out, const Doc *of, FeelNames *members, Reader *r);

/* `out` has its home. */
static int read_parts(DmnType *out, const Doc *of, FeelNames *members,
                      Reader *r)
{
    size_t n = 0;
    for (const Doc *d = of->first; d != NULL; d = d->next)
        n += strcmp(d->name, "itemComponent") == 0;
    DmnType *parts = reader_alloc(r, n + 1, sizeof *parts);
    if (parts == NULL)
        return 0;
    out->parts = parts;
    for (const Doc *d = of->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "itemComponent") != 0)
            continue;
        parts[out->n].home = out->home;
        if (!read_one(&parts[out->n], d, members, r) ||
            !feelname_add(members, parts[out->n].name, r))
            return 0;
        out->n++;
    }
    return 1;
}

/* Depth is bounded by DMN_DEPTH. */
static int read_one(DmnType *out, const Doc *of, FeelNames *members, Reader *r)
{
    const char *name = dmn_attribute(of, "name"), *base = dmntype_reference(of);
    const char *list = dmn_attribute(of, "isCollection");
    if (name == NULL) {
        reader_fault_node(r, of, NULL, tr("a type without a name"),
                          tr("add name = \"...\""));
        name = "";
    }
    out->name = feelname_clean(r, name, strlen(name));
    if (base != NULL)
        out->base = feelname_clean(r, base, strlen(base));
    out->is_list = list != NULL && strcmp(list, "true") == 0;
    const Doc *text = dmn_text(doc_get(of, "allowedValues"), "text");
    if (text != NULL) {
        FeelNames none = {0};
        out->allowed =
            feel_tests((Text){text, text->text, out->name}, &none, members, r);
    }
    return out->name != NULL && read_parts(out, of, members, r);
}

int dmntype_read(DmnTypes *out, const Doc *definitions, FeelNames *members,
                 Reader *r)
{
    size_t n = 0;
    for (const Doc *d = definitions->first; d != NULL; d = d->next)
        n += strcmp(d->name, "itemDefinition") == 0;
    DmnType *items = reader_alloc(r, n + 1, sizeof *items);
    if (items == NULL)
        return 0;
    *out = (DmnTypes){items, 0};
    for (const Doc *d = definitions->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "itemDefinition") != 0)
            continue;
        items[out->n].home = out;
        if (!read_one(&items[out->n++], d, members, r))
            return 0;
    }
    return 1;
}

int dmntype_import(DmnTypes *types, const char *name, const DmnTypes *from,
                   Reader *r)
{
    DmnType *items = reader_alloc(r, types->n + from->n + 1, sizeof *items);
    if (items == NULL)
        return 0;
    for (size_t i = 0; i < types->n; i++)
        items[i] = types->items[i];
    for (size_t i = 0; i < from->n; i++) {
        if (from->items[i].home != from)
            continue; /* imported itself */
        const char *own = reader_say(r, "%s.%s", name, from->items[i].name);
        items[types->n] = from->items[i];
        items[types->n++].name = own;
    }
    types->items = items;
    return 1;
}

/* The type that a type without parts of its own refers to. */
static const DmnType *base_of(const DmnTypes *types, const DmnType *type)
{
    if (type->home != NULL)
        types = type->home;
    return type->base == NULL ? NULL : dmntype_named(types, type->base);
}

const DmnType *dmntype_part(const DmnTypes *types, const DmnType *type,
                            const char *name)
{
    for (int i = 0; i < BASES && type != NULL; i++) {
        for (size_t k = 0; k < type->n; k++)
            if (strcmp(type->parts[k].name, name) == 0)
                return &type->parts[k];
        type = base_of(types, type);
    }
    return NULL;
}

const char *dmntype_kind(const DmnTypes *types, const DmnType *type)
{
    for (int i = 0; i < BASES && type != NULL; i++) {
        if (type->is_builtin)
            return type->name;
        type = base_of(types, type);
    }
    return NULL;
}

const Node *dmntype_allowed(const DmnTypes *types, const DmnType *type)
{
    for (int i = 0; i < BASES && type != NULL; i++) {
        if (type->allowed != NULL)
            return type->allowed;
        type = base_of(types, type);
    }
    return NULL;
}

static int fits(FeelRun *r, const DmnTypes *types, const DmnType *type,
                const Boxed *value, int depth);

/* One value of a structure, or of what the type refers to. */
static int item_fits(FeelRun *r, const DmnTypes *types, const DmnType *type,
                     const Boxed *value, int depth)
{
    if (type->is_builtin)
        return feel_is_kind(value, type->name);
    if (type->n > 0 && value->kind != BOX_CONTEXT)
        return 0;
    for (size_t i = 0; i < type->n; i++) {
        const Boxed *part = boxed_entry(value, type->parts[i].name);
        if (part != NULL && !fits(r, types, &type->parts[i], part, depth + 1))
            return 0;
    }
    if (type->allowed != NULL &&
        feel_passes(r, type->allowed, value, NULL) != 1)
        return 0;
    return fits(r, types, base_of(types, type), value, depth + 1);
}

static int fits(FeelRun *r, const DmnTypes *types, const DmnType *type,
                const Boxed *value, int depth)
{
    if (type == NULL || value->kind == BOX_NULL || depth > BASES)
        return 1;
    if (!type->is_list)
        return item_fits(r, types, type, value, depth);
    if (value->kind != BOX_LIST)
        return 0;
    for (size_t i = 0; i < value->n; i++)
        if (value->items[i].kind != BOX_NULL &&
            !item_fits(r, types, type, &value->items[i], depth))
            return 0;
    return 1;
}

/* Is the type, or one it refers to, a collection? */
static int wants_list(const DmnTypes *types, const DmnType *type)
{
    for (int i = 0; i < BASES && type != NULL; i++) {
        if (type->is_list)
            return 1;
        type = base_of(types, type);
    }
    return 0;
}

Boxed dmntype_fit(FeelRun *r, const DmnTypes *types, const DmnType *type,
                  Boxed value, const char *what)
{
    if (type == NULL || value.kind == BOX_NULL)
        return value;
    int list = wants_list(types, type);
    if (list && value.kind != BOX_LIST)
        value = feel_as_list(r, value);
    else if (!list && value.kind == BOX_LIST && value.n == 1)
        value = value.items[0];
    if (fits(r, types, type, &value, 0))
        return value;
    return feel_wrong(r, "%s: a %s is not of type %s", what,
                      boxed_kind(value.kind), type->name);
}
