#include "subsidy/regime.h"

#include "core/text.h"
#include "stat/normal.h"

#include <string.h>

#define ALONE_MOST 0.99 /* of the value: what a subsidy is counted up to */

/* What the terms of one day say of how claims hang together. */
static void note_terms(Regime *r, const Terms *t)
{
    for (size_t k = 0; k < r->each.book.limits.n; k++)
        r->is_joined |=
            t->limit[k] != NULL && t->limit[k]->scope != LIMIT_CLAIM;
    for (size_t k = 0; k < t->n_budget; k++)
        r->has_lottery |= t->budget[k].allocation == BUDGET_LOTTERY;
    r->is_annual |= t->is_annual;
}

static ErrCode note_kinds(Regime *r, const Stock *stock, Err *err)
{
    const Claims *c = &r->each;
    size_t days = c->is_dated ? (size_t)(c->last_day - c->first_day) + 1 : 1;
    int each = 0;
    r->is_joined = c->stacks_years;
    r->is_one_era = 1;
    for (size_t d = 0; d < days; d++)
        if (c->by_day[d] != NULL) {
            note_terms(r, c->by_day[d]);
            each |= !c->by_day[d]->is_annual;
        }
    for (size_t i = 0; i < c->n; i++)
        r->is_one_era &= claims_year(c, i) == stock->year;
    r->is_one_era &= policy_era(r->policy, (Date){(int32_t)c->first_day}) ==
                     policy_era(r->policy, (Date){(int32_t)c->last_day});
    if (r->is_annual && each)
        return FAIL(err, ERR_RULE,
                    "'%s' awards by contract and by the year's sum in the same "
                    "year, which is not simulated",
                    r->name);
    return OK;
}

/* The budgets in force at the year's last contract. */
static ErrCode list_funds(Regime *r, const Stock *stock, Err *err)
{
    const Claims *c = &r->each;
    const Terms *t = NULL;
    for (size_t j = c->n; j-- > 0 && t == NULL;)
        if (claims_year(c, c->order[j]) == stock->year)
            t = claims_terms(c, c->order[j]);
    if (t != NULL && t->n_budget > REGIME_FUNDS)
        return FAIL(err, ERR_RULE, "more than %d budgets", REGIME_FUNDS);
    for (size_t k = 0; t != NULL && k < t->n_budget; k++)
        r->fund[r->funds++] = (RegimeFund){
            c->book.payers.name[t->budget[k].payer], t->budget[k].county,
            t->budget[k].payer, t->budget[k].amount.fen};
    return OK;
}

/* A county's own budget of a payer comes before that of all. */
static uint8_t fund_named(const Regime *r, size_t payer, const char *county)
{
    uint8_t found = REGIME_NONE;
    for (size_t k = 0; k < r->funds; k++) {
        const RegimeFund *f = &r->fund[k];
        if (f->place != payer)
            continue;
        if (f->county != NULL && f->county == county)
            return (uint8_t)k;
        if (f->county == NULL)
            found = (uint8_t)k;
    }
    return found;
}

