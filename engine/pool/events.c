#include "pool/events.h"

#include "pool/cells.h"
#include "stat/normal.h"

#include <math.h>
#include <string.h>

enum { BATCH = 512 }; /* open trials decided at once */

/* Uses of the seed. */
enum { USE_COMMON = 1, USE_FACTORS, USE_DRAWS, USE_RESTS };

struct Events {
    SimdIsa isa;
    int years;
    size_t ngroups, nslots, chunk; /* words of the largest chunk */
    const CellGroup *groups;       /* [ngroups] */
    double common, own;            /* weights of the common and own factors */
    double kept, fresh;            /* of the year before and the new year */
    Stream commons[BOOK_YEARS], factors[BOOK_YEARS]; /* of each year */
    Stream draws[BOOK_YEARS], rests[BOOK_YEARS];
};

struct EventsWork {
    double *commons;        /* [EVENTS_BLOCK] */
    double *normals;        /* [EVENTS_BLOCK][ngroups] */
    double *factor;         /* [years][ngroups][EVENTS_BLOCK] */
    uint32_t *yes, *unsure; /* [chunk] */
    uint32_t *dead;         /* [EVENTS_BLOCK][chunk] of earlier years */
    uint32_t batch_q[BATCH], batch_slot[BATCH];
    uint64_t trial[BATCH];
    double chance[BATCH], uniform[BATCH];
    size_t n; /* in the batch */
};

/* One group's chunk in one year, and where its events go. */
typedef struct {
    EventsWork *w;
    const Events *e;
    const CellGroup *g;
    size_t at, words; /* of the chunk, within the group */
    int year;
    uint64_t first; /* scenario */
    EventsSink *sink;
    void *to;
} Pass;

