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

/* The one output of a service. */
static Boxed serve(DmnCase *c, const DmnElement *e)
{
    const Doc *output = doc_get(e->doc, "outputDecision");
    const char *href = output == NULL ? NULL : dmn_attribute(output, "href");
    const char *id = href == NULL ? NULL : strrchr(href, '#');
    for (size_t i = 0; id != NULL && i < c->model->n; i++) {
        const char *other = c->model->elements[i].id;
        if (other != NULL && strcmp(other, id + 1) == 0)
            return value_of(c, i);
    }
    return feel_wrong(&c->run, "'%.80s' has no output", e->name);
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
