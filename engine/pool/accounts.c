#include "pool/results.h"

#include "stat/sample.h"

static const char *const words[] = {
#define X(name, word) word,
    FUNDING_ACCOUNTS(X)
#undef X
};

/* Parties that have an account, over all accounts. */
static size_t count_accounts(const Waterfall *w)
{
    size_t n = 0;
    for (int k = 0; k < ACCOUNT_COUNT; k++)
        n += (size_t)__builtin_popcount(w->accounts[k]);
    return n;
}

static Figure mean_of(const Tally *t, size_t i, int64_t calm, uint64_t n)
{
    return (Figure){.value = (double)calm + (double)t->account[i] / (double)n,
                    .se = tally_error(t, t->account[i], t->squares[i], n)};
}

/* The columns that simulated and told accounts have in common. */
typedef struct {
    Column *year, *party, *measure;
} Heads;

static Heads open_table(Results *r, const Waterfall *w, const char *name,
                        const char *zh, const char *en)
{
    results_table(r, name, count_accounts(w) * (size_t)w->run, zh, en);
    return (Heads){results_field(r, FIELD_year), results_field(r, FIELD_party),
                   results_field(r, FIELD_measure)};
}

/* Calls row number, year, account, party of each row. */
#define EACH_ROW(w)                                                            \
    for (int k = 0, row = 0; k < ACCOUNT_COUNT; k++)                           \
        for (int j = 0; j < (w)->scheme->n; j++)                               \
            for (int y = 0; (w)->accounts[k] >> j & 1 && y < (w)->run;         \
                 y++, row++)

static void put_heads(Results *r, const Heads *h, const Waterfall *w)
{
    EACH_ROW(w)
    {
        h->year->i[row] = y + 1;
        h->party->s[row] = results_text(r, w->scheme->party[j]);
        h->measure->s[row] = results_text(r, words[k]);
    }
}

ErrCode accounts_add(Tables *tables, const Model *m, const Sample *s, Err *err)
{
    const Waterfall *w = m->waterfall;
    Results r = {.tables = tables, .err = err};
    if (w == NULL || !w->has_accounts)
        return OK;
    Heads h = open_table(&r, w, "pool_accounts", "各方账目（平均）",
                         "Accounts, means by year");
    Column *value = results_figure(&r, FIELD_value, "fen");
    Column *se = results_figure(&r, FIELD_se, "fen");
    if (r.rc != OK)
        return r.rc;
    put_heads(&r, &h, w);
    EACH_ROW(w)
    {
        size_t i =
            ((size_t)y * ACCOUNT_COUNT + (size_t)k) * (size_t)w->scheme->n +
            (size_t)j;
        Figure f = mean_of(&s->tally, i, w->calm[y][k][j], s->n);
        value->d[row] = f.value;
        se->d[row] = f.se;
    }
    return r.rc;
}

ErrCode accounts_tell(Tables *tables, const Model *m, const WaterfallPath *path,
                      Err *err)
{
    const Waterfall *w = m->waterfall;
    Results r = {.tables = tables, .err = err};
    if (w == NULL || !w->has_accounts)
        return OK;
    Heads h = open_table(&r, w, "pool_story_accounts", "各方账目",
                         "Accounts of the parties");
    Column *amount =
        results_column(&r, "amount", TYPE_MONEY, "fen", "金额", "amount");
    if (r.rc != OK)
        return r.rc;
    put_heads(&r, &h, w);
    EACH_ROW(w)
    amount->i[row] = path->account[y][k][j];
    return r.rc;
}
