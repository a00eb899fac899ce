#include "subsidy/drawn.h"

#define KEPT_MOST 67108864.0 /* bytes of draws */

/* What the years take, on average. */
static double size_of(const Stock *stock, const Outlook *outlook,
                      uint32_t years)
{
    double n = 0;
    for (size_t k = 0; k < stock->strata; k++)
        n += stock->mean[k] * (1 + outlook->growth.mean);
    return years * n * (double)(sizeof(uint32_t) + sizeof(uint64_t));
}

/* Draw all; place[row] of a row that comes is 1, and of the first, so that
 * there is one. */
static ErrCode draw_all(uint32_t place[], Drawn *d, uint32_t years,
                        Arena *arena, Arena *scratch, Err *err)
{
    ErrCode rc = OK;
    Draw one = {0};
    place[0] = 1;
    for (uint32_t y = 0; y < years; y++) {
        Draw *draw = d->year != NULL ? &d->year[y] : &one;
        TRY(draw_year(draw, d->stock, d->outlook, d->seed, y,
                      d->year != NULL ? arena : scratch, err));
        for (size_t j = 0; j < draw->n; j++)
            place[draw->row[j]] = 1;
        arena_reset(scratch);
    }
done:
    return rc;
}

/* Rows that come move together; draws go by their new places. */
static ErrCode keep_rows(Stock *stock, uint32_t place[], Drawn *d,
                         uint32_t years, Err *err)
{
    ErrCode rc = OK;
    Tables *tables = stock->table->owner;
    size_t rows = stock->table->rows, n = 0;
    uint32_t *kept = arena_alloc(tables->arena, rows, sizeof *kept);
    if (kept == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < rows; i++)
        if (place[i] != 0) {
            place[i] = (uint32_t)n;
            kept[n++] = (uint32_t)i;
        }
    TRY(stock_pick(&stock->table, tables, stock->table, "contracts", kept, n,
                   err));
    stock->place = place;
    for (uint32_t y = 0; d->year != NULL && y < years; y++)
        for (size_t j = 0; j < d->year[y].n; j++)
            d->year[y].row[j] = place[d->year[y].row[j]];
done:
    return rc;
}

ErrCode drawn_open(Drawn *out, Stock *stock, const Outlook *outlook,
                   uint64_t seed, uint32_t years, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Drawn d = {stock, outlook, seed, NULL};
    uint32_t *place = arena_alloc(arena, stock->table->rows, sizeof *place);
    Arena *scratch = arena_new();
    if (size_of(stock, outlook, years) <= KEPT_MOST)
        d.year = arena_alloc(arena, years, sizeof *d.year);
    if (place == NULL || scratch == NULL)
        TRY(FAIL(err, ERR_MEMORY, "out of memory"));
    TRY(draw_all(place, &d, years, arena, scratch, err));
    TRY(keep_rows(stock, place, &d, years, err));
    *out = d;
done:
    arena_free(scratch);
    return rc;
}

ErrCode drawn_year(Draw *out, const Drawn *d, uint32_t year, Arena *arena,
                   Err *err)
{
    if (d->year == NULL)
        return draw_year(out, d->stock, d->outlook, d->seed, year, arena, err);
    *out = d->year[year];
    return OK;
}
