#include "pool/sizing.h"

/* Another amount in the scheme's place, far from what adds up to an overflow:
 * fen. */
#define AMOUNT_MOST INT64_C(1000000000000000)

/* A scenario that is told again with other amounts. */
typedef struct {
    const Sizing *sizing;
    Worker *worker;
    size_t q;
    Scheme scheme;
    const int64_t *paid_in;
} Trial;

static void open_trial(Trial *t, const Sizing *z, Worker *k, size_t q)
{
    const Model *m = z->model;
    *t = (Trial){z, k, q, *m->scheme, m->waterfall->paid_in};
    t->scheme.fund[z->party].opening = z->opening;
    t->scheme.fund[z->party].has_yield = z->has_yield;
}

static int is_dry(Trial *t)
{
    const Sizing *z = t->sizing;
    const Model *m = z->model;
    Worker *k = t->worker;
    Waterfall w = *m->waterfall;
    size_t each = m->book->steps * m->dues->classes;
    w.scheme = &t->scheme;
    w.paid_in = t->paid_in;
    waterfall_run(&k->path, &w, k->table.part + t->q * each * (size_t)w.parts,
                  dues_gone(&k->table, t->q));
    for (int y = 0; y < w.run; y++)
        if (k->path.year[y].dry >> z->party & 1)
            return 1;
    return 0;
}

/* The least x, at most `high`, with which the fund holds out. */
static int64_t search(Trial *t, int (*is_dry_with)(Trial *t, int64_t x),
                      int64_t high)
{
    int64_t low = -1;
    while (high - low > 1) {
        int64_t mid = low + (high - low) / 2;
        if (is_dry_with(t, mid))
            low = mid;
        else
            high = mid;
    }
    return high;
}

static int is_dry_with_balance(Trial *t, int64_t fen)
{
    t->scheme.fund[t->sizing->party].opening = fen;
    return is_dry(t);
}

int64_t sizing_need(const Sizing *z, Worker *k, size_t q, int64_t high)
{
    Trial t;
    open_trial(&t, z, k, q);
    return search(&t, is_dry_with_balance, high);
}

static int is_dry_with_fee(Trial *t, int64_t rate)
{
    t->scheme.premium[t->sizing->party] = (Fraction){rate, FEE_MOST};
    return is_dry(t);
}

int64_t sizing_fee(const Sizing *z, Worker *k, size_t q)
{
    Trial t;
    open_trial(&t, z, k, q);
    t.scheme.of_fees &= ~(UINT32_C(1) << z->party);
    return search(&t, is_dry_with_fee, FEE_MOST);
}

/* An amount that stays as it is, to a book of one. */
static int64_t to_book(int64_t fen, int64_t times)
{
    Exact each = ((Exact)fen * SCALE_ONE + times / 2) / times;
    return each < AMOUNT_MOST ? (int64_t)each : AMOUNT_MOST;
}

/* What stays as it is while the book grows is so much less beside it. */
static int is_dry_with_room(Trial *t, int64_t room)
{
    const Model *m = t->sizing->model;
    const Waterfall *w = m->waterfall;
    const Scheme *s = m->scheme;
    int64_t paid_in[WATERFALL_STEPS * SCHEME_PARTIES];
    int64_t times = SCALE_MOST - room;
    size_t n = (size_t)w->run * (size_t)w->year_steps * (size_t)s->n;
    SchemeOpening *o = &t->scheme.opening;
    for (size_t i = 0; i < n; i++)
        paid_in[i] = to_book(w->paid_in[i], times);
    o->claimed = to_book(s->opening.claimed, times);
    for (int j = 0; j < s->n; j++) {
        int64_t opening =
            j == t->sizing->party ? t->sizing->opening : s->fund[j].opening;
        t->scheme.fund[j].opening = to_book(opening, times);
        o->cap_used[j] = to_book(s->opening.cap_used[j], times);
        for (int y = 0; y < o->due_years; y++)
            o->due[y][j] = to_book(s->opening.due[y][j], times);
    }
    t->paid_in = paid_in;
    return is_dry(t);
}

int64_t sizing_room(const Sizing *z, Worker *k, size_t q)
{
    Trial t;
    open_trial(&t, z, k, q);
    return search(&t, is_dry_with_room, SCALE_MOST);
}

/* Whether a claim on one party may come to another. */
static int flows_to(const Scheme *s, int from, int to)
{
    int flows = from == to || (s->fund[from].exists &&
                               flows_to(s, s->fund[from].overflow, to));
    for (size_t i = 0; !flows && i < scheme_members(s); i++) {
        const SchemeCap *cap = &scheme_member(s, i)->cap[from];
        flows = cap->exists && flows_to(s, cap->overflow, to);
    }
    return flows;
}

static int has_claims(const SchemeOpening *o)
{
    int has = o->claimed > 0;
    for (int j = 0; j < SCHEME_PARTIES; j++)
        has |= o->cap_used[j] > 0;
    return has;
}

/* Is there an amount in the book, or in the members of a joint scheme, that
 * does not grow with it? */
static int is_bound(const Model *m)
{
    const Scheme *s = m->scheme;
    int bound = s->customer_cap >= 0 || s->opening.ndefaulted > 0 ||
                (s->leverage.exists && m->dues->may_stop);
    for (size_t i = 0; i < scheme_members(s); i++) {
        const Scheme *member = scheme_member(s, i);
        const SchemeOpening *o = &member->opening;
        bound |= member->customer_cap >= 0 || (member != s && has_claims(o));
        for (int d = 0; d < DENOMINATOR_COUNT; d++)
            bound |= o->before[0][d] > 0 || o->before[1][d] > 0;
    }
    return bound;
}

SizingScale sizing_scaling(const Model *m, int party)
{
    const Scheme *s = m->scheme;
    int fixed = s->fund[party].n > 0 || s->opening.has_due != 0 ||
                has_claims(&s->opening);
    for (int j = 0; j < s->n; j++)
        fixed |= j != party && s->fund[j].exists && flows_to(s, j, party);
    return is_bound(m) ? SCALE_UNTOLD : fixed ? SCALE_SEARCHED : SCALE_BY_NEED;
}
