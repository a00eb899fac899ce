#include "stat/history.h"

#include "stat/normal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double chance_of(double hazard)
{
    return 1 - normal_exp(-hazard);
}

/* The variance between groups that chance within them does not explain. */
static double between(const HistoryGroup groups[], size_t n, double mean,
                      double years)
{
    double spread = 0, squares = 0, known = 0;
    for (size_t i = 0; i < n; i++) {
        const HistoryGroup *g = &groups[i];
        if (g->years <= 0)
            continue;
        spread += g->years * (g->rate - mean) * (g->rate - mean);
        squares += g->years * g->years;
        known += 1;
    }
    double room = years - squares / years;
    double a = room > 0 ? (spread - (known - 1) * mean) / room : 0;
    return a > 0 ? a : 0;
}

ErrCode history_rates(double *mean, HistoryGroup groups[], size_t n, Err *err)
{
    double years = 0, defaults = 0;
    for (size_t i = 0; i < n; i++) {
        HistoryGroup *g = &groups[i];
        if (!(g->years >= 0 && g->defaults >= 0 && isfinite(g->years) &&
              isfinite(g->defaults)))
            return FAIL(err, ERR_DOMAIN,
                        "a group's years or defaults are no "
                        "counts");
        years += g->years;
        defaults += g->defaults;
        g->rate = g->years > 0 ? g->defaults / g->years : (double)NAN;
    }
    if (years <= 0)
        return FAIL(err, ERR_DOMAIN, "the history has no loan-year at risk");
    *mean = defaults / years;
    double a = between(groups, n, *mean, years);
    for (size_t i = 0; i < n; i++) {
        HistoryGroup *g = &groups[i];
        int alone = g->years <= 0 || a <= 0;
        g->weight = alone ? 0 : g->years / (g->years + *mean / a);
        g->hazard = *mean + (alone ? 0 : g->weight * (g->rate - *mean));
        g->pd = chance_of(g->hazard);
    }
    return OK;
}

/* One past loan that counts. */
typedef struct {
    const char *group;
    double years;
    int failed;
} Past;

typedef struct {
    const Column *group, *defaulted, *term, *started, *failed_on, *as_of;
} PastColumns;

static double years_at_risk(const PastColumns *c, size_t row)
{
    enum { MONTHS = 12 };
    static const double YEAR = 365.25; /* days, of the Julian calendar */
    if (c->term != NULL && !cell_is_null(c->term, row))
        return (double)c->term->i[row] / MONTHS;
    const Column *end = c->as_of;
    if (c->defaulted->i[row] && c->failed_on != NULL &&
        !cell_is_null(c->failed_on, row))
        end = c->failed_on;
    if (c->started == NULL || cell_is_null(c->started, row) || end == NULL ||
        cell_is_null(end, row))
        return 0;
    return (double)(end->i[row] - c->started->i[row]) / YEAR;
}

static size_t collect(Past out[], const PastColumns *c, size_t rows)
{
    size_t n = 0;
    for (size_t i = 0; i < rows; i++) {
        if (cell_is_null(c->group, i) || cell_is_null(c->defaulted, i))
            continue;
        double years = years_at_risk(c, i);
        if (years > 0)
            out[n++] = (Past){c->group->s[i], years, c->defaulted->i[i] != 0};
    }
    return n;
}

/* By group, then by the numbers, so that sums do not hang on the file's order.
 */
static int by_group(const void *a, const void *b)
{
    const Past *x = a, *y = b;
    int by_name = x->group == y->group ? 0 : strcmp(x->group, y->group);
    if (by_name != 0)
        return by_name;
    if (x->years != y->years)
        return x->years < y->years ? -1 : 1;
    return x->failed - y->failed;
}

/* Groups in order of their names; `sizes` are their loans. */
static size_t add_up(HistoryGroup groups[], const char *names[],
                     int64_t sizes[], const Past past[], size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (k == 0 || past[i].group != names[k - 1]) {
            names[k] = past[i].group;
            groups[k] = (HistoryGroup){0};
            sizes[k++] = 0;
        }
        groups[k - 1].years += past[i].years;
        groups[k - 1].defaults += past[i].failed;
        sizes[k - 1]++;
    }
    return k;
}

