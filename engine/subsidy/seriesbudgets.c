#include "subsidy/series.h"

#include "core/text.h"
#include "stat/radix.h"
#include "stat/sample.h"

#include <string.h>

static const Level one_in_20 = {5, 100}, median = {50, 100},
                   nineteen_in_20 = {95, 100};

static Label words(const char *zh, const char *en)
{
    return (Label){zh, en};
}

/* Columns of the budgets. */
typedef struct {
    Column *policy, *payer, *county, *budget, *mean, *probability, *low, *high,
        *early, *median, *ratio, *ratio_se, *ratio_low, *var, *var_low,
        *var_high;
} Budgets;

static ErrCode add_budgets(Budgets *b, Table *t, Err *err)
{
    const TableColumn columns[] = {
        {&b->policy, "policy", TYPE_CATEGORY, "", {"方案", "policy"}},
        {&b->payer, "payer", TYPE_CATEGORY, "", {"付款方", "payer"}},
        {&b->county, "county", TYPE_CATEGORY, "", {"县区", "county"}},
        {&b->budget, "budget", TYPE_MONEY, "fen", {"预算", "budget"}},
        {&b->mean, "wanted", TYPE_REAL, "fen", {"平均应付", "mean wanted"}},
        {&b->probability,
         "probability",
         TYPE_REAL,
         "1",
         {"超支概率", "chance of overrun"}},
        {&b->low, "low", TYPE_REAL, "1", {"其下限", "its low"}},
        {&b->high, "high", TYPE_REAL, "1", {"其上限", "its high"}},
        {&b->early,
         "early_on",
         TYPE_DATE,
         "day",
         {"最早用尽日（5%）", "exhausted by, 1 year in 20"}},
        {&b->median,
         "median_on",
         TYPE_DATE,
         "day",
         {"用尽日中位数", "exhausted by, median"}},
        {&b->ratio, "ratio", TYPE_REAL, "1", {"预期兑付率", "part paid, mean"}},
        {&b->ratio_se, "ratio_se", TYPE_REAL, "1", {"标准误", "its error"}},
        {&b->ratio_low,
         "ratio_q05",
         TYPE_REAL,
         "1",
         {"兑付率5%分位", "part paid, 1 year in 20 below"}},
        {&b->var,
         "needed_q95",
         TYPE_REAL,
         "fen",
         {"95%把握所需", "needed to be 95% sure"}},
        {&b->var_low, "needed_low", TYPE_REAL, "fen", {"其下限", "its low"}},
        {&b->var_high, "needed_high", TYPE_REAL, "fen", {"其上限", "its high"}},
    };
    return table_add_all(t, columns, sizeof columns / sizeof *columns, err);
}

/* The day by which a part of all years have run out of money; null when fewer
 * ever do. */
static int64_t day_of(const SeriesMaking *m, const int64_t day[], Level level)
{
    for (size_t y = 0; y < m->years; y++)
        m->sorted[y] = day[y] == NULL_INT ? INT32_MAX : day[y];
    radix_sort(m->sorted, m->spare, m->years);
    double at = sample_var(m->sorted, m->years, level).value;
    return at == INT32_MAX ? NULL_INT : (int64_t)at;
}

/* Billionths of the wants that are paid; all of them where nothing is wanted.
 */
static void put_ratio(Budgets *b, size_t row, const SeriesMaking *m,
                      const int64_t wanted[], const int64_t paid[])
{
    for (size_t y = 0; y < m->years; y++)
        m->sorted[y] =
            wanted[y] == 0
                ? RATIO_ONE
                : (int64_t)exact_divide((Exact)paid[y] * RATIO_ONE, wanted[y]);
    Figure mean = sample_mean(m->sorted, m->years);
    radix_sort(m->sorted, m->spare, m->years);
    b->ratio->d[row] = mean.value / (double)RATIO_ONE;
    b->ratio_se->d[row] = mean.se / (double)RATIO_ONE;
    b->ratio_low->d[row] =
        sample_var(m->sorted, m->years, one_in_20).value / (double)RATIO_ONE;
}

