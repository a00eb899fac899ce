#include "subsidy/stock.h"

#include "data/daytime.h"
#include "stat/normal.h"

#include <string.h>

static int year_of(int64_t day)
{
    return date_parts((Date){(int32_t)day}).year;
}

int64_t stock_growth(const Outlook *outlook, size_t blocks, size_t k)
{
    double z = normal_quantile(((double)k + 0.5) / (double)blocks);
    double growth =
        outlook->prices.mean + (blocks > 1 ? outlook->prices.sd * z : 0);
    return (int64_t)((1 + growth) * (double)RATIO_ONE + 0.5);
}

ErrCode stock_pick(Table **out, Tables *tables, const Table *from,
                   const char *name, const uint32_t rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    TRY(table_new(&t, tables, name, n, err));
    t->title = from->title;
    for (size_t j = 0; j < from->n; j++) {
        const Column *c = from->columns[j];
        Column *to;
        TRY(table_add_labelled(&to, t, c->name, c->type, c->unit, c->label,
                               err));
        for (size_t i = 0; i < n; i++) /* of eight bytes, whatever the type */
            to->i[i] = c->i[rows[i]];
    }
    *out = t;
done:
    return rc;
}

/* A block's rows by stratum: from[] is the place by rank of its contract. */
typedef struct {
    uint32_t *from, *version; /* [rows] */
    size_t *first;
    double *mean;
    size_t strata, rows;
} Block;

static ErrCode take_block(Block *b, Arena *arena, size_t n, size_t versions,
                          Err *err)
{
    b->rows = n * versions;
    b->from = arena_alloc(arena, b->rows, sizeof *b->from);
    b->version = arena_alloc(arena, b->rows, sizeof *b->version);
    b->first = arena_alloc(arena, b->strata + 1, sizeof *b->first);
    b->mean = arena_alloc(arena, b->strata, sizeof *b->mean);
    return b->from == NULL || b->version == NULL || b->first == NULL ||
                   b->mean == NULL
               ? FAIL(err, ERR_MEMORY, "out of memory")
               : OK;
}

static void fill_block(Block *b, const uint32_t stratum[], size_t n,
                       size_t versions, int years)
{
    size_t at = 0;
    for (size_t s = 0; s < b->strata; s++) {
        b->first[s] = at;
        for (size_t j = 0; j < n; j++)
            for (size_t v = 0; v < versions && stratum[j] == s; v++) {
                b->from[at] = (uint32_t)j;
                b->version[at++] = (uint32_t)v;
            }
        b->mean[s] = (double)(at - b->first[s]) / (double)versions / years;
    }
    b->first[b->strata] = at;
}

/* a times part/whole, whole > 0 */
static int64_t in_proportion(int64_t a, int64_t part, int64_t whole)
{
    return (int64_t)exact_divide((Exact)a * part, whole);
}

/* A claim of a contract is handed in as much later as the contract is. */
static ErrCode move_submission(Column *c, Texts *texts, size_t i, int years,
                               Err *err)
{
    char text[DAYTIME_TEXT];
    if (c->s[i] == NULL || !daytime_later(text, c->s[i], years))
        return OK;
    c->s[i] = texts_put(texts, text, strlen(text));
    return c->s[i] != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

/* A row's value and dates; other amounts keep their part of the value. */
static ErrCode move_row(Table *t, size_t i, int64_t old, int64_t value,
                        int years, Err *err)
{
    ErrCode rc = OK;
    if (value > MONEY_MAX / 1000)
        return FAIL(err, ERR_DOMAIN,
                    "a contract of next year is beyond 9e12 yuan; the tail is "
                    "too heavy to draw from");
    for (size_t j = 0; j < t->n; j++) {
        Column *c = t->columns[j];
        if (c->type == TYPE_DATE && c->i[i] != NULL_INT)
            c->i[i] =
                date_add_months((Date){(int32_t)c->i[i]}, 12 * years).days;
        else if (c->type == TYPE_MONEY && c->i[i] != NULL_INT && old > 0)
            c->i[i] = in_proportion(c->i[i], value, old);
        else if (strcmp(c->name, "submitted_at") == 0)
            TRY(move_submission(c, t->owner->texts, i, years, err));
    }
done:
    return rc;
}

typedef struct {
    const Table *contracts;
    const uint32_t *rows; /* [n] by rank */
    const int64_t *values;
    size_t versions, blocks;
    const Outlook *outlook;
    int last;
} Making;

static ErrCode move_rows(Table *t, const Making *m, const Block *b, Err *err)
{
    ErrCode rc = OK;
    const Column *amount = table_field(m->contracts, FIELD_amount);
    const Column *day = table_field(m->contracts, FIELD_registered_on);
    Column *registry = NULL;
    for (size_t j = 0; j < t->n; j++)
        if (strcmp(t->columns[j]->name, "registry_no") == 0)
            registry = t->columns[j];
    for (size_t i = 0; i < t->rows; i++) {
        size_t at = i % b->rows, j = b->from[at];
        int64_t old = amount->i[m->rows[j]], value = old;
        if (m->values != NULL)
            value = m->values[j * m->versions + b->version[at]];
        value = in_proportion(
            value, stock_growth(m->outlook, m->blocks, i / b->rows), RATIO_ONE);
        int years = m->last + 1 - year_of(day->i[m->rows[j]]);
        TRY(move_row(t, i, old, value, years, err));
        if (registry != NULL)
            registry->s[i] = NULL;
    }
done:
    return rc;
}

/* All blocks as one table. */
static ErrCode make_table(Table **out, Tables *tables, const Making *m,
                          const Block *b, Err *err)
{
    size_t all = m->blocks * b->rows;
    uint32_t *rows = arena_alloc(tables->arena, all, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < all; i++)
        rows[i] = m->rows[b->from[i % b->rows]];
    ErrCode rc =
        stock_pick(out, tables, m->contracts, "contracts", rows, all, err);
    return rc != OK ? rc : move_rows(*out, m, b, err);
}

ErrCode stock_open(Stock *out, Tables *tables, const Table *contracts,
                   const Outlook *outlook, const int64_t values[],
                   size_t versions, int years, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = tables->arena;
    Block b = {0};
    StockRows from;
    uint32_t *stratum;
    TRY(stock_rows(&from, arena, contracts, years, err));
    TRY(stock_strata(&stratum, &b.strata, arena, contracts, &from,
                     outlook->by_county, err));
    TRY(take_block(&b, arena, from.n, versions, err));
    fill_block(&b, stratum, from.n, versions, from.years);
    Stock s = {.rows = b.rows,
               .blocks = outlook->prices.sd > 0 ? STOCK_BLOCKS : 1,
               .versions = versions,
               .strata = b.strata,
               .first = b.first,
               .mean = b.mean,
               .dispersion = outlook->dispersion,
               .year = from.last + 1,
               .years = from.years,
               .from = from.n,
               .refused = from.refused};
    const Making m = {contracts, from.row, values,   versions,
                      s.blocks,  outlook,  from.last};
    TRY(make_table(&s.table, tables, &m, &b, err));
    *out = s;
done:
    return rc;
}