static ErrCode rates_table(Table **out, Tables *tables, Field group,
                           const HistoryGroup groups[],
                           const char *const names[], const int64_t sizes[],
                           size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name, *size, *years, *defaults, *rate, *weight, *pd;
    TRY(table_new(&t, tables, "history_rates", n, err));
    TRY(table_add_field(&name, t, group, err));
    TRY(table_add_field(&size, t, FIELD_count, err));
    TRY(table_add(&years, t, "loan_years", TYPE_REAL, "year", err));
    TRY(table_add(&defaults, t, "defaults", TYPE_COUNT, "", err));
    TRY(table_add(&rate, t, "hazard", TYPE_REAL, "1", err));
    TRY(table_add(&weight, t, "weight", TYPE_REAL, "1", err));
    TRY(table_add_field(&pd, t, FIELD_pd, err));
    t->title = (Label){"按历史估计的年违约率", "yearly defaults in the past"};
    years->label = (Label){"贷款年数", "loan-years"};
    defaults->label = (Label){"违约笔数", "defaults"};
    rate->label = (Label){"违约强度", "hazard"};
    weight->label = (Label){"可信度", "credibility"};
    for (size_t i = 0; i < n; i++) {
        name->s[i] = names[i];
        size->i[i] = sizes[i];
        years->d[i] = groups[i].years;
        defaults->i[i] = (int64_t)groups[i].defaults;
        rate->d[i] = groups[i].hazard;
        weight->d[i] = groups[i].weight;
        pd->d[i] = groups[i].pd;
    }
    *out = t;
done:
    return rc;
}

/* names[n] rise. */
static double pd_of(const char *name, const char *const names[],
                    const HistoryGroup groups[], size_t n, double otherwise)
{
    size_t low = 0, high = n;
    while (name != NULL && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(names[middle], name);
        if (order == 0)
            return groups[middle].pd;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return otherwise;
}

static ErrCode need_columns(PastColumns *c, const Column **book_group,
                            const Table *book, const Table *past, Field group,
                            Err *err)
{
    static const char who[] = "the history of defaults";
    ErrCode rc = OK;
    TRY(table_need(&c->group, past, group, who, err));
    TRY(table_need(&c->defaulted, past, FIELD_defaulted, who, err));
    TRY(table_need(book_group, book, group, who, err));
    c->term = table_field(past, FIELD_term_months);
    c->started = table_field(past, FIELD_started_on);
    c->failed_on = table_field(past, FIELD_defaulted_on);
    c->as_of = table_field(past, FIELD_as_of);
    if (c->term == NULL && c->started == NULL)
        TRY(table_need(&c->started, past, FIELD_started_on, who, err));
    if (table_field(book, FIELD_pd) != NULL)
        rc = FAIL(err, ERR_INPUT,
                  "%s: the book has a pd of its own; leave the history out",
                  book->file == NULL ? book->name : book->file);
done:
    return rc;
}

ErrCode history_apply(Table **out, Table *book, const Table *past, Field group,
                      Err *err)
{
    ErrCode rc = OK;
    PastColumns columns;
    const Column *of;
    Column *pd;
    double mean;
    TRY(need_columns(&columns, &of, book, past, group, err));
    Arena *arena = book->owner->arena;
    Past *loans = arena_alloc(arena, past->rows, sizeof *loans);
    HistoryGroup *groups = arena_alloc(arena, past->rows, sizeof *groups);
    const char **names = arena_alloc(arena, past->rows, sizeof *names);
    int64_t *sizes = arena_alloc(arena, past->rows, sizeof *sizes);
    if (loans == NULL || groups == NULL || names == NULL || sizes == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a history of %zu loans",
                    past->rows);
    size_t n = collect(loans, &columns, past->rows);
    qsort(loans, n, sizeof *loans, by_group);
    size_t k = add_up(groups, names, sizes, loans, n);
    TRY(history_rates(&mean, groups, k, err));
    TRY(rates_table(out, book->owner, group, groups, names, sizes, k, err));
    TRY(table_add_field(&pd, book, FIELD_pd, err));
    for (size_t i = 0; i < book->rows; i++)
        pd->d[i] = pd_of(of->s[i], names, groups, k, chance_of(mean));
done:
    return rc;
}
