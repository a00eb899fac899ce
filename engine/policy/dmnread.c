#include "core/tr.h"
#include "data/dmn.h"
#include "policy/dmnexpr.h"
#include "policy/dmngraph.h"
#include "policy/dmnimport.h"
#include "policy/feelcall.h"

#include <string.h>

/* Elements of the graph by their XML name. */
static const struct {
    const char *name;
    DmnKind kind;
} kinds[] = {{"inputData", DMN_INPUT},
             {"decision", DMN_DECISION},
             {"businessKnowledgeModel", DMN_KNOWLEDGE},
             {"decisionService", DMN_SERVICE}};

static int kind_of(const Doc *d)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(d->name, kinds[i].name) == 0)
            return (int)kinds[i].kind;
    return -1;
}

static const char *name_of(const Doc *d, Reader *r)
{
    const Doc *variable = doc_get(d, "variable");
    const char *name =
        variable == NULL ? NULL : dmn_attribute(variable, "name");
    if (name == NULL)
        name = dmn_attribute(d, "name");
    if (name == NULL) {
        reader_fault_node(r, d, NULL, tr("an element without a name"),
                          tr("add name = \"...\""));
        name = "";
    }
    return feelname_clean(r, name, strlen(name));
}

static int read_elements(DmnModel *m, const Doc *root, const DmnShelf *shelf,
                         Reader *r)
{
    size_t n = dmnimport_count(root, shelf);
    for (const Doc *d = root->first; d != NULL; d = d->next)
        n += kind_of(d) >= 0;
    m->elements = reader_alloc(r, n + 1, sizeof *m->elements);
    if (m->elements == NULL)
        return 0;
    for (const Doc *d = root->first; d != NULL; d = d->next) {
        if (kind_of(d) < 0)
            continue;
        const Doc *variable = doc_get(d, "variable");
        DmnElement *e = &m->elements[m->n++];
        *e = (DmnElement){.kind = (DmnKind)kind_of(d), .doc = d, .home = m};
        e->id = dmn_attribute(d, "id");
        e->name = name_of(d, r);
        if (variable != NULL)
            e->type = dmntype_named(&m->types, dmntype_reference(variable));
        if (e->name == NULL || !feelname_add(&m->names, e->name, r))
            return 0;
    }
    return 1;
}

static int is_requirement(const Doc *d)
{
    return strcmp(d->name, "informationRequirement") == 0 ||
           strcmp(d->name, "knowledgeRequirement") == 0;
}

static int read_requirements(DmnModel *m, DmnElement *e, Reader *r)
{
    e->needs = reader_alloc(r, e->doc->n + 1, sizeof(DmnElement *));
    if (e->needs == NULL)
        return 0;
    for (const Doc *d = e->doc->first; d != NULL; d = d->next) {
        if (!is_requirement(d))
            continue;
        for (const Doc *of = d->first; of != NULL; of = of->next) {
            if (strncmp(of->name, "required", 8) != 0)
                continue;
            DmnElement *need = dmngraph_referred(m, dmn_attribute(of, "href"));
            if (need == NULL)
                reader_fault_node(
                    r, of, e->name, tr("what is required is not in the model"),
                    tr("write the id of an element of the model after #"));
            else if (e->n_needs < e->doc->n)
                e->needs[e->n_needs++] = need;
        }
    }
    return 1;
}

/* A service is called with input data first, then input decisions. */
static int read_service(DmnModel *m, DmnElement *e, Reader *r)
{
    static const char *const kinds_in[] = {"inputData", "inputDecision"};
    const char **params = reader_alloc(r, e->doc->n + 1, sizeof *params);
    e->ins = reader_alloc(r, e->doc->n + 1, sizeof(DmnElement *));
    e->call.params = params;
    if (params == NULL || e->ins == NULL)
        return 0;
    for (int k = 0; k < 2; k++)
        for (const Doc *d = e->doc->first; d != NULL; d = d->next) {
            if (strcmp(d->name, kinds_in[k]) != 0)
                continue;
            DmnElement *in = dmngraph_referred(m, dmn_attribute(d, "href"));
            if (in == NULL) {
                reader_fault_node(r, d, e->name,
                                  tr("what is required is not in the model"),
                                  tr("write the id of an element of the model "
                                     "after #"));
                continue;
            }
            params[e->call.n] = in->name;
            e->ins[e->call.n++] = in;
        }
    return 1;
}

