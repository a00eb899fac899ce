#include "pool/looks.h"

#include <assert.h>

enum { USUAL = 12 }; /* runs of a search */

static int told(void *to, double part)
{
    const LooksDone *d = to;
    double runs = d->runs + part * d->part;
    return d->asked->progress(d->asked->to, runs / (runs + USUAL));
}

/* Nothing is known of a future. */
static void forget(Looks *l, size_t scenario)
{
    l->calm[scenario] = -1;
    l->dry[scenario] = INT64_MAX;
}

/* Whether the shock leaves the distributions alone that losses are drawn from:
 * they follow lgd, and with a loading the pd of their firm. */
static int keeps_shapes(const LooksAsked *a)
{
    const Book *b = a->book;
    int is_direct = a->shock == SHOCK_lgd || a->shock == SHOCK_pledge_value;
    for (size_t g = 0; g < b->ngroups; g++) {
        const BookGroup *group = &b->groups[g];
        size_t from = b->loan_at[group->first];
        int is_loaded =
            group->factor->q > 0 && !a->of.factors->is_unconditional;
        for (size_t i = from; i < from + group->loans; i++)
            if (b->loans[i].sd > 0 && (is_direct || is_loaded))
                return 0;
    }
    return 1;
}

ErrCode looks_open(Looks *l, const LooksAsked *asked, uint64_t n, Err *err)
{
    *l = (Looks){.asked = *asked, .options = *asked->done->asked, .n = n};
    l->options.scenarios = n;
    l->options.to = asked->done;
    l->options.progress = l->options.progress == NULL ? NULL : told;
    l->calm = mem_new(n, sizeof *l->calm);
    l->dry = mem_new(n, sizeof *l->dry);
    l->paid = mem_new(n, sizeof *l->paid);
    l->is_open = mem_new(n, sizeof *l->is_open);
    if (l->calm == NULL || l->dry == NULL || l->paid == NULL ||
        l->is_open == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu scenarios", l->n);
    l->is_ordered = asked->book->steps == 1 && keeps_shapes(asked);
    for (size_t i = 0; i < l->n; i++)
        forget(l, i);
    return OK;
}

void looks_close(Looks *l)
{
    mem_free(l->calm);
    mem_free(l->dry);
    mem_free(l->paid);
    mem_free(l->is_open);
    *l = (Looks){0};
}

static PoolShock shock_at(int which, int64_t k)
{
    PoolShock s = SHOCK_NONE;
    double size = (double)k / LOOKS_STEP;
    if (which == SHOCK_pd)
        s.pd = size;
    else if (which == SHOCK_lgd)
        s.points = size;
    else if (which == SHOCK_pledge_value)
        s.pledge = -size;
    for (size_t y = 0; which == SHOCK_factor && y < SHOCK_YEARS; y++)
        s.factor[y] = -size;
    return s;
}

/* A run at hand. */
typedef struct {
    Looks *looks;
    const Model *model;
    int64_t k;
} Look;

static void see(void *to, uint64_t scenario, Worker *worker, size_t q)
{
    const Look *at = to;
    Looks *l = at->looks;
    uint32_t dry = 0;
    (void)q;
    for (int y = 0; y < at->model->waterfall->run; y++)
        dry |= worker->path.year[y].dry;
    l->paid[scenario] = worker->path.net[l->asked.party];
    if (dry >> l->asked.party & 1)
        l->dry[scenario] = at->k;
    else
        l->calm[scenario] = at->k;
}

/* Marks the futures of which it is not known, and how many they are. */
static size_t mark_open(Looks *l, int64_t k, int is_ordered)
{
    size_t open = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (!is_ordered)
            forget(l, i);
        l->is_open[i] = l->asked.is_mean || (l->calm[i] < k && k < l->dry[i]);
        open += l->is_open[i];
    }
    return open;
}

static Figure figure_of(const Looks *l, int64_t k)
{
    uint64_t dry = 0;
    if (l->asked.is_mean)
        return sample_mean(l->paid, l->n);
    for (size_t i = 0; i < l->n; i++)
        dry += l->dry[i] <= k;
    return sample_share(dry, l->n);
}

static int is_ordered(const Looks *l, const Dues *d)
{
    return l->is_ordered && !d->feeds_back && !d->may_suspend;
}

static ErrCode run(Figure *out, Looks *l, int64_t k, Err *err)
{
    ErrCode rc = OK;
    Model m = {0};
    LooksDone *done = l->asked.done;
    Look at = {l, &m, k};
    PoolShock shock = shock_at(l->asked.shock, k);
    PoolVariant of = l->asked.of;
    of.shock = &shock;
    TRY(model_shocked(&m, l->asked.book, &of, &l->options, err));
    size_t open = mark_open(l, k, is_ordered(l, m.dues));
    done->part = (double)open / (double)done->asked->scenarios;
    TRY(model_some(&m, &l->options, l->is_open, see, &at, err));
    done->runs += done->part;
    *out = figure_of(l, k);
done:
    model_close(&m);
    return rc;
}

ErrCode looks_at(Figure *out, Looks *l, int64_t k, Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < l->nseen; i++)
        if (l->seen[i].k == k) {
            *out = l->seen[i].figure;
            return OK;
        }
    TRY(run(out, l, k, err));
    assert(l->nseen < LOOKS_MOST); /* a bracket halves every fourth time */
    l->seen[l->nseen].k = k;
    l->seen[l->nseen++].figure = *out;
done:
    return rc;
}
