#include "flow/outline.h"

#include "core/text.h"
#include "report/show.h"

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
    {"pool_ruin_time",
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

/* One figure of the row `row`, as `name`. */
static ErrCode put(Table *out, const char *name, Label label,
                   const Column *from, size_t row, Err *err)
{
    Column *to;
    ErrCode rc = table_add(&to, out, name, from->type, from->unit, err);
    if (rc != OK)
        return rc;
    to->label = label;
    if (from->type == TYPE_REAL)
        to->d[0] = from->d[row];
    else
        to->i[0] = from->i[row];
    return OK;
}

/* The end of an interval that a table has beside its figure: el_low beside el,
 * low beside probability. */
static const Column *end_of(const Table *t, const Column *of,
                            const char *ending)
{
    return strcmp(of->name, "probability") == 0 ? table_find(t, ending + 1)
                                                : show_part(t, of, ending);
}

/* The interval of a pick, where it has one. */
static ErrCode put_ends(Table *out, const Table *t, size_t k,
                        const Column *from, size_t row, Err *err)
{
    static const struct {
        const char *ending;
        Label label;
    } ends[] = {{"_low", {"下限", "low"}}, {"_high", {"上限", "high"}}};
    ErrCode rc = OK;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const Column *end = end_of(t, from, ends[i].ending);
        if (end == NULL)
            continue;
        const char *name = text_format(out->owner->arena, "%s%s", picks[k].name,
                                       ends[i].ending);
        if (name == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a report");
        TRY(put(out, name, ends[i].label, end, row, err));
    }
done:
    return rc;
}

static ErrCode pick(Table *out, const Table *t, size_t k, Err *err)
{
    ErrCode rc = OK;
    const Column *from = picks[k].column != NULL
                             ? table_find(t, picks[k].column)
                         : t->n > 2 ? t->columns[2]
                                    : NULL;
    if (from == NULL || t->rows == 0)
        return OK;
    size_t row = row_of(t, picks[k].row);
    TRY(put(out, picks[k].name, picks[k].label, from, row, err));
    TRY(put_ends(out, t, k, from, row, err));
done:
    return rc;
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
