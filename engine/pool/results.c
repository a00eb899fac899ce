#include "pool/results.h"

#include <math.h>
#include <string.h>

void results_table(Results *r, const char *name, size_t rows, const char *zh,
                   const char *en)
{
    if (r->rc == OK)
        r->rc = table_new(&r->t, r->tables, name, rows, r->err);
    if (r->rc == OK)
        r->t->title = (Label){zh, en};
}

static Column nothing;

Column *results_field(Results *r, Field field)
{
    Column *c = &nothing;
    if (r->rc == OK)
        r->rc = table_add_field(&c, r->t, field, r->err);
    return c;
}

Column *results_figure(Results *r, Field field, const char *unit)
{
    Column *c = results_field(r, field);
    c->unit = unit;
    return c;
}

Column *results_column(Results *r, const char *name, FieldType type,
                       const char *unit, const char *zh, const char *en)
{
    Column *c = &nothing;
    if (r->rc == OK)
        r->rc = table_add_labelled(&c, r->t, name, type, unit, (Label){zh, en},
                                   r->err);
    return c;
}

static Column *end_column(Results *r, const char *name, const char *ending,
                          FieldType type, Label label)
{
    char full[80];
    snprintf(full, sizeof full, "%s_%s", name, ending);
    return results_column(r, results_text(r, full), type, "fen", label.zh,
                          label.en);
}

Estimate results_estimate(Results *r, const char *name, FieldType type,
                          Label label, Label low, Label high)
{
    Estimate e;
    e.value = results_column(r, name, type, "fen", label.zh, label.en);
    e.low = end_column(r, name, "low", type, low);
    e.high = end_column(r, name, "high", type, high);
    return e;
}

void results_steps(Results *r, const Book *book)
{
    if (book->year_steps == 1)
        return;
    Column *c =
        results_column(r, "steps", TYPE_CATEGORY, "", "时间步长", "steps");
    const char *word = results_text(r, "monthly");
    for (size_t i = 0; r->rc == OK && i < r->t->rows; i++)
        c->s[i] = word;
}

const char *results_text(Results *r, const char *text)
{
    const char *put = texts_put(r->tables->texts, text, strlen(text));
    if (put == NULL && r->rc == OK)
        r->rc = FAIL(r->err, ERR_MEMORY, "no memory for a table");
    return put;
}

const char *results_maybe(Results *r, const char *text)
{
    return text == NULL ? NULL : results_text(r, text);
}

int64_t results_fen(double fen)
{
    return (int64_t)floor(fen + 0.5);
}
