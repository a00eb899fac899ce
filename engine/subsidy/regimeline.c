#include "subsidy/regimeline.h"

#include <string.h>

/* By day, then id: a counting sort, as ids rise with the number. */
static ErrCode line_up(RegimeLine *out, const Regime *r, const uint32_t rows[],
                       size_t n, Arena *arena, Err *err)
{
    const Claims *c = &r->each;
    size_t days = (size_t)(c->last_day - c->first_day) + 1;
    RegimeLine line = {arena_alloc(arena, n + 1, sizeof *line.row),
                       arena_alloc(arena, n + 1, sizeof *line.number), 0};
    uint32_t *start = arena_alloc(arena, days + 1, sizeof *start);
    if (line.row == NULL || line.number == NULL || start == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < n; k++)
        if (c->refusal[rows[k]] == REFUSED_NOT)
            start[c->day[rows[k]] - c->first_day + 1]++;
    for (size_t d = 0; d < days; d++)
        start[d + 1] += start[d];
    line.n = start[days];
    for (size_t k = 0; k < n; k++)
        if (c->refusal[rows[k]] == REFUSED_NOT) {
            uint32_t at = start[c->day[rows[k]] - c->first_day]++;
            line.row[at] = rows[k];
            line.number[at] = (uint32_t)k;
        }
    *out = line;
    return OK;
}

#define GATHER(to, from)                                                       \
    do {                                                                       \
        for (size_t i = 0; i < y->n; i++)                                      \
            (to)[i] = (from)[line->row[i]];                                    \
    } while (0)

/* What every claim of the year has, by its place in line. */
static ErrCode gather(Claims *y, const Regime *r, const RegimeLine *line,
                      Arena *arena, Err *err)
{
    const Claims *c = &r->each;
    *y = *c;
    y->arena = arena;
    y->n = line->n;
    y->rounded = NULL;
    for (size_t p = 0; p < MATCH_PAYERS; p++)
        y->paid[p] = y->cut[p] = NULL;
    int64_t *day = arena_alloc(arena, y->n + 1, sizeof *day);
    y->firm = arena_alloc(arena, y->n + 1, sizeof *y->firm);
    y->order = arena_alloc(arena, y->n + 1, sizeof *y->order);
    y->refusal = arena_alloc(arena, y->n + 1, sizeof *y->refusal);
    y->binding = arena_alloc(arena, y->n + 1, sizeof *y->binding);
    if (day == NULL || y->firm == NULL || y->order == NULL ||
        y->refusal == NULL || y->binding == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    GATHER(day, c->day);
    y->day = day;
    GATHER(y->firm, c->firm);
    for (size_t i = 0; i < y->n; i++)
        y->order[i] = (uint32_t)i;
    return OK;
}

/* ... and what limits and payers go by. */
static ErrCode gather_traits(Claims *y, const Regime *r, const RegimeLine *line,
                             Arena *arena, Err *err)
{
    const Claims *c = &r->each;
    const char **county = arena_alloc(arena, y->n + 1, sizeof *county);
    double *score = arena_alloc(arena, y->n + 1, sizeof *score);
    if (county == NULL || score == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (c->county != NULL)
        GATHER(county, c->county);
    if (c->score != NULL)
        GATHER(score, c->score);
    y->county = c->county != NULL ? county : NULL;
    y->score = c->score != NULL ? score : NULL;
    return OK;
}

ErrCode regime_queues(Claims *y, const Regime *r, const RegimeLine *line,
                      Arena *arena, Err *err)
{
    const Claims *c = &r->each;
    const char **id = arena_alloc(arena, y->n + 1, sizeof *id);
    const char **submitted = arena_alloc(arena, y->n + 1, sizeof *submitted);
    if (id == NULL || submitted == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (c->submitted != NULL)
        GATHER(submitted, c->submitted);
    for (size_t i = 0; i < y->n && r->has_lottery; i++)
        if ((id[i] = regime_id(arena, line->number[i])) == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    y->id = id;
    y->submitted = c->submitted != NULL ? submitted : NULL;
    return OK;
}

static ErrCode gather_amounts(int64_t *y[], int64_t *const from[], size_t n,
                              const RegimeLine *line, Arena *arena, Err *err)
{
    for (size_t a = 0; a < n; a++) {
        y[a] = arena_alloc(arena, line->n + 1, sizeof **y);
        if (y[a] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        for (size_t i = 0; i < line->n; i++)
            y[a][i] = from[a][line->row[i]];
    }
    return OK;
}

/* Awards on sums of the year, then everything that hangs on other claims. */
static ErrCode join(Claims *y, const Regime *r, const RegimeLine *line,
                    Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Claims *c = &r->each;
    TRY(gather_amounts(y->award, c->award, c->book.awards.n, line, arena, err));
    if (r->is_annual) {
        int64_t *const amounts[] = {c->base, c->computed};
        int64_t *mine[2];
        TRY(gather_amounts(mine, amounts, 2, line, arena, err));
        y->base = mine[0];
        y->computed = mine[1];
        TRY(claims_award_years(y, err));
        TRY(claims_limit_each(y, err));
    }
    TRY(claims_limit_years(y, err));
    TRY(claims_divide(y, err));
done:
    return rc;
}

ErrCode regime_line(RegimeLine *line, Claims *claims, const Regime *r,
                    const uint32_t rows[], size_t n, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    TRY(line_up(line, r, rows, n, arena, err));
    TRY(gather(claims, r, line, arena, err));
    TRY(gather_traits(claims, r, line, arena, err));
    if (regime_hangs(r))
        TRY(join(claims, r, line, arena, err));
    else
        TRY(gather_amounts(claims->paid, r->each.paid, claims->book.payers.n,
                           line, arena, err));
done:
    return rc;
}
