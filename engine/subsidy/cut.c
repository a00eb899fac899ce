#include "subsidy/claims.h"
#include "subsidy/order.h"

#include <string.h>

/* A firm's highest award of the year, and the claim that has it. */
typedef struct {
    int64_t fen;
    int32_t year;
    uint32_t row;
} FirmBest;

/* Awards of a firm or of all in a year, so far. */
typedef struct {
    int64_t fen, count;
    int32_t year;
} Tally;

typedef struct {
    FirmBest *best;
    Tally *firm;
    OrderItem *items; /* [2 n] */
    uint32_t *queue;
} Workspace;

/* Lower a claim's awards (one of them, or their sum) to `to`; the awards of a
 * sum keep their proportion. */
static void lower(Claims *c, size_t row, int award, int64_t to, const char *why)
{
    int64_t weights[TERMS_AWARDS], out[TERMS_AWARDS];
    size_t n = c->book.awards.n;
    c->binding[row] = why;
    if (award >= 0 || n == 1 || to == 0) {
        for (size_t a = 0; a < n; a++)
            if (award < 0 || (size_t)award == a)
                c->award[a][row] = to;
        return;
    }
    for (size_t a = 0; a < n; a++)
        weights[a] = c->award[a][row];
    match_split(out, to, weights, n);
    for (size_t a = 0; a < n; a++)
        c->award[a][row] = out[a];
}

/* What a limit looks at: one award, or their sum. */
static int64_t amount_of(const Claims *c, size_t row, int award)
{
    return award >= 0 ? c->award[award][row] : claims_sum(c, row);
}

static void note_limit(const Claims *c, size_t row, const Limit *limit,
                       int64_t from, int64_t to, int64_t used)
{
    claims_note(c, row,
                (ClaimNote){.step = "limit",
                            .rule = limit->id,
                            .from = from,
                            .to = to,
                            .limit = limit,
                            .used = used});
}

static void note_stacking(const Claims *c, size_t row, const char *rule,
                          int64_t from, int64_t to, int64_t used)
{
    claims_note(c, row,
                (ClaimNote){.step = "stacking",
                            .rule = rule,
                            .from = from,
                            .to = to,
                            .used = used});
}

static void limit_claims(Claims *c, size_t slot)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->refusal[i] != REFUSED_NOT)
            continue;
        const Limit *limit = claims_terms(c, i)->limit[slot];
        if (limit == NULL || limit->scope != LIMIT_CLAIM)
            continue;
        int64_t fen = amount_of(c, i, limit->award);
        int64_t left = limit_of(limit, (Money){fen}).fen;
        if (fen > 0)
            note_limit(c, i, limit, fen, left, 0);
        if (left < fen)
            lower(c, i, limit->award, left, limit->id);
    }
}

/* Awards of one claim: the highest alone, or later ones up to the highest. */
static void stack_awards(Claims *c, size_t row, StackRule rule)
{
    size_t n = c->book.awards.n, best = 0;
    int64_t before = claims_sum(c, row), most = 0;
    for (size_t a = 1; a < n; a++)
        if (c->award[a][row] > c->award[best][row])
            best = a;
    for (size_t a = 0; a < n; a++) {
        int64_t fen = c->award[a][row];
        if (rule == STACK_HIGHEST)
            c->award[a][row] = a == best ? fen : 0;
        else
            c->award[a][row] = fen > most ? fen - most : 0;
        most = fen > most ? fen : most;
    }
    const char *why = rule == STACK_HIGHEST ? c->highest_only : c->top_up;
    note_stacking(c, row, why, before, claims_sum(c, row), most);
    if (claims_sum(c, row) < before)
        c->binding[row] = why;
}

static FirmBest *best_of_year(FirmBest best[], const Claims *c, size_t row)
{
    FirmBest *b = &best[c->firm[row]];
    if (b->year != claims_year(c, row))
        *b = (FirmBest){0, claims_year(c, row), CLAIM_NOBODY};
    return b;
}

static int stacks_years(const Claims *c, size_t row, StackRule rule)
{
    if (c->refusal[row] != REFUSED_NOT)
        return 0;
    const Terms *t = claims_terms(c, row);
    return t->is_firm_year && t->rule == rule;
}

