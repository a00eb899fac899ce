#include "pool/contributions.h"

#include "pool/split.h"
#include "pool/told.h"
#include "stat/radix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPLITS = 4, LOSERS = SCHEME_PARTIES + 1 }; /* 0: all together */

/* What a loan loses in the scenario at hand, fen. */
typedef struct {
    uint32_t loan;
    size_t at;                /* its year and class */
    double loss, claim, kept; /* shared: less what comes back, and whole */
} Lost;

typedef struct {
    const Model *model;
    const Sample *sample;
    Arena *arena;
    Level level;
    Told told;
    size_t losers; /* all, and each party */
    Tail tail[LOSERS];
    Split split[SPLITS];
    size_t splits;
    Lost *lost; /* [nlost] */
    size_t nlost;
    size_t classes;
    Lost *sum;    /* [years][classes] */
    double *part; /* [years][classes] of it that a loser bears */
} Second;

static const int64_t *losses_of(const Sample *s, size_t loser)
{
    return loser == 0 ? s->total : s->net + (loser - 1) * s->n;
}

/* Tails of all losers, from a copy that is sorted. */
static ErrCode find_tails(Second *c, Err *err)
{
    size_t n = c->sample->n;
    int64_t *sorted = mem_new(n, sizeof *sorted);
    int64_t *scratch = mem_new(n, sizeof *scratch);
    ErrCode rc = OK;
    if (sorted == NULL || scratch == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for contributions"));
    for (size_t j = 0; j < c->losers; j++) {
        memcpy(sorted, losses_of(c->sample, j), n * sizeof *sorted);
        radix_sort(sorted, scratch, n);
        c->tail[j] = tail_of(sorted, n, c->level);
    }
done:
    mem_free(sorted);
    mem_free(scratch);
    return rc;
}

/* By firm, and by the columns that the portfolio has. */
static ErrCode open_splits(Second *c, Err *err)
{
    static const Field columns[] = {FIELD_industry, FIELD_county, FIELD_bank};
    ErrCode rc = OK;
    const Book *b = c->model->book;
    TRY(split_open(&c->split[c->splits++], c->arena, b, NULL, c->losers, err));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const Column *column = table_field(b->table, columns[i]);
        if (column != NULL)
            TRY(split_open(&c->split[c->splits++], c->arena, b, column,
                           c->losers, err));
    }
    c->lost = arena_alloc(c->arena, b->nloans + 1, sizeof *c->lost);
    size_t at = (size_t)b->years * c->classes;
    c->sum = arena_alloc(c->arena, at, sizeof *c->sum);
    c->part = arena_alloc(c->arena, at, sizeof *c->part);
    if (c->lost == NULL || c->sum == NULL || c->part == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for contributions"));
done:
    return rc;
}

/* What every loan in default loses, and the sums by year. */
static void list_losses(Second *c)
{
    const Book *b = c->model->book;
    memset(c->sum, 0, (size_t)b->years * c->classes * sizeof *c->sum);
    c->nlost = 0;
    for (size_t i = 0; i < c->told.n; i++) {
        Default d = c->told.defaults[i];
        for (uint32_t k = b->loan_at[d.slot]; k < b->loan_at[d.slot + 1]; k++) {
            DueLoan due;
            if (!told_loan(&due, &c->told, k, d))
                continue;
            const int64_t *part = due.part;
            size_t at =
                (size_t)d.year * c->classes + dues_class(c->model->dues, k);
            Lost *sum = &c->sum[at];
            Lost l = {k, at, (double)(part[DUE_SHARED] - part[DUE_SHARED_BACK]),
                      (double)part[DUE_SHARED],
                      (double)(part[DUE_KEPT] - part[DUE_KEPT_BACK])};
            sum->loss += l.loss;
            sum->claim += l.claim;
            c->lost[c->nlost++] = l;
        }
    }
}

/* Which part of the shared losses of a year and class, or of its claims where
 * nothing of them is lost, party j bears. */
static double part_of(const Second *c, int j, size_t at)
{
    const Lost *sum = &c->sum[at];
    size_t year = at / c->classes;
    size_t party = year * (size_t)c->model->scheme->n + (size_t)j;
    double net =
        (double)
            c->told.worker.path.of_class[party * c->classes + at % c->classes];
    double base = sum->loss > 0 ? sum->loss : sum->claim;
    return base > 0 ? net / base : 0;
}

/* The scenario at hand as one of a loser's tail. */
static void take(Second *c, size_t loser, int64_t loss)
{
    size_t n = (size_t)c->model->book->years * c->classes;
    int j = (int)loser - 1;
    int keeps = loser == 0 || c->model->scheme->uncovered == j;
    for (size_t at = 0; at < n; at++)
        c->part[at] = loser == 0 ? 1 : part_of(c, j, at);
    for (size_t i = 0; i < c->nlost; i++) {
        const Lost *l = &c->lost[i];
        double base = c->sum[l->at].loss > 0 || loser == 0 ? l->loss : l->claim;
        double fen = c->part[l->at] * base + (keeps ? l->kept : 0);
        for (size_t k = 0; k < c->splits; k++)
            split_add(&c->split[k], l->loan, fen);
    }
    for (size_t k = 0; k < c->splits; k++)
        split_end(&c->split[k], loser, &c->tail[loser], loss);
}

static int is_wanted(const Tail *t, int64_t loss)
{
    return loss != 0 && (loss >= t->var || tail_is_near(t, loss));
}

static void go_through(Second *c)
{
    for (uint64_t q = 0; q < c->sample->n; q++) {
        int is_told = 0;
        for (size_t j = 0; j < c->losers; j++) {
            int64_t loss = losses_of(c->sample, j)[q];
            if (!is_wanted(&c->tail[j], loss))
                continue;
            if (!is_told) {
                told_scenario(&c->told, q);
                list_losses(c);
                is_told = 1;
            }
            take(c, j, loss);
        }
    }
}

/* A part's contribution, and what it is to the fen. */
typedef struct {
    const char *name;
    Figure figure;
    int64_t fen;
} Entry;

static int by_name(const Entry *x, const Entry *y)
{
    if (x->name == NULL || y->name == NULL)
        return (x->name != NULL) - (y->name != NULL);
    return strcmp(x->name, y->name);
}

static int by_remainder(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    double p = x->figure.value - floor(x->figure.value);
    double q = y->figure.value - floor(y->figure.value);
    return p > q ? -1 : p < q ? 1 : by_name(x, y);
}

static int by_size(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    return x->fen > y->fen ? -1 : x->fen < y->fen ? 1 : by_name(x, y);
}

/* To the fen by largest remainders, and in order, the largest first. */
static void round_all(Entry entries[], size_t n, int64_t sum)
{
    for (size_t i = 0; i < n; i++) {
        entries[i].fen = (int64_t)floor(entries[i].figure.value);
        sum -= entries[i].fen;
    }
    qsort(entries, n, sizeof *entries, by_remainder);
    for (size_t i = 0; sum > 0; i++, sum--)
        entries[i % n].fen++;
    for (size_t i = n; sum < 0; i--, sum++)
        entries[(i + n - 1) % n].fen--;
    qsort(entries, n, sizeof *entries, by_size);
}

/* Columns of a table of contributions, and the row that is next. */
typedef struct {
    Column *party, *level, *by, *name, *value, *se, *low, *high, *share;
    size_t row;
} Rowed;

static int64_t fen_of(double fen)
{
    return isnan(fen) ? NULL_INT : results_fen(fen);
}

static ErrCode put_all(Results *r, Rowed *rows, const Second *c, size_t loser,
                       const Split *s)
{
    const Tail *t = &c->tail[loser];
    const char *party =
        loser == 0 ? "total" : c->model->scheme->party[loser - 1];
    Entry *entries = arena_alloc(c->arena, s->n + 1, sizeof *entries);
    if (entries == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for contributions");
    for (size_t i = 0; i < s->n; i++)
        entries[i] = (Entry){s->name[i], split_figure(s, loser, t, i), 0};
    round_all(entries, s->n, results_fen(t->es));
    for (size_t i = 0; i < s->n; i++, rows->row++) {
        const Entry *e = &entries[i];
        rows->party->s[rows->row] = results_text(r, party);
        rows->level->d[rows->row] = level_value(c->level);
        if (rows->by != NULL)
            rows->by->s[rows->row] = results_text(r, s->by);
        rows->name->s[rows->row] = e->name;
        rows->value->i[rows->row] = e->fen;
        rows->se->i[rows->row] = fen_of(e->figure.se);
        rows->low->i[rows->row] = fen_of(e->figure.low);
        rows->high->i[rows->row] = fen_of(e->figure.high);
        rows->share->d[rows->row] = t->es != 0 ? e->figure.value / t->es : 0;
    }
    return r->rc;
}

/* The splits from..to of all losers as one table. */
static ErrCode add_table(Results *r, const Second *c, const char *table,
                         size_t from, size_t to, const char *zh, const char *en)
{
    size_t n = 0;
    for (size_t k = from; k < to; k++)
        n += c->losers * c->split[k].n;
    results_table(r, table, n, zh, en);
    Rowed rows = {.party = results_field(r, FIELD_party),
                  .level = results_field(r, FIELD_level)};
    if (from > 0) {
        rows.by = results_column(r, "by", TYPE_CATEGORY, "", "分解维度", "by");
        rows.name = results_field(r, FIELD_name);
    } else
        rows.name = results_field(r, FIELD_firm_id);
    rows.value = results_column(r, "contribution", TYPE_MONEY, "fen", "ES 贡献",
                                "contribution to ES");
    rows.se = results_column(r, "se", TYPE_MONEY, "fen", "标准误", "se");
    rows.low = results_column(r, "low", TYPE_MONEY, "fen", "下限", "low");
    rows.high = results_column(r, "high", TYPE_MONEY, "fen", "上限", "high");
    rows.share = results_field(r, FIELD_share);
    for (size_t j = 0; j < c->losers; j++)
        for (size_t k = from; r->rc == OK && k < to; k++)
            r->rc = put_all(r, &rows, c, j, &c->split[k]);
    return r->rc;
}

ErrCode contributions_add(Tables *tables, const Model *m, const Sample *sample,
                          const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    if (o->contributions == NULL)
        return OK;
    Results r = {.tables = tables, .err = err};
    Second *c = arena_alloc(m->arena, 1, sizeof *c);
    if (c == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for contributions");
    *c = (Second){.model = m,
                  .sample = sample,
                  .arena = m->arena,
                  .classes = m->dues->classes,
                  .losers = 1 + (size_t)sample->parties};
    size_t cells = m->waterfall == NULL ? 0
                                        : (size_t)m->book->years *
                                              (size_t)m->scheme->n * c->classes;
    int64_t *of_class = arena_alloc(m->arena, cells + 1, sizeof *of_class);
    if (of_class == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for contributions"));
    TRY(level_parse(&c->level, o->contributions, err));
    TRY(find_tails(c, err));
    TRY(open_splits(c, err));
    TRY(told_open(&c->told, m, err));
    if (m->waterfall != NULL)
        c->told.worker.path.of_class = of_class;
    go_through(c);
    TRY(add_table(&r, c, "pool_contributions", 1, c->splits, "ES 贡献",
                  "Contributions to the expected shortfall"));
    TRY(add_table(&r, c, "pool_contributors", 0, 1, "各企业的 ES 贡献",
                  "Contributions of firms to the expected shortfall"));
done:
    told_close(&c->told);
    return rc;
}
