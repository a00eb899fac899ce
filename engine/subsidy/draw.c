#include "subsidy/draw.h"

#include "core/exact.h"
#include "stat/counts.h"
#include "stat/normal.h"

/* The uses of a seed: what holds for a whole year, how many, which. */
enum { USE_YEAR = 0x73796561, USE_COUNT = 0x73636f75, USE_ROW = 0x73726f77 };

/* Words of a year's stream. */
enum { WORD_GROWTH, WORD_RESPONSE, WORD_BLOCK };

/* What is believed, as that year has it; not below `least`. */
static double believed(Belief b, Stream s, uint64_t word, double least)
{
    double z = normal_quantile(normal_uniform(stream_word(s, word)));
    double x = b.mean + b.sd * z;
    return x < least ? least : x;
}

static size_t pick(uint64_t word, size_t n)
{
    return (size_t)((Exact)word * (Exact)n >> 64);
}

/* The numbers of all strata, and their sum. */
static ErrCode count_strata(uint32_t **numbers, size_t *n, const Stock *stock,
                            double growth, Stream s, Arena *arena, Err *err)
{
    uint64_t next = 0;
    uint32_t *number = arena_alloc(arena, stock->strata, sizeof *number);
    if (number == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *n = 0;
    for (size_t k = 0; k < stock->strata; k++) {
        int64_t drawn =
            counts_mixed(stock->mean[k] * growth, stock->dispersion, s, &next);
        number[k] = (uint32_t)drawn;
        *n += (size_t)drawn;
    }
    *numbers = number;
    return OK;
}

ErrCode draw_year(Draw *out, const Stock *stock, const Outlook *outlook,
                  uint64_t seed, uint32_t year, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    uint32_t *number = NULL;
    Stream s = stream_new(seed, USE_YEAR, year);
    Stream rows = stream_new(seed, USE_ROW, year);
    double growth = 1 + believed(outlook->growth, s, WORD_GROWTH, -1);
    size_t block = pick(stream_word(s, WORD_BLOCK), stock->blocks), j = 0;
    Draw d = {.elasticity = believed(outlook->response, s, WORD_RESPONSE, 0)};
    TRY(count_strata(&number, &d.n, stock, growth,
                     stream_new(seed, USE_COUNT, year), arena, err));
    d.row = arena_alloc(arena, d.n + 1, sizeof *d.row);
    if (outlook->has_gaming || outlook->response.mean > 0)
        d.chance = arena_alloc(arena, d.n + 1, sizeof *d.chance);
    if (d.row == NULL || (d.chance == NULL &&
                          (outlook->has_gaming || outlook->response.mean > 0)))
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < stock->strata; k++) {
        size_t first = block * stock->rows + stock->first[k];
        size_t size = stock->first[k + 1] - stock->first[k];
        for (uint32_t i = 0; i < number[k]; i++, j++)
            d.row[j] = (uint32_t)(first + pick(stream_word(rows, 2 * j), size));
    }
    for (j = 0; stock->place != NULL && j < d.n; j++)
        d.row[j] = stock->place[d.row[j]];
    for (j = 0; d.chance != NULL && j < d.n; j++)
        d.chance[j] = stream_word(rows, 2 * j + 1);
    *out = d;
done:
    return rc;
}