static void put_budget(Budgets *b, size_t row, const SeriesMaking *m,
                       const Series *x, size_t f)
{
    const RegimeFund *fund = &x->regime->fund[f];
    const int64_t *wanted = series_of(x, series_fund(x, f, 0));
    const int64_t *day = series_of(x, series_fund(x, f, 2));
    uint64_t over = 0;
    for (size_t y = 0; y < m->years; y++)
        over += day[y] != NULL_INT;
    Figure share = sample_share(over, m->years);
    b->policy->s[row] = x->regime->name;
    b->payer->s[row] = fund->payer;
    b->county->s[row] = fund->county;
    b->budget->i[row] = fund->amount;
    b->mean->d[row] = sample_mean(wanted, m->years).value;
    b->probability->d[row] = share.value;
    b->low->d[row] = share.low;
    b->high->d[row] = share.high;
    b->early->i[row] = day_of(m, day, one_in_20);
    b->median->i[row] = day_of(m, day, median);
    put_ratio(b, row, m, wanted, series_of(x, series_fund(x, f, 1)));
    memcpy(m->sorted, wanted, m->years * sizeof *wanted);
    radix_sort(m->sorted, m->spare, m->years);
    Figure var = sample_var(m->sorted, m->years, nineteen_in_20);
    b->var->d[row] = var.value;
    b->var_low->d[row] = var.low;
    b->var_high->d[row] = var.high;
}

static size_t count_funds(const SeriesMaking *m)
{
    size_t n = 0;
    for (size_t k = 0; k < m->n; k++)
        n += m->side[k].regime->funds;
    return n;
}

ErrCode series_budgets(SeriesMaking *m, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Budgets b;
    size_t row = 0;
    TRY(table_new(&t, m->tables, "future_budgets", count_funds(m), err));
    t->title = words("预算够不够", "Whether the money lasts");
    TRY(add_budgets(&b, t, err));
    for (size_t k = 0; k < m->n; k++)
        for (size_t f = 0; f < m->side[k].regime->funds; f++)
            put_budget(&b, row++, m, &m->side[k], f);
done:
    return rc;
}

/* Years in which the money was gone by the end of each month. */
static void count_months(double out[12], const SeriesMaking *m,
                         const int64_t day[])
{
    memset(out, 0, 12 * sizeof *out);
    for (size_t y = 0; y < m->years; y++)
        if (day[y] != NULL_INT) {
            DateParts parts = date_parts((Date){(int32_t)day[y]});
            for (int month = parts.month; month <= 12; month++)
                out[month - 1] += 1 / (double)m->years;
        }
}

ErrCode series_days(SeriesMaking *m, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *month, *fund, *probability;
    size_t row = 0;
    double gone[12];
    TRY(table_new(&t, m->tables, "future_days", 12 * count_funds(m), err));
    t->title = words("到月底预算用尽的概率", "Chance that the money is gone");
    TRY(table_add_labelled(&fund, t, "fund", TYPE_LIST, "",
                           words("方案与预算", "policy and budget"), err));
    TRY(table_add_labelled(&month, t, "month", TYPE_COUNT, "month",
                           words("月底", "end of month"), err));
    TRY(table_add_field(&probability, t, FIELD_probability, err));
    for (size_t k = 0; k < m->n; k++)
        for (size_t f = 0; f < m->side[k].regime->funds; f++) {
            const Series *x = &m->side[k];
            const RegimeFund *of = &x->regime->fund[f];
            count_months(gone, m, series_of(x, series_fund(x, f, 2)));
            for (int i = 0; i < 12; i++, row++) {
                TRY(series_word(
                    &fund->s[row], m,
                    text_format(m->tables->arena, "%s;%s%s%s", x->regime->name,
                                of->payer, of->county != NULL ? ";" : "",
                                of->county != NULL ? of->county : ""),
                    err));
                month->i[row] = i + 1;
                probability->d[row] = gone[i];
            }
        }
done:
    return rc;
}
