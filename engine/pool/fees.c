#include "pool/fees.h"

#include "core/text.h"

static ErrCode check_rate(const Rows *r, uint32_t row, int64_t rate)
{
    if (rate >= 0 && rate <= RATIO_ONE)
        return OK;
    if (rate != NULL_INT)
        return rows_fault(r, row, "a fee_rate is not in [0%, 100%]", NULL);
    return rows_fault(r, row,
                      text_format(r->arena, tr("loan '%.*s' has no fee_rate"),
                                  TEXT_SHORT(rows_loan(r, row))),
                      TR_NOOP("give every loan its fee_rate, or the scheme's "
                              "premium a rate"));
}

ErrCode fees_fill(Book *b, const Rows *r)
{
    ErrCode rc = OK;
    const Column *rate = NULL;
    size_t years = (size_t)b->years;
    if (r->scheme == NULL || r->scheme->of_fees == 0)
        return OK;
    TRY(table_need(&rate, r->table, FIELD_fee_rate, "the scheme's premium",
                   r->err));
    int64_t *fee = arena_alloc(r->arena, b->nloans * years + 1, sizeof *fee);
    if (fee == NULL)
        TRY(FAIL(r->err, ERR_MEMORY, "no memory for a book"));
    for (size_t i = 0; i < b->nloans; i++) {
        int64_t own = rate->i[b->loans[i].row];
        TRY(check_rate(r, b->loans[i].row, own));
        own = own < 0 || own > RATIO_ONE ? 0 : own;
        for (size_t y = 0; y < years; y++)
            fee[i * years + y] = (int64_t)exact_divide(
                (Exact)b->covered[i * b->width + book_opening(b, y)] * own,
                RATIO_ONE);
    }
    b->fee = fee;
done:
    return rc;
}
