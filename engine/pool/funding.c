#include "pool/funding.h"

int funding_accounts(uint32_t accounts[ACCOUNT_COUNT], const Scheme *s)
{
    uint32_t any = 0, bit = 1;
    for (int k = 0; k < ACCOUNT_COUNT; k++)
        accounts[k] = 0;
    accounts[ACCOUNT_RECEIVED] = s->opening.has_due;
    accounts[ACCOUNT_PREMIUM] = s->has_premium;
    for (int j = 0; j < s->n; j++)
        if (s->fund[j].exists && s->fund[j].has_yield)
            accounts[ACCOUNT_YIELD] |= bit << j;
    if (s->reserves.exists)
        accounts[ACCOUNT_UNEARNED] = accounts[ACCOUNT_COMPENSATION] =
            bit << s->reserves.party;
    if (s->leverage.exists)
        accounts[ACCOUNT_NET_ASSETS] = bit << s->leverage.party;
    for (int k = 0; k < ACCOUNT_COUNT; k++)
        any |= accounts[k];
    for (int j = 0; any != 0 && j < s->n; j++)
        accounts[ACCOUNT_BALANCE] |= (s->fund[j].exists ? bit : 0) << j;
    return any != 0;
}

void funding_open(Funding *f, const Scheme *s, const Volumes *volumes,
                  int64_t balance[])
{
    f->scheme = s;
    f->volumes = volumes;
    f->balance = balance;
    f->unearned = s->opening.unearned;
    f->compensation = s->opening.compensation;
    f->net_assets = s->leverage.net_assets;
    for (int j = 0; j < s->n; j++)
        f->held[j] = s->fund[j].opening;
}

/* What is in force as year t opens; nothing after the last year. */
static int64_t in_force(const Funding *f, const VolumesGone *path, int t)
{
    const Volumes *v = f->volumes;
    if (t > v->years)
        return 0;
    return volumes_of(v, DENOMINATOR_IN_FORCE, t, 0, path, 0, v->classes);
}

int funding_binds(const Funding *f, const VolumesGone *path, int t)
{
    const SchemeLeverage *l = &f->scheme->leverage;
    if (!l->exists || t >= f->volumes->years)
        return 0;
    Exact liability = fraction_of(in_force(f, path, t), l->weight);
    return liability > 0 &&
           liability * l->multiple.den > (Exact)f->net_assets * l->multiple.num;
}

/* What each party earns as year t opens: its rate of what is in force, or its
 * part of the loans' fees. */
static void earn_premiums(Funding *f, int64_t premium[],
                          const VolumesGone *path, int t)
{
    const Scheme *s = f->scheme;
    int64_t fee[SCHEME_PARTIES + 1];
    if (s->has_premium == 0 || t >= f->volumes->years)
        return;
    if (s->of_fees != 0)
        fraction_split(fee, volumes_fees(f->volumes, t, path), s->fee_weight,
                       s->fee_whole, SCHEME_PARTIES + 1);
    int64_t base = in_force(f, path, t);
    for (int j = 0; j < s->n; j++)
        if (s->has_premium >> j & 1)
            premium[j] =
                s->of_fees >> j & 1 ? fee[j] : fraction_of(base, s->premium[j]);
}

void funding_begin(Funding *f, Accounts a, const VolumesGone *path, int t)
{
    const Scheme *s = f->scheme;
    earn_premiums(f, a[ACCOUNT_PREMIUM], path, t);
    for (int j = 0; j < s->n; j++) {
        if (t < s->opening.due_years)
            a[ACCOUNT_RECEIVED][j] = s->opening.due[t][j];
        if (s->fund[j].exists)
            f->balance[j] += a[ACCOUNT_RECEIVED][j] + a[ACCOUNT_PREMIUM][j];
    }
}

/* The reserves as the year ends; what they take from net assets. */
static int64_t set_aside(Funding *f, const VolumesGone *path, int t,
                         int64_t premium, int64_t lost)
{
    const SchemeReserves *r = &f->scheme->reserves;
    int is_over = t >= f->volumes->years;
    int64_t end = is_over ? 0 : in_force(f, path, t + 1);
    int64_t before = f->unearned + f->compensation;
    if (lost > 0)
        f->compensation -= lost < f->compensation ? lost : f->compensation;
    int64_t add = fraction_of(end, r->compensation);
    int64_t room = fraction_of(end, r->ceiling) - f->compensation;
    add = add < room ? add : room;
    f->compensation += add > 0 ? add : 0;
    f->unearned = fraction_of(premium, r->unearned);
    return f->unearned + f->compensation - before;
}

static void earn_yields(Funding *f, Accounts a)
{
    const Scheme *s = f->scheme;
    for (int j = 0; j < s->n; j++) {
        const SchemeFund *fund = &s->fund[j];
        if (fund->exists && fund->has_yield)
            a[ACCOUNT_YIELD][j] = fraction_of(f->held[j], fund->yield);
        f->balance[j] += a[ACCOUNT_YIELD][j];
        a[ACCOUNT_BALANCE][j] = f->held[j] = f->balance[j];
    }
}

int funding_end(Funding *f, Accounts a, const VolumesGone *path, int t,
                const int64_t paid[], const int64_t back[],
                const int64_t paid_in[])
{
    const Scheme *s = f->scheme;
    int is_short = 0, j = s->leverage.party;
    int64_t aside = 0;
    earn_yields(f, a);
    if (s->reserves.exists) {
        int k = s->reserves.party;
        is_short = paid[k] - back[k] > f->compensation;
        aside = set_aside(f, path, t, a[ACCOUNT_PREMIUM][k], paid[k] - back[k]);
        a[ACCOUNT_UNEARNED][k] = f->unearned;
        a[ACCOUNT_COMPENSATION][k] = f->compensation;
    }
    if (s->leverage.exists) {
        f->net_assets += a[ACCOUNT_PREMIUM][j] + a[ACCOUNT_YIELD][j] +
                         paid_in[j] - (paid[j] - back[j]);
        if (s->reserves.exists && s->reserves.party == j)
            f->net_assets -= aside;
        a[ACCOUNT_NET_ASSETS][j] = f->net_assets;
    }
    return is_short;
}
