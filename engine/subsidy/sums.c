#include "subsidy/sums.h"

#include "subsidy/claims.h"
#include "subsidy/turns.h"

#include <string.h>

/* Policies first to last - 1 share the awards of `claims`. */
typedef struct {
    Claims claims;
    size_t first, last;
} Run;

typedef struct {
    SubsidySum *out;
    const Table *contracts;
    const Policy *const *policies; /* [n] */
    size_t n;
    Date as_of;
    int threads;
    Claims opened; /* in line, before any policy */
    TermsBook book;
} Sums;

static int is_same_date(const Policy *a, const Policy *b)
{
    const char *x = policy_head(a)->date_used, *y = policy_head(b)->date_used;
    return x == NULL || y == NULL ? x == y : strcmp(x, y) == 0;
}

static ErrCode check_dates(const Sums *s, Err *err)
{
    for (size_t k = 1; k < s->n; k++)
        if (!is_same_date(s->policies[0], s->policies[k]))
            return FAIL(err, ERR_INPUT,
                        "policies '%s' and '%s' go by other dates",
                        policy_head(s->policies[0])->id,
                        policy_head(s->policies[k])->id);
    return OK;
}

/* How many policies from `first` on share their awards. */
static size_t end_of_run(const Sums *s, size_t first)
{
    static const char *const aside[] = {"limits", "match", "budget"};
    size_t last = first + 1;
    while (last < s->n &&
           policy_same_rules(s->policies[first], s->policies[last], aside,
                             sizeof aside / sizeof *aside))
        last++;
    return last;
}

/* Eligibility, base and awards of the first policy of a run. */
static ErrCode award(Run *run, Sums *s, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Claims *c = &run->claims;
    Table *t;
    Tables *own = tables_new(arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(claims_reopen(c, &s->opened, arena, s->policies[run->first], err));
    c->book = s->book;
    own->texts = s->contracts->owner->texts;
    TRY(table_share(&t, own, s->contracts, "contracts", err));
    TRY(policy_apply(t, c->policy, s->as_of, err));
    TRY(claims_read_terms(c, s->as_of, err));
    TRY(claims_award(c, t, err));
done:
    return rc;
}

/* The terms of every policy of the run, one after another: reading them adds
 * to the texts. */
static ErrCode read_terms(Claims of[], Run *run, Sums *s, Err *err)
{
    ErrCode rc = OK;
    for (size_t k = run->first; k < run->last; k++) {
        Claims *c = &of[k - run->first];
        *c = run->claims;
        c->policy = s->policies[k];
        c->book = s->book;
        c->floors = c->scores = 0;
        TRY(claims_read_terms(c, s->as_of, err));
        s->book = c->book;
    }
done:
    return rc;
}

typedef struct {
    Exact claimed, computed, capped, rounded, cut, paid;
    Exact paid_by[MATCH_PAYERS];
} Wide;

static void add_row(Wide *w, SubsidySum *out, const Claims *c, size_t i,
                    unsigned char seen[])
{
    int64_t cut = 0, paid = 0;
    for (size_t p = 0; p < c->book.payers.n; p++) {
        cut += c->cut[p][i];
        paid += c->paid[p][i];
        w->paid_by[p] += c->paid[p][i];
    }
    w->claimed += c->base[i];
    w->computed += c->computed[i];
    w->capped += c->computed[i] - claims_sum(c, i);
    w->rounded += c->rounded[i];
    w->cut += cut;
    w->paid += paid;
    if (paid == 0)
        return;
    out->contracts++;
    out->firms += !seen[c->firm[i]];
    seen[c->firm[i]] = 1;
}

static ErrCode add_up(SubsidySum *out, const Claims *c, Arena *arena, Err *err)
{
    Wide w = {0};
    unsigned char *seen = arena_alloc(arena, c->firms + 1, 1);
    if (seen == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *out = (SubsidySum){0};
    for (size_t i = 0; i < c->n; i++)
        add_row(&w, out, c, i, seen);
    if (w.claimed > MONEY_MAX || w.computed > MONEY_MAX)
        return FAIL(err, ERR_DOMAIN, "the claims sum beyond 9e15 yuan");
    out->claimed = (int64_t)w.claimed;
    out->computed = (int64_t)w.computed;
    out->by_cap = (int64_t)w.capped;
    out->by_rounding = -(int64_t)w.rounded;
    out->by_budget = (int64_t)w.cut;
    out->paid = (int64_t)w.paid;
    for (size_t p = 0; p < c->book.payers.n; p++)
        out->paid_by[p] = (int64_t)w.paid_by[p];
    return OK;
}

/* The policies of a run, with terms of their own. */
typedef struct {
    SubsidySum *out; /* [n] */
    Claims *of;      /* [n] with the same awards */
} Shared;

static ErrCode pay(void *shared, size_t k, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Shared *s = shared;
    Claims *c = &s->of[k];
    c->arena = arena;
    TRY(claims_own_awards(c, err));
    TRY(claims_limit(c, err));
    TRY(claims_pay(c, err));
    TRY(add_up(&s->out[k], c, arena, err));
done:
    return rc;
}

static ErrCode sum_run(Run *run, Sums *s, Err *err)
{
    ErrCode rc = OK;
    size_t n = run->last - run->first;
    Arena *arena = arena_new();
    Shared shared = {s->out + run->first, NULL};
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(award(run, s, arena, err));
    s->book = run->claims.book;
    shared.of = arena_alloc(arena, n, sizeof *shared.of);
    if (shared.of == NULL)
        TRY(FAIL(err, ERR_MEMORY, "out of memory"));
    TRY(read_terms(shared.of, run, s, err));
    TRY(turns_take(&shared, n, s->threads, pay, err));
done:
    arena_free(arena);
    return rc;
}

ErrCode subsidy_sums(SubsidySum out[], Names *payers, const Table *contracts,
                     const Policy *const policies[], size_t n, Date as_of,
                     int threads, Err *err)
{
    ErrCode rc = OK;
    Sums s = {.out = out,
              .contracts = contracts,
              .policies = policies,
              .n = n,
              .as_of = as_of,
              .threads = threads};
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(check_dates(&s, err));
    TRY(claims_open(&s.opened, arena, contracts, policies[0], as_of, err));
    for (Run run = {.first = 0}; run.first < n; run.first = run.last) {
        run.last = end_of_run(&s, run.first);
        TRY(sum_run(&run, &s, err));
    }
    *payers = s.book.payers;
done:
    arena_free(arena);
    return rc;
}
