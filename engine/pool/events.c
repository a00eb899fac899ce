#include "pool/events.h"

#include "pool/spans.h"
#include "pool/sparse.h"
#include "stat/normal.h"
#include "stat/student.h"

#include <math.h>
#include <string.h>

enum {
    BATCH = 512, /* open trials decided at once */
    TILE = 1024  /* words drawn at once, or one row when it is longer */
};

struct Events {
    SimdIsa isa;
    int years;
    size_t ngroups, nslots, chunk; /* words of the largest chunk */
    const BookGroup *spans;        /* [ngroups] */
    const CellGroup *groups;       /* [years or 1][ngroups] */
    int is_timed;                  /* copula_time: groups by year */
    const Paths *paths;
    Stream draws[BOOK_YEARS], rests[BOOK_YEARS];
    Arrivals points[BOOK_YEARS];
    const double *until; /* sparse_until() */
};

struct EventsWork {
    PathsWork paths;
    SparseWork sparse;
    EventsHit hits[SPARSE_HITS];
    uint32_t *yes;                       /* [TILE or chunk] */
    TrialOpen *open;                     /* [TILE or chunk] */
    TrialBand *bands;                    /* [TILE or CELLS_BANDS] */
    const TrialBand *band[EVENTS_BLOCK]; /* by row of a tile */
    uint32_t *dead; /* [EVENTS_BLOCK][chunk] of earlier years, or listed */
    uint32_t batch_row[BATCH], batch_slot[BATCH];
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
    size_t q, rows;   /* of the tile at hand */
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
    const TrialBound *stair = NULL;
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
                  .spans = book->groups,
                  .is_timed = factors->is_timed};
    TRY(paths_new(&e->paths, arena, book, factors, seed, isa, err));
    TRY(fill_groups(e, arena, book, factors, err));
    TRY(sparse_until(&e->until, arena, isa, err));
    for (uint32_t y = 0; y < (uint32_t)e->years; y++) {
        uint32_t part = e->is_timed ? 0 : y; /* one draw for all years */
        e->draws[y] = stream_new(seed, SEED_DRAWS, part);
        e->rests[y] = stream_new(seed, SEED_RESTS, part);
        e->points[y] = (Arrivals){stream_new(seed, SEED_GAPS, part),
                                  stream_new(seed, SEED_PLACES, part)};
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
    size_t dead = e->years > 1 && chunk > SPANS_MOST ? chunk : SPANS_MOST;
    size_t tile = chunk > TILE ? chunk : TILE;
    int has_paths = paths_open(&w->paths, e->paths);
    int has_sparse = sparse_open(&w->sparse, SPANS_MOST);
    w->yes = mem_new(tile, sizeof *w->yes);
    w->open = mem_new(tile, sizeof *w->open);
    w->bands = mem_new(TILE, sizeof *w->bands);
    w->dead = mem_new(dead * EVENTS_BLOCK, sizeof *w->dead);
    if (has_paths && has_sparse && w->yes != NULL && w->open != NULL &&
        w->bands != NULL && w->dead != NULL)
        return w;
    events_work_free(w);
    return NULL;
}