/* Of the claims of rows[n], all of one year, a firm keeps the highest. */
static void keep_highest(Claims *c, const uint32_t rows[], size_t n,
                         Workspace *w)
{
    FirmBest *best = w->best;
    for (size_t j = 0; j < n; j++) {
        size_t i = rows[j];
        if (!stacks_years(c, i, STACK_HIGHEST))
            continue;
        FirmBest *b = best_of_year(best, c, i);
        int64_t fen = claims_sum(c, i);
        if (fen > b->fen)
            *b = (FirmBest){fen, b->year, (uint32_t)i};
    }
    for (size_t j = 0; j < n; j++) {
        size_t i = rows[j];
        if (stacks_years(c, i, STACK_HIGHEST) && claims_sum(c, i) > 0 &&
            best_of_year(best, c, i)->row != i) {
            note_stacking(c, i, c->highest_only, claims_sum(c, i), 0,
                          best_of_year(best, c, i)->fen);
            lower(c, i, -1, 0, c->highest_only);
        }
    }
}

/* ... or each claim adds what it is higher than those before it. */
static void top_up(Claims *c, const uint32_t rows[], size_t n, Workspace *w)
{
    for (size_t j = 0; j < n; j++) {
        size_t i = rows[j];
        if (!stacks_years(c, i, STACK_TOP_UP))
            continue;
        FirmBest *b = best_of_year(w->best, c, i);
        int64_t fen = claims_sum(c, i), most = b->fen;
        b->fen = fen > most ? fen : most;
        if (most > 0 && fen > 0) {
            int64_t left = fen > most ? fen - most : 0;
            note_stacking(c, i, c->top_up, fen, left, most);
            lower(c, i, -1, left, c->top_up);
        }
    }
}

/* A limit in its slot that holds for the row, of a year's scope. */
static const Limit *year_limit(const Claims *c, size_t row, size_t slot)
{
    if (c->refusal[row] != REFUSED_NOT)
        return NULL;
    const Limit *limit = claims_terms(c, row)->limit[slot];
    return limit == NULL || limit->scope == LIMIT_CLAIM ? NULL : limit;
}

static int is_of_firm(LimitScope scope)
{
    return scope == LIMIT_FIRM_YEAR || scope == LIMIT_FIRM_COUNT;
}

static Tally *tally_of(Tally firm[], Tally *all, const Claims *c, size_t row,
                       const Limit *limit)
{
    Tally *t = is_of_firm(limit->scope) ? &firm[c->firm[row]] : all;
    if (t->year != claims_year(c, row))
        *t = (Tally){.year = claims_year(c, row)};
    return t;
}

/* A firm whose year stays below the floor gets nothing. */
static void apply_floor(Claims *c, const uint32_t rows[], size_t n, size_t slot,
                        Tally firm[])
{
    for (size_t j = 0; j < n; j++) {
        const Limit *limit = year_limit(c, rows[j], slot);
        if (limit == NULL || limit->floor.fen == 0)
            continue;
        Tally *t = tally_of(firm, NULL, c, rows[j], limit);
        if (__builtin_add_overflow(t->fen, amount_of(c, rows[j], limit->award),
                                   &t->fen))
            t->fen = INT64_MAX;
    }
    for (size_t j = 0; j < n; j++) {
        const Limit *limit = year_limit(c, rows[j], slot);
        if (limit != NULL && limit->floor.fen > 0 &&
            amount_of(c, rows[j], limit->award) > 0 &&
            firm[c->firm[rows[j]]].fen < limit->floor.fen) {
            note_limit(c, rows[j], limit, amount_of(c, rows[j], limit->award),
                       0, firm[c->firm[rows[j]]].fen);
            lower(c, rows[j], limit->award, 0, limit->id);
        }
    }
}

/* Caps and counts over a queue of one year. */
static void apply_cap(Claims *c, const uint32_t queue[], size_t n, size_t slot,
                      Tally firm[], Tally *all)
{
    for (size_t j = 0; j < n; j++) {
        size_t i = queue[j];
        const Limit *limit = year_limit(c, i, slot);
        int64_t fen = limit != NULL ? amount_of(c, i, limit->award) : 0;
        if (fen == 0)
            continue;
        Tally *t = tally_of(firm, all, c, i, limit);
        int counts = limit->scope == LIMIT_FIRM_COUNT ||
                     limit->scope == LIMIT_COUNT_YEAR;
        int64_t room = counts ? (t->count < limit->count ? fen : 0)
                              : limit->cap.fen - t->fen;
        int64_t left = fen < room ? fen : room > 0 ? room : 0;
        note_limit(c, i, limit, fen, left, counts ? t->count : t->fen);
        if (left < fen)
            lower(c, i, limit->award, left, limit->id);
        t->count += left > 0;
        if (!counts && limit->cap.fen != LIMIT_NONE)
            t->fen += left;
    }
}

