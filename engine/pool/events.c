#include "pool/events.h"

#include "pool/cells.h"
#include "pool/mixing.h"
#include "stat/normal.h"
#include "stat/student.h"

#include <math.h>
#include <string.h>

enum { BATCH = 512 }; /* open trials decided at once */

/* Uses of the seed. */
enum { USE_COMMON = 1, USE_FACTORS, USE_DRAWS, USE_RESTS, USE_MIXING };

struct Events {
    SimdIsa isa;
    int years;
    size_t ngroups, nslots, chunk; /* words of the largest chunk */
    const CellGroup *groups;       /* [years or 1][ngroups] */
    int is_timed;                  /* copula_time: groups by year */
    const Mixing *mixing;          /* [nmixing] by nu; none: gaussian */
    size_t nmixing;
    const size_t *mixing_of; /* [ngroups] */
    int mixings;             /* how many years are drawn */
    double common, own;      /* weights of the common and own factors */
    double kept, fresh;      /* of the year before and the new year */
    Stream commons[BOOK_YEARS], factors[BOOK_YEARS]; /* of each year */
    Stream draws[BOOK_YEARS], rests[BOOK_YEARS], mixes[BOOK_YEARS];
};

struct EventsWork {
    double *commons; /* [EVENTS_BLOCK] */
    double *normals; /* [EVENTS_BLOCK][ngroups] */
    double *factor;  /* [years][ngroups][EVENTS_BLOCK] */
    double *weight;  /* [mixings][nmixing][EVENTS_BLOCK] */
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

/* One table for each nu. */
static ErrCode fill_mixing(Events *e, Arena *arena, const Book *book, Err *err)
{
    ErrCode rc = OK;
    Mixing *mixing = arena_alloc(arena, book->ngroups + 1, sizeof *mixing);
    size_t *mixing_of =
        arena_alloc(arena, book->ngroups + 1, sizeof *mixing_of);
    if (mixing == NULL || mixing_of == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    for (size_t g = 0; g < book->ngroups; g++) {
        size_t k = 0;
        while (k < e->nmixing && mixing[k].nu != book->groups[g].factor->nu)
            k++;
        if (k == e->nmixing)
            TRY(mixing_new(&mixing[e->nmixing++], arena,
                           book->groups[g].factor->nu, err));
        mixing_of[g] = k;
    }
    e->mixing = mixing;
    e->mixing_of = mixing_of;
done:
    return rc;
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

static void fill_streams(Events *e, uint64_t seed)
{
    for (uint32_t y = 0; y < (uint32_t)e->years; y++) {
        uint32_t part = e->is_timed ? 0 : y; /* the same draws for all years */
        e->commons[y] = stream_new(seed, USE_COMMON, part);
        e->factors[y] = stream_new(seed, USE_FACTORS, part);
        e->draws[y] = stream_new(seed, USE_DRAWS, part);
        e->rests[y] = stream_new(seed, USE_RESTS, part);
        e->mixes[y] = stream_new(seed, USE_MIXING, part);
    }
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
                  .is_timed = factors->is_timed,
                  .mixings = factors->is_yearly ? book->years : 1,
                  .common = sqrt(factors->common),
                  .own = sqrt(1 - factors->common),
                  .kept = factors->autoregression};
    e->fresh = sqrt(1 - e->kept * e->kept);
    TRY(fill_groups(e, arena, book, factors, err));
    if (factors->is_t)
        TRY(fill_mixing(e, arena, book, err));
    fill_streams(e, seed);
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
    w->weight = mem_new((size_t)e->mixings * e->nmixing * EVENTS_BLOCK + 1,
                        sizeof(double));
    w->yes = mem_new(chunk, sizeof *w->yes);
    w->unsure = mem_new(chunk, sizeof *w->unsure);
    w->dead = mem_new(years > 1 ? chunk * EVENTS_BLOCK : 1, sizeof *w->dead);
    if (w->commons != NULL && w->normals != NULL && w->factor != NULL &&
        w->weight != NULL && w->yes != NULL && w->unsure != NULL &&
        w->dead != NULL)
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
    mem_free(w->weight);
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

/* w of every year drawn, nu and scenario, by one normal a scenario. */
static void mixing_paths(EventsWork *w, const Events *e, uint64_t first,
                         size_t n)
{
    double *weight = w->weight;
    for (int t = 0; e->nmixing > 0 && t < e->mixings; t++) {
        normal_draws(e->isa, w->commons, e->mixes[t], first, n);
        for (size_t m = 0; m < e->nmixing; m++, weight += EVENTS_BLOCK)
            mixing_weights(weight, &e->mixing[m], w->commons, n);
    }
}

/* Factors, weights and bands of a pass's group and year. */
static void enter_year(Pass *p, int year)
{
    const Events *e = p->e;
    size_t y = (size_t)year, t = e->mixings > 1 ? y : 0;
    p->year = year;
    p->g = e->groups + (e->is_timed ? y * e->ngroups : 0) + p->group;
    p->factor = p->w->factor + (y * e->ngroups + p->group) * EVENTS_BLOCK;
    if (e->nmixing > 0)
        p->weight = p->w->weight +
                    (t * e->nmixing + e->mixing_of[p->group]) * EVENTS_BLOCK;
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

void events_run(EventsWork *w, const Events *e, uint64_t first, size_t n,
                EventsSink *sink, void *to)
{
    Pass p = {.w = w, .e = e, .first = first, .sink = sink, .to = to};
    factor_paths(w, e, first, n);
    mixing_paths(w, e, first, n);
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
