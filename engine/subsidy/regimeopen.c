#include "subsidy/regime.h"

#include "core/text.h"
#include "stat/normal.h"
#include "subsidy/gaming.h"
#include "subsidy/numbers.h"
#include "subsidy/run.h"

#include <string.h>

#define ALONE_MOST 0.99 /* of the value: what a subsidy is counted up to */

static Arena *arena_of(const Stock *stock)
{
    return stock->table->owner->arena;
}

static ErrCode number_counties(Regime *r, Arena *arena, Texts *texts, Err *err)
{
    ErrCode rc = OK;
    Numbers seen;
    int is_new;
    size_t rows = r->table->rows;
    const Column *county = table_field(r->table, FIELD_county);
    const char *none = texts_put(texts, "", 0);
    r->county = arena_alloc(arena, rows, sizeof *r->county);
    r->county_name = arena_alloc(arena, rows + 1, sizeof *r->county_name);
    if (r->county == NULL || r->county_name == NULL || none == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(numbers_open(&seen, arena, rows + 1, err));
    for (size_t i = 0; i < rows; i++) {
        const char *name = county != NULL ? county->s[i] : NULL;
        r->county[i] = numbers_put(&seen, name != NULL ? name : none, &is_new);
        r->county_name[r->county[i]] = name != NULL ? name : none;
    }
    r->counties = seen.n;
done:
    return rc;
}

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

/* What each contract would be paid if it were the only one. */
static ErrCode pay_alone(Regime *r, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Column *paid;
    Tables *own = tables_new(r->each.arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = r->table->owner->texts;
    TRY(table_share(&t, own, r->table, "contracts", err));
    TRY(run_policy(t, r->policy, as_of, 1, err));
    TRY(table_need(&paid, t, FIELD_paid, "subsidy simulate", err));
    r->alone = paid->i;
done:
    return rc;
}

/* The firm's own part of a contract. */
static double own_part(int64_t alone, int64_t amount)
{
    double part = amount > 0 ? (double)alone / (double)amount : 0;
    return 1 - (part < ALONE_MOST ? part : ALONE_MOST);
}

static ErrCode find_pull(Regime *r, const Regime *base, const Stock *stock,
                         Err *err)
{
    const Column *amount = table_field(stock->table, FIELD_amount);
    size_t n = stock->table->rows;
    r->pull = arena_alloc(r->each.arena, n, sizeof *r->pull);
    r->unpaid = arena_alloc(r->each.arena, n, sizeof *r->unpaid);
    if (r->pull == NULL || r->unpaid == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < n; i++) {
        double now = own_part(base->alone[i], amount->i[i]);
        r->pull[i] = normal_log(now / own_part(r->alone[i], amount->i[i]));
        r->unpaid[i] = normal_log(now);
    }
    return OK;
}

/* Eligibility, awards, limits of a claim and parts of every row. */
static ErrCode judge(Regime *r, Arena *arena, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Tables *own = tables_new(arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = r->table->owner->texts;
    TRY(claims_open(&r->each, arena, r->table, r->policy, as_of, err));
    TRY(table_share(&t, own, r->table, "contracts", err));
    TRY(policy_apply(t, r->policy, as_of, err));
    TRY(claims_read_terms(&r->each, as_of, err));
    TRY(claims_award(&r->each, t, err));
    TRY(claims_limit_each(&r->each, err));
    TRY(claims_divide(&r->each, err));
done:
    return rc;
}

ErrCode regime_open(Regime *out, const char *name, const Policy *policy,
                    const Regime *base, const Stock *stock,
                    const Outlook *outlook, double gaming, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = arena_of(stock);
    int answers = outlook->response.mean > 0;
    Regime r = {.name = name, .policy = policy, .table = stock->table};
    r.each.arena = arena;
    if (outlook->has_gaming && base != NULL)
        TRY(gaming_add(&r, base, stock, outlook, gaming, as_of, err));
    TRY(judge(&r, arena, as_of, err));
    TRY(note_kinds(&r, stock, err));
    TRY(list_funds(&r, stock, err));
    TRY(place_funds(&r, stock, err));
    TRY(number_counties(&r, arena, stock->table->owner->texts, err));
    if (answers || outlook->has_gaming)
        TRY(pay_alone(&r, as_of, err));
    if (answers && base != NULL)
        TRY(find_pull(&r, base, stock, err));
    *out = r;
done:
    return rc;
}

const char *regime_id(Arena *arena, size_t k)
{
    return text_format(arena, "S%09zu", k);
}
