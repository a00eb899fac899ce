#include "pool/scheme.h"

#include "core/text.h"

#include <string.h>

/* Schemes on their way to a joint one. */
typedef struct {
    Arena *arena;
    Scheme *joint;
    const Scheme *const *of; /* [n] as they were read */
    Scheme *own;             /* [n] the members */
    size_t n;
    int map[SCHEME_PARTIES];          /* of the scheme at hand: its parties */
    const char *said[SCHEME_PARTIES]; /* file with the fund of each party */
    const char *premium, *breakers, *reserves, *leverage, *overdue; /* files */
    Err *err;
} Joining;

static ErrCode differ(const Joining *g, const Scheme *s, const char *what)
{
    return FAIL(g->err, ERR_RULE,
                "%s and %s differ in '%s': schemes of one book have the same",
                g->of[0]->file, s->file, what);
}

/* What is the whole book's stands in one file. */
static ErrCode once(const Joining *g, const char **said, const Scheme *s,
                    const char *what)
{
    if (*said != NULL)
        return FAIL(g->err, ERR_RULE,
                    "%s and %s both have '%s', which is the whole book's; "
                    "leave it in one of them",
                    *said, s->file, what);
    *said = s->file;
    return OK;
}

/* The party of that name among the joint ones, a new one at need. */
static ErrCode map_parties(Joining *g, const Scheme *s)
{
    Scheme *joint = g->joint;
    for (int j = 0; j < s->n; j++) {
        int at = 0;
        while (at < joint->n && strcmp(joint->party[at], s->party[j]) != 0)
            at++;
        if (at == SCHEME_PARTIES)
            return FAIL(g->err, ERR_RULE,
                        "%s: with its parties there are more than 16", s->file);
        joint->party[at] = s->party[j];
        joint->n += at == joint->n;
        g->map[j] = at;
    }
    return OK;
}

static int mapped(const Joining *g, int party)
{
    return party < 0 ? party : g->map[party];
}

static uint32_t mapped_bits(const Joining *g, uint32_t bits, int n)
{
    uint32_t out = 0;
    for (int j = 0; j < n; j++)
        out |= (bits >> j & 1) << g->map[j];
    return out;
}

/* Layers with the joint parties. */
static ErrCode map_layers(Joining *g, Scheme *own, const Scheme *s)
{
    SchemeLayer *layers = arena_alloc(g->arena, s->nlayers + 1, sizeof *layers);
    if (layers == NULL)
        return FAIL(g->err, ERR_MEMORY, "no memory for a scheme");
    for (size_t k = 0; k < s->nlayers; k++) {
        layers[k] = s->layers[k];
        memset(layers[k].weight, 0, sizeof layers[k].weight);
        for (int j = 0; j < s->n; j++)
            layers[k].weight[g->map[j]] = s->layers[k].weight[j];
        layers[k].shares = mapped_bits(g, s->layers[k].shares, s->n);
    }
    own->layers = layers;
    return OK;
}

static void map_caps(Joining *g, Scheme *own, const Scheme *s)
{
    memset(own->cap, 0, sizeof own->cap);
    memset(own->opening.cap_used, 0, sizeof own->opening.cap_used);
    for (int j = 0; j < s->n; j++) {
        int at = g->map[j];
        own->cap[at] = s->cap[j];
        own->cap[at].overflow = mapped(g, s->cap[j].overflow);
        own->opening.cap_used[at] = s->opening.cap_used[j];
        g->joint->cap[at].exists |= s->cap[j].exists;
        g->joint->opening.cap_used[at] += s->opening.cap_used[j];
    }
}

static ErrCode take_funds(Joining *g, const Scheme *s)
{
    ErrCode rc = OK;
    for (int j = 0; j < s->n; j++) {
        if (!s->fund[j].exists)
            continue;
        int at = g->map[j];
        TRY(once(g, &g->said[at], s, "balances"));
        g->joint->fund[at] = s->fund[j];
        g->joint->fund[at].overflow = mapped(g, s->fund[j].overflow);
    }
done:
    return rc;
}

