#include "pool/paths.h"

#include "pool/mixing.h"
#include "stat/nearest.h"
#include "stat/normal.h"

#include <math.h>

struct Paths {
    SimdIsa isa;
    int years;
    size_t ngroups;
    const Mixing *mixing; /* [nmixing] by nu; none: gaussian */
    size_t nmixing;
    const size_t *mixing_of; /* [ngroups] */
    int mixings;             /* how many years are drawn */
    double common, own;      /* weights of the common and own factors */
    const double *root;      /* [ngroups][ngroups] by pair; NULL: those two */
    double kept, fresh;      /* of the year before and the new year */
    const double *shift;     /* [years] what is added to all; NULL: nothing */
    Stream commons[BOOK_YEARS], factors[BOOK_YEARS], mixes[BOOK_YEARS];
};

/* One table for each nu. */
static ErrCode fill_mixing(Paths *e, Arena *arena, const Book *book, Err *err)
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

/* The root of the correlations of the groups that are there. */
static ErrCode fill_root(Paths *e, Arena *arena, const Book *book,
                         const Factors *f, Err *err)
{
    size_t n = book->ngroups;
    double *pair = arena_alloc(arena, n * n + 1, sizeof *pair);
    double *root = arena_alloc(arena, n * n + 1, sizeof *root);
    if (pair == NULL || root == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    for (size_t i = 0; i < n * n; i++) {
        size_t g = (size_t)(book->groups[i / n].factor - f->groups);
        size_t h = (size_t)(book->groups[i % n].factor - f->groups);
        pair[i] = f->pairs[g * f->n + h];
    }
    nearest_root(root, pair, n);
    e->root = root;
    return OK;
}

ErrCode paths_new(const Paths **out, Arena *arena, const Book *book,
                  const Factors *factors, uint64_t seed, SimdIsa isa, Err *err)
{
    ErrCode rc = OK;
    Paths *e = arena_alloc(arena, 1, sizeof *e);
    if (e == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    *e = (Paths){.isa = isa,
                 .years = book->years,
                 .ngroups = book->ngroups,
                 .mixings = factors->is_yearly ? book->years : 1,
                 .common = sqrt(factors->common),
                 .own = sqrt(1 - factors->common),
                 .kept = factors->autoregression,
                 .shift = book->shift};
    e->fresh = sqrt(1 - e->kept * e->kept);
    if (factors->pairs != NULL)
        TRY(fill_root(e, arena, book, factors, err));
    if (factors->is_t)
        TRY(fill_mixing(e, arena, book, err));
    for (uint32_t y = 0; y < (uint32_t)e->years; y++) {
        uint32_t part = factors->is_timed ? 0 : y; /* one draw for all years */
        e->commons[y] = stream_new(seed, SEED_COMMON, part);
        e->factors[y] = stream_new(seed, SEED_FACTORS, part);
        e->mixes[y] = stream_new(seed, SEED_MIXING, part);
    }
    *out = e;
done:
    return rc;
}

int paths_open(PathsWork *w, const Paths *e)
{
    size_t wide = e->ngroups * PATHS_BLOCK;
    size_t weights = (size_t)e->mixings * e->nmixing * PATHS_BLOCK;
    w->commons = mem_new(PATHS_BLOCK, sizeof(double));
    w->normals = mem_new(wide + 1, sizeof(double));
    w->factor = mem_new((size_t)e->years * wide + 1, sizeof(double));
    w->weight = mem_new(weights + 1, sizeof(double));
    return w->commons != NULL && w->normals != NULL && w->factor != NULL &&
           w->weight != NULL;
}

void paths_close(PathsWork *w)
{
    mem_free(w->commons);
    mem_free(w->normals);
    mem_free(w->factor);
    mem_free(w->weight);
}

/* New factors of group g: of the common and its own normal, or of the normals
 * of the groups up to it. */
static void new_factors(double y[], const PathsWork *w, const Paths *e,
                        size_t g, size_t n)
{
    const double *normals = w->normals, *root = e->root;
    size_t width = e->ngroups;
    if (root == NULL) {
        for (size_t q = 0; q < n; q++)
            y[q] = e->common * w->commons[q] + e->own * normals[q * width + g];
        return;
    }
    for (size_t q = 0; q < n; q++) {
        y[q] = 0;
        for (size_t k = 0; k <= g; k++)
            y[q] += root[g * width + k] * normals[q * width + k];
    }
}

/* Y of every year, group and scenario: new ones, and of the year before. */
static void factor_paths(PathsWork *w, const Paths *e, uint64_t first, size_t n)
{
    size_t width = e->ngroups, year = width * PATHS_BLOCK;
    for (int t = 0; t < e->years; t++) {
        if (e->root == NULL)
            normal_draws(e->isa, w->commons, e->commons[t], first, n);
        normal_draws(e->isa, w->normals, e->factors[t], first * width,
                     n * width);
        for (size_t g = 0; g < width; g++) {
            double *y = w->factor + (size_t)t * year + g * PATHS_BLOCK;
            new_factors(y, w, e, g, n);
            for (size_t q = 0; t > 0 && q < n; q++)
                y[q] = e->kept * y[q - year] + e->fresh * y[q];
        }
    }
}

/* What a stress adds, to whole paths: a year does not inherit it. */
static void shift_paths(PathsWork *w, const Paths *e)
{
    size_t year = e->ngroups * PATHS_BLOCK;
    for (size_t t = 0; e->shift != NULL && t < (size_t)e->years; t++)
        for (size_t i = 0; i < year; i++)
            w->factor[t * year + i] += e->shift[t];
}

/* w of every year drawn, nu and scenario, by one normal a scenario. */
static void mixing_paths(PathsWork *w, const Paths *e, uint64_t first, size_t n)
{
    double *weight = w->weight;
    for (int t = 0; e->nmixing > 0 && t < e->mixings; t++) {
        normal_draws(e->isa, w->commons, e->mixes[t], first, n);
        for (size_t m = 0; m < e->nmixing; m++, weight += PATHS_BLOCK)
            mixing_weights(weight, &e->mixing[m], w->commons, n);
    }
}

void paths_draw(PathsWork *w, const Paths *e, uint64_t first, size_t n)
{
    factor_paths(w, e, first, n);
    shift_paths(w, e);
    mixing_paths(w, e, first, n);
}

const double *paths_factor(const PathsWork *w, const Paths *e, int year,
                           size_t group)
{
    return w->factor + ((size_t)year * e->ngroups + group) * PATHS_BLOCK;
}

const double *paths_weight(const PathsWork *w, const Paths *e, int year,
                           size_t group)
{
    if (e->nmixing == 0)
        return NULL;
    size_t y = e->mixings > 1 ? (size_t)year : 0;
    return w->weight + (y * e->nmixing + e->mixing_of[group]) * PATHS_BLOCK;
}
