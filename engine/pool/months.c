#include "pool/months.h"

void months_open(Months *m, const Book *b, uint64_t seed)
{
    m->year_steps = (size_t)b->year_steps;
    m->nslots = b->nslots;
    m->book = b;
    for (uint32_t y = 0; y < (uint32_t)b->years; y++)
        m->draws[y] = stream_new(seed, SEED_MONTHS, y);
}
