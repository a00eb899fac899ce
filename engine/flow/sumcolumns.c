#include "flow/sumcolumns.h"

#include "core/text.h"
#include "flow/words.h"

#include <string.h>

static ErrCode add_column(Column **out, Table *t, const char *name,
                          FieldType type, Label label, Err *err)
{
    return table_add_labelled(out, t, name, type,
                              type == TYPE_MONEY ? "fen" : "", label, err);
}

/* One column of sums of every point. */
typedef struct {
    const char *name;
    FieldType type;
    Label label;
    size_t at; /* in a SubsidySum */
} SumColumn;

static ErrCode fill_column(Table *t, const SubsidySum sums[],
                           const SumColumn *of, Err *err)
{
    Column *c;
    ErrCode rc = add_column(&c, t, of->name, of->type, of->label, err);
    for (size_t k = 0; rc == OK && k < t->rows; k++)
        memcpy(&c->i[k], (const char *)&sums[k] + of->at, sizeof c->i[k]);
    return rc;
}

static ErrCode fill_change(Table *t, const SubsidySum sums[], int64_t now,
                           Err *err)
{
    Column *c;
    ErrCode rc = add_column(&c, t, "change", TYPE_MONEY,
                            (Label){"比现行增减", "more than now"}, err);
    for (size_t k = 0; rc == OK && k < t->rows; k++)
        c->i[k] = sums[k].paid - now;
    return rc;
}

static ErrCode fill_payers(Table *t, const SubsidySum sums[],
                           const Names *payers, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = t->owner->arena;
    for (size_t p = 0; p < payers->n; p++) {
        const char *payer = payers->name[p];
        const SumColumn of = {
            text_format(arena, "paid_%s", payer),
            TYPE_MONEY,
            {text_format(arena, "拨付（%s）", words_zh(payer)),
             text_format(arena, "paid, %s", payer)},
            offsetof(SubsidySum, paid_by) + p * sizeof(int64_t)};
        if (of.name == NULL || of.label.zh == NULL || of.label.en == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a result");
        TRY(fill_column(t, sums, &of, err));
    }
done:
    return rc;
}

ErrCode sumcolumns_add(Table *t, const SubsidySum sums[], size_t first,
                       const Names *payers, Err *err)
{
    ErrCode rc = OK;
#define AT(member) offsetof(SubsidySum, member)
    static const SumColumn columns[] = {
        {"computed", TYPE_MONEY, {"测算金额", "computed"}, AT(computed)},
        {"cut_by_cap", TYPE_MONEY, {"封顶核减", "cut by caps"}, AT(by_cap)},
        {"cut_by_rounding",
         TYPE_MONEY,
         {"取整核减", "cut by rounding"},
         AT(by_rounding)},
        {"cut_by_budget",
         TYPE_MONEY,
         {"预算核减", "cut by the budget"},
         AT(by_budget)},
        {"paid", TYPE_MONEY, {"拟拨付", "paid"}, AT(paid)},
        {"contracts_paid",
         TYPE_COUNT,
         {"获补合同", "contracts paid"},
         AT(contracts)},
        {"firms_paid", TYPE_COUNT, {"获补企业", "firms paid"}, AT(firms)}};
#undef AT
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        TRY(fill_column(t, sums + first, &columns[k], err));
    TRY(fill_change(t, sums + first, sums[0].paid, err));
    TRY(fill_payers(t, sums + first, payers, err));
done:
    return rc;
}
