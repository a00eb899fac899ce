/* drawn.h - the years of a run drawn once, for policies that come one after
 * another.
 */
#ifndef SUBSIDY_DRAWN_H
#define SUBSIDY_DRAWN_H

#include "subsidy/draw.h"

typedef struct {
    const Stock *stock;
    const Outlook *outlook;
    uint64_t seed;
    Draw *year; /* by its number; NULL: too many to keep, each is drawn anew */
} Drawn;

/*
 * Draw years 0 to years - 1 and leave out rows of the stock that none of them
 * has: a policy judges fewer.  Every year is that of draw_year() with the whole
 * stock.
 * arena  for what is kept, up to 64 MiB of draws.
 * ERR_MEMORY.
 */
MUST_USE ErrCode drawn_open(Drawn *out, Stock *stock, const Outlook *outlook,
                            uint64_t seed, uint32_t years, Arena *arena,
                            Err *err);

/* A year of them; `arena` as in draw_year(). */
MUST_USE ErrCode drawn_year(Draw *out, const Drawn *drawn, uint32_t year,
                            Arena *arena, Err *err);

#endif
