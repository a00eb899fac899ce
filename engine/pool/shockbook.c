#include "pool/shockbook.h"

#include "core/text.h"

#include "stat/betarank.h"

#include <string.h>

static double within_one(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* Chances of firms rise or fall together, so the order of slots holds. */
static void shock_pds(Book *b, const PoolShock *s)
{
    double *pd = (double *)(uintptr_t)b->pd;
    for (size_t k = 0; k < b->nslots; k++)
        pd[k] = pd[k] == 1 ? 1 : within_one(pd[k] * s->pd);
}

/* The part of what a loan loses that is gained by a pledge, at most. */
typedef struct {
    const Column *value, *product, *outstanding;
    const char *of; /* the product meant, NULL: any */
    size_t found;   /* loans that have a pledge */
} Pledges;

static double pledged(Pledges *p, const BookLoan *loan)
{
    size_t row = loan->row;
    int64_t value = p->value->i[row], whole = p->outstanding->i[row];
    if (value == NULL_INT || value <= 0 || whole <= 0)
        return 0;
    if (p->of != NULL &&
        (p->product->s[row] == NULL || strcmp(p->product->s[row], p->of) != 0))
        return 0;
    p->found++;
    double share = (double)value / (double)whole, back = 1 - loan->lgd;
    return share < back ? share : back;
}

static ErrCode find_pledges(Pledges *p, const Rows *r, const PoolShock *s)
{
    ErrCode rc = OK;
    static const char who[] = "a shock to pledges";
    *p = (Pledges){.of = s->product};
    TRY(table_need(&p->value, r->table, FIELD_collateral_value, who, r->err));
    TRY(table_need(&p->outstanding, r->table, FIELD_outstanding, who, r->err));
    if (p->of != NULL)
        TRY(table_need(&p->product, r->table, FIELD_product, who, r->err));
done:
    return rc;
}

static ErrCode shock_pledges(BookLoan loans[], const Book *b, const Rows *r,
                             const PoolShock *s)
{
    ErrCode rc = OK;
    Pledges p;
    TRY(find_pledges(&p, r, s));
    for (size_t i = 0; i < b->nloans; i++) {
        double part = pledged(&p, &loans[i]);
        loans[i].lgd = within_one(loans[i].lgd - s->pledge * part);
    }
    if (p.found > 0)
        return OK;
    const Table *t = r->table;
    const char *file = t->file == NULL ? t->name : t->file;
    if (p.of != NULL)
        return FAIL(r->err, ERR_INPUT,
                    "%s: no loan of product '%.*s' has a collateral_value, so "
                    "there is no pledge to shock; leave the product out, or "
                    "fill the column",
                    file, TEXT_SHORT(p.of));
    return FAIL(r->err, ERR_INPUT,
                "%s: no loan has a collateral_value, so there is no pledge to "
                "shock; fill the column, or shock lgd",
                file);
done:
    return rc;
}

/* The largest deviation up to `sd` that goes with the mean. */
static uint16_t sd_beside(double lgd, uint16_t sd)
{
    while (sd > 0 && !betarank_exists(lgd, sd / 1000.0))
        sd--;
    return sd;
}

static ErrCode shock_losses(Book *b, const Rows *r, const PoolShock *s)
{
    ErrCode rc = OK;
    BookLoan *loans = (BookLoan *)(uintptr_t)b->loans;
    if (s->pledge != 0)
        TRY(shock_pledges(loans, b, r, s));
    for (size_t i = 0; i < b->nloans; i++) {
        loans[i].lgd = within_one(loans[i].lgd * s->lgd + s->points);
        loans[i].sd = sd_beside(loans[i].lgd, loans[i].sd);
    }
done:
    return rc;
}

static ErrCode shift_factors(Book *b, const Rows *r, const PoolShock *s)
{
    size_t years = (size_t)b->years;
    int any = 0;
    if (s->shifts > years)
        return FAIL(r->err, ERR_DOMAIN,
                    "stress '%.*s' shifts the factors of %zu years, and "
                    "--years is %zu; leave out the years beyond",
                    TEXT_SHORT(s->name), s->shifts, years);
    for (size_t y = 0; y < years; y++) {
        any |= s->factor[y] != 0;
        if (r->factors->is_timed && s->factor[y] != s->factor[0])
            return FAIL(r->err, ERR_DOMAIN,
                        "%s: with timing = \"copula_time\" one factor stands "
                        "for all years; shift it by one number",
                        r->factors->file);
    }
    if (!any)
        return OK;
    double *shift = arena_alloc(r->arena, years, sizeof *shift);
    if (shift == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    memcpy(shift, s->factor, years * sizeof *shift);
    b->shift = shift;
    return OK;
}

ErrCode shock_apply(Book *b, const Rows *r, const PoolShock *s)
{
    ErrCode rc = OK;
    if (s == NULL)
        return OK;
    shock_pds(b, s);
    TRY(shock_losses(b, r, s));
    TRY(shift_factors(b, r, s));
done:
    return rc;
}
