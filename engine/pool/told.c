#include "pool/told.h"

#include "stat/trials.h"

#include <stdlib.h>

ErrCode told_open(Told *t, const Model *m, Err *err)
{
    int has_worker;
    *t = (Told){.model = m};
    t->defaults = mem_new(m->book->firms + 1, sizeof *t->defaults);
    has_worker = worker_open(&t->worker, m);
    if (!has_worker || t->defaults == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a replay");
    return OK;
}

void told_close(Told *t)
{
    mem_free(t->defaults);
    worker_close(&t->worker);
}

static void note(Told *t, int year, uint32_t slot)
{
    size_t step = months_step(&t->model->dues->months, t->worker.table.first,
                              (size_t)year, slot);
    t->defaults[t->n++] = (Default){year, slot, step};
}

/* Takes defaults twice: into the table of dues, and into the list. */
static void tell(void *to, const EventsTile *e)
{
    Told *t = to;
    dues_take(&t->worker.table, e);
    for (size_t i = 0; i < e->nhits; i++)
        note(t, e->year, e->hits[i].slot);
    if (e->bits != NULL)
        TRIALS_EACH(place, e->bits, e->words)
    note(t, e->year, (uint32_t)e->slot + place);
}

static int by_step(const void *a, const void *b)
{
    const Default *x = a, *y = b;
    if (x->step != y->step)
        return x->step < y->step ? -1 : 1;
    return x->slot < y->slot ? -1 : x->slot > y->slot;
}

void told_scenario(Told *t, uint64_t scenario)
{
    Worker *k = &t->worker;
    const Model *m = t->model;
    t->n = 0;
    dues_clear(&k->table, scenario, 1);
    events_run(k->work, m->events, scenario, 1, tell, t);
    if (m->scheme != NULL)
        model_path(m, k, 0);
    qsort(t->defaults, t->n, sizeof *t->defaults, by_step);
}

int told_loan(DueLoan *out, const Told *t, uint32_t loan, Default when)
{
    const Model *m = t->model;
    uint64_t stopped = t->worker.path.stopped;
    size_t class = dues_class(m->dues, loan);
    if (stopped != 0 && stopped >> class & 1)
        return 0;
    if (m->waterfall != NULL &&
        breakers_stop(m->waterfall->breakers, &t->worker.table, 0, loan))
        return 0;
    *out = dues_loan(m->dues, loan, when.step,
                     dues_lgd(&t->worker.table, loan, 0, when.year));
    return 1;
}
