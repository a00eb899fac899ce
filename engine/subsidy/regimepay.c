#include "stat/normal.h"
#include "stat/rng.h"
#include "subsidy/regimeline.h"

#include <string.h>

/* How often drawn contract j comes: its weight on average, whole. */
static size_t times(const RegimeRows *rows, const Draw *d, size_t j)
{
    if (rows->weight == NULL)
        return 1;
    return (size_t)(rows->weight[j] +
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

/* How often each comes on average; in all, by its chance, a whole number. */
static ErrCode weigh(RegimeRows *out, const Regime *r, const Draw *d,
                     Arena *arena, Err *err)
{
    out->n = d->n;
    if (r->pull == NULL)
        return OK;
    out->n = 0;
    out->weight = arena_alloc(arena, d->n + 1, sizeof *out->weight);
    if (out->weight == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < d->n; j++) {
        out->weight[j] = normal_exp(r->pull[d->row[j]] * d->elasticity);
        out->n += times(out, d, j);
    }
    return OK;
}

ErrCode regime_rows(RegimeRows *out, const Regime *r, const Draw *d,
                    Arena *arena, Err *err)
{
    size_t at = 0;
    RegimeRows rows = {.row = d->row};
    ErrCode rc = weigh(&rows, r, d, arena, err);
    if (rc == OK && (r->pull != NULL || r->moved != NULL)) {
        rows.row = arena_alloc(arena, rows.n + 1, sizeof *rows.row);
        if (rows.row == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        for (size_t j = 0; j < d->n; j++)
            for (size_t k = times(&rows, d, j); k-- > 0;)
                rows.row[at++] = row_of(r, d, j);
    }
    *out = rows;
    return rc;
}

/* What the payers are to pay, by fund; 1 when a fund cannot. */
static int add_wanted(RegimeYear *out, const Regime *r, const Claims *y,
                      const RegimeLine *line)
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
                          const RegimeLine *line)
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
                     const Claims *y, const RegimeLine *line)
{
    for (size_t p = 0; p < y->book.payers.n; p++)
        for (size_t i = 0; i < y->n; i++) {
            int64_t paid = y->paid[p][i];
            uint8_t f = r->fund_of[p][line->row[i]];
            out->paid_by[p] += paid;
            county_paid[r->ground->county[line->row[i]]] += paid;
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
    RegimeLine line;
    Claims y;
    TRY(regime_line(&line, &y, r, rows, n, arena, err));
    TRY(take_cuts(&y, err));
    if (add_wanted(out, r, &y, &line) || !r->is_one_era) {
        TRY(regime_queues(&y, r, &line, arena, err));
        TRY(claims_spend(&y, err));
    }
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
            county_paid[r->ground->county[rows[k]]] += r->each.paid[p][rows[k]];
    return 1;
}

ErrCode regime_pay(RegimeYear *out, int64_t county_paid[], const Regime *r,
                   const Draw *d, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    RegimeRows of;
    int is_plain = !regime_hangs(r) && r->is_one_era;
    RegimeYear y = {0};
    TRY(regime_rows(&of, r, d, arena, err));
    y.contracts = (int64_t)of.n;
    for (size_t k = 0; k < of.n; k++)
        y.claimed += r->each.base[of.row[k]];
    *out = y;
    if (!is_plain || !pay_plain(out, county_paid, r, of.row, of.n)) {
        *out = y;
        TRY(pay_in_line(out, county_paid, r, of.row, of.n, arena, err));
    }
done:
    return rc;
}
