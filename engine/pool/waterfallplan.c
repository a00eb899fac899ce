#include "pool/waterfall.h"

/* Parties with a share in a layer below each, and in none from it on. */
static void find_ends(Waterfall *w)
{
    const Scheme *s = w->scheme;
    uint32_t *ended = w->ended;
    for (size_t m = 0; m < scheme_members(s); m++) {
        const Scheme *own = scheme_member(s, m);
        for (size_t k = 1; k < own->nlayers; k++) {
            uint32_t below = 0, rest = 0;
            for (size_t i = 0; i < own->nlayers; i++)
                if (i < k)
                    below |= own->layers[i].shares;
                else
                    rest |= own->layers[i].shares;
            ended[k] = below & ~rest;
        }
        w->may_run_dry |= ended[own->nlayers - 1];
        ended += own->nlayers;
    }
    for (int j = 0; j < s->n; j++)
        if (s->fund[j].exists)
            w->may_run_dry |= UINT32_C(1) << j;
}

static size_t count_layers(const Scheme *s)
{
    size_t n = 0;
    for (size_t i = 0; i < scheme_members(s); i++)
        n += scheme_member(s, i)->nlayers;
    return n;
}

/* The first day after step t. */
static int32_t end_of(const Book *b, int t)
{
    return date_add_months(b->opening, (t + 1) * (12 / b->year_steps)).days;
}

/* Payments into funds by the step they fall in; those before the opening day
 * are in the opening balance. */
static ErrCode place_payments(Waterfall *w, Arena *arena, const Book *b,
                              Err *err)
{
    const Scheme *s = w->scheme;
    size_t n = (size_t)s->n;
    int steps = w->run * w->year_steps;
    int64_t *paid_in = arena_alloc(arena, (size_t)steps * n, sizeof *paid_in);
    if (paid_in == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; s->fund[j].exists && i < s->fund[j].n; i++) {
            const SchemePayment *p = &s->fund[j].replenish[i];
            if (!b->has_opening)
                return FAIL(err, ERR_DOMAIN,
                            "%s: payments into '%s' are dated, and the "
                            "horizon is not; give --as-of",
                            s->file, s->party[j]);
            for (int t = 0; t < steps; t++)
                if (p->on.days >= end_of(b, t - 1) && p->on.days < end_of(b, t))
                    paid_in[(size_t)t * n + j] += p->fen;
        }
    w->paid_in = paid_in;
    return OK;
}

/* Which accounts are kept, and what they are when nobody defaults. */
static ErrCode open_accounts(Waterfall *w, Arena *arena, Err *err)
{
    size_t parts = w->dues->book->steps * (size_t)w->parts * w->dues->classes;
    w->has_accounts = funding_accounts(w->accounts, w->scheme);
    if (!w->has_accounts)
        return OK;
    WaterfallPath *calm = arena_alloc(arena, 1, sizeof *calm);
    int64_t *part = arena_alloc(arena, parts, sizeof *part);
    int64_t *room = arena_alloc(arena, waterfall_room(w) + 1, sizeof *room);
    if (calm == NULL || part == NULL || room == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    calm->room = room;
    waterfall_run(calm, w, part, (VolumesGone){0});
    w->calm = (const Accounts *)calm->account;
    return OK;
}

/* Lags in steps, and how many years they make of the horizon. */
static void place_lags(Waterfall *w, const Scheme *s, const Book *b)
{
    int months = 12 / b->year_steps, lag = 0;
    w->year_steps = b->year_steps;
    w->years = b->years;
    w->claim_lag = s->claim_lag / months;
    for (size_t i = 0; i < s->nlags; i++) {
        w->lag[i] = s->lag[i] / months;
        lag = !s->is_net && w->lag[i] > lag ? w->lag[i] : lag;
    }
    int last = (int)b->steps - 1 + w->claim_lag; /* step with claims to pay */
    w->asked = last / w->year_steps + 1;
    w->run = (last + lag) / w->year_steps + 1;
    w->run = s->opening.due_years > w->run ? s->opening.due_years : w->run;
}

ErrCode waterfall_new(const Waterfall **out, Arena *arena, const Scheme *s,
                      const Dues *dues, Err *err)
{
    ErrCode rc = OK;
    Waterfall *w = arena_alloc(arena, 1, sizeof *w);
    if (w == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    if (count_layers(s) > sizeof w->ended / sizeof *w->ended)
        return FAIL(err, ERR_DOMAIN, "%s: a scheme has at most 64 layers",
                    s->file);
    w->scheme = s;
    w->parts = dues->parts;
    w->dues = dues;
    place_lags(w, s, dues->book);
    find_ends(w);
    TRY(place_payments(w, arena, dues->book, err));
    TRY(open_accounts(w, arena, err)); /* nobody defaults: no breaker trips */
    TRY(breakers_new(&w->breakers, arena, s, dues, err));
    *out = w;
done:
    return rc;
}
