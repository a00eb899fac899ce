#include "subsidy/worths.h"

#include "stat/valuefit.h"
#include "subsidy/stock.h"

#include <string.h>

enum { SAMPLES = 199, ROWS_LEAST = 16384, VERSIONS_LEAST = 4, SHOWN = 60 };

typedef struct {
    ValueFit fit;
    FitDistance seen, chance;
    size_t n;
    int is_there, is_chosen, is_tail;
} Tried;

typedef struct {
    Tables *tables;
    const Outlook *outlook;
    const FuturesOptions *options;
    double *x, *work; /* [n] yuan, rising; those above 0 from `zeros` on */
    size_t n, zeros, below; /* below: of the positive ones under the tail */
    Tried tried[FITS + 1];
    int chosen; /* among the fits; -1: contracts as they were */
} Worths;

static ErrCode take_values(Worths *w, const Table *contracts, Err *err)
{
    ErrCode rc = OK;
    StockRows rows;
    Arena *arena = w->tables->arena;
    TRY(stock_rows(&rows, arena, contracts, w->options->years, err));
    w->n = rows.n;
    const Column *amount = table_field(contracts, FIELD_amount);
    w->x = arena_alloc(arena, w->n + 1, sizeof *w->x);
    w->work = arena_alloc(arena, w->n + 1, sizeof *w->work);
    if (w->x == NULL || w->work == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < w->n; j++) {
        w->x[j] = (double)amount->i[rows.row[j]] / 100;
        w->zeros += amount->i[rows.row[j]] <= 0;
        w->below += amount->i[rows.row[j]] > 0 &&
                    amount->i[rows.row[j]] <= w->outlook->tail_from;
    }
done:
    return rc;
}

static ErrCode try_fit(Tried *t, Worths *w, FitKind kind, const double x[],
                       size_t n, Err *err)
{
    ErrCode rc = OK;
    t->n = n;
    TRY(valuefit_of(&t->fit, kind, x, n, w->work, err));
    t->seen = valuefit_distance(&t->fit, x, n);
    TRY(valuefit_chance(&t->chance, &t->fit, t->seen, n, SAMPLES,
                        w->options->seed, w->options->threads, err));
    t->is_there = 1;
done:
    return rc;
}

/* The one asked for, or all, of which the least AIC is taken. */
static ErrCode try_models(Worths *w, Err *err)
{
    ErrCode rc = OK;
    OutlookValue model = w->outlook->value;
    Err why = {0}; /* the first reason */
    w->chosen = -1;
    for (int k = 0; k < FITS; k++) {
        if (model == VALUE_RESAMPLE ||
            (model != VALUE_FIT && (int)model != VALUE_LOGNORMAL + k))
            continue;
        rc = try_fit(&w->tried[k], w, (FitKind)k, w->x + w->zeros,
                     w->n - w->zeros, &why);
        if (rc != OK && (rc != ERR_DOMAIN || model != VALUE_FIT))
            return FAIL(err, rc, "%s", why.text);
        if (rc == OK && (w->chosen < 0 ||
                         w->tried[k].fit.aic < w->tried[w->chosen].fit.aic))
            w->chosen = k;
    }
    if (w->chosen < 0 && model != VALUE_RESAMPLE)
        return FAIL(err, ERR_DOMAIN, "%s", why.text);
    if (w->chosen >= 0)
        w->tried[w->chosen].is_chosen = 1;
    return OK;
}

/* What goes beyond the threshold. */
static ErrCode try_tail(Worths *w, Err *err)
{
    ErrCode rc = OK;
    Tried *t = &w->tried[FITS];
    double from = (double)w->outlook->tail_from / 100;
    size_t first = w->zeros + w->below, n = w->n - first;
    double *beyond;
    if (w->outlook->tail_from == 0)
        return OK;
    if (n < 20)
        return FAIL(err, ERR_DOMAIN,
                    "tail_from: %zu contracts go beyond %.0f yuan, and a tail "
                    "needs 20; write a lower amount",
                    n, from);
    beyond = arena_alloc(w->tables->arena, n, sizeof *beyond);
    if (beyond == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < n; i++)
        beyond[i] = w->x[first + i] - from;
    TRY(try_fit(t, w, FIT_PARETO, beyond, n, err));
    t->is_tail = t->is_chosen = 1;
done:
    return rc;
}

/* The value that a part p of the positive ones stay below; `old` is that of
 * the contract whose rank it is. */
static double value_at(const Worths *w, double p, double old)
{
    const Tried *tail = &w->tried[FITS];
    double from = (double)w->outlook->tail_from / 100, body = p;
    if (tail->is_there) {
        double under = (double)w->below / (double)(w->n - w->zeros);
        if (p > under)
            return from +
                   valuefit_quantile(&tail->fit, (p - under) / (1 - under));
        body = w->chosen < 0
                   ? p
                   : p / under * valuefit_cdf(&w->tried[w->chosen].fit, from);
    }
    return w->chosen < 0 ? old
                         : valuefit_quantile(&w->tried[w->chosen].fit, body);
}

