#include "flow/outline.h"

#include <string.h>

/* A figure: the cell of `column` in the first row of `table`, or in the row
 * whose `measure` reads `row`; `column` NULL: of its third column, the first
 * scenario. */
static const struct {
    const char *table, *row, *column, *name;
    Label label;
} picks[] = {
    {"assess_summary",
     NULL,
     "applications",
     "applications",
     {"申请数", "applications"}},
    {"assess_summary", NULL, "approve", "approved", {"通过", "approved"}},
    {"assess_summary",
     NULL,
     "limit_granted",
     "limit_granted",
     {"通过额度合计", "limits of the approved"}},
    {"value_summary",
     NULL,
     "pledge_value",
     "pledge_value",
     {"可质押价值", "pledge value of all rights"}},
    {"pool_summary",
     NULL,
     "el",
     "pool_expected_loss",
     {"池预期损失", "expected loss of the book"}},
    {"pool_summary",
     NULL,
     "var",
     "pool_var",
     {"池在险价值", "value at risk of the book"}},
    {"pool_ruin",
     NULL,
     "probability",
     "ruin",
     {"补偿池耗尽概率", "chance that the fund runs dry"}},
    {"subsidy_total",
     "paid",
     "baseline",
     "subsidy_paid",
     {"补贴拨付（现行）", "subsidies paid, policy in force"}},
    {"subsidy_total",
     "paid",
     NULL,
     "subsidy_scenario",
     {"补贴拨付（拟调）", "subsidies paid, scenario"}},
};

enum { PICKS = sizeof picks / sizeof *picks };

static const Table *result(const Table *const results[], size_t n,
                           const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(results[i]->name, name) == 0)
            return results[i];
    return NULL;
}

static size_t row_of(const Table *t, const char *measure)
{
    const Column *c = table_field(t, FIELD_measure);
    for (size_t i = 0; measure != NULL && c != NULL && i < t->rows; i++)
        if (c->s[i] != NULL && strcmp(c->s[i], measure) == 0)
            return i;
    return 0;
}

/* Of the first party in pool_ruin: its years are disjoint and add up. */
static double ruin_of(const Table *t, const Column *probability)
{
    const Column *party = table_field(t, FIELD_party);
    double sum = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (party->s[i] == party->s[0])
            sum += probability->d[i];
    return sum;
}

static ErrCode pick(Table *out, const Table *t, size_t k, Err *err)
{
    const Column *from = picks[k].column != NULL
                             ? table_find(t, picks[k].column)
                         : t->n > 2 ? t->columns[2]
                                    : NULL;
    Column *to;
    if (from == NULL || t->rows == 0)
        return OK;
    ErrCode rc =
        table_add(&to, out, picks[k].name, from->type, from->unit, err);
    if (rc != OK)
        return rc;
    size_t row = row_of(t, picks[k].row);
    to->label = picks[k].label;
    if (strcmp(picks[k].name, "ruin") == 0)
        to->d[0] = ruin_of(t, from);
    else if (from->type == TYPE_REAL)
        to->d[0] = from->d[row];
    else
        to->i[0] = from->i[row];
    return OK;
}

ErrCode outline_table(Table **out, Tables *tables, const Table *const results[],
                      size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    TRY(table_new(&t, tables, "run_summary", 1, err));
    t->title = (Label){"概要", "Summary"};
    for (size_t k = 0; k < PICKS; k++) {
        const Table *from = result(results, n, picks[k].table);
        if (from != NULL)
            TRY(pick(t, from, k, err));
    }
    *out = t->n > 0 ? t : NULL;
done:
    return rc;
}
