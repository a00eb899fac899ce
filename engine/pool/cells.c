#include "pool/cells.h"

#include "stat/normal.h"

#include <math.h>

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

/* Chances at factor y of the safest and the riskiest firm of each band. */
static void edge_chances(double safest[], double riskiest[], const CellGroup *g,
                         size_t firms, SimdIsa isa, double y)
{
    size_t step = g->wide * TRIALS_WORD;
    for (size_t b = 0; b < g->bands; b++) {
        size_t end = (b + 1) * step < firms ? (b + 1) * step : firms;
        safest[b] = (g->threshold[b * step] - g->load * y) * g->inverse;
        riskiest[b] = (g->threshold[end - 1] - g->load * y) * g->inverse;
    }
    normal_cdfs(isa, safest, safest, g->bands);
    normal_cdfs(isa, riskiest, riskiest, g->bands);
}

/* Chances fall as y rises: the lowest of a cell is the safest firm's at its
 * upper edge, the highest the riskiest firm's at its lower edge. */
static void fill_bands(TrialBand *band, const CellGroup *g, size_t firms,
                       SimdIsa isa)
{
    double safe[CELLS_BANDS], risky[CELLS_BANDS], before[CELLS_BANDS];
    edge_chances(safe, before, g, firms, isa, lower_edge(0));
    for (size_t cell = 0; cell < CELLS; cell++) {
        edge_chances(safe, risky, g, firms, isa, lower_edge(cell + 1));
        for (size_t b = 0; b < g->bands; b++) {
            band[cell * g->bands + b] = trials_band(safe[b], before[b]);
            before[b] = risky[b];
        }
    }
}

enum {
    STAIRS_PER_UNIT = 256,
    STAIRS = 13 * STAIRS_PER_UNIT + 2 /* of [-6.5, 6.5), and both ends */
};

const TrialBand *cells_stair(Arena *arena, SimdIsa isa)
{
    TrialBand *stair = arena_alloc(arena, STAIRS, sizeof *stair);
    double edge[STAIRS + 1];
    if (stair == NULL)
        return NULL;
    edge[0] = -FAR;
    for (size_t i = 1; i < STAIRS; i++)
        edge[i] = ((double)i - 1) / STAIRS_PER_UNIT - HALF_RANGE;
    edge[STAIRS] = FAR;
    normal_cdfs(isa, edge, edge, STAIRS + 1);
    for (size_t i = 0; i < STAIRS; i++)
        stair[i] = trials_band(edge[i], edge[i + 1]);
    return stair;
}

/* The step of x; infinities are on the ends. */
static size_t stair_of(double x)
{
    x = (x + HALF_RANGE) * STAIRS_PER_UNIT + 1;
    x = x > 0 ? x : 0;
    return (size_t)(x < STAIRS - 1 ? x : STAIRS - 1);
}

void cells_bands(TrialBand out[], const CellGroup *g, size_t first, size_t n,
                 double y, double w)
{
    const double *edge = g->edge + first;
    double shift = g->load * y;
    TrialBand low = g->stair[stair_of((edge[0] * w - shift) * g->inverse)];
    for (size_t b = 0; b < n; b++) {
        double x = (edge[b + 1] * w - shift) * g->inverse;
        TrialBand high = g->stair[stair_of(x)];
        out[b] = (TrialBand){low.yes, high.open};
        low = high;
    }
}

static void fill_edges(double edge[], const CellGroup *g, size_t firms)
{
    for (size_t b = 0; b < g->bands; b++)
        edge[b] = g->threshold[b * g->wide * TRIALS_WORD];
    edge[g->bands] = g->threshold[firms - 1];
}

ErrCode cells_group(CellGroup *g, Arena *arena, const BookGroup *group,
                    const double threshold[], const TrialBand stair[],
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
    g->wide = (words + CELLS_BANDS - 1) / CELLS_BANDS;
    g->bands = (words + g->wide - 1) / g->wide;
    g->chunk =
        g->wide < CELLS_CHUNK ? CELLS_CHUNK / g->wide * g->wide : g->wide;
    g->chunk = g->chunk < words ? g->chunk : words;
    g->stair = stair;
    size_t cells = stair == NULL ? CELLS * g->bands : 0;
    TrialBand *band = arena_alloc(arena, cells + 1, sizeof *band);
    double *edge = arena_alloc(arena, g->bands + 1, sizeof *edge);
    if (band == NULL || edge == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    fill_edges(edge, g, group->firms);
    g->edge = edge;
    if (stair == NULL) {
        fill_bands(band, g, group->firms, isa);
        g->band = band;
    }
    return OK;
}
