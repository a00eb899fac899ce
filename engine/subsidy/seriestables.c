#include "subsidy/series.h"

#include "core/text.h"
#include "stat/radix.h"
#include "stat/sample.h"

#include <math.h>
#include <string.h>

static const Level levels[] = {{5, 100}, {50, 100}, {95, 100}, {99, 100}};

static Label words(const char *zh, const char *en)
{
    return (Label){zh, en};
}

ErrCode series_word(const char **out, const SeriesMaking *m, const char *text,
                    Err *err)
{
    *out =
        text != NULL ? texts_put(m->tables->texts, text, strlen(text)) : NULL;
    return *out == NULL ? FAIL(err, ERR_MEMORY, "no memory for a result") : OK;
}

/* Figures of a series, as columns of a table. */
typedef struct {
    Column *mean, *se, *sd, *q05, *q50, *q95, *low95, *high95, *q99, *low99,
        *high99;
} Spread;

static ErrCode add_spread(Spread *out, Table *t, const char *unit, Err *err)
{
    ErrCode rc = OK;
    const struct {
        Column **column;
        const char *name;
        Label label;
    } columns[] = {
        {&out->mean, "mean", {"平均", "mean"}},
        {&out->se, "se", {"标准误", "error"}},
        {&out->sd, "sd", {"标准差", "deviation"}},
        {&out->q05, "q05", {"5%分位", "5%"}},
        {&out->q50, "q50", {"中位数", "median"}},
        {&out->q95, "q95", {"95%分位", "95%"}},
        {&out->low95, "q95_low", {"其下限", "low"}},
        {&out->high95, "q95_high", {"其上限", "high"}},
        {&out->q99, "q99", {"99%分位", "99%"}},
        {&out->low99, "q99_low", {"其下限", "low"}},
        {&out->high99, "q99_high", {"其上限", "high"}},
    };
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        TRY(table_add_labelled(columns[k].column, t, columns[k].name, TYPE_REAL,
                               unit, columns[k].label, err));
done:
    return rc;
}

static void put_spread(const Spread *s, size_t row, const SeriesMaking *m,
                       const int64_t x[])
{
    Figure mean = sample_mean(x, m->years), f[4];
    memcpy(m->sorted, x, m->years * sizeof *x);
    radix_sort(m->sorted, m->spare, m->years);
    for (size_t k = 0; k < 4; k++)
        f[k] = sample_var(m->sorted, m->years, levels[k]);
    s->mean->d[row] = mean.value;
    s->se->d[row] = mean.se;
    s->sd->d[row] = sample_sd(x, m->years).value;
    s->q05->d[row] = f[0].value;
    s->q50->d[row] = f[1].value;
    s->q95->d[row] = f[2].value;
    s->low95->d[row] = f[2].low;
    s->high95->d[row] = f[2].high;
    s->q99->d[row] = f[3].value;
    s->low99->d[row] = f[3].low;
    s->high99->d[row] = f[3].high;
}

static ErrCode add_word(Column **out, Table *t, const char *name, Label label,
                        Err *err)
{
    return table_add_labelled(out, t, name, TYPE_CATEGORY, "", label, err);
}

static ErrCode add_policy(Column **out, Table *t, Err *err)
{
    return add_word(out, t, "policy", words("方案", "policy"), err);
}

/* What is measured of every policy, then of each payer. */
static const struct {
    const char *name;
    size_t series;
} measures[] = {{"claimed", SERIES_CLAIMED},
                {"wanted", SERIES_WANTED},
                {"paid", SERIES_PAID}};

enum { MEASURES = sizeof measures / sizeof *measures };

static ErrCode put_cost(SeriesMaking *m, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *policy, *measure;
    Spread s;
    size_t rows = 0;
    for (size_t k = 0; k < m->n; k++)
        rows += MEASURES + m->side[k].regime->each.book.payers.n;
    TRY(table_new(&t, m->tables, "future_cost", rows, err));
    t->title = words("明年费用的分布", "What next year may cost");
    TRY(add_policy(&policy, t, err));
    TRY(add_word(&measure, t, "measure", words("指标", "measure"), err));
    TRY(add_spread(&s, t, "fen", err));
    rows = 0;
    for (size_t k = 0; k < m->n; k++) {
        const Series *x = &m->side[k];
        const Names *payers = &x->regime->each.book.payers;
        for (size_t i = 0; i < MEASURES + payers->n; i++, rows++) {
            const char *name = i < MEASURES
                                   ? measures[i].name
                                   : text_format(m->tables->arena, "paid_%s",
                                                 payers->name[i - MEASURES]);
            policy->s[rows] = x->regime->name;
            TRY(series_word(&measure->s[rows], m, name, err));
            put_spread(&s, rows, m,
                       series_of(x, i < MEASURES
                                        ? measures[i].series
                                        : series_paid_by(x, i - MEASURES)));
        }
    }
done:
    return rc;
}

