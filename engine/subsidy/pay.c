#include "subsidy/carry.h"
#include "subsidy/claims.h"
#include "subsidy/order.h"

#include "core/text.h"

#include <string.h>

/* Add what a match makes of one award to the payers' parts. */
static void bear(Claims *c, size_t row, const Match *match, int64_t fen)
{
    int64_t weights[MATCH_PAYERS], out[MATCH_PAYERS];
    if (match->n == 1) {
        c->paid[match->payer[0]][row] += fen;
        return;
    }
    for (size_t i = 0; i < match->n; i++)
        weights[i] = match->share[i].billionths;
    match_split(out, fen, weights, match->n);
    for (size_t i = 0; i < match->n; i++)
        c->paid[match->payer[i]][row] += out[i];
}

/* Parts of a claim, in whole units where the rules say so; what a payer pays
 * until its budget says less. */
static void divide(Claims *c, size_t row)
{
    const Terms *t = claims_terms(c, row);
    const char *county = c->county != NULL ? c->county[row] : NULL;
    for (size_t a = 0; a < c->book.awards.n; a++) {
        size_t k = 0;
        if (c->award[a][row] == 0)
            continue;
        while (!match_holds(&t->match[k], (int)a, county))
            k++; /* an entry without counties has been made sure of */
        bear(c, row, &t->match[k], c->award[a][row]);
    }
    for (size_t p = 0; p < c->book.payers.n; p++) {
        int64_t exact = c->paid[p][row], part = exact;
        if (t->rounding.when == ROUND_PAID)
            part = rounding_of(t->rounding, (Money){exact}).fen;
        if (exact > 0)
            claims_note(c, row,
                        (ClaimNote){.step = "part",
                                    .rule = c->book.payers.name[p],
                                    .from = exact,
                                    .to = part});
        if (part == exact)
            continue; /* most pages of `rounded` are never touched */
        c->rounded[row] += part - exact;
        c->paid[p][row] = part;
    }
}

/* Does the claim draw on that budget of the year's terms? */
static int draws_on(const Claims *c, size_t row, const Terms *t,
                    const Budget *b)
{
    const char *county = c->county != NULL ? c->county[row] : NULL;
    if (c->paid[b->payer][row] == 0)
        return 0;
    if (b->county != NULL)
        return b->county == county;
    for (size_t k = 0; k < t->n_budget; k++)
        if (t->budget[k].payer == b->payer && t->budget[k].county != NULL &&
            t->budget[k].county == county)
            return 0;
    return 1;
}

/* What a budget that is carried over left at the end of a year. */
typedef struct {
    size_t payer;
    const char *county;
    int32_t year;
    int64_t left;
} Carry;

typedef struct {
    Carry *carries; /* [n_carries] one for each payer and county */
    size_t n_carries, capacity;
    OrderItem *items; /* [2 n] once a budget is sorted */
    uint32_t *queue;
    int64_t *want, *rest; /* by place in the queue */
} Workspace;

static void copy_rows(uint32_t out[], const OrderItem items[], size_t n)
{
    for (size_t j = 0; j < n; j++)
        out[j] = items[j].row;
}

/* By time of submission; those without one come last, by date. */
static void line_up_submitted(const Claims *c, Workspace *w, size_t n)
{
    OrderItem *items = w->items, *late = w->items + c->n;
    size_t timed = 0, untimed = 0;
    for (size_t j = 0; j < n; j++)
        if (c->submitted[w->queue[j]] != NULL)
            items[timed++].row = w->queue[j];
        else
            late[untimed++].row = w->queue[j];
    copy_rows(w->queue + timed, late, untimed);
    items = order_texts(items, late, c->submitted, timed);
    copy_rows(w->queue, items, timed);
}

static int by_submission(const Claims *c, const Budget *b)
{
    return b->allocation == BUDGET_FIRST_COME && b->by_submission &&
           c->submitted != NULL;
}

static int by_score(const Claims *c, const Budget *b)
{
    return b->allocation == BUDGET_RANKED && c->score != NULL;
}

