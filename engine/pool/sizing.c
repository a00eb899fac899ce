#include "pool/sizing.h"

#include "stat/sample.h"

#include <string.h>

/* A fund without end, far from what adds up to an overflow: fen. */
#define ENDLESS INT64_C(100000000000000000)

/* The rate that brings `lack` on `volume`, upwards. */
static int64_t fee_for(int64_t lack, int64_t volume)
{
    if (lack <= 0)
        return 0;
    if (volume <= lack)
        return FEE_MOST;
    return (int64_t)(((Exact)lack * FEE_MOST + volume - 1) / volume);
}

/* In force as year t opens, of what was written; nothing beyond the horizon. */
static int64_t volume_at(const Sizing *z, Worker *k, size_t q, int t)
{
    const Model *m = z->model;
    const Volumes *v = m->dues->volumes;
    VolumesGone gone = dues_gone(&k->table, q);
    gone.stopped = k->path.stopped;
    return t >= m->book->years ? 0
                               : volumes_of(v, DENOMINATOR_IN_FORCE, t, 0,
                                            &gone, 0, v->classes);
}

/* The same of all years. */
static int64_t volume_of(const Sizing *z, Worker *k, size_t q)
{
    int64_t sum = 0;
    for (int t = 0; t < z->model->book->years; t++)
        sum += volume_at(z, k, q, t);
    return sum;
}

/* A scenario's needs, from the path of the fund without end. */
static void look(void *to, uint64_t scenario, Worker *k, size_t q)
{
    const Sizing *z = to;
    const Model *m = z->model;
    int j = z->party;
    int64_t need = 0, fee = 0, premium = 0, volume = 0;
    for (int t = 0; t < m->waterfall->run; t++) {
        const WaterfallYear *y = &k->path.year[t];
        premium += k->path.account[t][ACCOUNT_PREMIUM][j];
        volume += volume_at(z, k, q, t);
        if (y->left[j] == WATERFALL_UNASKED)
            continue;
        int64_t lack = ENDLESS - y->left[j], rate;
        need = lack > need ? lack : need;
        rate = fee_for(lack + premium - z->opening, volume);
        fee = rate > fee ? rate : fee;
    }
    z->volume[scenario] = volume;
    z->paid[scenario] = k->path.net[j];
    z->premium[scenario] = premium;
    if (z->has_yield)
        need = sizing_need(z, k, q, need);
    if (z->has_yield || z->feeds)
        fee = sizing_fee(z, k, q);
    if (z->scaling == SCALE_SEARCHED)
        z->room[scenario] = sizing_room(z, k, q);
    z->need[scenario] = need;
    z->fee[scenario] = fee;
}

static ErrCode no_party(const Scheme *s, const char *name, Err *err)
{
    char list[256] = "";
    size_t used = 0;
    for (int j = 0; j < s->n && used < sizeof list; j++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.40s",
                                 j > 0 ? ", " : "", s->party[j]);
    return FAIL(err, ERR_DOMAIN,
                "%s: no party is called '%.*s'; its parties are %s", s->file,
                TEXT_SHORT(name), list);
}

ErrCode sizing_party(int *out, const Scheme *s, const char *name, Err *err)
{
    int found = -1, funds = 0;
    for (int j = 0; j < s->n; j++) {
        funds += s->fund[j].exists;
        if (name == NULL ? s->fund[j].exists : strcmp(name, s->party[j]) == 0)
            found = j;
    }
    *out = found;
    if (name != NULL && found < 0)
        return no_party(s, name, err);
    if (name == NULL && funds == 0)
        return FAIL(err, ERR_DOMAIN,
                    "%s: none of its parties has a fund; name the one that "
                    "shall with --party",
                    s->file);
    if (name == NULL && funds > 1)
        return FAIL(err, ERR_DOMAIN,
                    "%s: %d of its parties have a fund; say which is meant "
                    "with --party",
                    s->file, funds);
    return OK;
}

void sizing_endless(Scheme *out, const Scheme *s, int party)
{
    *out = *s;
    out->fund[party].exists = 1;
    out->fund[party].has_yield = 0; /* of money without end */
    out->fund[party].opening = ENDLESS;
}

