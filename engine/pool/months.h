/* months.h - the step in which a firm that fails in a year does so: by monthly
 * steps each month of the year with the same chance, drawn apart from all else,
 * so that the firms that fail, and the years in which they do, are those of
 * yearly steps.  Firms that are in default on the opening day fail in the first
 * month.
 *
 * Source  uniform distribution of deaths: N. L. Bowers et al., "Actuarial
 *         mathematics", 2nd edition, 1997, section 3.6.
 */
#ifndef POOL_MONTHS_H
#define POOL_MONTHS_H

#include "pool/paths.h"
#include "stat/stream.h"

typedef struct {
    size_t year_steps, nslots;
    const Book *book;
    Stream draws[BOOK_YEARS];
} Months;

void months_open(Months *months, const Book *book, uint64_t seed);

/* The step, counted from the opening day, in which the firm of a slot fails in
 * `year` of a scenario. */
static inline size_t months_step(const Months *m, uint64_t scenario,
                                 size_t year, size_t slot)
{
    if (m->year_steps == 1)
        return year;
    if (book_overdue(m->book, slot))
        return 0;
    uint64_t word = stream_word(m->draws[year], scenario * m->nslots + slot);
    return year * m->year_steps + ((word >> 32) * m->year_steps >> 32);
}

#endif
