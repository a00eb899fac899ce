#include "policy/dmngraph.h"

#include "data/dmn.h"
#include "policy/dmntable.h"

#include <string.h>

struct DmnCase {
    const DmnModel *model;
    FeelRun run;
    Boxed *values;         /* [model->n] */
    const char **problems; /* [model->n] */
    unsigned char *state;  /* [model->n] */
};

enum { OPEN, BUSY, DONE };

const DmnElement *dmngraph_named(const DmnModel *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->elements[i].name, name) == 0)
            return &m->elements[i];
    return NULL;
}

/* The names of the model that an expression sees are its own. */
static Boxed call_knowledge(FeelRun *r, const Invocable *f, const Boxed args[])
{
    const DmnElement *e = f->of;
    FeelFrame own = {f->params, args, f->n, NULL};
    if (e->logic == NULL)
        return e->is_broken ? feel_wrong(r, "'%.80s' was not read", e->name)
                            : boxed_null;
    return feel_run(r, e->logic, &own);
}

static Boxed value_of(DmnCase *c, size_t i);

static Boxed decide(DmnCase *c, size_t i)
{
    const DmnElement *e = &c->model->elements[i];
    FeelRun *r = &c->run;
    if (e->is_broken)
        return feel_wrong(r, "'%.80s' was not read", e->name);
    if (e->logic == NULL)
        return boxed_null;
    return dmntype_fit(r, &c->model->types, e->type,
                       feel_run(r, e->logic, NULL), e->name);
}

/* The element that an outputDecision refers to; n: none. */
static size_t referred(const DmnModel *m, const Doc *output)
{
    const char *href = dmn_attribute(output, "href");
    const char *id = href == NULL ? NULL : strrchr(href, '#');
    for (size_t i = 0; id != NULL && i < m->n; i++)
        if (m->elements[i].id != NULL && strcmp(m->elements[i].id, id + 1) == 0)
            return i;
    return m->n;
}

/* The output of a service, or a context of several by their names. */
static Boxed serve(DmnCase *c, const DmnElement *e)
{
    FeelRun *r = &c->run;
    const DmnModel *m = c->model;
    Boxed *items = feel_alloc(r, e->doc->n + 1, sizeof *items);
    const char **names = feel_alloc(r, e->doc->n + 1, sizeof *names);
    size_t n = 0;
    if (items == NULL || names == NULL)
        return boxed_null;
    for (const Doc *d = e->doc->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "outputDecision") != 0)
            continue;
        size_t i = referred(m, d);
        if (i == m->n)
            return feel_wrong(r, "'%.80s' has an output that is not here",
                              e->name);
        names[n] = m->elements[i].name;
        items[n++] = value_of(c, i);
    }
    if (n == 0)
        return feel_wrong(r, "'%.80s' has no output", e->name);
    if (n == 1)
        return items[0];
    return (Boxed){.kind = BOX_CONTEXT, .items = items, .names = names, .n = n};
}

static Boxed evaluate(DmnCase *c, size_t i)
{
    const DmnElement *e = &c->model->elements[i];
    switch (e->kind) {
    case DMN_DECISION:
        return decide(c, i);
    case DMN_KNOWLEDGE: {
        Invocable *f = feel_alloc(&c->run, 1, sizeof *f);
        if (f == NULL)
            return boxed_null;
        *f = e->call;
        f->call = call_knowledge;
        f->of = e;
        return (Boxed){.kind = BOX_FUNCTION, .function = f};
    }
    case DMN_SERVICE:
        return serve(c, e);
    default:
        return boxed_null; /* an input that was not given */
    }
}

/* What went wrong below a decision is its own, not that of who asks. */
static Boxed value_of(DmnCase *c, size_t i)
{
    FeelRun *r = &c->run;
    if (c->state[i] == DONE)
        return c->values[i];
    if (c->state[i] == BUSY)
        return feel_wrong(r, "'%.80s' requires itself",
                          c->model->elements[i].name);
    const char *outer = r->problem;
    if (r->calls >= RUN_CALLS) {
        r->failed |= RUN_TOO_LONG;
        return feel_wrong(r, "more than 100 decisions in one another");
    }
    c->state[i] = BUSY;
    r->problem = NULL;
    r->calls++;
    c->values[i] = evaluate(c, i);
    r->calls--;
    c->problems[i] = r->problem;
    r->problem = outer;
    c->state[i] = DONE;
    return c->values[i];
}

static int global(Boxed *out, FeelRun *r, const char *name)
{
    DmnCase *c = r->to;
    const DmnElement *e = dmngraph_named(c->model, name);
    if (e == NULL)
        return 0;
    *out = value_of(c, (size_t)(e - c->model->elements));
    return 1;
}

DmnCase *dmnmodel_case(const DmnModel *model, Arena *arena,
                       const DmnInput inputs[], size_t n)
{
    DmnCase *c = arena_alloc(arena, 1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->model = model;
    c->run = (FeelRun){
        .arena = arena, .global = global, .to = c, .table = dmntable_run};
    c->values = arena_alloc(arena, model->n + 1, sizeof *c->values);
    c->problems = arena_alloc(arena, model->n + 1, sizeof *c->problems);
    c->state = arena_alloc(arena, model->n + 1, 1);
    if (c->values == NULL || c->problems == NULL || c->state == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const DmnElement *e = dmngraph_named(model, inputs[i].name);
        if (e == NULL)
            continue;
        size_t at = (size_t)(e - model->elements);
        c->run.problem = NULL;
        c->values[at] = dmntype_fit(&c->run, &model->types, e->type,
                                    inputs[i].value, e->name);
        c->problems[at] = c->run.problem;
        c->state[at] = DONE;
    }
    c->run.problem = NULL;
    return c;
}

ErrCode dmnmodel_decide(Boxed *out, const char **problem, DmnCase *c,
                        const char *name, Err *err)
{
    const DmnElement *e = dmngraph_named(c->model, name);
    if (e == NULL)
        return FAIL(err, ERR_DOMAIN, "no decision '%.80s'", name);
    size_t at = (size_t)(e - c->model->elements);
    c->run.steps = 0;
    *out = value_of(c, at);
    *problem = c->problems[at];
    if (c->run.failed == RUN_TOO_LONG && *problem == NULL)
        *problem = "it takes more steps than a case may";
    if (c->run.failed & RUN_NO_MEMORY)
        return FAIL(err, ERR_MEMORY, "no memory to evaluate '%.80s'", name);
    return OK;
}
