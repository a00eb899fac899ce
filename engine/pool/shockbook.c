#include "pool/shockbook.h"

#include "core/text.h"

#include "stat/betarank.h"

#include <string.h>

static double within_one(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* Chances of firms rise or fall together, so the order of slots holds. */
static void shock_pds(double pd[], size_t n, const PoolShock *s)
{
    for (size_t k = 0; k < n; k++)
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

static ErrCode find_pledges(Pledges *p, const Table *t, const PoolShock *s,
                            Err *err)
{
    ErrCode rc = OK;
    static const char who[] = "a shock to pledges";
    *p = (Pledges){.of = s->product};
    TRY(table_need(&p->value, t, FIELD_collateral_value, who, err));
    TRY(table_need(&p->outstanding, t, FIELD_outstanding, who, err));
    if (p->of != NULL)
        TRY(table_need(&p->product, t, FIELD_product, who, err));
done:
    return rc;
}

static ErrCode shock_pledges(BookLoan loans[], const Book *b,
                             const PoolShock *s, Err *err)
{
    ErrCode rc = OK;
    Pledges p;
    const Table *t = b->table;
    TRY(find_pledges(&p, t, s, err));
    for (size_t i = 0; i < b->nloans; i++) {
        double part = pledged(&p, &loans[i]);
        loans[i].lgd = within_one(loans[i].lgd - s->pledge * part);
    }
    if (p.found > 0)
        return OK;
    const char *file = t->file == NULL ? t->name : t->file;
    if (p.of != NULL)
        return FAIL(err, ERR_INPUT,
                    "%s: no loan of product '%.*s' has a collateral_value, so "
                    "there is no pledge to shock; leave the product out, or "
                    "fill the column",
                    file, TEXT_SHORT(p.of));
    return FAIL(err, ERR_INPUT,
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

static ErrCode shock_losses(BookLoan loans[], const Book *b, const PoolShock *s,
                            Err *err)
{
    ErrCode rc = OK;
    if (s->pledge != 0)
        TRY(shock_pledges(loans, b, s, err));
    for (size_t i = 0; i < b->nloans; i++) {
        loans[i].lgd = within_one(loans[i].lgd * s->lgd + s->points);
        loans[i].sd = sd_beside(loans[i].lgd, loans[i].sd);
    }
done:
    return rc;
}

static ErrCode shift_factors(Book *b, Arena *arena, const Factors *f,
                             const PoolShock *s, Err *err)
{
    size_t years = (size_t)b->years;
    int any = 0;
    if (s->shifts > years)
        return FAIL(err, ERR_DOMAIN,
                    "stress '%.*s' shifts the factors of %zu years, and "
                    "--years is %zu; leave out the years beyond",
                    TEXT_SHORT(s->name), s->shifts, years);
    for (size_t y = 0; y < years; y++) {
        any |= s->factor[y] != 0;
        if (f->is_timed && s->factor[y] != s->factor[0])
            return FAIL(err, ERR_DOMAIN,
                        "%s: with timing = \"copula_time\" one factor stands "
                        "for all years; shift it by one number",
                        f->file);
    }
    if (!any)
        return OK;
    double *shift = arena_alloc(arena, years, sizeof *shift);
    if (shift == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a book");
    memcpy(shift, s->factor, years * sizeof *shift);
    b->shift = shift;
    return OK;
}

ErrCode shock_book(const Book **out, Arena *arena, const Book *book,
                   const Factors *factors, const PoolShock *s, Err *err)
{
    ErrCode rc = OK;
    Book *b = arena_alloc(arena, 1, sizeof *b);
    double *pd = arena_alloc(arena, book->nslots + 1, sizeof *pd);
    BookLoan *loans = arena_alloc(arena, book->nloans + 1, sizeof *loans);
    if (b == NULL || pd == NULL || loans == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a book");
    memcpy(pd, book->pd, book->nslots * sizeof *pd);
    memcpy(loans, book->loans, book->nloans * sizeof *loans);
    *b = *book;
    b->pd = pd;
    b->loans = loans;
    shock_pds(pd, b->nslots, s);
    TRY(shock_losses(loans, b, s, err));
    TRY(shift_factors(b, arena, factors, s, err));
    *out = b;
done:
    return rc;
}
