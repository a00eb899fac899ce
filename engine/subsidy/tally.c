#include "subsidy/tally.h"

#include "stat/countfit.h"
#include "subsidy/stock.h"

#include <math.h>
#include <string.h>

enum { SAMPLES = 199, YEARS_LEAST = 5, MODELS = 2, MONTHS = 12 };

typedef struct {
    CountFit fit[MODELS];  /* Poisson, negative binomial */
    double chance[MODELS]; /* of Pearson's sum */
    int chosen;
    CountSeries series;
    int per_year; /* periods of one: 1 or 12 */
} Tally;

/* The number of each stratum and period of the years drawn from. */
static ErrCode count_periods(Tally *w, Tables *tables, const Table *contracts,
                             const Outlook *outlook, int most, Err *err)
{
    ErrCode rc = OK;
    StockRows rows;
    uint32_t *stratum;
    int64_t *x;
    Arena *arena = tables->arena;
    TRY(stock_rows(&rows, arena, contracts, most, err));
    TRY(stock_strata(&stratum, &w->series.strata, arena, contracts, &rows,
                     outlook->by_county, err));
    const Column *day = table_field(contracts, FIELD_registered_on);
    w->per_year = rows.years >= YEARS_LEAST ? 1 : MONTHS;
    size_t periods = (size_t)(rows.years * w->per_year);
    x = arena_alloc(arena, w->series.strata * periods, sizeof *x);
    if (x == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < rows.n; j++) {
        DateParts p = date_parts((Date){(int32_t)day->i[rows.row[j]]});
        int at = (p.year - (rows.last + 1 - rows.years)) * w->per_year;
        at += w->per_year == MONTHS ? p.month - 1 : 0;
        x[stratum[j] * periods + (size_t)at]++;
    }
    w->series.x = x;
    w->series.periods = periods;
done:
    return rc;
}

static ErrCode fit_models(Tally *w, const FuturesOptions *options, Err *err)
{
    ErrCode rc = OK;
    Err why = {0};
    for (int k = 0; k < MODELS; k++) {
        rc = countfit_of(&w->fit[k], k == 1, &w->series, &why);
        if (rc == ERR_DOMAIN)
            return FAIL(err, ERR_DOMAIN,
                        "the number of contracts varies more than a dispersion "
                        "of 2 can tell, as where they are registered in "
                        "batches; state a model and its dispersion in the "
                        "outlook");
        TRY(rc);
        TRY(countfit_chance(&w->chance[k], &w->fit[k], &w->series, SAMPLES,
                            options->seed, options->threads, err));
    }
    w->chosen = w->fit[1].aic < w->fit[0].aic;
done:
    return rc;
}

/* Columns of future_numbers. */
typedef struct {
    Column *model, *per, *n, *mean, *dispersion, *log, *aic, *pearson, *p,
        *year, *low, *high, *chosen;
} Fits;

static ErrCode add_fits(Fits *f, Table *t, Err *err)
{
    const TableColumn columns[] = {
        {&f->model, "model", TYPE_CATEGORY, "", {"分布", "distribution"}},
        {&f->per, "per", TYPE_CATEGORY, "", {"按", "numbers by"}},
        {&f->n, "n", TYPE_COUNT, "", {"样本数", "numbers"}},
        {&f->mean, "mean", TYPE_REAL, "", {"平均", "their mean"}},
        {&f->dispersion,
         "dispersion",
         TYPE_REAL,
         "",
         {"离散度", "their dispersion"}},
        {&f->log,
         "log_likelihood",
         TYPE_REAL,
         "",
         {"对数似然", "log-likelihood"}},
        {&f->aic, "aic", TYPE_REAL, "", {"AIC", "AIC"}},
        {&f->pearson,
         "pearson",
         TYPE_REAL,
         "",
         {"皮尔逊卡方", "Pearson's sum"}},
        {&f->p, "pearson_p", TYPE_REAL, "", {"其 p 值", "its p"}},
        {&f->year,
         "year_dispersion",
         TYPE_REAL,
         "",
         {"全年离散度", "dispersion of a year"}},
        {&f->low, "year_low", TYPE_REAL, "", {"其下限", "its low"}},
        {&f->high, "year_high", TYPE_REAL, "", {"其上限", "its high"}},
        {&f->chosen, "chosen", TYPE_BOOL, "", {"采用", "taken"}},
    };
    return table_add_all(t, columns, sizeof columns / sizeof *columns, err);
}

static ErrCode put_word(const char **out, Tables *tables, const char *word,
                        Err *err)
{
    *out = texts_put(tables->texts, word, strlen(word));
    return *out != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

static double mean_of(const CountSeries *c)
{
    double sum = 0;
    size_t n = c->strata * c->periods;
    for (size_t i = 0; i < n; i++)
        sum += (double)c->x[i];
    return sum / (double)n;
}

/* What months cannot tell stands over the table. */
static Label title_of(const Tally *w)
{
    return w->per_year == 1
               ? (Label){"合同数量的分布拟合",
                         "Distributions fitted to the number of contracts"}
               : (Label){
                     "合同数量的分布拟合（按月：看不出整年的好坏，"
                     "季节当作随机）",
                     "Distributions fitted to the number of contracts "
                     "(by month: a year good or bad as a whole is not "
                     "seen, seasons count as chance)"};
}

static ErrCode put_fits(const Tally *w, Tables *tables, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Fits f;
    TRY(table_new(&t, tables, "future_numbers", MODELS, err));
    t->title = title_of(w);
    TRY(add_fits(&f, t, err));
    for (size_t i = 0; i < MODELS; i++) {
        const CountFit *x = &w->fit[i];
        TRY(put_word(&f.model->s[i], tables,
                     x->is_mixed ? "negative_binomial" : "poisson", err));
        TRY(put_word(&f.per->s[i], tables, w->per_year == 1 ? "year" : "month",
                     err));
        f.n->i[i] = (int64_t)(w->series.strata * w->series.periods);
        f.mean->d[i] = mean_of(&w->series);
        f.dispersion->d[i] = x->dispersion;
        f.log->d[i] = x->log_likelihood;
        f.aic->d[i] = x->aic;
        f.pearson->d[i] = x->pearson;
        f.p->d[i] = w->chance[i];
        f.year->d[i] = x->dispersion / w->per_year;
        f.low->d[i] = x->low / w->per_year;
        f.high->d[i] = x->high / w->per_year;
        f.chosen->i[i] = (int)i == w->chosen;
    }
done:
    return rc;
}

ErrCode tally_make(double *dispersion, Tables *tables, const Table *contracts,
                   const Outlook *outlook, const FuturesOptions *options,
                   Err *err)
{
    ErrCode rc = OK;
    Tally w = {0};
    *dispersion = outlook->dispersion;
    if (!outlook->is_counted)
        return OK;
    TRY(count_periods(&w, tables, contracts, outlook, options->years, err));
    TRY(fit_models(&w, options, err));
    TRY(put_fits(&w, tables, err));
    *dispersion = w.fit[w.chosen].dispersion / w.per_year;
done:
    return rc;
}