static ErrCode place_funds(Regime *r, const Stock *stock, Err *err)
{
    const Claims *c = &r->each;
    for (size_t p = 0; p < c->book.payers.n; p++) {
        r->fund_of[p] = arena_alloc(c->arena, c->n + 1, 1);
        if (r->fund_of[p] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        for (size_t i = 0; i < c->n; i++)
            r->fund_of[p][i] =
                claims_year(c, i) != stock->year
                    ? REGIME_NONE
                    : fund_named(r, p, c->county ? c->county[i] : NULL);
    }
    return OK;
}

/* Each claim by itself from awards on: on the sum of the year they are others
 * than among the firm's claims. */
static ErrCode part_claims(Claims *c, const Regime *r, Arena *scratch, Err *err)
{
    ErrCode rc = OK;
    *c = r->each;
    c->arena = scratch;
    TRY(claims_part(c, err));
    TRY(claims_own_awards(c, err));
    if (r->is_annual) {
        c->computed = NULL;
        c->binding = NULL;
        if (claims_take(c, &c->computed) == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        TRY(claims_award_years(c, err));
        TRY(claims_limit_each(c, err));
    }
    TRY(claims_limit_years(c, err));
    TRY(claims_divide(c, err));
done:
    return rc;
}

/* What each contract would be paid if it were the only one. */
static ErrCode pay_alone(Regime *r, Arena *scratch, Err *err)
{
    ErrCode rc = OK;
    Claims c = r->each;
    int64_t *alone = arena_alloc(r->each.arena, c.n + 1, sizeof *alone);
    if (alone == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (regime_hangs(r))
        TRY(part_claims(&c, r, scratch, err));
    for (size_t p = 0; p < c.book.payers.n; p++)
        for (size_t i = 0; i < c.n; i++)
            alone[i] += c.paid[p][i];
    r->alone = alone;
done:
    return rc;
}

/* The same with memory that is given back. */
static ErrCode find_alone(Regime *r, Err *err)
{
    Arena *scratch = arena_new();
    ErrCode rc = scratch == NULL ? FAIL(err, ERR_MEMORY, "out of memory")
                                 : pay_alone(r, scratch, err);
    arena_free(scratch);
    return rc;
}

/* The firm's own part of a contract. */
static double own_part(int64_t alone, int64_t amount)
{
    double part = amount > 0 ? (double)alone / (double)amount : 0;
    return 1 - (part < ALONE_MOST ? part : ALONE_MOST);
}

/* ... and its logarithm for every row of the stock. */
static ErrCode find_unpaid(Regime *r, const Regime *base, Err *err)
{
    const Table *t = r->ground->stock->table;
    const Column *amount = table_field(t, FIELD_amount);
    if (base != NULL) {
        r->unpaid = base->unpaid;
        return OK;
    }
    r->unpaid = arena_alloc(r->each.arena, t->rows, sizeof *r->unpaid);
    if (r->unpaid == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < t->rows; i++)
        r->unpaid[i] = normal_log(own_part(r->alone[i], amount->i[i]));
    return OK;
}

static ErrCode find_pull(Regime *r, const Regime *base, Err *err)
{
    const Table *t = r->ground->stock->table;
    const Column *amount = table_field(t, FIELD_amount);
    r->pull = arena_alloc(r->each.arena, t->rows, sizeof *r->pull);
    if (r->pull == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < t->rows; i++)
        r->pull[i] = normal_log(own_part(base->alone[i], amount->i[i]) /
                                own_part(r->alone[i], amount->i[i]));
    return OK;
}

/* Of those that would be paid more beyond a step, a share moves. */
static ErrCode find_moved(Regime *r, double share, Err *err)
{
    const GamingMoves *moves = &r->ground->moves;
    if (moves->from == NULL)
        return OK;
    r->moved = arena_alloc(r->each.arena, moves->stock, sizeof *r->moved);
    if (r->moved == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    gaming_choose(r->moved, moves, r->alone);
    r->gaming = share;
    return OK;
}

/* Eligibility, awards and limits of every row, and its parts where they hang on
 * no other. */
static ErrCode judge(Regime *r, Date as_of, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Ground *g = r->ground;
    Tables *own = tables_new(arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = g->opened.texts;
    TRY(claims_reopen(&r->each, &g->opened, arena, r->policy, err));
    TRY(table_share(&t, own, g->table, "contracts", err));
    TRY(policy_apply(t, r->policy, as_of, err));
    TRY(claims_read_terms(&r->each, as_of, err));
    TRY(claims_award(&r->each, t, err));
    TRY(note_kinds(r, g->stock, err));
    TRY(claims_limit_each(&r->each, err));
    if (!regime_hangs(r))
        TRY(claims_divide(&r->each, err));
done:
    return rc;
}

ErrCode regime_open(Regime *out, const char *name, const Policy *policy,
                    const Ground *ground, const Regime *base,
                    const Outlook *outlook, double gaming, Date as_of,
                    Arena *arena, Err *err)
{
    ErrCode rc = OK;
    int answers = outlook->response.mean > 0;
    Regime r = {.name = name, .policy = policy, .ground = ground};
    TRY(judge(&r, as_of, arena, err));
    if (answers || outlook->has_gaming)
        TRY(find_alone(&r, err));
    TRY(find_moved(&r, gaming, err));
    if (answers)
        TRY(find_unpaid(&r, base, err));
    if (answers && base != NULL)
        TRY(find_pull(&r, base, err));
    TRY(list_funds(&r, ground->stock, err));
    TRY(place_funds(&r, ground->stock, err));
    *out = r;
done:
    return rc;
}

const char *regime_id(Arena *arena, size_t k)
{
    return text_format(arena, "S%09zu", k);
}
