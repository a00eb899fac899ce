#include "subsidy/stock.h"

#include "stat/normal.h"
#include "subsidy/numbers.h"
#include "subsidy/order.h"

#include <string.h>

static const char who[] = "subsidy simulate";

static int year_of(int64_t day)
{
    DateParts parts = date_parts((Date){(int32_t)day});
    return parts.year;
}

/* The last year there is; every contract must have a day and a value. */
static ErrCode find_last(int *out, const Table *t, const Column *day,
                         const Column *amount, Err *err)
{
    *out = 0;
    for (size_t i = 0; i < t->rows; i++) {
        const Column *c = day->i[i] == NULL_INT ? day : amount;
        if (c->i[i] == NULL_INT)
            return FAIL(err, ERR_INPUT,
                        "%s:%u: a contract without '%s' cannot be drawn from; "
                        "fill it in or leave the contract out",
                        t->file != NULL ? t->file : t->name,
                        t->lines != NULL ? t->lines[i] : (unsigned)i + 1,
                        c->name);
        int year = year_of(day->i[i]);
        *out = year > *out ? year : *out;
    }
    if (t->rows == 0)
        return FAIL(err, ERR_INPUT, "%s has no contract to draw from",
                    t->file != NULL ? t->file : t->name);
    return OK;
}

/* Of one registry number the first in the file is drawn from. */
static int is_again(Numbers *seen, const Column *registry, size_t i)
{
    int is_new = 1;
    if (registry != NULL && registry->s[i] != NULL)
        (void)numbers_put(seen, registry->s[i], &is_new);
    return !is_new;
}

ErrCode stock_rows(uint32_t **rows, size_t *n, size_t *refused, int *last,
                   Arena *arena, const Table *contracts, int years, Err *err)
{
    ErrCode rc = OK;
    const Column *day, *amount;
    const Column *registry = table_field(contracts, FIELD_registry_no);
    Numbers seen;
    OrderItem *items =
        arena_alloc(arena, 2 * contracts->rows + 1, sizeof *items);
    *rows = arena_alloc(arena, contracts->rows + 1, sizeof **rows);
    if (items == NULL || *rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(table_need(&day, contracts, FIELD_registered_on, who, err));
    TRY(table_need(&amount, contracts, FIELD_amount, who, err));
    TRY(find_last(last, contracts, day, amount, err));
    TRY(numbers_open(&seen, arena, contracts->rows + 1, err));
    *n = *refused = 0;
    for (size_t i = 0; i < contracts->rows; i++) {
        if (year_of(day->i[i]) <= *last - years)
            continue;
        if (is_again(&seen, registry, i))
            ++*refused;
        else
            items[(*n)++] =
                (OrderItem){order_signed(amount->i[i]), (uint32_t)i};
    }
    const OrderItem *sorted = order_sort(items, items + contracts->rows, *n);
    for (size_t j = 0; j < *n; j++)
        (*rows)[j] = sorted[j].row;
done:
    return rc;
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

/* Number the strata of rows[n] by the first contract of each. */
static ErrCode find_strata(uint32_t **stratum, size_t *strata, Arena *arena,
                           const Table *t, const uint32_t rows[], size_t n,
                           int by_county, Err *err)
{
    ErrCode rc = OK;
    Numbers seen;
    int is_new;
    const Column *county = table_field(t, FIELD_county);
    *stratum = arena_alloc(arena, n + 1, sizeof **stratum);
    if (*stratum == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *strata = 1;
    if (!by_county)
        return OK;
    if (county == NULL)
        return FAIL(err, ERR_INPUT,
                    "%s has no column 'county', and the outlook counts by "
                    "county; write by = \"whole\"",
                    t->file != NULL ? t->file : t->name);
    TRY(numbers_open(&seen, arena, n + 1, err));
    const char *none = texts_put(t->owner->texts, "", 0);
    for (size_t j = 0; j < n; j++) {
        const char *name = county->s[rows[j]];
        (*stratum)[j] = numbers_put(&seen, name != NULL ? name : none, &is_new);
    }
    *strata = seen.n;
done:
    return rc;
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

/* A row's value and dates; other amounts keep their part of the value. */
static ErrCode move_row(Table *t, size_t i, int64_t old, int64_t value,
                        int months, Err *err)
{
    if (value > MONEY_MAX / 1000)
        return FAIL(err, ERR_DOMAIN,
                    "a contract of next year is beyond 9e12 yuan; the tail is "
                    "too heavy to draw from");
    for (size_t j = 0; j < t->n; j++) {
        Column *c = t->columns[j];
        if (c->type == TYPE_DATE && c->i[i] != NULL_INT)
            c->i[i] = date_add_months((Date){(int32_t)c->i[i]}, months).days;
        else if (c->type == TYPE_MONEY && c->i[i] != NULL_INT && old > 0)
            c->i[i] = in_proportion(c->i[i], value, old);
    }
    return OK;
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
        TRY(move_row(t, i, old, value, 12 * years, err));
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
    Stock s = {.versions = versions,
               .blocks = outlook->prices.sd > 0 ? STOCK_BLOCKS : 1};
    Block b = {0};
    uint32_t *rows, *stratum;
    TRY(stock_rows(&rows, &s.from, &s.refused, &s.year, arena, contracts, years,
                   err));
    TRY(find_strata(&stratum, &b.strata, arena, contracts, rows, s.from,
                    outlook->by_county, err));
    TRY(take_block(&b, arena, s.from, versions, err));
    fill_block(&b, stratum, s.from, versions, years);
    const Making m = {contracts, rows,    values, versions,
                      s.blocks,  outlook, s.year};
    TRY(make_table(&s.table, tables, &m, &b, err));
    s.rows = b.rows;
    s.strata = b.strata;
    s.first = b.first;
    s.mean = b.mean;
    s.year++;
    *out = s;
done:
    return rc;
}
