#include "pool/waterfall.h"

#include <string.h>

/* What carries over from year to year. */
typedef struct {
    const Waterfall *w;
    const Scheme *s;
    WaterfallPath *path;
    const int64_t *part, *gone;
    int64_t balance[SCHEME_PARTIES]; /* of funds */
    int64_t borne[SCHEME_PARTIES];   /* paid less come back, of shared claims */
    int64_t claimed;                 /* shared claims of all years so far */
    /* [claim year][party] what will come back of it */
    int64_t due[WATERFALL_YEARS][SCHEME_PARTIES];
    int64_t due_shared[WATERFALL_YEARS][SCHEME_PARTIES];
} Flow;

/* Denominator of a rate in a year. */
static int64_t denominator(const Flow *f, Denominator d, int claim_year)
{
    const Waterfall *w = f->w;
    if (d == DENOMINATOR_BOOK)
        return w->in_force[0];
    return w->in_force[claim_year] -
           (f->gone == NULL ? 0 : f->gone[claim_year]);
}

/* Part of what came to `total` that lag i brings: rise of a running sum. */
static int64_t portion(const Scheme *s, size_t i, int64_t total)
{
    int64_t before = 0;
    for (size_t k = 0; k < i; k++)
        before += s->lag_weight[k];
    Fraction low = {before, s->lag_whole};
    Fraction high = {before + s->lag_weight[i], s->lag_whole};
    return fraction_of(total, high) - fraction_of(total, low);
}

/* Recoveries that come in year t, of claims of the same year or of earlier
 * ones. */
static void recover(Flow *f, int t, int same_year)
{
    const Scheme *s = f->s;
    WaterfallYear *now = &f->path->year[t];
    for (size_t i = 0; i < s->nlags; i++) {
        int from = t - s->lag[i];
        if (from < 0 || (s->lag[i] == 0) != same_year)
            continue;
        for (int j = 0; j < s->n; j++) {
            int64_t back = portion(s, i, f->due[from][j]);
            int64_t shared = portion(s, i, f->due_shared[from][j]);
            now->back[j] += back;
            f->borne[j] -= shared;
            f->balance[j] += s->fund[j].exists ? shared : 0;
        }
    }
}

/* What each party is asked for of `claim`, by layers; parties whose layers it
 * passes are dry. */
static void share_out(Flow *f, int64_t asked[], WaterfallYear *now,
                      int64_t claim, int claim_year)
{
    const Scheme *s = f->s;
    int64_t whole = denominator(f, s->denominator, claim_year);
    int64_t start = s->is_life ? f->claimed : 0, below = 0;
    for (size_t k = 0; k < s->nlayers; k++) {
        const SchemeLayer *layer = &s->layers[k];
        int64_t from = start > below ? start : below, to = start + claim;
        if (!layer->is_last) {
            below = fraction_of(whole, layer->upto);
            to = to < below ? to : below;
        }
        if (to <= from)
            continue;
        int64_t parts[SCHEME_PARTIES];
        fraction_split(parts, to - from, layer->weight, layer->whole,
                       (size_t)s->n);
        for (int j = 0; j < s->n; j++)
            asked[j] += parts[j];
        now->dry |= f->w->ended[k];
    }
    f->claimed += claim;
}

/* Take from *pay what is above `limit`; it goes to party `to`. */
static int cut(int64_t *pay, int64_t asked[], int64_t limit, int to)
{
    limit = limit < 0 ? 0 : limit;
    if (*pay <= limit)
        return 0;
    asked[to] += *pay - limit;
    *pay = limit;
    return 1;
}

/* Caps, then funds; each party before those that its rest goes to. */
static void settle(Flow *f, int64_t asked[], WaterfallYear *now, int claim_year)
{
    const Scheme *s = f->s;
    for (int i = 0; i < s->n; i++) {
        int j = s->order[i];
        int64_t pay = asked[j];
        const SchemeCap *cap = &s->cap[j];
        if (cap->exists) {
            int64_t limit = fraction_of(
                denominator(f, cap->denominator, claim_year), cap->rate);
            limit -= cap->is_life ? f->borne[j] : 0;
            if (cut(&pay, asked, limit, cap->overflow))
                now->capped |= UINT32_C(1) << j;
        }
        if (s->fund[j].exists &&
            cut(&pay, asked, f->balance[j], s->fund[j].overflow))
            now->dry |= UINT32_C(1) << j;
        f->balance[j] -= s->fund[j].exists ? pay : 0;
        f->borne[j] += pay;
        now->paid[j] = pay;
    }
}

