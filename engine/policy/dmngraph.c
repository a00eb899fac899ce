#include "policy/dmngraph.h"

#include "data/dmn.h"
#include "policy/dmntable.h"

#include <string.h>

/* What is known of one model; of the models it imports, each in its own. */
struct DmnCase {
    const DmnModel *model;
    FeelRun *run;          /* one of all */
    Boxed *values;         /* [model->n] */
    const char **problems; /* [model->n] */
    unsigned char *state;  /* [model->n] */
    DmnCase *first, *next; /* a list of all, from the model that is asked on */
};

enum { OPEN, BUSY, DONE };

const DmnElement *dmngraph_named(const DmnModel *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->elements[i].name, name) == 0)
            return &m->elements[i];
    return NULL;
}

/* Does a reference of `n` bytes in front of "#" mean the element's model? */
static int means(const DmnModel *m, const DmnElement *e, const char *space,
                 size_t n)
{
    const char *own = e->home->space;
    if (n == 0 || (m->space == NULL && e->home == m))
        return e->home == m;
    return own != NULL && strlen(own) == n && memcmp(own, space, n) == 0;
}

DmnElement *dmngraph_referred(const DmnModel *m, const char *href)
{
    const char *id = href == NULL ? NULL : strrchr(href, '#');
    for (size_t i = 0; id != NULL && i < m->n; i++) {
        DmnElement *e = &m->elements[i];
        if (e->id != NULL && strcmp(e->id, id + 1) == 0 &&
            means(m, e, href, (size_t)(id - href)))
            return e;
    }
    return NULL;
}

/* The names of the model that an expression sees are its own. */
static Boxed call_knowledge(FeelRun *r, const Invocable *f, const Boxed args[])
{
    const DmnElement *e = f->of;
    FeelFrame own = {f->params, args, f->n, NULL};
    void *outer = r->to;
    if (e->logic == NULL)
        return e->is_broken ? feel_wrong(r, "'%.80s' was not read", e->name)
                            : boxed_null;
    r->to = f->to;
    Boxed value = feel_run(r, e->logic, &own);
    r->to = outer;
    return value;
}

static Boxed value_of(DmnCase *c, size_t i);

static Boxed decide(DmnCase *c, size_t i)
{
    const DmnElement *e = &c->model->elements[i];
    FeelRun *r = c->run;
    if (e->is_broken)
        return feel_wrong(r, "'%.80s' was not read", e->name);
    if (e->logic == NULL)
        return boxed_null;
    return dmntype_fit(r, &c->model->types, e->type,
                       feel_run(r, e->logic, NULL), e->name);
}

/* The output of a service, or a context of several by their names. */
static Boxed serve(DmnCase *c, const DmnElement *e)
{
    FeelRun *r = c->run;
    const DmnModel *m = c->model;
    Boxed *items = feel_alloc(r, e->doc->n + 1, sizeof *items);
    const char **names = feel_alloc(r, e->doc->n + 1, sizeof *names);
    size_t n = 0;
    if (items == NULL || names == NULL)
        return boxed_null;
    for (const Doc *d = e->doc->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "outputDecision") != 0)
            continue;
        const DmnElement *of = dmngraph_referred(m, dmn_attribute(d, "href"));
        if (of == NULL)
            return feel_wrong(r, "'%.80s' has an output that is not here",
                              e->name);
        names[n] = of->name;
        items[n++] = value_of(c, (size_t)(of - m->elements));
    }
    if (n == 0)
        return feel_wrong(r, "'%.80s' has no output", e->name);
    if (n == 1)
        return items[0];
    return (Boxed){.kind = BOX_CONTEXT, .items = items, .names = names, .n = n};
}

/* The case of an imported model. */
static DmnCase *case_of(DmnCase *c, const DmnModel *model)
{
    DmnCase *of = c->first;
    while (of != NULL && of->model != model)
        of = of->next;
    return of;
}

/* What is wrong there is wrong here. */
static Boxed borrow(DmnCase *c, const DmnElement *e)
{
    DmnCase *other = case_of(c, e->home);
    if (other == NULL)
        return boxed_null;
    size_t at = (size_t)(e->of - e->home->elements);
    Boxed value = value_of(other, at);
    c->run->problem = other->problems[at];
    return value;
}

