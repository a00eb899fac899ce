#include "pool/renewals.h"

#include "core/text.h"

static int64_t int_at(const Column *c, size_t row)
{
    return c == NULL ? NULL_INT : c->i[row];
}

/* Whole months, a part of one counting as one. */
static int term_of(const Rows *r, uint32_t row)
{
    Date start = {(int32_t)int_at(r->c.started_on, row)};
    Date end = {(int32_t)int_at(r->c.matures_on, row)};
    int n = date_months(start, end);
    return date_add_months(start, n).days < end.days ? n + 1 : n;
}

Renewal renewals_at(const Rows *r, uint32_t row, size_t n)
{
    const Scheme *s = rows_scheme(r, row);
    Date first = {(int32_t)r->c.matures_on->i[row]};
    int term = term_of(r, row), times = (int)n;
    int64_t fen = r->c.outstanding->i[row];
    for (size_t i = 0; i < n; i++)
        fen = fraction_of(fen, s->renewed);
    return (Renewal){fen, date_add_months(first, (times - 1) * term),
                     date_add_months(first, times * term)};
}

static int is_renewed(const Rows *r, uint32_t row, Date opening)
{
    const Scheme *s = rows_scheme(r, row);
    int64_t end = int_at(r->c.matures_on, row);
    return s != NULL && s->renewed.num > 0 && end != NULL_INT &&
           end > opening.days;
}

/* How often a row is renewed by the end of the horizon. */
static ErrCode count(size_t *out, const Book *b, const Rows *r, uint32_t row,
                     Date opening)
{
    Date end = date_add_months(opening, 12 * b->years);
    int64_t start = int_at(r->c.started_on, row);
    *out = 0;
    if (!is_renewed(r, row, opening))
        return OK;
    if (start == NULL_INT)
        return rows_fault(r, row,
                          text_format(r->arena,
                                      tr("loan '%.*s' has no started_on, so no "
                                         "term to be renewed for"),
                                      TEXT_SHORT(rows_loan(r, row))),
                          TR_NOOP("give it one, or the scheme no "
                                  "new_business"));
    if (start >= r->c.matures_on->i[row])
        return OK; /* told elsewhere */
    while (renewals_at(r, row, *out + 1).starts_on.days <= end.days)
        ++*out;
    return OK;
}

static int is_asked(const Scheme *s)
{
    for (size_t i = 0; s != NULL && i < scheme_members(s); i++)
        if (scheme_member(s, i)->renewed.num > 0)
            return 1;
    return 0;
}

ErrCode renewals_add(Book *b, const Rows *r, Date opening)
{
    ErrCode rc = OK;
    size_t all = b->nloans, at = 0;
    if (!is_asked(r->scheme))
        return OK;
    uint32_t *times = arena_alloc(r->arena, b->nloans + 1, sizeof *times);
    if (times == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t i = 0; i < b->nloans; i++) {
        size_t n;
        TRY(count(&n, b, r, b->loans[i].row, opening));
        times[i] = (uint32_t)n;
        all += n;
    }
    BookLoan *loans = arena_alloc(r->arena, all + 1, sizeof *loans);
    uint32_t *loan_at = arena_alloc(r->arena, b->nslots + 1, sizeof *loan_at);
    if (loans == NULL || loan_at == NULL || all > UINT32_MAX)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    BookGroup *group = (BookGroup *)(uintptr_t)b->groups;
    for (size_t k = 0; k < b->nslots; k++) {
        loan_at[k] = (uint32_t)at;
        while (group + 1 < b->groups + b->ngroups && group[1].first <= k)
            group++;
        for (uint32_t i = b->loan_at[k]; i < b->loan_at[k + 1]; i++) {
            for (uint32_t n = 0; n <= times[i]; n++)
                loans[at++] = b->loans[i];
            group->loans += times[i];
        }
    }
    loan_at[b->nslots] = (uint32_t)at;
    b->loans = loans;
    b->loan_at = loan_at;
    b->renewed = all - b->nloans;
    b->nloans = all;
done:
    return rc;
}
