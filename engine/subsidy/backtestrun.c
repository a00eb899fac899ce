#include "core/text.h"
#include "stat/radix.h"
#include "stat/sample.h"
#include "subsidy/backtest.h"
#include "subsidy/basis.h"
#include "subsidy/regime.h"
#include "subsidy/run.h"
#include "subsidy/turns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const Level edges[] = {{25, 1000}, {975, 1000}};

/* One year that is over. */
typedef struct {
    int year;
    int64_t realised, from; /* fen; contracts drawn from */
    double predicted, low, high, rank;
    int is_inside;
} Past;

typedef struct {
    Tables *tables;
    const Table *contracts;
    const BacktestPlan *plan;
    const Outlook *outlook;
    const FuturesOptions *options;
    Past *past; /* [n] years of the file, rising */
    size_t n;
} Backtest;

/* A year's simulation. */
typedef struct {
    const Backtest *b;
    Stock stock;
    Ground ground;
    Regime regime;
    size_t payer;  /* its place; MATCH_PAYERS: all */
    int64_t *paid; /* [options->n] */
} Drawn;

static int year_at(const Column *day, size_t row)
{
    return date_parts((Date){(int32_t)day->i[row]}).year;
}

/* The years there are. */
static ErrCode list_years(Backtest *b, Err *err)
{
    ErrCode rc = OK;
    const Column *day;
    int first = 0, last = 0;
    const Table *t = b->contracts;
    TRY(table_need(&day, t, FIELD_registered_on, "subsidy backtest", err));
    for (size_t i = 0; i < t->rows; i++) {
        if (day->i[i] == NULL_INT)
            TRY(FAIL(err, ERR_INPUT, "%s: contract %zu has no date", t->file,
                     i + 1));
        int year = year_at(day, i);
        first = i == 0 || year < first ? year : first;
        last = i == 0 || year > last ? year : last;
    }
    b->past = arena_alloc(b->tables->arena, (size_t)(last - first) + 1,
                          sizeof *b->past);
    if (b->past == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (int year = first; t->rows > 0 && year <= last; year++)
        b->past[b->n++].year = year;
done:
    return rc;
}

/* What the contracts that came were paid, by their year. */
static ErrCode realise(Backtest *b, int64_t *sum, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    char name[80];
    const Column *day = table_field(b->contracts, FIELD_registered_on), *paid;
    Tables *own = tables_new(b->tables->arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = b->contracts->owner->texts;
    TRY(table_share(&t, own, b->contracts, "contracts", err));
    TRY(run_policy(t, b->plan->policy, b->options->as_of, 0, err));
    snprintf(name, sizeof name, "paid%s%.60s", b->plan->payer ? "_" : "",
             b->plan->payer ? b->plan->payer : "");
    paid = table_find(t, name);
    if (paid == NULL)
        return FAIL(err, ERR_INPUT, "'%.*s' pays nothing under policy '%s'",
                    TEXT_SHORT(b->plan->payer),
                    policy_head(b->plan->policy)->id);
    *sum = 0;
    for (size_t i = 0; i < t->rows; i++) {
        b->past[year_at(day, i) - b->past[0].year].realised += paid->i[i];
        *sum += paid->i[i];
    }
done:
    return rc;
}

/* The contracts of the years before. */
static ErrCode pick_before(Table **out, Tables *tables, const Backtest *b,
                           int year, Err *err)
{
    size_t n = 0;
    const Table *t = b->contracts;
    const Column *day = table_field(t, FIELD_registered_on);
    uint32_t *rows = arena_alloc(tables->arena, t->rows + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < t->rows; i++)
        if (year_at(day, i) < year)
            rows[n++] = (uint32_t)i;
    return stock_pick(out, tables, t, "contracts", rows, n, err);
}

static ErrCode open_year(Drawn *d, Tables *own, const Backtest *b, size_t k,
                         Err *err)
{
    ErrCode rc = OK;
    Table *before;
    Basis basis;
    d->b = b;
    TRY(pick_before(&before, own, b, b->past[k].year, err));
    TRY(basis_open(&basis, own, before, b->plan->policy, b->outlook, b->options,
                   err));
    d->stock = basis.stock;
    TRY(ground_open(&d->ground, own->arena, &d->stock, b->plan->policy, NULL, 0,
                    b->options->as_of, err));
    TRY(regime_open(&d->regime, "backtest", b->plan->policy, &d->ground, NULL,
                    b->outlook, basis.gaming, b->options->as_of, own->arena,
                    err));
    d->payer = MATCH_PAYERS;
    for (size_t p = 0; p < d->regime.each.book.payers.n; p++)
        if (b->plan->payer != NULL &&
            strcmp(d->regime.each.book.payers.name[p], b->plan->payer) == 0)
            d->payer = p;
    d->paid = arena_alloc(own->arena, b->options->n, sizeof *d->paid);
    if (d->paid == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
done:
    return rc;
}

static ErrCode draw_one(void *drawn, size_t year, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Drawn *d = drawn;
    const Backtest *b = d->b;
    Draw draw;
    RegimeYear y;
    int64_t *county =
        arena_alloc(arena, d->ground.counties + 1, sizeof *county);
    if (county == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(draw_year(&draw, &d->stock, b->outlook, b->options->seed,
                  (uint32_t)year, arena, err));
    TRY(regime_pay(&y, county, &d->regime, &draw, arena, err));
    d->paid[year] = b->plan->payer == NULL     ? y.paid
                    : d->payer == MATCH_PAYERS ? 0
                                               : y.paid_by[d->payer];
done:
    return rc;
}

/* A year foretold and held against what came; 0 contracts where nothing could
 * be drawn from. */
static ErrCode foretell(Backtest *b, size_t k, Err *err)
{
    ErrCode rc = OK;
    Past *p = &b->past[k];
    Drawn d = {0};
    size_t n = b->options->n, below = 0;
    Arena *arena = arena_new();
    Tables *own = arena != NULL ? tables_new(arena) : NULL;
    int64_t *spare = own ? arena_alloc(arena, n, sizeof *spare) : NULL;
    if (spare == NULL)
        TRY(FAIL(err, ERR_MEMORY, "out of memory"));
    own->texts = b->contracts->owner->texts;
    TRY(open_year(&d, own, b, k, err));
    if (d.stock.year != p->year)
        goto done; /* none in the year just before */
    TRY(turns_take(&d, n, b->options->threads, draw_one, err));
    p->predicted = sample_mean(d.paid, n).value;
    radix_sort(d.paid, spare, n);
    while (below < n && d.paid[below] < p->realised)
        below++;
    p->from = (int64_t)d.stock.from;
    p->low = sample_var(d.paid, n, edges[0]).value;
    p->high = sample_var(d.paid, n, edges[1]).value;
    p->rank = (double)below / (double)n;
    p->is_inside =
        (double)p->realised >= p->low && (double)p->realised <= p->high;
done:
    arena_free(arena);
    return rc;
}

/* Those that were foretold move to the front. */
static ErrCode foretell_all(Backtest *b, Err *err)
{
    ErrCode rc = OK;
    size_t n = 0;
    for (size_t k = 1; k < b->n; k++)
        TRY(foretell(b, k, err));
    for (size_t k = 1; k < b->n; k++)
        if (b->past[k].from > 0)
            b->past[n++] = b->past[k];
    if (n == 0)
        TRY(FAIL(err, ERR_INPUT,
                 "%s: no year follows another, so none can be foretold; give "
                 "the contracts of at least two years",
                 b->contracts->file));
    b->n = n;
done:
    return rc;
}

static ErrCode add(Column **out, Table *t, const char *name, FieldType type,
                   Label label, Err *err)
{
    return table_add_labelled(out, t, name, type,
                              type == TYPE_MONEY ? "fen" : "", label, err);
}

static ErrCode add_real(Column **out, Table *t, const char *name,
                        const char *unit, Label label, Err *err)
{
    return table_add_labelled(out, t, name, TYPE_REAL, unit, label, err);
}

static ErrCode put_years(const Backtest *b, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *year, *from, *predicted, *low, *high, *realised, *off, *in, *rank;
    TRY(table_new(&t, b->tables, "backtest_years", b->n, err));
    t->title = (Label){"预测与实际", "What was foretold and what came"};
    TRY(table_add_labelled(&year, t, "year", TYPE_COUNT, "year",
                           (Label){"年度", "year"}, err));
    TRY(add(&from, t, "drawn_from", TYPE_COUNT,
            (Label){"抽样合同", "contracts drawn from"}, err));
    TRY(add_real(&predicted, t, "predicted", "fen",
                 (Label){"预测", "predicted"}, err));
    TRY(add_real(&low, t, "low", "fen", (Label){"2.5%分位", "2.5%"}, err));
    TRY(add_real(&high, t, "high", "fen", (Label){"97.5%分位", "97.5%"}, err));
    TRY(add(&realised, t, "realised", TYPE_MONEY, (Label){"实际", "realised"},
            err));
    TRY(add_real(&off, t, "difference", "fen",
                 (Label){"预测减实际", "predicted less realised"}, err));
    TRY(add(&in, t, "inside", TYPE_BOOL, (Label){"在区间内", "inside"}, err));
    TRY(add_real(&rank, t, "rank", "1",
                 (Label){"低于实际的模拟年份", "simulated years below"}, err));
    for (size_t k = 0; k < b->n; k++) {
        const Past *p = &b->past[k];
        year->i[k] = p->year;
        from->i[k] = p->from;
        predicted->d[k] = p->predicted;
        low->d[k] = p->low;
        high->d[k] = p->high;
        realised->i[k] = p->realised;
        off->d[k] = p->predicted - (double)p->realised;
        in->i[k] = p->is_inside;
        rank->d[k] = p->rank;
    }
done:
    return rc;
}

/* Mean of predicted less realised, and its error over the years. */
static Figure bias_of(const Backtest *b)
{
    double mean = 0, squares = 0, n = (double)b->n;
    for (size_t k = 0; k < b->n; k++)
        mean += (b->past[k].predicted - (double)b->past[k].realised) / n;
    for (size_t k = 0; k < b->n; k++) {
        double off = b->past[k].predicted - (double)b->past[k].realised - mean;
        squares += off * off;
    }
    return (Figure){mean, b->n > 1 ? sqrt(squares / (n - 1) / n) : (double)NAN,
                    0, 0};
}

static ErrCode put_summary(const Backtest *b, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *c[9];
    uint64_t inside = 0;
    double realised = 0;
    for (size_t k = 0; k < b->n; k++) {
        inside += (uint64_t)b->past[k].is_inside;
        realised += (double)b->past[k].realised / (double)b->n;
    }
    Figure share = sample_share(inside, b->n), bias = bias_of(b);
    TRY(table_new(&t, b->tables, "backtest_summary", 1, err));
    t->title = (Label){"回测结论", "How far forecasts held"};
    TRY(add(&c[0], t, "years", TYPE_COUNT, (Label){"年数", "years"}, err));
    TRY(add(&c[1], t, "inside", TYPE_COUNT,
            (Label){"在区间内的年数", "within their interval"}, err));
    TRY(add_real(&c[2], t, "coverage", "1", (Label){"覆盖率", "coverage"},
                 err));
    TRY(add_real(&c[3], t, "coverage_low", "1", (Label){"其下限", "its low"},
                 err));
    TRY(add_real(&c[4], t, "coverage_high", "1", (Label){"其上限", "its high"},
                 err));
    TRY(add_real(&c[5], t, "realised", "fen",
                 (Label){"年均实际", "realised, mean a year"}, err));
    TRY(add_real(&c[6], t, "bias", "fen",
                 (Label){"偏差（预测减实际）", "bias, predicted less realised"},
                 err));
    TRY(add_real(&c[7], t, "bias_se", "fen", (Label){"其标准误", "its error"},
                 err));
    TRY(add_real(&c[8], t, "bias_share", "1",
                 (Label){"偏差占实际", "bias as part of realised"}, err));
    c[0]->i[0] = (int64_t)b->n;
    c[1]->i[0] = (int64_t)inside;
    c[2]->d[0] = share.value;
    c[3]->d[0] = share.low;
    c[4]->d[0] = share.high;
    c[5]->d[0] = realised;
    c[6]->d[0] = bias.value;
    c[7]->d[0] = bias.se;
    c[8]->d[0] = realised > 0 ? bias.value / realised : (double)NAN;
done:
    return rc;
}

static ErrCode put_published(const Backtest *b, int64_t sum, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *published, *rules, *off;
    TRY(table_new(&t, b->tables, "backtest_published", 1, err));
    t->title = (Label){"与公布数对照", "Beside what was published"};
    TRY(add(&published, t, "published", TYPE_MONEY,
            (Label){"公布", "published"}, err));
    TRY(add(&rules, t, "by_rules", TYPE_MONEY,
            (Label){"按规则", "by the rules, all years"}, err));
    TRY(add(&off, t, "difference", TYPE_MONEY,
            (Label){"规则减公布", "rules less published"}, err));
    published->i[0] = b->plan->published;
    rules->i[0] = sum;
    off->i[0] = sum - b->plan->published;
done:
    return rc;
}

ErrCode backtest_run(Tables *tables, const Table *contracts,
                     const BacktestPlan *plan, const Outlook *outlook,
                     const FuturesOptions *options, Err *err)
{
    ErrCode rc = OK;
    int64_t sum = 0;
    Backtest b = {.tables = tables,
                  .contracts = contracts,
                  .plan = plan,
                  .outlook = outlook,
                  .options = options};
    TRY(list_years(&b, err));
    TRY(realise(&b, &sum, err));
    TRY(foretell_all(&b, err));
    TRY(put_summary(&b, err));
    TRY(put_years(&b, err));
    if (plan->published != NULL_INT)
        TRY(put_published(&b, sum, err));
done:
    return rc;
}
