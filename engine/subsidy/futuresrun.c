#include "subsidy/futures.h"

#include "subsidy/basis.h"
#include "subsidy/series.h"
#include "subsidy/turns.h"

#include <string.h>

typedef struct {
    Tables *tables;
    Stock stock;
    Ground ground[SUBSIDY_SIDES]; /* [n] */
    Regime regime[SUBSIDY_SIDES]; /* [n] */
    Series series[SUBSIDY_SIDES];
    size_t n;
    const Outlook *outlook;
    const FuturesOptions *options;
} Futures;

static ErrCode open_regimes(Futures *f, const Table *contracts,
                            const SubsidySide side[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Basis basis;
    Arena *arena = f->tables->arena;
    TRY(basis_open(&basis, f->tables, contracts, side[0].policy, f->outlook,
                   f->options, err));
    f->stock = basis.stock;
    f->n = n;
    for (size_t k = 0; k < n; k++) {
        int moves = k > 0 && f->outlook->has_gaming;
        TRY(ground_open(&f->ground[k], arena, &f->stock, side[k].policy,
                        moves ? side[0].policy : NULL, f->outlook->within,
                        f->options->as_of, err));
        TRY(regime_open(&f->regime[k], side[k].name, side[k].policy,
                        &f->ground[k], k > 0 ? &f->regime[0] : NULL, f->outlook,
                        basis.gaming, f->options->as_of, arena, err));
        f->series[k] =
            (Series){&f->regime[k], side[k].label, NULL, f->options->n};
    }
done:
    return rc;
}

static ErrCode take_series(Futures *f, Err *err)
{
    for (size_t k = 0; k < f->n; k++) {
        Series *s = &f->series[k];
        s->cells = arena_alloc(f->tables->arena, series_count(s),
                               s->years * sizeof *s->cells);
        if (s->cells == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for %zu simulated years",
                        s->years);
    }
    return OK;
}

/* One year of one policy into its series. */
static void keep(const Series *s, size_t year, const RegimeYear *y,
                 const int64_t county[])
{
    const int64_t all[SERIES_ALL] = {y->contracts, y->claimed, y->wanted,
                                     y->paid};
    for (size_t k = 0; k < SERIES_ALL; k++)
        series_of(s, k)[year] = all[k];
    for (size_t p = 0; p < s->regime->each.book.payers.n; p++) {
        series_of(s, series_wanted_by(p))[year] = y->wanted_by[p];
        series_of(s, series_paid_by(s, p))[year] = y->paid_by[p];
    }
    for (size_t k = 0; k < s->regime->funds; k++) {
        series_of(s, series_fund(s, k, 0))[year] = y->fund_wanted[k];
        series_of(s, series_fund(s, k, 1))[year] = y->fund_paid[k];
        series_of(s, series_fund(s, k, 2))[year] = y->fund_day[k];
    }
    for (size_t c = 0; c < s->regime->ground->counties; c++)
        series_of(s, series_county(s, c))[year] = county[c];
}

static ErrCode simulate_year(void *futures, size_t year, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Futures *f = futures;
    Draw draw;
    RegimeYear y;
    TRY(draw_year(&draw, &f->stock, f->outlook, f->options->seed,
                  (uint32_t)year, arena, err));
    for (size_t k = 0; k < f->n; k++) {
        int64_t *county =
            arena_alloc(arena, f->ground[k].counties + 1, sizeof *county);
        if (county == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        TRY(regime_pay(&y, county, &f->regime[k], &draw, arena, err));
        keep(&f->series[k], year, &y, county);
    }
done:
    return rc;
}

static ErrCode put_basis(Futures *f, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *c[6];
    double mean = 0;
    static const struct {
        const char *name, *unit;
        FieldType type;
        Label label;
    } columns[] = {
        {"year", "year", TYPE_COUNT, {"测算年度", "year to come"}},
        {"contracts", "", TYPE_COUNT, {"抽样合同", "contracts drawn from"}},
        {"years", "", TYPE_COUNT, {"抽样年数", "years drawn from"}},
        {"duplicates", "", TYPE_COUNT, {"剔除重复", "duplicates left out"}},
        {"mean", "", TYPE_REAL, {"年均合同", "contracts a year"}},
        {"futures", "", TYPE_COUNT, {"模拟年数", "simulated years"}},
    };
    TRY(table_new(&t, f->tables, "future_basis", 1, err));
    t->title = (Label){"模拟依据", "What is drawn from"};
    for (size_t k = 0; k < 6; k++)
        TRY(table_add_labelled(&c[k], t, columns[k].name, columns[k].type,
                               columns[k].unit, columns[k].label, err));
    for (size_t k = 0; k < f->stock.strata; k++)
        mean += f->stock.mean[k];
    c[0]->i[0] = f->stock.year;
    c[1]->i[0] = (int64_t)f->stock.from;
    c[2]->i[0] = f->stock.years;
    c[3]->i[0] = (int64_t)f->stock.refused;
    c[4]->d[0] = mean;
    c[5]->i[0] = f->options->n;
done:
    return rc;
}

ErrCode futures_run(Tables *tables, const Table *contracts,
                    const SubsidySide side[], size_t n, const Outlook *outlook,
                    const FuturesOptions *options, Err *err)
{
    ErrCode rc = OK;
    Futures *f = arena_alloc(tables->arena, 1, sizeof *f);
    if (f == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    f->tables = tables;
    f->outlook = outlook;
    f->options = options;
    TRY(open_regimes(f, contracts, side, n, err));
    TRY(put_basis(f, err));
    TRY(take_series(f, err));
    TRY(turns_take(f, options->n, options->threads, simulate_year, err));
    TRY(series_tables(tables, f->series, n, options->shown, err));
done:
    return rc;
}

/* Ids of the year and no registry numbers, so that none is a duplicate. */
static ErrCode name_contracts(Table *t, Err *err)
{
    for (size_t j = 0; j < t->n; j++)
        for (size_t i = 0;
             i < t->rows && strcmp(t->columns[j]->name, "contract_id") == 0;
             i++)
            if ((t->columns[j]->s[i] = regime_id(t->owner->arena, i)) == NULL)
                return FAIL(err, ERR_MEMORY, "out of memory");
    return OK;
}

ErrCode futures_year(Table **out, Tables *tables, const Table *contracts,
                     const SubsidySide side[], size_t n, size_t of,
                     uint32_t year, const Outlook *outlook,
                     const FuturesOptions *options, Err *err)
{
    ErrCode rc = OK;
    Draw draw;
    RegimeRows rows;
    Futures *f = arena_alloc(tables->arena, 1, sizeof *f);
    if (f == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    f->tables = tables;
    f->outlook = outlook;
    f->options = options;
    TRY(open_regimes(f, contracts, side, n, err));
    TRY(draw_year(&draw, &f->stock, outlook, options->seed, year, tables->arena,
                  err));
    TRY(regime_rows(&rows, &f->regime[of], &draw, tables->arena, err));
    TRY(stock_pick(out, tables, f->ground[of].table, "future_contracts",
                   rows.row, rows.n, err));
    TRY(name_contracts(*out, err));
done:
    return rc;
}
