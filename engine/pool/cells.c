#include "pool/cells.h"

#include "stat/normal.h"

#include <math.h>
#include <string.h>

#define HALF_RANGE 6.5
#define FAR        60.0 /* beyond any factor */

/* Edges are binary fractions, so they are exact. */
static double lower_edge(size_t cell)
{
    if (cell == 0)
        return -FAR;
    return cell == CELLS ? FAR
                         : ((double)cell - 1) / CELLS_PER_UNIT - HALF_RANGE;
}

size_t cells_of(double y)
{
    double x = (y + HALF_RANGE) * CELLS_PER_UNIT;
    if (!(x >= 0))
        return 0;
    return x < CELLS - 2 ? (size_t)x + 1 : CELLS - 1;
}

/* Chances at factor y of the firms where steps meet. */
static void edge_chances(double chance[], const CellGroup *g, SimdIsa isa,
                         double y)
{
    size_t n = g->bands * g->steps + 1;
    for (size_t i = 0; i < n; i++)
        chance[i] = (g->edge[i] - g->load * y) * g->inverse;
    normal_cdfs(isa, chance, chance, n);
}

/* Chances fall as y rises: the lowest of a cell is the step's lower one at its
 * upper edge, the highest the step's upper one at its lower edge. */
static void fill_bands(TrialBand *band, const CellGroup *g, SimdIsa isa)
{
    double now[CELLS_STEPS + 1], before[CELLS_STEPS + 1];
    size_t edges = g->bands * g->steps + 1;
    edge_chances(before, g, isa, lower_edge(0));
    for (size_t cell = 0; cell < CELLS; cell++) {
        edge_chances(now, g, isa, lower_edge(cell + 1));
        for (size_t b = 0; b < g->bands; b++, band++)
            for (size_t part = 0; part < TRIALS_PARTS; part++) {
                size_t i = b * g->steps + part % g->steps;
                trials_set(band, part, trials_bound(now[i], before[i + 1]));
            }
        memcpy(before, now, edges * sizeof *now);
    }
}

enum {
    STAIRS_PER_UNIT = 256,
    STAIRS = 13 * STAIRS_PER_UNIT + 2 /* of [-6.5, 6.5), and both ends */
};

const TrialBound *cells_stair(Arena *arena, SimdIsa isa)
{
    TrialBound *stair = arena_alloc(arena, STAIRS, sizeof *stair);
    double edge[STAIRS + 1];
    if (stair == NULL)
        return NULL;
    edge[0] = -FAR;
    for (size_t i = 1; i < STAIRS; i++)
        edge[i] = ((double)i - 1) / STAIRS_PER_UNIT - HALF_RANGE;
    edge[STAIRS] = FAR;
    normal_cdfs(isa, edge, edge, STAIRS + 1);
    for (size_t i = 0; i < STAIRS; i++)
        stair[i] = trials_bound(edge[i], edge[i + 1]);
    return stair;
}

/* The step that x, in steps, falls on; infinities are on the ends. */
static size_t stair_of(double x)
{
    x = x > 0 ? x : 0;
    return (size_t)(int)(x < STAIRS - 1 ? x : STAIRS - 1);
}

void cells_bands(TrialBand out[], const CellGroup *g, size_t first, size_t n,
                 double y, double w)
{
    const double *edge = g->edge + first;
    double unit = g->inverse * STAIRS_PER_UNIT, slope = w * unit;
    double from = HALF_RANGE * STAIRS_PER_UNIT + 1 - g->load * y * unit;
    TrialBound low = g->stair[stair_of(edge[0] * slope + from)];
    for (size_t b = 0; b < n; b++) {
        TrialBound high = g->stair[stair_of(edge[b + 1] * slope + from)];
        out[b] = trials_alike((TrialBound){low.yes, high.open});
        low = high;
    }
}

static void fill_edges(double edge[], const CellGroup *g, size_t firms)
{
    size_t n = g->bands * g->steps, wide = g->wide * TRIALS_WORD / g->steps;
    for (size_t i = 0; i <= n; i++)
        edge[i] = g->threshold[i * wide < firms ? i * wide : firms - 1];
}

ErrCode cells_group(CellGroup *g, Arena *arena, const BookGroup *group,
                    const double threshold[], const TrialBound stair[],
                    SimdIsa isa, Err *err)
{
    double rho = group->factor->rho;
    size_t words = (group->firms + TRIALS_WORD - 1) / TRIALS_WORD;
    *g = (CellGroup){.load = sqrt(rho),
                     .inverse = 1 / sqrt(1 - rho),
                     .threshold = threshold + group->first,
                     .first = group->first,
                     .words = words};
    g->last = UINT32_MAX >> (words * TRIALS_WORD - group->firms);
    g->wide = book_band(words);
    g->bands = (words + g->wide - 1) / g->wide;
    g->steps = g->wide == 1 && stair == NULL ? TRIALS_PARTS : 1;
    g->chunk =
        g->wide < CELLS_CHUNK ? CELLS_CHUNK / g->wide * g->wide : g->wide;
    g->chunk = g->chunk < words ? g->chunk : words;
    g->stair = stair;
    size_t cells = stair == NULL ? CELLS * g->bands : 0;
    TrialBand *band = arena_alloc(arena, cells + 1, sizeof *band);
    double *edge = arena_alloc(arena, g->bands * g->steps + 1, sizeof *edge);
    if (band == NULL || edge == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    fill_edges(edge, g, group->firms);
    g->edge = edge;
    if (stair == NULL) {
        fill_bands(band, g, isa);
        g->band = band;
    }
    return OK;
}
