#include "pool/waterfall.h"

#include <string.h>

/* What carries over from year to year. */
typedef struct {
    const Waterfall *w;
    const Scheme *s;
    WaterfallPath *path;
    const int64_t *part;
    Sharing sharing;
    Funding funding;
    /* [year][party] of what will come back of what is paid in it, the shared
     * part; and that [year][party][class], where there are several */
    int64_t due_shared[WATERFALL_YEARS][SCHEME_PARTIES];
    int64_t *due_class;
    int64_t room[2 * SCHEME_PARTIES + 3]; /* of the only class */
} Flow;

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

/* What comes back lowers what its party has borne. */
static void unburden(Flow *f, size_t lag, int from, int j, int64_t shared)
{
    size_t n = f->sharing.classes;
    int64_t *borne = f->sharing.borne + (size_t)j * n;
    if (n == 1) {
        borne[0] -= shared;
        return;
    }
    const int64_t *due =
        f->due_class + ((size_t)from * SCHEME_PARTIES + (size_t)j) * n;
    for (size_t c = 0; c < n; c++)
        borne[c] -= portion(f->s, lag, due[c]);
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
            int64_t shared = portion(s, i, f->due_shared[from][j]);
            now->back[j] += portion(s, i, f->path->year[from].due[j]);
            f->sharing.balance[j] += s->fund[j].exists ? shared : 0;
            unburden(f, i, from, j, shared);
        }
    }
}

/* What will come back of a class's claim, by what each party paid of it. */
static void expect(Flow *f, int t, size_t class, const int64_t part[])
{
    const Sharing *sharing = &f->sharing;
    size_t n = (size_t)f->s->n;
    int64_t paid[SCHEME_PARTIES], due[SCHEME_PARTIES];
    for (size_t j = 0; j < n; j++)
        paid[j] = sharing->asked[j * sharing->classes + class];
    fraction_split(due, part[DUE_SHARED_BACK], paid, part[DUE_SHARED], n);
    for (size_t j = 0; j < n; j++) {
        size_t row = (size_t)t * SCHEME_PARTIES + j;
        f->due_shared[t][j] += due[j];
        f->path->year[t].due[j] += due[j];
        if (sharing->classes > 1)
            f->due_class[row * sharing->classes + class] = due[j];
        if (f->path->of_class != NULL)
            f->path->of_class[((size_t)t * n + j) * sharing->classes + class] -=
                due[j];
    }
}

/* The claims of a year paid, and what will come back of them set down. */
static void pay(Flow *f, int t, int claim_year)
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    size_t parts = (size_t)w->parts, n = f->sharing.classes;
    const int64_t *part = f->part + (size_t)claim_year * n * parts;
    WaterfallYear *now = &f->path->year[t];
    SharingMarks marks = sharing_run(&f->sharing, part, parts, claim_year);
    now->capped = marks.capped;
    now->dry = marks.dry;
    if (f->path->of_class != NULL)
        memcpy(f->path->of_class + (size_t)t * (size_t)s->n * n,
               f->sharing.asked, (size_t)s->n * n * sizeof *part);
    for (int j = 0; j < s->n; j++) {
        now->paid[j] = sharing_paid(&f->sharing, j);
        now->left[j] = f->sharing.balance[j];
    }
    for (size_t c = 0; c < n; c++, part += parts) {
        if (n > 1 && f->sharing.path.stopped >> c & 1)
            continue;
        if (w->parts > DUE_SHARED_BACK && part[DUE_SHARED_BACK] > 0)
            expect(f, t, c, part);
        if (w->parts > DUE_KEPT && s->uncovered >= 0)
            now->paid[s->uncovered] += part[DUE_KEPT];
        if (w->parts > DUE_KEPT_BACK && s->uncovered >= 0)
            now->due[s->uncovered] += part[DUE_KEPT_BACK];
    }
}

/* Everything as it is on the opening day. */
static void open_flow(Flow *f)
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    WaterfallPath *out = f->path;
    size_t n = w->dues->classes, run = (size_t)w->run;
    int64_t *room = n == 1 ? f->room : out->room;
    sharing_open(&f->sharing, w->dues, room);
    f->due_class = n == 1 ? NULL : room + sharing_room(n);
    if (n > 1)
        memset(f->due_class, 0,
               run * SCHEME_PARTIES * n * sizeof *f->due_class);
    memset(f->due_shared, 0, run * sizeof *f->due_shared);
    memset(out->year, 0, run * sizeof *out->year);
    if (out->of_class != NULL)
        memset(out->of_class, 0,
               run * (size_t)s->n * n * sizeof *out->of_class);
    funding_open(&f->funding, s, w->dues->volumes, f->sharing.balance);
    if (w->has_accounts)
        memset(out->account, 0, run * sizeof *out->account);
    for (int j = 0; j < s->n; j++) {
        f->sharing.balance[j] = s->fund[j].opening;
        out->gross[j] = out->net[j] = 0;
    }
}