/* Every contract's part of the distribution, in equal pieces. */
static ErrCode make_values(int64_t **out, size_t *versions, Worths *w, Err *err)
{
    size_t m = (ROWS_LEAST + w->n - 1) / w->n;
    m = m < VERSIONS_LEAST ? VERSIONS_LEAST : m;
    int64_t *values = arena_alloc(w->tables->arena, w->n * m, sizeof *values);
    if (values == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    double positive = (double)(w->n - w->zeros);
    for (size_t j = w->zeros; j < w->n; j++)
        for (size_t v = 0; v < m; v++) {
            double rank =
                (double)(j - w->zeros) + ((double)v + 0.5) / (double)m;
            double yuan = value_at(w, rank / positive, w->x[j]);
            if (!(yuan < 1e12))
                return FAIL(err, ERR_DOMAIN,
                            "a fitted value is beyond 1e12 yuan; the tail is "
                            "too heavy to draw from");
            values[j * m + v] = (int64_t)(yuan * 100 + 0.5);
        }
    *out = values;
    *versions = m;
    return OK;
}

/* Columns of future_fits. */
typedef struct {
    Column *model, *n, *first, *a, *second, *b, *log, *aic, *ks, *ks_p, *ad,
        *ad_p, *chosen;
} Fits;

static ErrCode add_fits(Fits *f, Table *t, Err *err)
{
    const TableColumn columns[] = {
        {&f->model, "model", TYPE_CATEGORY, "", {"分布", "distribution"}},
        {&f->n, "n", TYPE_COUNT, "", {"样本数", "values"}},
        {&f->first, "first", TYPE_TEXT, "", {"参数", "parameter"}},
        {&f->a, "a", TYPE_REAL, "", {"估计", "estimate"}},
        {&f->second, "second", TYPE_TEXT, "", {"参数二", "second parameter"}},
        {&f->b, "b", TYPE_REAL, "", {"估计二", "its estimate"}},
        {&f->log,
         "log_likelihood",
         TYPE_REAL,
         "",
         {"对数似然", "log-likelihood"}},
        {&f->aic, "aic", TYPE_REAL, "", {"AIC", "AIC"}},
        {&f->ks, "ks", TYPE_REAL, "", {"KS", "Kolmogorov-Smirnov"}},
        {&f->ks_p, "ks_p", TYPE_REAL, "", {"KS 的 p 值", "its p"}},
        {&f->ad, "ad", TYPE_REAL, "", {"AD", "Anderson-Darling"}},
        {&f->ad_p, "ad_p", TYPE_REAL, "", {"AD 的 p 值", "its p"}},
        {&f->chosen, "chosen", TYPE_BOOL, "", {"采用", "taken"}},
    };
    return table_add_all(t, columns, sizeof columns / sizeof *columns, err);
}

static const char *intern(Tables *tables, const char *text)
{
    return texts_put(tables->texts, text, strlen(text));
}

static ErrCode put_fits(Worths *w, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Fits f;
    size_t rows = 0, i = 0;
    for (size_t k = 0; k <= FITS; k++)
        rows += w->tried[k].is_there;
    TRY(table_new(&t, w->tables, "future_fits", rows, err));
    t->title = (Label){"合同金额的分布拟合（元）",
                       "Distributions fitted to the values, in yuan"};
    TRY(add_fits(&f, t, err));
    for (size_t k = 0; k <= FITS; k++) {
        const Tried *x = &w->tried[k];
        if (!x->is_there)
            continue;
        FitKind kind = x->fit.kind;
        f.model->s[i] =
            intern(w->tables, x->is_tail ? "tail" : valuefit_word(kind));
        f.first->s[i] = intern(w->tables, valuefit_parameter(kind, 0));
        f.second->s[i] = intern(w->tables, valuefit_parameter(kind, 1));
        f.n->i[i] = (int64_t)x->n;
        f.a->d[i] = x->fit.a;
        f.b->d[i] = x->fit.b;
        f.log->d[i] = x->fit.log_likelihood;
        f.aic->d[i] = x->fit.aic;
        f.ks->d[i] = x->seen.ks;
        f.ks_p->d[i] = x->chance.ks;
        f.ad->d[i] = x->seen.ad;
        f.ad_p->d[i] = x->chance.ad;
        f.chosen->i[i++] = x->is_chosen;
    }
done:
    return rc;
}

/* What is seen above a value, and what the values drawn from have above it. */
static ErrCode put_worths(Worths *w, const int64_t values[], size_t versions,
                          Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *value, *seen, *fitted;
    size_t n = w->n - w->zeros, rows = n < SHOWN ? n : SHOWN;
    TRY(table_new(&t, w->tables, "future_worths", rows, err));
    t->title = (Label){"超过某金额的合同占比", "Contracts above a value"};
    TRY(table_add_labelled(&value, t, "value", TYPE_MONEY, "fen",
                           (Label){"金额", "value"}, err));
    TRY(table_add_labelled(&seen, t, "seen", TYPE_REAL, "1",
                           (Label){"实际", "seen"}, err));
    TRY(table_add_labelled(&fitted, t, "fitted", TYPE_REAL, "1",
                           (Label){"拟合", "fitted"}, err));
    for (size_t i = 0; i < rows; i++) {
        size_t j = w->zeros + i * (n - 1) / (rows > 1 ? rows - 1 : 1);
        int64_t fen = (int64_t)(w->x[j] * 100 + 0.5);
        size_t above = 0;
        for (size_t k = w->zeros * versions; k < w->n * versions; k++)
            above += values[k] > fen;
        value->i[i] = fen;
        seen->d[i] = (double)(w->n - 1 - j) / (double)n;
        fitted->d[i] = (double)above / (double)(n * versions);
    }
done:
    return rc;
}

ErrCode worths_make(int64_t **values, size_t *versions, Tables *tables,
                    const Table *contracts, const Outlook *outlook,
                    const FuturesOptions *options, Err *err)
{
    ErrCode rc = OK;
    Worths w = {.tables = tables, .outlook = outlook, .options = options};
    *values = NULL;
    *versions = 1;
    if (outlook->value == VALUE_RESAMPLE && outlook->tail_from == 0)
        return OK;
    TRY(take_values(&w, contracts, err));
    TRY(try_models(&w, err));
    TRY(try_tail(&w, err));
    TRY(make_values(values, versions, &w, err));
    TRY(put_fits(&w, err));
    TRY(put_worths(&w, *values, *versions, err));
done:
    return rc;
}
