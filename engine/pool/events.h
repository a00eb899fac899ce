/* events.h - who defaults: factor paths, and the firms they and chance bring
 * down, scenario by scenario.
 *
 * Everything is a pure function of (seed, scenario, year, slot), so scenarios
 * can be had in any order and any part.  In each year a firm defaults when its
 * uniform is below Phi((Phi^-1(pd) - sqrt(rho) Y) / sqrt(1 - rho)), Y being
 * its group's factor; its first default stands.  Under a t copula Phi^-1(pd)
 * is w times the quantile of t; with copula_time the uniforms, Y and w are one
 * for all years and pd is that of the years so far (factors.h).
 *
 * The range of Y is cut into narrow cells.  Firms of a group stand in order of
 * pd in bands; for each cell and step of a band, 8 firms or more, the chances
 * lie between two numbers known beforehand, which decide all but a few firms
 * (stat/trials).  Where there is w too they are looked up by the arguments of
 * Phi at the bands' edges.
 *
 * Firms of small pd, in spans of like ones (spans.h), are drawn sparsely: their
 * uniforms are not looked for one by one, but from the smallest on, as far as
 * the largest chance of the span reaches (sparse.h).  The cost is then of those
 * that may fail, not of all.
 */
#ifndef POOL_EVENTS_H
#define POOL_EVENTS_H

#include "pool/paths.h"

enum { EVENTS_BLOCK = PATHS_BLOCK }; /* most scenarios of a run */

typedef struct Events Events;         /* compiled, shared by threads */
typedef struct EventsWork EventsWork; /* a thread's scratch */

/* Compile; lives as long as the arena.  ERR_MEMORY.
 * Cost  418 cells for each band, at most 128 bands a group: words with 4 bounds
 * each, or several words with one. */
MUST_USE ErrCode events_new(const Events **out, Arena *arena, const Book *book,
                            const Factors *factors, uint64_t seed, SimdIsa isa,
                            Err *err);

/* NULL when out of memory.  events_work_free(NULL) is allowed. */
EventsWork *events_work_new(const Events *events);
void events_work_free(EventsWork *work);

/* Factors that events_run() drew, [EVENTS_BLOCK], of a year and a group of the
 * book. */
const double *events_factor(const EventsWork *work, const Events *events,
                            int year, size_t group);

/* A firm that defaults in row `row` of a tile. */
typedef struct {
    uint32_t row, slot;
} EventsHit;

/* Firms of one group that default in `year` (from 0) of the scenarios q to
 * q + rows - 1 of a run: those in slots `slot` + i for which bit i of row r of
 * `bits` is set; slot is a multiple of 32.  Where few do, a list instead. */
typedef struct {
    size_t q, rows;
    int year;
    size_t group, slot, words;
    const uint32_t *bits;  /* [rows][words]; NULL: there is a list */
    const EventsHit *hits; /* [nhits] */
    size_t nhits;
} EventsTile;

/* Takes tiles: several for a scenario and year, never a firm twice. */
typedef void EventsSink(void *to, const EventsTile *tile);

/* All defaults of scenarios `first` to first + n - 1, n <= EVENTS_BLOCK. */
void events_run(EventsWork *work, const Events *events, uint64_t first,
                size_t n, EventsSink *sink, void *to);

#endif