/* As a year opens: whether the book may grow, and what comes in. */
static void begin_year(Flow *f, int t)
{
    const Dues *d = f->w->dues;
    WaterfallYear *now = &f->path->year[t];
    now->is_levered = funding_binds(&f->funding, &f->sharing.path, t);
    if (now->is_levered && d->may_stop && t <= d->book->youngest)
        for (size_t c = 0; c < d->classes; c += d->vintages)
            f->sharing.path.stopped |= UINT64_C(1)
                                       << (c + (size_t)(t - d->book->oldest));
    funding_begin(&f->funding, f->path->account[t], &f->sharing.path, t);
}

size_t waterfall_room(const Waterfall *w)
{
    size_t n = w->dues->classes;
    return n == 1 ? 0 : sharing_room(n) + (size_t)w->run * SCHEME_PARTIES * n;
}

void waterfall_run(WaterfallPath *out, const Waterfall *w, const int64_t part[],
                   VolumesGone gone)
{
    const Scheme *s = w->scheme;
    Flow f;
    f.w = w;
    f.s = s;
    f.path = out;
    f.part = part;
    f.sharing.scheme = s;
    f.sharing.path = gone;
    f.sharing.ended = w->ended;
    open_flow(&f);
    if (w->breakers != NULL)
        breakers_open(w->breakers, out->table, out->scenario);
    for (int t = 0; t < w->run; t++) {
        WaterfallYear *now = &out->year[t];
        int claim_year = t - s->claim_lag;
        if (!s->is_net)
            recover(&f, t, 0);
        for (int j = 0; j < s->n; j++)
            f.sharing.balance[j] += w->paid_in[t * s->n + j];
        if (w->has_accounts)
            begin_year(&f, t);
        if (claim_year >= 0 && claim_year < w->years)
            pay(&f, t, claim_year);
        if (!s->is_net)
            recover(&f, t, 1);
        if (w->has_accounts)
            now->is_unreserved = funding_end(
                &f.funding, out->account[t], &f.sharing.path, t, now->paid,
                now->back, w->paid_in + (size_t)t * (size_t)s->n);
        if (w->breakers != NULL)
            breakers_end(w->breakers, out->table, out->scenario, t,
                         f.sharing.path.stopped);
        for (int j = 0; j < s->n; j++) {
            now->balance[j] = f.sharing.balance[j];
            out->gross[j] += now->paid[j];
            out->net[j] += now->paid[j] - now->back[j];
        }
    }
    out->stopped = f.sharing.path.stopped;
}

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

/* Which accounts are kept, and what they are when nobody defaults. */
static ErrCode open_accounts(Waterfall *w, Arena *arena, Err *err)
{
    size_t parts = (size_t)(w->years * w->parts) * w->dues->classes;
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

ErrCode waterfall_new(const Waterfall **out, Arena *arena, const Scheme *s,
                      const Dues *dues, Err *err)
{
    ErrCode rc = OK;
    int lag = 0;
    Waterfall *w = arena_alloc(arena, 1, sizeof *w);
    if (w == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    if (count_layers(s) > sizeof w->ended / sizeof *w->ended)
        return FAIL(err, ERR_DOMAIN, "%s: a scheme has at most 64 layers",
                    s->file);
    for (size_t i = 0; !s->is_net && i < s->nlags; i++)
        lag = s->lag[i] > lag ? s->lag[i] : lag;
    w->scheme = s;
    w->years = dues->book->years;
    w->run = w->years + s->claim_lag + lag;
    w->run = s->opening.due_years > w->run ? s->opening.due_years : w->run;
    w->parts = dues->parts;
    w->dues = dues;
    find_ends(w);
    TRY(place_payments(w, arena, dues->book, err));
    TRY(open_accounts(w, arena, err)); /* nobody defaults: no breaker trips */
    TRY(breakers_new(&w->breakers, arena, s, dues, err));
    *out = w;
done:
    return rc;
}
