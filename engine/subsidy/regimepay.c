#include "stat/normal.h"
#include "stat/rng.h"
#include "subsidy/regime.h"

#include <string.h>

/* How often a contract of chance `u` comes: its weight on average, whole. */
static size_t times(double pull, double elasticity, double u)
{
    return (size_t)(normal_exp(pull * elasticity) + u);
}

static size_t times_of(const Regime *r, const Draw *d, size_t j)
{
    if (r->pull == NULL)
        return 1;
    return times(r->pull[d->row[j]], d->elasticity,
                 rng_open01((uint32_t)(d->chance[j] >> 32)));
}

static uint32_t row_of(const Regime *r, const Draw *d, size_t j)
{
    uint32_t row = d->row[j];
    if (r->moved == NULL || r->moved[row] == CLAIM_NOBODY ||
        rng_open01((uint32_t)d->chance[j]) >= r->gaming)
        return row;
    return r->moved[row];
}

ErrCode regime_rows(uint32_t **rows, size_t *n, const Regime *r, const Draw *d,
                    Arena *arena, Err *err)
{
    size_t all = 0, at = 0;
    *rows = d->row;
    *n = d->n;
    if (r->pull == NULL && r->moved == NULL)
        return OK;
    for (size_t j = 0; j < d->n; j++)
        all += times_of(r, d, j);
    *rows = arena_alloc(arena, all + 1, sizeof **rows);
    *n = all;
    if (*rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < d->n; j++)
        for (size_t k = times_of(r, d, j); k-- > 0;)
            (*rows)[at++] = row_of(r, d, j);
    return OK;
}

/* The year's claims that go on, in line: row[i] of the regime, number[i] of the
 * year. */
typedef struct {
    uint32_t *row, *number;
    size_t n;
} Line;