void events_work_free(EventsWork *w)
{
    if (w == NULL)
        return;
    paths_close(&w->paths);
    sparse_close(&w->sparse);
    mem_free(w->yes);
    mem_free(w->open);
    mem_free(w->bands);
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

/* Decide the open trials at hand by their whole uniforms and exact chances. */
static void settle(const Pass *p)
{
    EventsWork *w = p->w;
    const Events *e = p->e;
    const CellGroup *g = p->g;
    for (size_t i = 0; i < w->n; i++) {
        size_t q = p->q + w->batch_row[i], slot = w->batch_slot[i];
        double at = g->threshold[slot - g->first];
        at *= p->weight == NULL ? 1 : p->weight[q];
        w->trial[i] = (p->first + q) * e->nslots + slot;
        w->chance[i] = (at - g->load * p->factor[q]) * g->inverse;
    }
    normal_cdfs(e->isa, w->chance, w->chance, w->n);
    trials_uniforms(e->isa, w->uniform, w->trial, w->n, e->draws[p->year],
                    e->rests[p->year]);
    for (size_t i = 0; i < w->n; i++) {
        size_t place = w->batch_slot[i] - g->first - p->at * TRIALS_WORD;
        size_t word = w->batch_row[i] * p->words + place / TRIALS_WORD;
        uint32_t is_yes = w->uniform[i] < w->chance[i];
        w->yes[word] |= is_yes << place % TRIALS_WORD;
    }
    w->n = 0;
}

/* The tile's open trials, batch by batch. */
static void settle_all(const Pass *p, size_t opened)
{
    EventsWork *w = p->w;
    size_t slot = p->g->first + p->at * TRIALS_WORD;
    for (const TrialOpen *o = w->open; o < w->open + opened; o++)
        for (uint32_t left = o->bits; left != 0; left &= left - 1) {
            size_t place = o->word * TRIALS_WORD + (size_t)__builtin_ctz(left);
            w->batch_row[w->n] = o->row;
            w->batch_slot[w->n] = (uint32_t)(slot + place);
            if (++w->n == BATCH)
                settle(p);
        }
    settle(p);
}

/* Bounds of the chunk's chances in every row. */
static void find_bands(const Pass *p)
{
    EventsWork *w = p->w;
    const CellGroup *g = p->g;
    size_t first = p->at / g->wide, n = (p->words + g->wide - 1) / g->wide;
    for (size_t r = 0; r < p->rows; r++) {
        double y = p->factor[p->q + r];
        if (g->band != NULL) {
            w->band[r] = g->band + cells_of(y) * g->bands + first;
            continue;
        }
        w->band[r] = w->bands + r * n;
        cells_bands(w->bands + r * n, g, first, n, y,
                    p->weight == NULL ? 1 : p->weight[p->q + r]);
    }
}

/* No trial of a slot without a firm, nor of one that failed before. */
static void leave_out(const Pass *p, size_t opened)
{
    EventsWork *w = p->w;
    size_t words = p->words;
    if (p->at + words == p->g->words) {
        for (size_t r = 0; r < p->rows; r++)
            w->yes[r * words + words - 1] &= p->g->last;
        for (size_t i = 0; i < opened; i++)
            w->open[i].bits &=
                w->open[i].word + 1 == words ? p->g->last : UINT32_MAX;
    }
    if (p->e->years == 1)
        return;
    const uint32_t *dead = w->dead + p->q * words;
    for (size_t i = 0; i < p->rows * words; i++)
        w->yes[i] &= ~dead[i];
    for (size_t i = 0; i < opened; i++)
        w->open[i].bits &= ~dead[w->open[i].row * words + w->open[i].word];
}

static void bury(const Pass *p)
{
    uint32_t *dead = p->w->dead + p->q * p->words;
    for (size_t i = 0; p->e->years > 1 && i < p->rows * p->words; i++)
        dead[i] |= p->w->yes[i];
}

/* Firms that have not failed before in the row, nor stand twice in the list. */
static void list(void *to, const uint32_t row[], const uint32_t place[],
                 size_t n)
{
    const Pass *p = to;
    EventsWork *w = p->w;
    size_t hits = 0, slot = p->g->first + p->at * TRIALS_WORD;
    for (size_t i = 0; i < n; i++) {
        uint32_t *dead = w->dead + row[i] * p->words + place[i] / TRIALS_WORD;
        uint32_t bit = UINT32_C(1) << place[i] % TRIALS_WORD;
        w->hits[hits] = (EventsHit){row[i], (uint32_t)slot + place[i]};
        hits += (*dead & bit) == 0;
        *dead |= bit;
    }
    p->sink(p->to, &(EventsTile){.rows = p->rows,
                                 .year = p->year,
                                 .group = p->group,
                                 .hits = w->hits,
                                 .nhits = hits});
}

/* The span's defaults of a year, in all n scenarios. */
static void draw_span(Pass *p, size_t n)
{
    const Events *e = p->e;
    size_t slot = p->g->first + p->at * TRIALS_WORD;
    p->rows = n;
    sparse_run(&p->w->sparse,
               &(SparseTile){.isa = e->isa,
                             .group = p->g,
                             .at = p->at,
                             .words = p->words,
                             .rows = p->rows,
                             .factor = p->factor,
                             .weight = p->weight,
                             .trial = p->first * e->nslots + slot,
                             .stride = e->nslots,
                             .until = e->until,
                             .points = e->points[p->year],
                             .draws = e->draws[p->year],
                             .rests = e->rests[p->year],
                             .sink = list,
                             .to = p});
}

/* The tile's defaults of a year, drawn firm by firm. */
static void draw(const Pass *p)
{
    EventsWork *w = p->w;
    const Events *e = p->e;
    size_t slot = p->g->first + p->at * TRIALS_WORD;
    uint64_t first = (p->first + p->q) * e->nslots + slot;
    TrialTile tile = {p->rows,
                      p->words,
                      p->g->wide,
                      e->draws[p->year],
                      first / TRIALS_PER_RANDOM,
                      e->nslots / TRIALS_PER_RANDOM};
    find_bands(p);
    size_t opened = trials_run(e->isa, w->yes, w->open, &tile, w->band);
    leave_out(p, opened);
    settle_all(p, opened);
    bury(p);
    p->sink(p->to, &(EventsTile){.q = p->q,
                                 .rows = p->rows,
                                 .year = p->year,
                                 .group = p->group,
                                 .slot = slot,
                                 .words = p->words,
                                 .bits = w->yes});
}

/* The chunk in all years and the n scenarios. */
static void run_chunk(Pass *p, size_t n)
{
    size_t most = p->words < TILE ? TILE / p->words : 1;
    if (p->e->years > 1)
        memset(p->w->dead, 0, n * p->words * sizeof *p->w->dead);
    for (int year = 0; year < p->e->years; year++) {
        enter_year(p, year);
        for (p->q = 0; p->q < n; p->q += p->rows) {
            p->rows = n - p->q < most ? n - p->q : most;
            draw(p);
        }
    }
}

/* The span in all years. */
static void run_span(Pass *p, size_t n)
{
    memset(p->w->dead, 0, n * p->words * sizeof *p->w->dead);
    for (int year = 0; year < p->e->years; year++) {
        enter_year(p, year);
        draw_span(p, n);
    }
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
        const BookGroup *own = &e->spans[p.group];
        enter_year(&p, 0);
        p.at = 0;
        for (size_t i = 0; i < own->nspans; i++, p.at += p.words) {
            p.words = own->span[i];
            run_span(&p, n);
        }
        for (; p.at < p.g->words; p.at += p.words) {
            size_t left = p.g->words - p.at;
            p.words = left < p.g->chunk ? left : p.g->chunk;
            run_chunk(&p, n);
        }
    }
}