/* The scheme with a fund without end, whose premium is kept account of. */
static ErrCode make_endless(Scheme **out, Sizing *z, Arena *arena,
                            const Scheme *s, Err *err)
{
    Scheme *own = arena_alloc(arena, 1, sizeof *own);
    int j = z->party;
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    sizing_endless(own, s, j);
    z->opening = s->fund[j].exists ? s->fund[j].opening : 0;
    z->has_yield = s->fund[j].exists && s->fund[j].has_yield;
    if (!(s->has_premium >> j & 1))
        own->premium[j] = (Fraction){0, 1};
    own->has_premium |= UINT32_C(1) << j;
    own->watched |= DENOMINATOR_BIT(DENOMINATOR_IN_FORCE);
    *out = own;
    return OK;
}

/* What is paid and in force of a scenario with another premium. */
static void look_even(void *to, uint64_t scenario, Worker *k, size_t q)
{
    const Sizing *z = to;
    z->even_volume[scenario] = volume_of(z, k, q);
    z->even_paid[scenario] = k->path.net[z->party];
}

/* The fee at which mean(paid) = fee mean(volume), billionths. */
static int64_t even_fee(const Sizing *z, size_t n)
{
    double paid = sample_mean(z->even_paid, n).value;
    double volume = sample_mean(z->even_volume, n).value;
    double fee = volume > 0 ? FEE_MOST * paid / volume : 0;
    return fee <= 0 ? 0 : fee >= FEE_MOST ? FEE_MOST : (int64_t)fee;
}

/* A fee makes room for business that must be paid for in turn: what is paid
 * and in force is drawn anew with the fee they come to, on the same futures,
 * until that stays where it is. */
static ErrCode settle_fee(Sizing *z, Scheme *own, const PoolOptions *options,
                          Err *err)
{
    enum { ROUNDS = 20 };
    ErrCode rc = OK;
    size_t n = options->scenarios;
    int64_t fee = even_fee(z, n), before = -1;
    own->of_fees &= ~(UINT32_C(1) << z->party);
    for (int i = 0; rc == OK && i < ROUNDS && fee != before; i++) {
        Sample sample = {0};
        before = fee;
        own->premium[z->party] = (Fraction){fee, FEE_MOST};
        rc = model_each(&sample, z->model, options, look_even, z, err);
        sample_free(&sample);
        fee = even_fee(z, n);
    }
    z->is_open = fee != before;
    return rc;
}

/* Room for what every scenario asks for. */
static ErrCode make_room(Sizing *z, int64_t **room, size_t n, Err *err)
{
    enum { COLUMNS = 8 };
    *room = mem_new(n, COLUMNS * sizeof **room);
    if (*room == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu scenarios", n);
    z->need = *room;
    z->fee = *room + n;
    z->even_volume = z->volume = *room + 2 * n;
    z->even_paid = z->paid = *room + 3 * n;
    z->premium = *room + 4 * n;
    z->room = *room + 5 * n;
    return OK;
}

/* The fee is sought from what is paid and in force as it is. */
static ErrCode add_sizes(Tables *out, Sizing *z, Scheme *own, const Scheme *s,
                         const PoolSizing *sizing, const PoolOptions *options,
                         Err *err)
{
    ErrCode rc = OK;
    size_t n = options->scenarios;
    if (z->feeds) {
        z->even_volume = z->need + 6 * n;
        z->even_paid = z->need + 7 * n;
        memcpy(z->even_volume, z->volume, n * sizeof *z->volume);
        memcpy(z->even_paid, z->paid, n * sizeof *z->paid);
        rc = settle_fee(z, own, options, err);
    }
    return rc == OK ? sizes_add(out, z, s, sizing, n, err) : rc;
}

ErrCode pool_size(Tables *out, const Table *portfolio, const Factors *factors,
                  const Scheme *scheme, const PoolOptions *options,
                  const PoolSizing *sizing, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Model m = {0};
    Sample sample = {0};
    Sizing z = {.model = &m};
    Scheme *endless = NULL;
    int64_t *room = NULL;
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    TRY(sizing_party(&z.party, scheme, sizing->party, err));
    TRY(make_endless(&endless, &z, arena, scheme, err));
    TRY(model_open(&m, portfolio, factors, endless, options, faults, err));
    z.feeds = m.dues->may_stop && scheme->leverage.exists &&
              scheme->leverage.party == z.party;
    z.scaling = sizing_scaling(&m, z.party);
    TRY(make_room(&z, &room, options->scenarios, err));
    TRY(model_each(&sample, &m, options, look, &z, err));
    TRY(add_sizes(out, &z, endless, scheme, sizing, options, err));
done:
    mem_free(room);
    sample_free(&sample);
    model_close(&m);
    arena_free(arena);
    return rc;
}