/* The logic of a decision or a knowledge model. */
static void read_logic(DmnModel *m, DmnElement *e, Reader *r)
{
    const Doc *of = e->doc;
    FeelNames own = {.outer = &m->names};
    if (e->kind == DMN_KNOWLEDGE) {
        of = doc_get(e->doc, "encapsulatedLogic");
        if (of == NULL)
            return;
        e->call.params = dmnexpr_parameters(&e->call.n, of, &own, r);
    }
    const Doc *expression = dmnexpr_find(of);
    DmnScope scope = {.rule = e->name,
                      .types = &m->types,
                      .type = e->kind == DMN_DECISION ? e->type : NULL,
                      .names = &own,
                      .members = &m->members,
                      .r = r};
    if (expression == NULL)
        return;
    e->logic = dmnexpr_read(expression, &scope);
    e->is_broken = e->logic == NULL;
}

/* A circle among requirements from `e` on; `depth` is the path's length. */
static int find_circle(DmnElement *e, const DmnElement **path, size_t depth,
                       Reader *r)
{
    if (e->mark == 2)
        return 0;
    path[depth] = e;
    if (e->mark == 1) {
        const char *text = e->name;
        size_t i = depth;
        while (i > 0 && path[i - 1] != e)
            i--;
        for (; i <= depth; i++)
            if (path[i] != e || i == depth)
                text = reader_say(r, "%s > %s", text, path[i]->name);
        reader_fault_node(r, e->doc, e->name,
                          reader_say(r, tr("it requires itself: %s"), text),
                          tr("take one of these requirements out"));
        return 1;
    }
    e->mark = 1;
    for (size_t i = 0; i < e->n_needs; i++)
        if (find_circle(e->needs[i], path, depth + 1, r))
            return 1;
    e->mark = 2;
    return 0;
}

static int read_model(DmnModel *m, const Doc *root, const DmnShelf *shelf,
                      Reader *r)
{
    static const char *const parts[] = {"time offset", "start included",
                                        "end included"};
    for (int i = 0; i < 3; i++)
        if (!feelname_add(&m->members,
                          reader_text(r, parts[i], strlen(parts[i])), r))
            return 0;
    if (!dmntype_read(&m->types, root, &m->members, r) ||
        !dmnimport_types(m, root, shelf, r) ||
        !feelcall_names(&m->functions, r) ||
        !read_elements(m, root, shelf, r) ||
        !dmnimport_elements(m, root, shelf, r))
        return 0;
    m->names.outer = &m->functions;
    const DmnElement **path = reader_alloc(r, m->n + 2, sizeof *path);
    if (path == NULL)
        return 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->elements[i].kind != DMN_FOREIGN &&
            !read_requirements(m, &m->elements[i], r))
            return 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->elements[i].kind == DMN_SERVICE &&
            !read_service(m, &m->elements[i], r))
            return 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->n < DMN_CHAIN && find_circle(&m->elements[i], path, 0, r))
            break;
    for (size_t i = 0; i < m->n; i++)
        if (m->elements[i].kind == DMN_DECISION ||
            m->elements[i].kind == DMN_KNOWLEDGE)
            read_logic(m, &m->elements[i], r);
    return 1;
}

ErrCode dmnmodel_read(DmnModel **out, Arena *arena, Texts *texts,
                      const Doc *root, const DmnShelf *shelf, Faults *faults,
                      Err *err)
{
    Err own = {0};
    Reader r = {.arena = arena, .texts = texts, .faults = faults, .err = &own};
    size_t before = faults_count(faults);
    DmnModel *m = arena_alloc(arena, 1, sizeof *m);
    if (m == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to read %s", root->file);
    m->name = dmn_attribute(root, "name");
    m->space = dmn_attribute(root, "namespace");
    int good = read_model(m, root, shelf, &r);
    if (!good || own.code == ERR_MEMORY)
        return FAIL(err, ERR_MEMORY, "no memory to read %s", root->file);
    *out = m;
    if (!r.failed)
        return OK;
    if (faults_count(faults) == before) /* read before, into the same list */
        return FAIL(err, ERR_RULE, "%s: its faults are told", root->file);
    return FAIL(err, ERR_RULE, "%s: %zu faults", root->file,
                faults_count(faults) - before);
}

const char *dmnmodel_name(const DmnModel *m)
{
    return m->name == NULL ? "" : m->name;
}

const DmnTypes *dmnmodel_types(const DmnModel *m)
{
    return &m->types;
}

const char *dmnmodel_space(const DmnModel *m)
{
    return m->space;
}
