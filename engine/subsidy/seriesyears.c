#include "subsidy/series.h"

#include "core/text.h"

static Label label(const char *zh, const char *en)
{
    return (Label){zh, en};
}

enum { BINS = 40 };

/* Shares of years by what is paid, in equal bins over all policies. */
ErrCode series_shape(Tables *tables, const Series side[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *low, *share;
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (size_t k = 0; k < n; k++)
        for (size_t y = 0; y < side[0].years; y++) {
            int64_t x = series_of(&side[k], SERIES_PAID)[y];
            least = x < least ? x : least;
            most = x > most ? x : most;
        }
    int64_t width = (most - least) / BINS + 1;
    TRY(table_new(&t, tables, "future_shape", BINS, err));
    t->title = label("全年拨付的分布", "How the year's payments are spread");
    TRY(table_add_labelled(&low, t, "low", TYPE_MONEY, "fen",
                           label("拨付自", "paid from"), err));
    for (size_t b = 0; b < BINS; b++)
        low->i[b] = least + (int64_t)b * width;
    for (size_t k = 0; k < n; k++) {
        TRY(table_add_labelled(&share, t, side[k].regime->name, TYPE_REAL, "1",
                               side[k].label, err));
        for (size_t y = 0; y < side[0].years; y++)
            share->d[(series_of(&side[k], SERIES_PAID)[y] - least) / width] +=
                1 / (double)side[0].years;
    }
done:
    return rc;
}

/* One year by itself. */
ErrCode series_year(Tables *tables, const Series side[], size_t n, int64_t year,
                    Err *err)
{
    ErrCode rc = OK;
    static const struct {
        const char *name;
        FieldType type;
        Label label;
    } columns[SERIES_ALL] = {
        {"contracts", TYPE_COUNT, {"合同数", "contracts"}},
        {"claimed", TYPE_MONEY, {"申报金额", "claimed"}},
        {"wanted", TYPE_MONEY, {"应付", "wanted"}},
        {"paid", TYPE_MONEY, {"拟拨付", "paid"}},
    };
    Table *t;
    Column *policy, *c;
    TRY(table_new(&t, tables, "future_years", n, err));
    t->title = (Label){
        text_format(tables->arena, "第 %lld 个模拟年", (long long)year),
        text_format(tables->arena, "Simulated year %lld", (long long)year)};
    TRY(table_add_labelled(&policy, t, "policy", TYPE_CATEGORY, "",
                           label("方案", "policy"), err));
    for (size_t k = 0; k < n; k++)
        policy->s[k] = side[k].regime->name;
    for (size_t i = 0; i < SERIES_ALL; i++) {
        TRY(table_add_labelled(&c, t, columns[i].name, columns[i].type,
                               columns[i].type == TYPE_MONEY ? "fen" : "",
                               columns[i].label, err));
        for (size_t k = 0; k < n; k++)
            c->i[k] = series_of(&side[k], i)[year];
    }
done:
    return rc;
}
