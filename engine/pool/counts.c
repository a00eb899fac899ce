#include "pool/renewals.h"
#include "pool/results.h"

#include "core/text.h"
#include "stat/sample.h"

#include <string.h>

/* Columns of a chance and its interval. */
typedef struct {
    Column *probability, *se, *low, *high;
} Chances;

static Chances chances_of(Results *r)
{
    return (Chances){
        results_field(r, FIELD_probability), results_figure(r, FIELD_se, "1"),
        results_figure(r, FIELD_low, "1"), results_figure(r, FIELD_high, "1")};
}

static void put_chance(const Chances *c, size_t row, uint64_t k, uint64_t n)
{
    Figure f = sample_share(k, n);
    c->probability->d[row] = f.value;
    c->se->d[row] = f.se;
    c->low->d[row] = f.low;
    c->high->d[row] = f.high;
}

static ErrCode add_ruin(Results *r, const Model *m, const Sample *s)
{
    uint32_t may = m->waterfall->may_run_dry;
    size_t years = (size_t)m->waterfall->asked, row = 0;
    results_table(r, "pool_ruin", years * (size_t)__builtin_popcount(may),
                  "首次耗尽", "First year in which a fund runs dry");
    Column *party = results_field(r, FIELD_party);
    Column *year = results_field(r, FIELD_year);
    Chances chances = chances_of(r);
    for (int j = 0; r->rc == OK && j < s->parties; j++)
        for (size_t y = 0; may >> j & 1 && y < years; y++, row++) {
            party->s[row] = results_text(r, m->scheme->party[j]);
            year->i[row] = (int64_t)y + 1;
            put_chance(&chances, row,
                       s->tally.dry[y * (size_t)s->parties + (size_t)j], s->n);
        }
    return r->rc;
}

/* Whether a party's fund runs dry at all, and in which year it does then. */
static ErrCode add_ruin_time(Results *r, const Model *m, const Sample *s)
{
    uint32_t may = m->waterfall->may_run_dry;
    size_t years = (size_t)m->waterfall->asked, n = (size_t)s->parties, row = 0;
    uint64_t count[WATERFALL_YEARS];
    results_table(r, "pool_ruin_time", (size_t)__builtin_popcount(may),
                  "耗尽时间", "Time to ruin");
    Column *party = results_field(r, FIELD_party);
    Chances chances = chances_of(r);
    Column *mean = results_column(r, "mean_year", TYPE_REAL, "", "平均耗尽年份",
                                  "mean year of ruin");
    Column *low =
        results_column(r, "mean_year_low", TYPE_REAL, "", "下限", "low");
    Column *high =
        results_column(r, "mean_year_high", TYPE_REAL, "", "上限", "high");
    for (size_t j = 0; r->rc == OK && j < n; j++) {
        uint64_t all = 0;
        if (!(may >> j & 1))
            continue;
        for (size_t y = 0; y < years; y++)
            all += count[y] = s->tally.dry[y * n + j];
        Figure f = sample_counts(count, years);
        party->s[row] = results_text(r, m->scheme->party[j]);
        put_chance(&chances, row, all, s->n);
        mean->d[row] = f.value;
        low->d[row] = f.low;
        high->d[row++] = f.high;
    }
    return r->rc;
}

/* Columns of pool_events, and the row that is next. */
typedef struct {
    Column *event, *party, *year;
    Chances chances;
    size_t row;
} EventRows;

static void put_event(EventRows *e, const char *event, const char *party,
                      size_t year, uint64_t k, uint64_t n)
{
    e->event->s[e->row] = event;
    e->party->s[e->row] = party;
    e->year->i[e->row] = (int64_t)year + 1;
    put_chance(&e->chances, e->row, k, n);
    e->row++;
}

/* Rows of what the leverage limit and the reserves do. */
static size_t count_funding(const Model *m)
{
    const Scheme *s = m->scheme;
    return (s->leverage.exists ? (size_t)m->book->years : 0) +
           (s->reserves.exists ? (size_t)m->waterfall->asked : 0);
}

static void add_funding(Results *r, EventRows *e, const Model *m,
                        const Sample *s)
{
    const Scheme *scheme = m->scheme;
    int leverage = scheme->leverage.exists ? m->book->years : 0;
    int reserves = scheme->reserves.exists ? m->waterfall->asked : 0;
    for (int y = 0; y < leverage; y++)
        put_event(e, results_text(r, "leverage_binds"),
                  results_text(r, scheme->party[scheme->leverage.party]),
                  (size_t)y, s->tally.levered[y], s->n);
    for (int y = 0; y < reserves; y++)
        put_event(e, results_text(r, "reserve_short"),
                  results_text(r, scheme->party[scheme->reserves.party]),
                  (size_t)y, s->tally.unreserved[y], s->n);
}

