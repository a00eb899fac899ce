#include "policy/dmnimport.h"

#include "core/tr.h"
#include "data/dmn.h"

#include <string.h>

/* The model that an element imports; NULL: it is none, or not there. */
static const DmnModel *wanted(const Doc *d, const DmnShelf *shelf)
{
    const char *space = dmn_attribute(d, "namespace");
    const char *name = dmn_attribute(d, "name");
    if (shelf == NULL || strcmp(d->name, "import") != 0 || space == NULL ||
        name == NULL || name[0] == '\0')
        return NULL;
    for (size_t i = 0; i < shelf->n; i++) {
        const char *own = dmnmodel_space(shelf->models[i]);
        if (own != NULL && strcmp(own, space) == 0)
            return shelf->models[i];
    }
    return NULL;
}

size_t dmnimport_count(const Doc *root, const DmnShelf *shelf)
{
    size_t n = 0;
    for (const Doc *d = root->first; d != NULL; d = d->next) {
        const DmnModel *from = wanted(d, shelf);
        n += from == NULL ? 0 : from->n;
    }
    return n;
}

static const char *name_of(const Doc *d, Reader *r)
{
    const char *name = dmn_attribute(d, "name");
    return feelname_clean(r, name, strlen(name));
}

static void refuse(const Doc *d, const DmnShelf *shelf, Reader *r)
{
    const char *name = dmn_attribute(d, "name");
    const char *kind = dmn_attribute(d, "importType");
    for (size_t i = 0; shelf != NULL && i < shelf->n_told; i++)
        if (shelf->told[i] == d)
            return;
    if (kind != NULL && strstr(kind, "/DMN/") == NULL)
        reader_fault_node(r, d, NULL, tr("an import that is no decision model"),
                          tr("only models of the standard can be imported"));
    else if (name == NULL || name[0] == '\0')
        reader_fault_node(r, d, NULL, tr("an import without a name"),
                          tr("add name=\"...\"; expressions write that name, "
                             "a dot and the element's"));
    else
        reader_fault_node(r, d, NULL, tr("the model it imports is not here"),
                          tr("put the file of that namespace into the same "
                             "folder"));
}

int dmnimport_types(DmnModel *m, const Doc *root, const DmnShelf *shelf,
                    Reader *r)
{
    for (const Doc *d = root->first; d != NULL; d = d->next) {
        const DmnModel *from = wanted(d, shelf);
        if (strcmp(d->name, "import") != 0)
            continue;
        if (from == NULL) {
            refuse(d, shelf, r);
            continue;
        }
        const char *name = name_of(d, r);
        if (name == NULL || !dmntype_import(&m->types, name, &from->types, r))
            return 0;
        for (size_t i = 0; i < from->members.n; i++)
            if (!feelname_add(&m->members, from->members.items[i], r))
                return 0;
    }
    return 1;
}

int dmnimport_elements(DmnModel *m, const Doc *root, const DmnShelf *shelf,
                       Reader *r)
{
    for (const Doc *d = root->first; d != NULL; d = d->next) {
        const DmnModel *from = wanted(d, shelf);
        const char *name = from == NULL ? NULL : name_of(d, r);
        for (size_t i = 0; from != NULL && i < from->n; i++) {
            const DmnElement *of = &from->elements[i];
            DmnElement *e = &m->elements[m->n];
            if (of->kind == DMN_FOREIGN)
                continue;
            const char *text = reader_say(r, "%s.%s", name, of->name);
            *e = (DmnElement){.kind = DMN_FOREIGN,
                              .id = of->id,
                              .name = feelname_clean(r, text, strlen(text)),
                              .type = of->type,
                              .doc = of->doc,
                              .home = from,
                              .of = of};
            if (name == NULL || !feelname_add(&m->names, e->name, r))
                return 0;
            m->n++;
        }
    }
    return 1;
}

/* Within `deep` imports of one another. */
static const DmnType *type_of(const DmnModel *m, const char *space,
                              const char *name, int deep)
{
    const DmnModel *last = m;
    if (space == NULL || (m->space != NULL && strcmp(m->space, space) == 0)) {
        const DmnElement *e = dmngraph_named(m, name);
        return e == NULL ? NULL : e->type;
    }
    for (size_t i = 0; deep > 0 && i < m->n; i++) {
        if (m->elements[i].home == last)
            continue;
        last = m->elements[i].home;
        const DmnType *type =
            last == m ? NULL : type_of(last, space, name, deep - 1);
        if (type != NULL)
            return type;
    }
    return NULL;
}

const DmnType *dmnmodel_type(const DmnModel *m, const char *space,
                             const char *name)
{
    return type_of(m, space, name, DMN_IMPORTS);
}
