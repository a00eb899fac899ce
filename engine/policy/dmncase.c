#include "data/dmn.h"
#include "policy/dmngraph.h"
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

enum { OPEN, BUSY, DONE, GIVEN };

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

static Boxed function_of(DmnCase *c, const DmnElement *e,
                         Boxed (*call)(FeelRun *r, const Invocable *f,
                                       const Boxed args[]))
{
    Invocable *f = feel_alloc(c->run, 1, sizeof *f);
    if (f == NULL)
        return boxed_null;
    *f = e->call;
    f->call = call;
    f->to = c;
    f->of = e;
    return (Boxed){.kind = BOX_FUNCTION, .function = f};
}

static Boxed call_service(FeelRun *r, const Invocable *f, const Boxed args[]);

static Boxed evaluate(DmnCase *c, size_t i)
{
    const DmnElement *e = &c->model->elements[i];
    switch (e->kind) {
    case DMN_DECISION:
        return decide(c, i);
    case DMN_KNOWLEDGE:
        return function_of(c, e, call_knowledge);
    case DMN_SERVICE:
        return function_of(c, e, call_service);
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
    if (c->state[i] >= DONE)
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

/* The case where an element stands, and its place there; NULL: nowhere. */
static DmnCase *place_of(size_t *at, DmnCase *c, const DmnElement *e)
{
    const DmnElement *there = e->kind == DMN_FOREIGN ? e->of : e;
    *at = (size_t)(there - e->home->elements);
    return case_of(c, e->home);
}

/* What is given becomes of its type. */
static void give(DmnCase *c, const DmnElement *e, Boxed value)
{
    size_t at;
    FeelRun *r = c->run;
    const char *outer = r->problem;
    DmnCase *of = place_of(&at, c, e);
    if (of == NULL)
        return;
    r->problem = NULL;
    of->values[at] = dmntype_fit(r, &of->model->types, e->type, value, e->name);
    of->problems[at] = r->problem;
    of->state[at] = GIVEN;
    r->problem = outer;
}

/* The output of a service, or a context of several by their names. */
static Boxed outputs(DmnCase *c, const DmnElement *e)
{
    FeelRun *r = c->run;
    size_t n = 0, at;
    Boxed *items = feel_alloc(r, e->doc->n + 1, sizeof *items);
    const char **names = feel_alloc(r, e->doc->n + 1, sizeof *names);
    if (items == NULL || names == NULL)
        return boxed_null;
    for (const Doc *d = e->doc->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "outputDecision") != 0)
            continue;
        const DmnElement *of =
            dmngraph_referred(e->home, dmn_attribute(d, "href"));
        DmnCase *its = of == NULL ? NULL : place_of(&at, c, of);
        if (its == NULL)
            return feel_wrong(r, "'%.80s' has an output that is not here",
                              e->name);
        names[n] = its->model->elements[at].name;
        items[n++] = value_of(its, at);
        if (r->problem == NULL)
            r->problem = its->problems[at];
    }
    if (n == 0)
        return feel_wrong(r, "'%.80s' has no output", e->name);
    if (n == 1)
        return items[0];
    return (Boxed){.kind = BOX_CONTEXT, .items = items, .names = names, .n = n};
}

/* A case of the service's own: nothing of the caller's is known in it. */
static DmnCase *fresh(FeelRun *r, const DmnElement *service)
{
    DmnCase *c = open_case(NULL, service->home, r);
    r->failed |= c == NULL ? RUN_NO_MEMORY : 0;
    for (const DmnCase *of = c; of != NULL; of = of->next)
        r->steps += (long)of->model->n;
    return c;
}

static Boxed call_service(FeelRun *r, const Invocable *f, const Boxed args[])
{
    const DmnElement *e = f->of;
    DmnCase *c = fresh(r, e);
    if (c == NULL)
        return boxed_null;
    for (size_t i = 0; i < f->n; i++)
        give(c, e->ins[i], args[i]);
    return outputs(c, e);
}

/* With what the case gives; an input decision that it does not is null. */
static Boxed serve(DmnCase *c, const DmnElement *e)
{
    size_t at;
    DmnCase *own = fresh(c->run, e);
    for (DmnCase *to = own; to != NULL; to = to->next) {
        const DmnCase *from = case_of(c, to->model);
        for (size_t i = 0; from != NULL && i < to->model->n; i++)
            if (from->state[i] == GIVEN) {
                to->values[i] = from->values[i];
                to->problems[i] = from->problems[i];
                to->state[i] = GIVEN;
            }
    }
    for (size_t i = 0; own != NULL && i < e->call.n; i++) {
        DmnCase *of = place_of(&at, own, e->ins[i]);
        if (of != NULL && of->state[at] == OPEN)
            of->state[at] = DONE; /* null */
    }
    return own == NULL ? boxed_null : outputs(own, e);
}

static void take(DmnCase *c, const DmnInput *in)
{
    const DmnElement *e = dmngraph_named(c->model, in->name);
    if (e != NULL)
        give(c, e, in->value);
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
    size_t at;
    DmnCase *of = place_of(&at, c, e);
    const DmnElement *there = e->kind == DMN_FOREIGN ? e->of : e;
    c->run->steps = 0;
    c->run->problem = NULL;
    if (there->kind == DMN_SERVICE) {
        *out = serve(of, there);
        *problem = c->run->problem;
    } else {
        *out = value_of(of, at);
        *problem = of->problems[at];
    }
    c->run->problem = NULL;
    if (c->run->failed == RUN_TOO_LONG && *problem == NULL)
        *problem = "it takes more steps than a case may";
    if (c->run->failed & RUN_NO_MEMORY)
        return FAIL(err, ERR_MEMORY, "no memory to evaluate '%.80s'", name);
    return OK;
}