/* The claims of a year paid, and what will come back of them set down. */
static void pay(Flow *f, int t, int claim_year)
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    const int64_t *part = f->part + (size_t)claim_year * (size_t)w->parts;
    WaterfallYear *now = &f->path->year[t];
    int64_t asked[SCHEME_PARTIES] = {0};
    share_out(f, asked, now, part[DUE_SHARED], claim_year);
    settle(f, asked, now, claim_year);
    if (w->parts > DUE_SHARED_BACK && part[DUE_SHARED_BACK] > 0) {
        fraction_split(f->due_shared[t], part[DUE_SHARED_BACK], now->paid,
                       part[DUE_SHARED], (size_t)s->n);
        memcpy(f->due[t], f->due_shared[t], sizeof f->due[t]);
    }
    if (w->parts > DUE_KEPT && s->uncovered >= 0)
        now->paid[s->uncovered] += part[DUE_KEPT];
    if (w->parts > DUE_KEPT_BACK && s->uncovered >= 0)
        f->due[t][s->uncovered] += part[DUE_KEPT_BACK];
}

void waterfall_run(WaterfallPath *out, const Waterfall *w, const int64_t part[],
                   const int64_t gone[])
{
    const Scheme *s = w->scheme;
    Flow f;
    f.w = w;
    f.s = s;
    f.path = out;
    f.part = part;
    f.gone = gone;
    f.claimed = 0;
    memset(f.due, 0, (size_t)w->run * sizeof *f.due);
    memset(f.due_shared, 0, (size_t)w->run * sizeof *f.due_shared);
    memset(out->year, 0, (size_t)w->run * sizeof *out->year);
    memset(f.borne, 0, sizeof f.borne);
    for (int j = 0; j < s->n; j++) {
        f.balance[j] = s->fund[j].opening;
        out->gross[j] = out->net[j] = 0;
    }
    for (int t = 0; t < w->run; t++) {
        WaterfallYear *now = &out->year[t];
        int claim_year = t - s->claim_lag;
        if (!s->is_net)
            recover(&f, t, 0);
        for (int j = 0; j < s->n; j++)
            f.balance[j] += w->paid_in[t * s->n + j];
        if (claim_year >= 0 && claim_year < w->years)
            pay(&f, t, claim_year);
        if (!s->is_net)
            recover(&f, t, 1);
        for (int j = 0; j < s->n; j++) {
            now->balance[j] = f.balance[j];
            out->gross[j] += now->paid[j];
            out->net[j] += now->paid[j] - now->back[j];
        }
    }
}

/* Parties with a share in a layer below each, and in none from it on. */
static void find_ends(Waterfall *w)
{
    const Scheme *s = w->scheme;
    for (size_t k = 1; k < s->nlayers; k++) {
        uint32_t below = 0, rest = 0;
        for (size_t i = 0; i < s->nlayers; i++)
            if (i < k)
                below |= s->layers[i].shares;
            else
                rest |= s->layers[i].shares;
        w->ended[k] = below & ~rest;
    }
    w->may_run_dry = w->ended[s->nlayers - 1];
    for (int j = 0; j < s->n; j++)
        if (s->fund[j].exists)
            w->may_run_dry |= UINT32_C(1) << j;
}

/* Payments into funds by the year they fall in; those before the opening day
 * are in the opening balance. */
static ErrCode place_payments(Waterfall *w, Arena *arena, const Book *b,
                              Err *err)
{
    const Scheme *s = w->scheme;
    size_t n = (size_t)s->n;
    int64_t *paid_in = arena_alloc(arena, (size_t)w->run * n, sizeof *paid_in);
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
            for (int t = 0; t < w->run; t++)
                if (p->on.days >= date_add_months(b->opening, 12 * t).days &&
                    p->on.days < date_add_months(b->opening, 12 * t + 12).days)
                    paid_in[(size_t)t * n + j] += p->fen;
        }
    w->paid_in = paid_in;
    return OK;
}

ErrCode waterfall_new(const Waterfall **out, Arena *arena, const Scheme *s,
                      const Dues *dues, Err *err)
{
    ErrCode rc = OK;
    int lag = 0;
    Waterfall *w = arena_alloc(arena, 1, sizeof *w);
    if (w == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    if (s->nlayers > sizeof w->ended / sizeof *w->ended)
        return FAIL(err, ERR_DOMAIN, "%s: a scheme has at most 64 layers",
                    s->file);
    for (size_t i = 0; !s->is_net && i < s->nlags; i++)
        lag = s->lag[i] > lag ? s->lag[i] : lag;
    w->scheme = s;
    w->years = dues->book->years;
    w->run = w->years + s->claim_lag + lag;
    w->parts = dues->parts;
    w->in_force = dues->in_force;
    find_ends(w);
    TRY(place_payments(w, arena, dues->book, err));
    *out = w;
done:
    return rc;
}
