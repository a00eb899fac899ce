#include "credit/figures.h"

#include "credit/estimate.h"

#include <inttypes.h>
#include <string.h>

const char *figures_show(Story *s, double value, QuantityUnit unit)
{
    if (unit == QUANTITY_MONEY)
        return story_money(s, estimate_fen(value));
    return unit == QUANTITY_RATE ? story_rate(s, value)
                                 : story_number(s, value);
}

const char *figures_name(Story *s, const Quantity *q)
{
    return q->text != NULL ? q->text : figures_show(s, q->value, q->unit);
}

const char *figures_at(Story *s, const Quantity *q, size_t row)
{
    return figures_show(s, quantity_at(q, row), q->unit);
}

const char *figures_names(Story *s, const Quantities *q, const char *between)
{
    const char *text = q->n > 0 ? figures_name(s, &q->items[0]) : "";
    for (size_t i = 1; i < q->n; i++)
        text = story_say(s, "%s%s%s", text, between,
                         figures_name(s, &q->items[i]));
    return text;
}

const char *figures_values(Story *s, const Quantities *q, size_t row,
                           const char *between)
{
    const char *text = q->n > 0 ? figures_at(s, &q->items[0], row) : "";
    for (size_t i = 1; i < q->n; i++)
        text = story_say(s, "%s%s%s", text, between,
                         figures_at(s, &q->items[i], row));
    return text;
}

const char *figures_cite(const Doc *group)
{
    const Doc *cite = group != NULL ? doc_get(group, "cite") : NULL;
    return cite != NULL ? cite->text : NULL;
}

Label figures_title(const Doc *group)
{
    Label label = {NULL, NULL};
    const Doc *title = group != NULL ? doc_get(group, "title") : NULL;
    if (title == NULL || title->kind != DOC_GROUP)
        return label;
    const Doc *zh = doc_get(title, "zh"), *en = doc_get(title, "en");
    label.zh = zh != NULL ? zh->text : NULL;
    label.en = en != NULL ? en->text : NULL;
    return label;
}

ErrCode figures_same(const Table *t, Field field, size_t row, int64_t value,
                     Err *err)
{
    const Column *c = table_field(t, field);
    if (c == NULL || c->i[row] == value)
        return OK;
    return FAIL(err, ERR_DIFFERS,
                "'%s' of row %zu is %" PRId64 " in the run, and %" PRId64
                " when it is computed again",
                c->name, row + 1, c->i[row], value);
}

ErrCode figures_same_real(const Table *t, Field field, size_t row, double value,
                          Err *err)
{
    const Column *c = table_field(t, field);
    int both_null = c != NULL && c->d[row] != c->d[row] && value != value;
    if (c == NULL || both_null || memcmp(&c->d[row], &value, sizeof value) == 0)
        return OK;
    return FAIL(err, ERR_DIFFERS,
                "'%s' of row %zu is %.17g in the run, and %.17g when it is "
                "computed again",
                c->name, row + 1, c->d[row], value);
}