/* By day, then id: a counting sort, as ids rise with the number. */
static ErrCode line_up(Line *out, const Regime *r, const uint32_t rows[],
                       size_t n, Arena *arena, Err *err)
{
    const Claims *c = &r->each;
    size_t days = (size_t)(c->last_day - c->first_day) + 1;
    Line line = {arena_alloc(arena, n + 1, sizeof *line.row),
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
static ErrCode gather(Claims *y, const Regime *r, const Line *line,
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

/* ... and what queues go by, where there is any. */
static ErrCode gather_queues(Claims *y, const Regime *r, const Line *line,
                             Arena *arena, Err *err)
{
    const Claims *c = &r->each;
    const char **id = arena_alloc(arena, y->n + 1, sizeof *id);
    const char **county = arena_alloc(arena, y->n + 1, sizeof *county);
    const char **submitted = arena_alloc(arena, y->n + 1, sizeof *submitted);
    double *score = arena_alloc(arena, y->n + 1, sizeof *score);
    if (id == NULL || county == NULL || submitted == NULL || score == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (c->county != NULL)
        GATHER(county, c->county);
    if (c->submitted != NULL)
        GATHER(submitted, c->submitted);
    if (c->score != NULL)
        GATHER(score, c->score);
    for (size_t i = 0; i < y->n && r->has_lottery; i++)
        if ((id[i] = regime_id(arena, line->number[i])) == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    y->id = id;
    y->county = c->county != NULL ? county : NULL;
    y->submitted = c->submitted != NULL ? submitted : NULL;
    y->score = c->score != NULL ? score : NULL;
    return OK;
}

static ErrCode gather_amounts(int64_t *y[], int64_t *const from[], size_t n,
                              const Line *line, Arena *arena, Err *err)
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
static ErrCode join(Claims *y, const Regime *r, const Line *line, Arena *arena,
                    Err *err)
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

/* What the payers are to pay, by fund; 1 when a fund cannot. */
static int add_wanted(RegimeYear *out, const Regime *r, const Claims *y,
                      const Line *line)
{
    int is_short = 0;
    for (size_t p = 0; p < y->book.payers.n; p++) {
        const int64_t *part = y->paid[p];
        int64_t wanted = 0;
        for (size_t i = 0; i < y->n; i++) {
            uint8_t f = r->fund_of[p][line->row[i]];
            wanted += part[i];
            if (f != REGIME_NONE)
                out->fund_wanted[f] += part[i];
        }
        out->wanted_by[p] = wanted;
        out->wanted += wanted;
    }
    for (size_t f = 0; f < r->funds; f++)
        is_short |= out->fund_wanted[f] > r->fund[f].amount;
    return is_short;
}

/* The day on which the wants by then went beyond a fund. */
static int64_t day_beyond(const Regime *r, size_t f, const Claims *y,
                          const Line *line)
{
    size_t p = r->fund[f].place;
    int64_t left = r->fund[f].amount;
    for (size_t i = 0; i < y->n; i++)
        if (r->fund_of[p][line->row[i]] == f &&
            (left -= y->paid[p][i] + y->cut[p][i]) < 0)
            return y->day[i];
    return NULL_INT;
}

static void add_paid(RegimeYear *out, int64_t county_paid[], const Regime *r,
                     const Claims *y, const Line *line)
{
    for (size_t p = 0; p < y->book.payers.n; p++)
        for (size_t i = 0; i < y->n; i++) {
            int64_t paid = y->paid[p][i];
            uint8_t f = r->fund_of[p][line->row[i]];
            out->paid_by[p] += paid;
            county_paid[r->county[line->row[i]]] += paid;
            if (f != REGIME_NONE)
                out->fund_paid[f] += paid;
        }
    for (size_t p = 0; p < y->book.payers.n; p++)
        out->paid += out->paid_by[p];
    for (size_t f = 0; f < r->funds; f++)
        out->fund_day[f] = out->fund_wanted[f] > r->fund[f].amount
                               ? day_beyond(r, f, y, line)
                               : NULL_INT;
}

/* What budgets may keep back of the parts. */
static ErrCode take_cuts(Claims *y, Err *err)
{
    for (size_t p = 0; p < y->book.payers.n; p++)
        if (claims_take(y, &y->cut[p]) == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    return OK;
}

/* Every claim in line, limits and budgets as they come. */
static ErrCode pay_in_line(RegimeYear *out, int64_t county_paid[],
                           const Regime *r, const uint32_t rows[], size_t n,
                           Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Line line = {0};
    Claims y;
    TRY(line_up(&line, r, rows, n, arena, err));
    TRY(gather(&y, r, &line, arena, err));
    TRY(gather_queues(&y, r, &line, arena, err));
    if (r->is_joined || r->is_annual)
        TRY(join(&y, r, &line, arena, err));
    else
        TRY(gather_amounts(y.paid, r->each.paid, y.book.payers.n, &line, arena,
                           err));
    TRY(take_cuts(&y, err));
    if (add_wanted(out, r, &y, &line) || !r->is_one_era)
        TRY(claims_spend(&y, err));
    add_paid(out, county_paid, r, &y, &line);
done:
    return rc;
}

/* Where claims do not hang on one another unless a budget is short: sums alone.
 * 0 when one is. */
static int pay_plain(RegimeYear *out, int64_t county_paid[], const Regime *r,
                     const uint32_t rows[], size_t n)
{
    size_t payers = r->each.book.payers.n;
    for (size_t p = 0; p < payers; p++) {
        const int64_t *part = r->each.paid[p];
        const uint8_t *fund = r->fund_of[p];
        int64_t sum[REGIME_NONE + 1] = {0};
        for (size_t k = 0; k < n; k++)
            sum[fund[rows[k]]] += part[rows[k]];
        for (size_t f = 0; f <= REGIME_NONE; f++)
            out->wanted_by[p] += sum[f];
        for (size_t f = 0; f < r->funds; f++)
            if (r->fund[f].place == p)
                out->fund_wanted[f] = sum[f];
        out->wanted += out->wanted_by[p];
    }
    for (size_t f = 0; f < r->funds; f++) {
        if (out->fund_wanted[f] > r->fund[f].amount)
            return 0;
        out->fund_paid[f] = out->fund_wanted[f];
        out->fund_day[f] = NULL_INT;
    }
    out->paid = out->wanted;
    memcpy(out->paid_by, out->wanted_by, sizeof out->paid_by);
    for (size_t k = 0; k < n; k++)
        for (size_t p = 0; p < payers; p++)
            county_paid[r->county[rows[k]]] += r->each.paid[p][rows[k]];
    return 1;
}

ErrCode regime_pay(RegimeYear *out, int64_t county_paid[], const Regime *r,
                   const Draw *d, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    uint32_t *rows;
    size_t n;
    int is_plain = !r->is_joined && !r->is_annual && r->is_one_era;
    RegimeYear y = {0};
    TRY(regime_rows(&rows, &n, r, d, arena, err));
    y.contracts = (int64_t)n;
    for (size_t k = 0; k < n; k++)
        y.claimed += r->each.base[rows[k]];
    *out = y;
    if (!is_plain || !pay_plain(out, county_paid, r, rows, n)) {
        *out = y;
        TRY(pay_in_line(out, county_paid, r, rows, n, arena, err));
    }
done:
    return rc;
}