static ErrCode put_counts(SeriesMaking *m, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *policy;
    Spread s;
    TRY(table_new(&t, m->tables, "future_counts", m->n, err));
    t->title = words("明年合同数", "How many contracts");
    TRY(add_policy(&policy, t, err));
    TRY(add_spread(&s, t, "", err));
    for (size_t k = 0; k < m->n; k++) {
        policy->s[k] = m->side[k].regime->name;
        put_spread(&s, k, m, series_of(&m->side[k], SERIES_CONTRACTS));
    }
done:
    return rc;
}

static ErrCode put_counties(SeriesMaking *m, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *policy, *county;
    Spread s;
    size_t rows = 0, counties = m->side[0].regime->ground->counties;
    TRY(table_new(&t, m->tables, "future_counties", m->n * counties, err));
    t->title = words("各县区拟拨付", "Paid by county");
    TRY(add_policy(&policy, t, err));
    TRY(table_add_field(&county, t, FIELD_county, err));
    TRY(add_spread(&s, t, "fen", err));
    for (size_t k = 0; k < m->n; k++)
        for (size_t c = 0; c < counties; c++, rows++) {
            policy->s[rows] = m->side[k].regime->name;
            county->s[rows] = m->side[k].regime->ground->county_name[c];
            put_spread(&s, rows, m,
                       series_of(&m->side[k], series_county(&m->side[k], c)));
        }
done:
    return rc;
}

/* Differences of the same years; what separate draws would have for an error
 * stands beside. */
static ErrCode put_changes(SeriesMaking *m, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *policy, *dearer, *apart;
    Spread s;
    int64_t *x = arena_alloc(m->tables->arena, m->years, sizeof *x);
    if (x == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    TRY(table_new(&t, m->tables, "future_changes", m->n - 1, err));
    t->title = words("比现行政策多付（同一年份逐年相减）",
                     "Paid more than now, year by year");
    TRY(add_policy(&policy, t, err));
    TRY(add_spread(&s, t, "fen", err));
    TRY(table_add_labelled(&apart, t, "se_apart", TYPE_REAL, "fen",
                           words("分别抽样的标准误", "error of separate draws"),
                           err));
    TRY(table_add_labelled(&dearer, t, "dearer", TYPE_REAL, "1",
                           words("更贵的概率", "chance to cost more"), err));
    const int64_t *now = series_of(&m->side[0], SERIES_PAID);
    for (size_t k = 1; k < m->n; k++) {
        const int64_t *then = series_of(&m->side[k], SERIES_PAID);
        uint64_t more = 0;
        for (size_t y = 0; y < m->years; y++) {
            x[y] = then[y] - now[y];
            more += x[y] > 0;
        }
        double a = sample_mean(now, m->years).se;
        double b = sample_mean(then, m->years).se;
        policy->s[k - 1] = m->side[k].regime->name;
        put_spread(&s, k - 1, m, x);
        apart->d[k - 1] = sqrt(a * a + b * b);
        dearer->d[k - 1] = (double)more / (double)m->years;
    }
done:
    return rc;
}

ErrCode series_tables(Tables *tables, const Series side[], size_t n,
                      int64_t shown, Err *err)
{
    ErrCode rc = OK;
    SeriesMaking m = {
        .tables = tables, .side = side, .n = n, .years = side[0].years};
    m.sorted = arena_alloc(tables->arena, m.years, sizeof *m.sorted);
    m.spare = arena_alloc(tables->arena, m.years, sizeof *m.spare);
    if (m.sorted == NULL || m.spare == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    TRY(put_cost(&m, err));
    TRY(put_counts(&m, err));
    TRY(series_budgets(&m, err));
    TRY(series_days(&m, err));
    TRY(put_counties(&m, err));
    if (n > 1)
        TRY(put_changes(&m, err));
    TRY(series_shape(tables, side, n, err));
    if (shown >= 0)
        TRY(series_year(tables, side, n, shown, err));
done:
    return rc;
}
