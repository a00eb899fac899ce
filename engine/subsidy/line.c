#include "subsidy/claims.h"
#include "subsidy/order.h"

/* Days there are, and one before them for rows without a day. */
typedef struct {
    int64_t first;
    size_t n, fullest; /* rows of the fullest */
    uint32_t *end;     /* [n] of each day's rows in line */
} Days;

static size_t place_of(const Days *d, int64_t day)
{
    return day == NULL_INT ? 0 : (size_t)(day - d->first) + 1;
}

static ErrCode open_days(Days *out, Arena *arena, const int64_t day[], size_t n,
                         Err *err)
{
    int64_t first = INT64_MAX, last = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        if (day[i] == NULL_INT)
            continue;
        first = day[i] < first ? day[i] : first;
        last = day[i] > last ? day[i] : last;
    }
    *out = (Days){.first = first};
    out->n = last < first ? 1 : (size_t)(last - first) + 2;
    out->end = arena_alloc(arena, out->n, sizeof *out->end);
    return out->end != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

/* Rows by day, each day's in their own order. */
static void spread(uint32_t out[], Days *d, const int64_t day[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        d->end[place_of(d, day[i])]++;
    for (size_t k = 0, from = 0; k < d->n; k++) {
        size_t rows = d->end[k];
        d->fullest = rows > d->fullest ? rows : d->fullest;
        d->end[k] = (uint32_t)from;
        from += rows;
    }
    for (size_t i = 0; i < n; i++)
        out[d->end[place_of(d, day[i])]++] = (uint32_t)i;
}

static void sort_ids(uint32_t rows[], size_t n, const char *const id[],
                     OrderItem items[], OrderItem spare[])
{
    for (size_t j = 0; j < n; j++)
        items[j].row = rows[j];
    const OrderItem *sorted = order_texts(items, spare, id, n);
    for (size_t j = 0; j < n; j++)
        rows[j] = sorted[j].row;
}

ErrCode claims_line_up(uint32_t out[], Arena *arena, const int64_t day[],
                       const char *const id[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Days d;
    OrderItem *items;
    TRY(open_days(&d, arena, day, n, err));
    spread(out, &d, day, n);
    items = arena_alloc(arena, 2 * d.fullest, sizeof *items);
    if (items == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0, from = 0; k < d.n; from = d.end[k++])
        sort_ids(out + from, d.end[k] - from, id, items, items + d.fullest);
done:
    return rc;
}