static ErrCode take_premiums(Joining *g, const Scheme *s)
{
    Scheme *joint = g->joint;
    if (s->has_premium == 0)
        return OK;
    ErrCode rc = once(g, &g->premium, s, "premium");
    joint->has_premium = mapped_bits(g, s->has_premium, s->n);
    joint->of_fees = mapped_bits(g, s->of_fees, s->n);
    joint->fee_whole = s->fee_whole;
    joint->fee_weight[SCHEME_PARTIES] = s->fee_weight[SCHEME_PARTIES];
    for (int j = 0; j < s->n; j++) {
        joint->premium[g->map[j]] = s->premium[j];
        joint->fee_weight[g->map[j]] = s->fee_weight[j];
    }
    return rc;
}

static ErrCode take_limits(Joining *g, const Scheme *s)
{
    ErrCode rc = OK;
    Scheme *joint = g->joint;
    if (s->breaker.exists) {
        TRY(once(g, &g->breakers, s, "breakers"));
        joint->breaker = s->breaker;
        joint->opening.suspended = s->opening.suspended;
        joint->opening.defaulted = s->opening.defaulted;
        joint->opening.ndefaulted = s->opening.ndefaulted;
    }
    if (s->reserves.exists) {
        TRY(once(g, &g->reserves, s, "reserves"));
        joint->reserves = s->reserves;
        joint->reserves.party = mapped(g, s->reserves.party);
        joint->opening.unearned = s->opening.unearned;
        joint->opening.compensation = s->opening.compensation;
    }
    if (s->leverage.exists) {
        TRY(once(g, &g->leverage, s, "leverage_limit"));
        joint->leverage = s->leverage;
        joint->leverage.party = mapped(g, s->leverage.party);
    }
    if (s->opening.overdue_days >= 0) {
        TRY(once(g, &g->overdue, s, "overdue_days"));
        joint->opening.overdue_days = s->opening.overdue_days;
    }
done:
    return rc;
}

static void take_receivables(Joining *g, const Scheme *s)
{
    SchemeOpening *o = &g->joint->opening;
    o->has_due |= mapped_bits(g, s->opening.has_due, s->n);
    for (int t = 0; t < s->opening.due_years; t++)
        for (int j = 0; j < s->n; j++)
            o->due[t][g->map[j]] += s->opening.due[t][j];
    if (s->opening.due_years > o->due_years)
        o->due_years = s->opening.due_years;
    o->claimed += s->opening.claimed;
}

/* Claims of all schemes are paid, and come back, in one step. */
static ErrCode check_same(const Joining *g, const Scheme *s)
{
    const Scheme *first = g->of[0];
    size_t n = first->nlags;
    if (s->is_net != first->is_net)
        return differ(g, s, "basis");
    if (s->claim_lag != first->claim_lag)
        return differ(g, s, "claim_after_months");
    if (s->nlags != n || s->lag_whole != first->lag_whole ||
        s->recovered.num != first->recovered.num ||
        s->recovered.den != first->recovered.den ||
        memcmp(s->lag, first->lag, n * sizeof *s->lag) != 0 ||
        memcmp(s->lag_weight, first->lag_weight, n * sizeof *s->lag_weight) !=
            0)
        return differ(g, s, "recovery");
    for (size_t i = 0; g->of[i] != s; i++)
        if (strcmp(g->of[i]->id, s->id) == 0)
            return FAIL(g->err, ERR_RULE,
                        "%s and %s have the id '%s'; loans could not say which "
                        "they stand under",
                        g->of[i]->file, s->file, s->id);
    return OK;
}

static ErrCode take_uncovered(Joining *g, const Scheme *s)
{
    int at = mapped(g, s->uncovered), *joint = &g->joint->uncovered;
    if (at >= 0 && *joint >= 0 && at != *joint)
        return differ(g, s, "uncovered");
    *joint = at >= 0 ? at : *joint;
    return OK;
}