ErrCode events_new(const Events **out, Arena *arena, const Book *book,
                   const Factors *factors, uint64_t seed, SimdIsa isa, Err *err)
{
    ErrCode rc = OK;
    Events *e = arena_alloc(arena, 1, sizeof *e);
    CellGroup *groups = arena_alloc(arena, book->ngroups + 1, sizeof *groups);
    double *threshold = arena_alloc(arena, book->nslots + 1, sizeof *threshold);
    if (e == NULL || groups == NULL || threshold == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    *e = (Events){.isa = isa,
                  .years = book->years,
                  .ngroups = book->ngroups,
                  .nslots = book->nslots,
                  .groups = groups,
                  .common = sqrt(factors->common),
                  .own = sqrt(1 - factors->common),
                  .kept = factors->autoregression};
    e->fresh = sqrt(1 - e->kept * e->kept);
    for (size_t k = 0; k < book->nslots; k++)
        threshold[k] = normal_quantile(book->pd[k]);
    for (size_t i = 0; i < book->ngroups; i++) {
        TRY(cells_group(&groups[i], arena, &book->groups[i], threshold, isa,
                        err));
        e->chunk = groups[i].chunk > e->chunk ? groups[i].chunk : e->chunk;
    }
    for (uint32_t y = 0; y < (uint32_t)book->years; y++) {
        e->commons[y] = stream_new(seed, USE_COMMON, y);
        e->factors[y] = stream_new(seed, USE_FACTORS, y);
        e->draws[y] = stream_new(seed, USE_DRAWS, y);
        e->rests[y] = stream_new(seed, USE_RESTS, y);
    }
    *out = e;
done:
    return rc;
}

EventsWork *events_work_new(const Events *e)
{
    EventsWork *w = mem_new(1, sizeof *w);
    if (w == NULL)
        return NULL;
    size_t years = (size_t)e->years, chunk = e->chunk + 1;
    w->commons = mem_new(EVENTS_BLOCK, sizeof(double));
    w->normals = mem_new(e->ngroups * EVENTS_BLOCK + 1, sizeof(double));
    w->factor = mem_new(years * e->ngroups * EVENTS_BLOCK + 1, sizeof(double));
    w->yes = mem_new(chunk, sizeof *w->yes);
    w->unsure = mem_new(chunk, sizeof *w->unsure);
    w->dead = mem_new(years > 1 ? chunk * EVENTS_BLOCK : 1, sizeof *w->dead);
    if (w->commons != NULL && w->normals != NULL && w->factor != NULL &&
        w->yes != NULL && w->unsure != NULL && w->dead != NULL)
        return w;
    events_work_free(w);
    return NULL;
}

void events_work_free(EventsWork *w)
{
    if (w == NULL)
        return;
    mem_free(w->commons);
    mem_free(w->normals);
    mem_free(w->factor);
    mem_free(w->yes);
    mem_free(w->unsure);
    mem_free(w->dead);
    mem_free(w);
}

/* Y of every year, group and scenario: the common and the group's own normal
 * of the year, and the year before. */
static void factor_paths(EventsWork *w, const Events *e, uint64_t first,
                         size_t n)
{
    size_t width = e->ngroups, year = width * EVENTS_BLOCK;
    for (int t = 0; t < e->years; t++) {
        normal_draws(e->isa, w->commons, e->commons[t], first, n);
        normal_draws(e->isa, w->normals, e->factors[t], first * width,
                     n * width);
        for (size_t g = 0; g < width; g++) {
            double *y = w->factor + (size_t)t * year + g * EVENTS_BLOCK;
            for (size_t q = 0; q < n; q++) {
                double now = e->common * w->commons[q] +
                             e->own * w->normals[q * width + g];
                y[q] = t == 0 ? now : e->kept * y[q - year] + e->fresh * now;
            }
        }
    }
}

static const double *factor_of(const Pass *p)
{
    size_t g = (size_t)(p->g - p->e->groups);
    return p->w->factor + ((size_t)p->year * p->e->ngroups + g) * EVENTS_BLOCK;
}

static uint32_t *dead_of(const Pass *p, size_t q)
{
    return p->w->dead + q * p->e->chunk;
}

/* Decide the open trials at hand by their whole uniforms and exact chances. */
static void settle(const Pass *p)
{
    EventsWork *w = p->w;
    const Events *e = p->e;
    const CellGroup *g = p->g;
    const double *y = factor_of(p);
    for (size_t i = 0; i < w->n; i++) {
        uint32_t q = w->batch_q[i], slot = w->batch_slot[i];
        w->trial[i] = (p->first + q) * e->nslots + slot;
        w->chance[i] =
            (g->threshold[slot - g->first] - g->load * y[q]) * g->inverse;
    }
    normal_cdfs(e->isa, w->chance, w->chance, w->n);
    trials_uniforms(e->isa, w->uniform, w->trial, w->n, e->draws[p->year],
                    e->rests[p->year]);
    for (size_t i = 0; i < w->n; i++) {
        uint32_t q = w->batch_q[i], slot = w->batch_slot[i];
        uint32_t bit = UINT32_C(1) << slot % TRIALS_WORD;
        if (!(w->uniform[i] < w->chance[i]))
            continue;
        p->sink(p->to, q, p->year, slot / TRIALS_WORD * TRIALS_WORD, &bit, 1);
        if (e->years > 1)
            dead_of(p, q)[(slot - g->first) / TRIALS_WORD - p->at] |= bit;
    }
    w->n = 0;
}

/* Open trials of scenario q wait until there are enough of them. */
static void put_off(const Pass *p, size_t q, size_t slot)
{
    EventsWork *w = p->w;
    TRIALS_EACH(place, w->unsure, p->words)
    {
        w->batch_q[w->n] = (uint32_t)q;
        w->batch_slot[w->n] = (uint32_t)slot + place;
        if (++w->n == BATCH)
            settle(p);
    }
}

static void draw(const Pass *p, size_t q, double y)
{
    EventsWork *w = p->w;
    const Events *e = p->e;
    const CellGroup *g = p->g;
    size_t slot = g->first + p->at * TRIALS_WORD;
    uint64_t word = ((p->first + q) * e->nslots + slot) / TRIALS_PER_RANDOM;
    trials_run(e->isa, w->yes, w->unsure, p->words, e->draws[p->year], word,
               g->band + cells_of(y) * g->bands + p->at / g->wide, g->wide);
    if (p->at + p->words == g->words) {
        w->yes[p->words - 1] &= g->last;
        w->unsure[p->words - 1] &= g->last;
    }
    if (e->years > 1) {
        uint32_t *dead = dead_of(p, q);
        for (size_t i = 0; i < p->words; i++) {
            w->yes[i] &= ~dead[i];
            w->unsure[i] &= ~dead[i];
            dead[i] |= w->yes[i];
        }
    }
    p->sink(p->to, q, p->year, slot, w->yes, p->words);
    put_off(p, q, slot);
}

void events_run(EventsWork *w, const Events *e, uint64_t first, size_t n,
                EventsSink *sink, void *to)
{
    Pass p = {.w = w, .e = e, .first = first, .sink = sink, .to = to};
    factor_paths(w, e, first, n);
    for (p.g = e->groups; p.g < e->groups + e->ngroups; p.g++)
        for (p.at = 0; p.at < p.g->words; p.at += p.words) {
            size_t left = p.g->words - p.at;
            p.words = left < p.g->chunk ? left : p.g->chunk;
            if (e->years > 1)
                memset(w->dead, 0, n * e->chunk * sizeof *w->dead);
            for (p.year = 0; p.year < e->years; p.year++) {
                const double *y = factor_of(&p);
                for (size_t q = 0; q < n; q++)
                    draw(&p, q, y[q]);
                settle(&p);
            }
        }
}