/* Put the queue of `n` rows, by date and id, into the budget's order. */
static ErrCode line_up(const Claims *c, const Budget *b, Workspace *w, size_t n,
                       Err *err)
{
    int scored = by_score(c, b), drawn = b->allocation == BUDGET_LOTTERY;
    if (!scored && !drawn && !by_submission(c, b))
        return OK;
    if (w->items == NULL)
        w->items = arena_alloc(c->arena, 2 * c->n, sizeof *w->items);
    if (w->items == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (!scored && !drawn) {
        line_up_submitted(c, w, n);
        return OK;
    }
    for (size_t j = 0; j < n; j++) {
        uint32_t row = w->queue[j];
        w->items[j].row = row;
        w->items[j].key = scored ? order_real(-c->score[row])
                                 : order_lot(b->seed, c->id[row]);
    }
    copy_rows(w->queue, order_sort(w->items, w->items + c->n, n), n);
    return OK;
}

/* What the budget left of the watched claim's part; and what it had given to
 * those before it, or, where all share it, what all want. */
static void note_budget(const Claims *c, const Budget *b, const Workspace *w,
                        size_t n, const char *why)
{
    int64_t before = 0, wanted = 0;
    size_t at = n; /* of the watched claim */
    for (size_t j = 0; j < n && c->watch != NULL; j++) {
        if (claims_watched(c, w->queue[j]))
            at = j;
        before += at == n ? c->paid[b->payer][w->queue[j]] : 0;
        wanted += w->want[j];
    }
    if (at < n)
        claims_note(c, c->watch->row,
                    (ClaimNote){.step = "budget",
                                .rule = why,
                                .from = w->want[at],
                                .to = c->paid[b->payer][c->watch->row],
                                .budget = b,
                                .used = b->allocation == BUDGET_PRO_RATA
                                            ? wanted
                                            : before});
}

/* Give one budget out over the claims of rows[n], all of one year. */
static ErrCode spend(Claims *c, const uint32_t rows[], size_t n, const Terms *t,
                     const Budget *b, Workspace *w, Err *err)
{
    ErrCode rc = OK;
    int64_t *paid = c->paid[b->payer], *cut = c->cut[b->payer];
    size_t drawing = 0;
    Money unit = t->rounding.when == ROUND_PAID ? t->rounding.unit : (Money){1};
    const char *why = c->budget_of[b->payer];
    for (size_t j = 0; j < n; j++)
        if (draws_on(c, rows[j], t, b))
            w->queue[drawing++] = rows[j];
    TRY(line_up(c, b, w, drawing, err));
    for (size_t j = 0; j < drawing; j++)
        w->want[j] = paid[w->queue[j]];
    TRY(budget_allocate(paid, paid, w->queue, drawing, b, unit, w->rest, err));
    for (size_t j = 0; j < drawing; j++) {
        uint32_t row = w->queue[j];
        if (paid[row] == w->want[j])
            continue;
        cut[row] = w->want[j] - paid[row];
        c->binding[row] = why;
    }
    note_budget(c, b, w, drawing, why);
done:
    return rc;
}

static Carry *find_carry(const Workspace *w, const Budget *b)
{
    for (size_t k = 0; k < w->n_carries; k++)
        if (w->carries[k].payer == b->payer &&
            w->carries[k].county == b->county)
            return &w->carries[k];
    return NULL;
}

static ErrCode keep_carry(Claims *c, Workspace *w, Carry carry, Err *err)
{
    w->carries = arena_grow(c->arena, w->carries, &w->capacity, w->n_carries,
                            sizeof *w->carries);
    if (w->carries == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    w->carries[w->n_carries++] = carry;
    return OK;
}

/* The same with what the year before left, and for the year after. */
static ErrCode spend_carried(Claims *c, const uint32_t rows[], size_t n,
                             const Terms *t, const Budget *budget, Workspace *w,
                             Err *err)
{
    ErrCode rc = OK;
    int32_t year = claims_year(c, rows[0]);
    Budget *b = arena_alloc(c->arena, 1, sizeof *b);
    Carry *before = find_carry(w, budget);
    if (b == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *b = *budget;
    if (before != NULL)
        TRY(carry_amount(&b->amount,
                         (CarrySource){c->policy, &c->book, c->arena, c->texts},
                         budget, before->left, before->year, year, err));
    TRY(spend(c, rows, n, t, b, w, err));
    Carry after = {b->payer, b->county, year, b->amount.fen};
    for (size_t j = 0; j < n; j++)
        if (draws_on(c, rows[j], t, b))
            after.left -= c->paid[b->payer][rows[j]];
    if (before == NULL)
        return keep_carry(c, w, after, err);
    *before = after;
done:
    return rc;
}

/* The budgets of a year are those in force at its last claim. */
static ErrCode spend_year(Claims *c, const uint32_t rows[], size_t n,
                          Workspace *w, Err *err)
{
    ErrCode rc = OK;
    const Terms *t = NULL;
    for (size_t j = n; j-- > 0 && t == NULL;)
        t = claims_terms(c, rows[j]);
    for (size_t k = 0; t != NULL && k < t->n_budget; k++) {
        const Budget *b = &t->budget[k];
        TRY(b->is_carried ? spend_carried(c, rows, n, t, b, w, err)
                          : spend(c, rows, n, t, b, w, err));
    }
done:
    return rc;
}

static ErrCode take_parts(Claims *c, Err *err)
{
    int missing = 0;
    for (size_t p = 0; p < c->book.payers.n; p++) {
        missing |= claims_take(c, &c->paid[p]) == NULL;
        missing |= claims_take(c, &c->cut[p]) == NULL;
    }
    missing |= claims_take(c, &c->rounded) == NULL;
    return missing ? FAIL(err, ERR_MEMORY, "out of memory") : OK;
}

ErrCode claims_divide(Claims *c, Err *err)
{
    ErrCode rc = take_parts(c, err);
    for (size_t i = 0; rc == OK && i < c->n; i++)
        if (c->refusal[i] == REFUSED_NOT)
            divide(c, i);
    return rc;
}

ErrCode claims_spend(Claims *c, Err *err)
{
    ErrCode rc = OK;
    Workspace w = {.queue = arena_alloc(c->arena, c->n, sizeof *w.queue),
                   .want = arena_alloc(c->arena, c->n, sizeof *w.want),
                   .rest = arena_alloc(c->arena, c->n, sizeof *w.rest)};
    if (w.queue == NULL || w.want == NULL || w.rest == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t from = 0, to; from < c->n && !c->is_alone; from = to) {
        int32_t year = claims_year(c, c->order[from]);
        for (to = from; to < c->n && claims_year(c, c->order[to]) == year;)
            to++;
        TRY(spend_year(c, c->order + from, to - from, &w, err));
    }
done:
    return rc;
}

ErrCode claims_pay(Claims *c, Err *err)
{
    ErrCode rc = claims_divide(c, err);
    return rc != OK ? rc : claims_spend(c, err);
}