/* "a+b", where both have one.  0 when out of memory. */
static int add_name(const char **joint, Arena *arena, const char *own)
{
    if (*joint == NULL || own == NULL) {
        *joint = NULL;
        return 1;
    }
    *joint = text_format(arena, "%s+%s", *joint, own);
    return *joint != NULL;
}

/* The joint scheme is called as its members are, one after another. */
static ErrCode name_all(const Joining *g)
{
    Scheme *joint = g->joint;
    int ok = 1;
    joint->id = g->of[0]->id;
    joint->file = g->of[0]->file;
    joint->title = g->of[0]->title;
    for (size_t i = 1; i < g->n && ok; i++) {
        const Scheme *s = g->of[i];
        ok = add_name(&joint->id, g->arena, s->id) &&
             add_name(&joint->file, g->arena, s->file) &&
             add_name(&joint->title.zh, g->arena, s->title.zh) &&
             add_name(&joint->title.en, g->arena, s->title.en);
    }
    return ok ? OK : FAIL(g->err, ERR_MEMORY, "no memory for a scheme");
}

static ErrCode take(Joining *g, size_t i)
{
    ErrCode rc = OK;
    const Scheme *s = g->of[i];
    Scheme *own = &g->own[i], *joint = g->joint;
    TRY(check_same(g, s));
    TRY(map_parties(g, s));
    *own = *s;
    TRY(map_layers(g, own, s));
    map_caps(g, own, s);
    TRY(take_funds(g, s));
    TRY(take_premiums(g, s));
    TRY(take_limits(g, s));
    TRY(take_uncovered(g, s));
    take_receivables(g, s);
    joint->is_covered |= s->is_covered;
    joint->denominators |= s->denominators;
    joint->watched |= s->watched;
    if (s->customer_cap >= 0)
        joint->customer_cap = s->customer_cap;
done:
    return rc;
}

/* Members have all parties of the joint one, and its words for them. */
static void share_parties(const Joining *g)
{
    for (size_t i = 0; i < g->n; i++) {
        g->own[i].n = g->joint->n;
        memcpy(g->own[i].party, g->joint->party, sizeof g->own[i].party);
        g->own[i].uncovered =
            g->own[i].uncovered < 0 ? -1 : g->joint->uncovered;
    }
}

ErrCode scheme_join(const Scheme **out, Arena *arena, const Scheme *const of[],
                    size_t n, Err *err)
{
    ErrCode rc = OK;
    if (n == 1) {
        *out = of[0];
        return OK;
    }
    if (n > SCHEME_MEMBERS)
        return FAIL(err, ERR_RULE, "a book has at most 16 schemes");
    Scheme *joint = arena_alloc(arena, 1, sizeof *joint);
    Scheme *own = arena_alloc(arena, n, sizeof *own);
    const Scheme **members = arena_alloc(arena, n, sizeof *members);
    if (joint == NULL || own == NULL || members == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    Joining g = {.arena = arena,
                 .joint = joint,
                 .of = of,
                 .own = own,
                 .n = n,
                 .err = err};
    const Scheme *first = of[0];
    *joint = (Scheme){.is_net = first->is_net,
                      .uncovered = -1,
                      .customer_cap = -1,
                      .opening = {.overdue_days = -1},
                      .claim_lag = first->claim_lag,
                      .lag_whole = first->lag_whole,
                      .nlags = first->nlags,
                      .recovered = first->recovered};
    memcpy(joint->lag, first->lag, sizeof joint->lag);
    memcpy(joint->lag_weight, first->lag_weight, sizeof joint->lag_weight);
    TRY(name_all(&g));
    for (size_t i = 0; i < n; i++) {
        TRY(take(&g, i));
        members[i] = &own[i];
    }
    share_parties(&g);
    joint->members = members;
    joint->nmembers = n;
    int party = scheme_order(joint);
    if (party >= 0)
        return FAIL(err, ERR_RULE,
                    "%s: what '%s' cannot pay comes back to it; let the last "
                    "one pay without a limit",
                    joint->id, joint->party[party]);
    *out = joint;
done:
    return rc;
}