static ErrCode add_events(Results *r, const Model *m, const Sample *s)
{
    const Scheme *scheme = m->scheme;
    size_t years = (size_t)m->waterfall->asked, n = (size_t)s->parties,
           caps = 0;
    size_t banks = s->tally.nbanks, claimed = (size_t)m->book->years;
    for (size_t j = 0; j < n; j++)
        caps += (size_t)scheme->cap[j].exists;
    results_table(r, "pool_events",
                  caps * years + 2 * banks * claimed + count_funding(m),
                  "触发事件", "Caps and breakers");
    EventRows e = {
        results_column(r, "event", TYPE_CATEGORY, "", "事件", "event"),
        results_field(r, FIELD_party), results_field(r, FIELD_year),
        chances_of(r), 0};
    const char *cap_binds = results_text(r, "cap_binds");
    const char *warn = results_text(r, "warn");
    const char *suspend = results_text(r, "suspend");
    for (size_t j = 0; r->rc == OK && j < n; j++)
        for (size_t y = 0; scheme->cap[j].exists && y < years; y++)
            put_event(&e, cap_binds, results_text(r, scheme->party[j]), y,
                      s->tally.capped[y * n + j], s->n);
    for (size_t b = 0; r->rc == OK && b < banks; b++)
        for (size_t y = 0; y < claimed; y++) {
            const char *bank = results_text(r, m->book->banks[b]);
            put_event(&e, warn, bank, y, s->tally.warned[y * banks + b], s->n);
            put_event(&e, suspend, bank, y, s->tally.suspended[y * banks + b],
                      s->n);
        }
    if (r->rc == OK)
        add_funding(r, &e, m, s);
    return r->rc;
}

/* Mean of a sum of whole fen, to the fen. */
static int64_t mean_fen(Exact sum, uint64_t n)
{
    return (int64_t)exact_divide(sum, (Exact)n);
}

static int64_t error_fen(const Tally *t, Exact sum, Exact squares, uint64_t n)
{
    return results_fen(tally_error(t, sum, squares, n));
}

static Column *error_column(Results *r, const char *name)
{
    return results_column(r, name, TYPE_MONEY, "fen", "标准误", "se");
}

static ErrCode add_years(Results *r, const Model *m, const Sample *s)
{
    const Tally *t = &s->tally;
    size_t run = (size_t)s->tally.run, n = (size_t)s->parties;
    results_table(r, "pool_years", run * n, "各年平均", "Means by year");
    Column *party = results_field(r, FIELD_party);
    Column *year = results_field(r, FIELD_year);
    Column *paid = results_column(r, "paid", TYPE_MONEY, "fen", "代偿", "paid");
    Column *paid_se = error_column(r, "paid_se");
    Column *back =
        results_column(r, "recovered", TYPE_MONEY, "fen", "追偿", "recovered");
    Column *back_se = error_column(r, "recovered_se");
    Column *balance = results_column(r, "balance", TYPE_MONEY, "fen",
                                     "年末余额", "balance at year's end");
    Column *balance_se = error_column(r, "balance_se");
    for (size_t row = 0; r->rc == OK && row < run * n; row++) {
        size_t j = row / run, y = row % run, i = y * n + j;
        party->s[row] = results_text(r, m->scheme->party[j]);
        year->i[row] = (int64_t)y + 1;
        paid->i[row] = mean_fen(t->paid[i], s->n);
        paid_se->i[row] = error_fen(t, t->paid[i], t->paid_squares[i], s->n);
        back->i[row] = mean_fen(t->back[i], s->n);
        back_se->i[row] = error_fen(t, t->back[i], t->back_squares[i], s->n);
        balance->i[row] = balance_se->i[row] = NULL_INT;
        if (!m->scheme->fund[j].exists)
            continue;
        Exact gain =
            t->balance[i] - (Exact)m->scheme->fund[j].opening * (Exact)s->n;
        balance->i[row] = mean_fen(t->balance[i], s->n);
        balance_se->i[row] = error_fen(t, gain, t->balance_squares[i], s->n);
    }
    return r->rc;
}

static ErrCode add_groups(Results *r, const Model *m)
{
    const Book *b = m->book;
    results_table(r, "pool_groups", b->ngroups, "按组别", "By group");
    Column *name = results_field(r, FIELD_name);
    Column *firms =
        results_column(r, "firms", TYPE_COUNT, "", "企业数", "firms");
    Column *loans =
        results_column(r, "loans", TYPE_COUNT, "", "贷款笔数", "loans");
    Column *outstanding = results_field(r, FIELD_outstanding);
    Column *expected =
        results_column(r, "expected_loss", TYPE_MONEY, "fen", "一年预期损失",
                       "expected loss of one year");
    Column *share = results_field(r, FIELD_share);
    if (r->rc != OK)
        return r->rc;
    double all = 0;
    for (size_t g = 0; g < b->ngroups; g++) {
        const BookGroup *group = &b->groups[g];
        double loss = 0;
        uint32_t from = b->loan_at[group->first];
        for (uint32_t i = from; i < from + group->loans; i++) {
            const BookLoan *l = &b->loans[i];
            outstanding->i[g] += b->balance[i * b->width];
            loss += b->pd[l->slot] * l->lgd * (double)b->balance[i * b->width];
            loans->i[g] += renewals_of(b, i) == 0;
        }
        name->s[g] = results_text(r, group->factor->label);
        firms->i[g] = (int64_t)group->firms;
        expected->i[g] = results_fen(loss);
        share->d[g] = loss;
        all += loss;
    }
    for (size_t g = 0; g < b->ngroups; g++)
        share->d[g] = all > 0 ? share->d[g] / all : 0;
    return r->rc;
}

ErrCode counts_add(Tables *tables, const Model *m, const Sample *s, Err *err)
{
    ErrCode rc = OK;
    Results r = {.tables = tables, .err = err};
    TRY(add_groups(&r, m));
    if (m->scheme != NULL) {
        TRY(add_ruin(&r, m, s));
        TRY(add_ruin_time(&r, m, s));
        TRY(add_events(&r, m, s));
        TRY(add_years(&r, m, s));
    }
done:
    return rc;
}
