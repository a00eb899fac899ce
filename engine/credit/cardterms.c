#include "credit/cardterms.h"

#include "core/tr.h"
#include "credit/cardname.h"

#include <math.h>

ErrCode cardwork_no_memory(const CardWork *f)
{
    return FAIL(f->err, ERR_MEMORY, "no memory to fit a scorecard to %zu rows",
                f->table->rows);
}

static const Column *column_of(const CardWork *f, size_t i)
{
    return table_find(f->table, f->fit->terms[i].classing.name);
}

/* The columns that may be used, by name. */
static ErrCode list_terms(CardWork *f)
{
    f->fit->terms = arena_alloc(f->arena, f->table->n, sizeof *f->fit->terms);
    f->x = arena_alloc(f->arena, f->table->n, sizeof *f->x);
    if (f->fit->terms == NULL || f->x == NULL)
        return cardwork_no_memory(f);
    for (size_t i = 0; i < f->table->n; i++)
        if (fitspec_uses(f->spec, f->table->columns[i]->name))
            f->fit->terms[f->fit->n++].classing.name =
                f->table->columns[i]->name;
    return OK;
}

static ErrCode cut_term(CardWork *f, size_t i)
{
    CardTerm *t = &f->fit->terms[i];
    t->why = cardname_check(column_of(f, i));
    if (t->why != NULL)
        return OK;
    const BinRows rows = {f->data->event, f->data->weight, f->table->rows};
    ErrCode rc = classing_of(&t->classing, f->arena, column_of(f, i), &rows,
                             fitspec_rule(f->spec, t->classing.name), f->err);
    t->why = t->classing.why;
    if (rc == OK && t->why == NULL && t->classing.iv < f->spec->iv_least)
        t->why = TR_NOOP("its information value is below iv_least");
    return rc;
}

static ErrCode cut_terms(CardWork *f)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < f->fit->n && rc == OK; i++)
        rc = cut_term(f, i);
    return rc;
}

static ErrCode make_weights(CardWork *f)
{
    size_t rows = f->table->rows;
    for (size_t i = 0; i < f->fit->n; i++) {
        if (f->fit->terms[i].why != NULL)
            continue;
        f->x[i] = arena_alloc(f->arena, rows + 1, sizeof **f->x);
        if (f->x[i] == NULL)
            return cardwork_no_memory(f);
        classing_woes(f->x[i], &f->fit->terms[i].classing, column_of(f, i),
                      rows);
        for (size_t k = 0; k < rows; k++)
            f->x[i][k] = -f->x[i][k];
    }
    return OK;
}

static double weight_of(const CardWork *f, size_t row)
{
    return f->data->weight == NULL ? 1 : f->data->weight[row];
}

static double mean(const CardWork *f, const double x[])
{
    double sum = 0, all = 0;
    for (size_t i = 0; i < f->table->rows; i++) {
        sum += weight_of(f, i) * x[i];
        all += weight_of(f, i);
    }
    return sum / all;
}

static double correlation(const CardWork *f, const double x[], const double y[])
{
    double mx = mean(f, x), my = mean(f, y), xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < f->table->rows; i++) {
        double w = weight_of(f, i);
        xx += w * (x[i] - mx) * (x[i] - mx);
        yy += w * (y[i] - my) * (y[i] - my);
        xy += w * (x[i] - mx) * (y[i] - my);
    }
    return xy / sqrt(xx * yy);
}

/* Leave out what an earlier column says already. */
static void drop_equals(CardWork *f)
{
    for (size_t i = 0; i < f->fit->n; i++)
        for (size_t k = 0; k < i && f->fit->terms[i].why == NULL; k++)
            if (f->fit->terms[k].why == NULL &&
                fabs(correlation(f, f->x[i], f->x[k])) > 0.9999) {
                f->fit->terms[i].why = TR_NOOP("it says the same as another");
                f->fit->terms[i].with = f->fit->terms[k].classing.name;
            }
}

ErrCode cardterms_make(CardWork *f)
{
    ErrCode rc = OK;
    TRY(list_terms(f));
    TRY(cut_terms(f));
    TRY(make_weights(f));
    drop_equals(f);
done:
    return rc;
}
