#include "pool/happen.h"

#include <string.h>

const char *happen_word(Happen kind)
{
    static const char *const words[] = {
#define X(name, word) word,
        HAPPENINGS(X)
#undef X
    };
    return words[kind];
}

static void add(Happenings *h, Happen kind, size_t at, const char *who)
{
    if (h->list != NULL)
        h->list[h->n] = (Happening){kind, at, who};
    h->n++;
}

/* What may happen, counted or, where there is a list, listed. */
static void list_all(Happenings *h)
{
    const Model *m = h->model;
    const Scheme *s = m->scheme;
    h->n = 0;
    if (s == NULL)
        return;
    for (size_t j = 0; j < (size_t)s->n; j++)
        if (m->waterfall->may_run_dry >> j & 1)
            add(h, HAPPEN_RUNS_DRY, j, s->party[j]);
    for (size_t j = 0; j < (size_t)s->n; j++)
        if (s->cap[j].exists)
            add(h, HAPPEN_CAP_BINDS, j, s->party[j]);
    if (s->leverage.exists)
        add(h, HAPPEN_LEVERAGE_BINDS, 0, s->party[s->leverage.party]);
    if (s->reserves.exists)
        add(h, HAPPEN_RESERVE_SHORT, 0, s->party[s->reserves.party]);
    for (size_t b = 0; m->dues->by_bank && b < m->book->nbanks; b++) {
        add(h, HAPPEN_WARN, b, m->book->banks[b]);
        add(h, HAPPEN_SUSPEND, b, m->book->banks[b]);
    }
}

ErrCode happen_open(Happenings *out, const Model *model, uint64_t scenarios,
                    Err *err)
{
    *out = (Happenings){.model = model, .scenarios = (size_t)scenarios};
    list_all(out);
    Happening *list = mem_new(out->n + 1, sizeof *list);
    out->seen = mem_new(out->n + 1, out->scenarios);
    out->list = list;
    if (list == NULL || out->seen == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a comparison");
    list_all(out);
    return OK;
}

void happen_close(Happenings *h)
{
    mem_free(h->list);
    mem_free(h->seen);
}

/* All years of a path together. */
typedef struct {
    uint32_t dry, capped;
    int is_levered, is_unreserved;
} Whole;

static int did_happen(const Happening *h, const Whole *w, const Tally *t)
{
    switch (h->kind) {
    case HAPPEN_RUNS_DRY:
        return (int)(w->dry >> h->at & 1);
    case HAPPEN_CAP_BINDS:
        return (int)(w->capped >> h->at & 1);
    case HAPPEN_LEVERAGE_BINDS:
        return w->is_levered;
    case HAPPEN_RESERVE_SHORT:
        return w->is_unreserved;
    case HAPPEN_WARN:
        return (t->banks[h->at] & BREAKERS_WARNED) != 0;
    default:
        return (t->banks[h->at] & BREAKERS_SUSPENDED) != 0;
    }
}

void happen_see(void *to, uint64_t scenario, Worker *worker, size_t q)
{
    const Happenings *h = to;
    Whole w = {0};
    (void)q;
    for (int y = 0; y < h->model->waterfall->run; y++) {
        const WaterfallYear *now = &worker->path.year[y];
        w.dry |= now->dry;
        w.capped |= now->capped;
        w.is_levered |= now->is_levered;
        w.is_unreserved |= now->is_unreserved;
    }
    for (size_t i = 0; i < h->n; i++)
        h->seen[i * h->scenarios + scenario] =
            (uint8_t)did_happen(&h->list[i], &w, &worker->tally);
}

const uint8_t *happen_find(const Happenings *h, Happen kind, const char *who)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].kind == kind && strcmp(h->list[i].who, who) == 0)
            return h->seen + i * h->scenarios;
    return NULL;
}