/* Does any limit's queue go by the score? */
static int goes_by_score(const Claims *c)
{
    return c->scores != 0 && c->score != NULL;
}

/* The rows of a year in the order of the limit's queue. */
static const uint32_t *queue_of(const Claims *c, const uint32_t rows[],
                                size_t n, size_t slot, OrderItem items[],
                                uint32_t queue[])
{
    if (!goes_by_score(c) || (c->scores >> slot & 1) == 0)
        return rows;
    for (size_t j = 0; j < n; j++)
        items[j] = (OrderItem){order_real(-c->score[rows[j]]), rows[j]};
    const OrderItem *sorted = order_sort(items, items + n, n);
    for (size_t j = 0; j < n; j++)
        queue[j] = sorted[j].row;
    return queue;
}

/* Which scopes come when: sums of firms, of the scheme, then counts. */
static const LimitScope sequence[] = {LIMIT_FIRM_YEAR, LIMIT_SCHEME_YEAR,
                                      LIMIT_FIRM_COUNT, LIMIT_COUNT_YEAR};

/* Is slot a limit of that scope for some claim of the year? */
static int holds(const Claims *c, const uint32_t rows[], size_t n, size_t slot,
                 LimitScope scope)
{
    for (size_t j = 0; j < n; j++) {
        const Limit *limit = year_limit(c, rows[j], slot);
        if (limit != NULL)
            return limit->scope == scope;
    }
    return 0;
}

static void limit_year(Claims *c, const uint32_t rows[], size_t n, Workspace *w)
{
    if (c->stacks_years) {
        keep_highest(c, rows, n, w);
        top_up(c, rows, n, w);
    }
    for (size_t k = 0; k < sizeof sequence / sizeof *sequence; k++)
        for (size_t slot = 0; slot < c->book.limits.n; slot++) {
            Tally all = {0};
            if (!holds(c, rows, n, slot, sequence[k]) ||
                (c->is_alone && !is_of_firm(sequence[k])))
                continue;
            memset(w->firm, 0, c->firms * sizeof *w->firm);
            if (c->floors >> slot & 1)
                apply_floor(c, rows, n, slot, w->firm);
            memset(w->firm, 0, c->firms * sizeof *w->firm);
            apply_cap(c, queue_of(c, rows, n, slot, w->items, w->queue), n,
                      slot, w->firm, &all);
        }
}

ErrCode claims_limit_each(Claims *c, Err *err)
{
    if (c->binding == NULL)
        c->binding = arena_alloc(c->arena, c->n, sizeof *c->binding);
    if (c->binding == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t slot = 0; slot < c->book.limits.n; slot++)
        limit_claims(c, slot);
    for (size_t i = 0; i < c->n; i++)
        if (c->refusal[i] == REFUSED_NOT &&
            claims_terms(c, i)->rule != STACK_CUMULATIVE)
            stack_awards(c, i, claims_terms(c, i)->rule);
    return OK;
}

ErrCode claims_limit_years(Claims *c, Err *err)
{
    size_t sorted = goes_by_score(c) ? c->n : 0;
    Workspace w = {
        arena_alloc(c->arena, c->firms, sizeof *w.best),
        arena_alloc(c->arena, c->firms, sizeof *w.firm),
        arena_alloc(c->arena, 2 * sorted, sizeof *w.items),
        arena_alloc(c->arena, sorted, sizeof *w.queue),
    };
    if (w.best == NULL || w.firm == NULL || w.items == NULL || w.queue == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t from = 0, to; from < c->n; from = to) {
        int32_t year = claims_year(c, c->order[from]);
        for (to = from; to < c->n && claims_year(c, c->order[to]) == year;)
            to++;
        limit_year(c, c->order + from, to - from, &w);
    }
    return OK;
}

ErrCode claims_limit(Claims *c, Err *err)
{
    ErrCode rc = claims_limit_each(c, err);
    return rc != OK ? rc : claims_limit_years(c, err);
}
