#include "pool/events.h"

#include "pool/cells.h"
#include "stat/normal.h"
#include "stat/student.h"

#include <math.h>
#include <string.h>

enum { BATCH = 512 }; /* open trials decided at once */

struct Events {
    SimdIsa isa;
    int years;
    size_t ngroups, nslots, chunk; /* words of the largest chunk */
    const CellGroup *groups;       /* [years or 1][ngroups] */
    int is_timed;                  /* copula_time: groups by year */
    const Paths *paths;
    Stream draws[BOOK_YEARS], rests[BOOK_YEARS];
};

struct EventsWork {
    PathsWork paths;
    TrialBand bands[CELLS_BANDS];
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
    const double *factor; /* [EVENTS_BLOCK] */
    const double *weight; /* [EVENTS_BLOCK], or NULL */
    size_t group;
    size_t at, words; /* of the chunk, within the group */
    int year;
    uint64_t first; /* scenario */
    EventsSink *sink;
    void *to;
} Pass;

/* Thresholds of year `y`: of pd, or with copula_time of 1 - (1 - pd)^(y + 1).
 * Firms of equal pd stand together. */
static void fill_thresholds(double threshold[], const Book *book,
                            const Factors *f, int y)
{
    for (size_t g = 0; g < book->ngroups; g++) {
        double nu = book->groups[g].factor->nu;
        size_t from = book->groups[g].first;
        for (size_t k = from; k < from + book->groups[g].firms; k++) {
            double pd = book->pd[k], sum = pd;
            if (k > from && pd == book->pd[k - 1]) {
                threshold[k] = threshold[k - 1];
                continue;
            }
            for (int i = 0; f->is_timed && i < y; i++)
                sum += (1 - sum) * pd;
            threshold[k] =
                nu == 0 ? normal_quantile(sum) : student_quantile(sum, nu);
        }
    }
}

/* Thresholds and bands, by year where they differ. */
static ErrCode fill_groups(Events *e, Arena *arena, const Book *book,
                           const Factors *f, Err *err)
{
    ErrCode rc = OK;
    size_t years = f->is_timed ? (size_t)book->years : 1, n = book->ngroups;
    CellGroup *groups = arena_alloc(arena, years * n + 1, sizeof *groups);
    double *threshold =
        arena_alloc(arena, years * book->nslots + 1, sizeof *threshold);
    const TrialBand *stair = NULL;
    if (f->is_t || f->is_timed)
        stair = cells_stair(arena, e->isa);
    if (groups == NULL || threshold == NULL ||
        ((f->is_t || f->is_timed) && stair == NULL))
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    for (size_t y = 0; y < years; y++, threshold += book->nslots) {
        fill_thresholds(threshold, book, f, (int)y);
        for (size_t i = 0; i < n; i++) {
            CellGroup *g = &groups[y * n + i];
            TRY(cells_group(g, arena, &book->groups[i], threshold, stair,
                            e->isa, err));
            e->chunk = g->chunk > e->chunk ? g->chunk : e->chunk;
        }
    }
    e->groups = groups;
done:
    return rc;
}

ErrCode events_new(const Events **out, Arena *arena, const Book *book,
                   const Factors *factors, uint64_t seed, SimdIsa isa, Err *err)
{
    ErrCode rc = OK;
    Events *e = arena_alloc(arena, 1, sizeof *e);
    if (e == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    *e = (Events){.isa = isa,
                  .years = book->years,
                  .ngroups = book->ngroups,
                  .nslots = book->nslots,
                  .is_timed = factors->is_timed};
    TRY(paths_new(&e->paths, arena, book, factors, seed, isa, err));
    TRY(fill_groups(e, arena, book, factors, err));
    for (uint32_t y = 0; y < (uint32_t)e->years; y++) {
        uint32_t part = e->is_timed ? 0 : y; /* one draw for all years */
        e->draws[y] = stream_new(seed, SEED_DRAWS, part);
        e->rests[y] = stream_new(seed, SEED_RESTS, part);
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
    size_t chunk = e->chunk + 1;
    int has_paths = paths_open(&w->paths, e->paths);
    w->yes = mem_new(chunk, sizeof *w->yes);
    w->unsure = mem_new(chunk, sizeof *w->unsure);
    w->dead = mem_new(e->years > 1 ? chunk * EVENTS_BLOCK : 1, sizeof *w->dead);
    if (has_paths && w->yes != NULL && w->unsure != NULL && w->dead != NULL)
        return w;
    events_work_free(w);
    return NULL;
}

void events_work_free(EventsWork *w)
{
    if (w == NULL)
        return;
    paths_close(&w->paths);
    mem_free(w->yes);
    mem_free(w->unsure);
    mem_free(w->dead);
    mem_free(w);
}

/* Factors, weights and bands of a pass's group and year. */
static void enter_year(Pass *p, int year)
{
    const Events *e = p->e;
    size_t from = e->is_timed ? (size_t)year * e->ngroups : 0;
    p->year = year;
    p->g = e->groups + from + p->group;
    p->factor = paths_factor(&p->w->paths, e->paths, year, p->group);
    p->weight = paths_weight(&p->w->paths, e->paths, year, p->group);
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
    for (size_t i = 0; i < w->n; i++) {
        uint32_t q = w->batch_q[i], slot = w->batch_slot[i];
        double at = g->threshold[slot - g->first];
        at *= p->weight == NULL ? 1 : p->weight[q];
        w->trial[i] = (p->first + q) * e->nslots + slot;
        w->chance[i] = (at - g->load * p->factor[q]) * g->inverse;
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

/* Bounds of the chunk's chances in scenario q. */
static const TrialBand *bands_of(const Pass *p, size_t q)
{
    const CellGroup *g = p->g;
    size_t first = p->at / g->wide, n = (p->words + g->wide - 1) / g->wide;
    double y = p->factor[q];
    if (g->band != NULL)
        return g->band + cells_of(y) * g->bands + first;
    cells_bands(p->w->bands, g, first, n, y,
                p->weight == NULL ? 1 : p->weight[q]);
    return p->w->bands;
}

static void draw(const Pass *p, size_t q)
{
    EventsWork *w = p->w;
    const Events *e = p->e;
    const CellGroup *g = p->g;
    size_t slot = g->first + p->at * TRIALS_WORD;
    uint64_t word = ((p->first + q) * e->nslots + slot) / TRIALS_PER_RANDOM;
    trials_run(e->isa, w->yes, w->unsure, p->words, e->draws[p->year], word,
               bands_of(p, q), g->wide);
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

const double *events_factor(const EventsWork *w, const Events *e, int year,
                            size_t group)
{
    return paths_factor(&w->paths, e->paths, year, group);
}

void events_run(EventsWork *w, const Events *e, uint64_t first, size_t n,
                EventsSink *sink, void *to)
{
    Pass p = {.w = w, .e = e, .first = first, .sink = sink, .to = to};
    paths_draw(&w->paths, e->paths, first, n);
    for (; p.group < e->ngroups; p.group++) {
        enter_year(&p, 0);
        for (p.at = 0; p.at < p.g->words; p.at += p.words) {
            size_t left = p.g->words - p.at;
            p.words = left < p.g->chunk ? left : p.g->chunk;
            if (e->years > 1)
                memset(w->dead, 0, n * e->chunk * sizeof *w->dead);
            for (int year = 0; year < e->years; year++) {
                enter_year(&p, year);
                for (size_t q = 0; q < n; q++)
                    draw(&p, q);
                settle(&p);
            }
        }
    }
}
