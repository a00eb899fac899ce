#include "subsidy/numbers.h"
#include "subsidy/order.h"
#include "subsidy/stock.h"

static const char who[] = "subsidy simulate";

static int year_of(int64_t day)
{
    return date_parts((Date){(int32_t)day}).year;
}

/* The first and the last year there are; every contract must have a day and a
 * value. */
static ErrCode find_years(int *first, int *last, const Table *t,
                          const Column *day, const Column *amount, Err *err)
{
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
        *first = i == 0 || year < *first ? year : *first;
        *last = i == 0 || year > *last ? year : *last;
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

/* Those of the years, by amount. */
static ErrCode pick_rows(StockRows *r, Arena *arena, const Table *t,
                         const Column *day, const Column *amount, Err *err)
{
    ErrCode rc = OK;
    const Column *registry = table_field(t, FIELD_registry_no);
    Numbers seen;
    OrderItem *items = arena_alloc(arena, 2 * t->rows + 1, sizeof *items);
    uint32_t *row = arena_alloc(arena, t->rows + 1, sizeof *row);
    if (items == NULL || row == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(numbers_open(&seen, arena, t->rows + 1, err));
    for (size_t i = 0; i < t->rows; i++) {
        if (year_of(day->i[i]) <= r->last - r->years)
            continue;
        if (is_again(&seen, registry, i))
            r->refused++;
        else
            items[r->n++] =
                (OrderItem){order_signed(amount->i[i]), (uint32_t)i};
    }
    const OrderItem *sorted = order_sort(items, items + t->rows, r->n);
    for (size_t j = 0; j < r->n; j++)
        row[j] = sorted[j].row;
    r->row = row;
done:
    return rc;
}

ErrCode stock_rows(StockRows *out, Arena *arena, const Table *contracts,
                   int years, Err *err)
{
    ErrCode rc = OK;
    const Column *day, *amount;
    int first = 0;
    StockRows r = {0};
    TRY(table_need(&day, contracts, FIELD_registered_on, who, err));
    TRY(table_need(&amount, contracts, FIELD_amount, who, err));
    TRY(find_years(&first, &r.last, contracts, day, amount, err));
    r.years = years < r.last - first + 1 ? years : r.last - first + 1;
    TRY(pick_rows(&r, arena, contracts, day, amount, err));
    *out = r;
done:
    return rc;
}

ErrCode stock_strata(uint32_t **stratum, size_t *strata, Arena *arena,
                     const Table *t, const StockRows *rows, int by_county,
                     Err *err)
{
    ErrCode rc = OK;
    Numbers seen;
    int is_new;
    const Column *county = table_field(t, FIELD_county);
    *stratum = arena_alloc(arena, rows->n + 1, sizeof **stratum);
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
    TRY(numbers_open(&seen, arena, rows->n + 1, err));
    const char *none = texts_put(t->owner->texts, "", 0);
    for (size_t j = 0; j < rows->n; j++) {
        const char *name = county->s[rows->row[j]];
        (*stratum)[j] = numbers_put(&seen, name != NULL ? name : none, &is_new);
    }
    *strata = seen.n;
done:
    return rc;
}