static Boxed evaluate(DmnCase *c, size_t i)
{
    const DmnElement *e = &c->model->elements[i];
    switch (e->kind) {
    case DMN_DECISION:
        return decide(c, i);
    case DMN_KNOWLEDGE: {
        Invocable *f = feel_alloc(c->run, 1, sizeof *f);
        if (f == NULL)
            return boxed_null;
        *f = e->call;
        f->call = call_knowledge;
        f->to = c;
        f->of = e;
        return (Boxed){.kind = BOX_FUNCTION, .function = f};
    }
    case DMN_SERVICE:
        return serve(c, e);
    case DMN_FOREIGN:
        return borrow(c, e);
    default:
        return boxed_null; /* an input that was not given */
    }
}

/* What went wrong below a decision is its own, not that of who asks. */
static Boxed value_of(DmnCase *c, size_t i)
{
    FeelRun *r = c->run;
    if (c->state[i] == DONE)
        return c->values[i];
    if (c->state[i] == BUSY)
        return feel_wrong(r, "'%.80s' requires itself",
                          c->model->elements[i].name);
    const char *outer = r->problem;
    void *asks = r->to;
    if (r->calls >= RUN_CALLS) {
        r->failed |= RUN_TOO_LONG;
        return feel_wrong(r, "more than 100 decisions in one another");
    }
    c->state[i] = BUSY;
    r->problem = NULL;
    r->to = c;
    r->calls++;
    c->values[i] = evaluate(c, i);
    r->calls--;
    r->to = asks;
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

/* A case of `model` and of all it imports, behind the others of `first`
 * (NULL: there is none yet).  NULL without memory. */
static DmnCase *open_case(DmnCase *first, const DmnModel *model, FeelRun *run)
{
    DmnCase *c = arena_alloc(run->arena, 1, sizeof *c);
    if (c == NULL)
        return NULL;
    *c = (DmnCase){.model = model, .run = run, .first = first ? first : c};
    c->values = arena_alloc(run->arena, model->n + 1, sizeof *c->values);
    c->problems = arena_alloc(run->arena, model->n + 1, sizeof *c->problems);
    c->state = arena_alloc(run->arena, model->n + 1, 1);
    if (c->values == NULL || c->problems == NULL || c->state == NULL)
        return NULL;
    if (first != NULL) {
        c->next = first->next;
        first->next = c;
    }
    for (size_t i = 0; i < model->n; i++)
        if (model->elements[i].kind == DMN_FOREIGN &&
            case_of(c, model->elements[i].home) == NULL &&
            open_case(c->first, model->elements[i].home, run) == NULL)
            return NULL;
    return c;
}

/* What is given becomes of its type. */
static void take(DmnCase *c, const DmnInput *in)
{
    const DmnElement *e = dmngraph_named(c->model, in->name);
    if (e != NULL && e->kind == DMN_FOREIGN) {
        c = case_of(c, e->home);
        e = e->of;
    }
    if (e == NULL || c == NULL)
        return;
    size_t at = (size_t)(e - c->model->elements);
    c->run->problem = NULL;
    c->values[at] =
        dmntype_fit(c->run, &c->model->types, e->type, in->value, e->name);
    c->problems[at] = c->run->problem;
    c->state[at] = DONE;
    c->run->problem = NULL;
}

DmnCase *dmnmodel_case(const DmnModel *model, Arena *arena,
                       const DmnInput inputs[], size_t n)
{
    FeelRun *run = arena_alloc(arena, 1, sizeof *run);
    if (run == NULL)
        return NULL;
    *run = (FeelRun){.arena = arena, .global = global, .table = dmntable_run};
    DmnCase *c = open_case(NULL, model, run);
    if (c == NULL)
        return NULL;
    run->to = c;
    for (size_t i = 0; i < n; i++)
        for (DmnCase *of = c; of != NULL; of = of->next)
            if (inputs[i].space == NULL
                    ? of == c
                    : of->model->space != NULL &&
                          strcmp(of->model->space, inputs[i].space) == 0)
                take(of, &inputs[i]);
    return c;
}

ErrCode dmnmodel_decide(Boxed *out, const char **problem, DmnCase *c,
                        const char *name, Err *err)
{
    const DmnElement *e = dmngraph_named(c->model, name);
    if (e == NULL)
        return FAIL(err, ERR_DOMAIN, "no decision '%.80s'", name);
    size_t at = (size_t)(e - c->model->elements);
    c->run->steps = 0;
    *out = value_of(c, at);
    *problem = c->problems[at];
    if (c->run->failed == RUN_TOO_LONG && *problem == NULL)
        *problem = "it takes more steps than a case may";
    if (c->run->failed & RUN_NO_MEMORY)
        return FAIL(err, ERR_MEMORY, "no memory to evaluate '%.80s'", name);
    return OK;
}
