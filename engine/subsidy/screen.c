#include "subsidy/screen.h"

#include "subsidy/numbers.h"
#include "subsidy/order.h"

#include <stdlib.h>
#include <string.h>

const char *screen_word(ScreenSign sign)
{
    static const char *const words[] = {
#define X(name, word) word,
        SCREEN_SIGNS(X)
#undef X
    };
    return words[sign];
}

typedef struct {
    Screen screen;
    Sides *p;
    const Side *side;
    const char *const *id, *const *buyer;
} Look;

static int is_refused_as(const Look *l, size_t i, ScreenSign sign)
{
    const char *word = l->side->refusal[i];
    return word != NULL && strcmp(word, screen_word(sign)) == 0;
}

static int by_day(const void *a, const void *b)
{
    const ScreenRow *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    int c = strcmp(x->id, y->id);
    return c != 0 ? c : (x->row > y->row) - (x->row < y->row);
}

static int by_claim(const void *a, const void *b)
{
    const ScreenRow *x = a, *y = b;
    if (x->buyer != y->buyer)
        return x->buyer < y->buyer ? -1 : 1;
    if (x->claimed != y->claimed)
        return x->claimed < y->claimed ? -1 : 1;
    return by_day(a, b);
}

static int by_sign(const void *a, const void *b)
{
    const ScreenGroup *x = a, *y = b;
    return x->sign != y->sign ? (x->sign > y->sign) - (x->sign < y->sign)
                              : by_day(x->rows, y->rows);
}

static ErrCode add_group(Look *l, ScreenSign sign, const ScreenRow rows[],
                         size_t n, int64_t step, Err *err)
{
    Screen *s = &l->screen;
    Arena *scratch = l->p->scratch;
    ScreenGroup *groups =
        arena_grow(scratch, s->groups, &s->capacity, s->n, sizeof *groups);
    ScreenRow *own = arena_alloc(scratch, n, sizeof *own);
    if (groups == NULL || own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    memcpy(own, rows, n * sizeof *own);
    qsort(own, n, sizeof *own, by_day);
    s->groups = groups;
    ScreenGroup *g = &groups[s->n++];
    *g = (ScreenGroup){.sign = sign, .rows = own, .n = n, .step = step};
    for (size_t k = 0; k < n; k++)
        g->together += own[k].claimed;
    s->rows += n;
    return OK;
}

static ScreenRow row_of(const Look *l, size_t i)
{
    return (ScreenRow){l->side->day[i], l->id[i], (uint32_t)i, l->p->firm[i],
                       l->side->claimed[i]};
}

/* Equal keys stand together: `take` gets each run of one or more. */
typedef ErrCode Take(Look *l, ScreenRow rows[], size_t n, Err *err);

static ErrCode each_run(Look *l, const OrderItem items[], size_t n, Take *take,
                        Err *err)
{
    ErrCode rc = OK;
    ScreenRow *rows = arena_alloc(l->p->scratch, n + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && items[to].key == items[from].key; to++)
            rows[to - from] = row_of(l, items[to].row);
        TRY(take(l, rows, to - from, err));
    }
done:
    return rc;
}

static OrderItem *take_items(const Look *l, Err *err)
{
    OrderItem *items =
        arena_alloc(l->p->scratch, 2 * l->p->rows + 1, sizeof *items);
    if (items == NULL)
        (void)FAIL(err, ERR_MEMORY, "out of memory");
    return items;
}

/* Of one alone its first is of another year. */
static ErrCode take_duplicates(Look *l, ScreenRow rows[], size_t n, Err *err)
{
    if (n == 1 && !is_refused_as(l, rows[0].row, SCREEN_DUPLICATE))
        return OK;
    return add_group(l, SCREEN_DUPLICATE, rows, n, NULL_INT, err);
}

static int has_duplicates(const Look *l)
{
    for (size_t i = 0; i < l->p->rows; i++)
        if (is_refused_as(l, i, SCREEN_DUPLICATE))
            return 1;
    return 0;
}

static ErrCode find_duplicates(Look *l, Err *err)
{
    ErrCode rc = OK;
    const Column *registry = table_field(l->side->table, FIELD_registry_no);
    Numbers numbers;
    size_t n = 0, rows = l->p->rows;
    int is_new;
    if (registry == NULL || !has_duplicates(l))
        return OK;
    OrderItem *items = take_items(l, err);
    if (items == NULL)
        return ERR_MEMORY;
    TRY(numbers_open(&numbers, l->p->scratch, rows + 1, err));
    for (size_t i = 0; i < rows; i++)
        if (registry->s[i] != NULL)
            items[n++] = (OrderItem){
                numbers_put(&numbers, registry->s[i], &is_new), (uint32_t)i};
    TRY(each_run(l, order_sort(items, items + rows, n), n, take_duplicates,
                 err));
done:
    return rc;
}

static ErrCode find_related(Look *l, Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < l->p->rows; i++) {
        ScreenRow row = row_of(l, i);
        if (is_refused_as(l, i, SCREEN_RELATED))
            TRY(add_group(l, SCREEN_RELATED, &row, 1, NULL_INT, err));
    }
done:
    return rc;
}

/* Rows of one buyer, by claim: runs of equal claims. */
static ErrCode look_for_alike(Look *l, const ScreenRow rows[], size_t n,
                              Err *err)
{
    ErrCode rc = OK;
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && rows[to].claimed == rows[from].claimed;)
            to++;
        if (to - from > 1 && rows[from].claimed > 0)
            TRY(add_group(l, SCREEN_ALIKE, rows + from, to - from, NULL_INT,
                          err));
    }
done:
    return rc;
}

/* Rows of one buyer, by claim: those below the lowest step that they reach
 * together. */
static ErrCode look_for_split(Look *l, const ScreenRow rows[], size_t n,
                              Err *err)
{
    const Sides *p = l->p;
    for (size_t s = 0; s < p->n_steps; s++) {
        int64_t sum = 0;
        size_t below = 0;
        while (below < n && rows[below].claimed < p->steps[s])
            sum += rows[below++].claimed;
        if (below > 1 && sum >= p->steps[s])
            return add_group(l, SCREEN_SPLIT, rows, below, p->steps[s], err);
    }
    return OK;
}

/* Contracts between two parties in one year. */
static ErrCode look_at_year(Look *l, ScreenRow rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    qsort(rows, n, sizeof *rows, by_claim);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && rows[to].buyer == rows[from].buyer;)
            to++;
        TRY(look_for_alike(l, rows + from, to - from, err));
        TRY(look_for_split(l, rows + from, to - from, err));
    }
    if (rows[0].buyer != rows[n - 1].buyer)
        TRY(add_group(l, SCREEN_BOTH_WAYS, rows, n, NULL_INT, err));
done:
    return rc;
}

static int year_of(const ScreenRow *row)
{
    DateParts parts = date_parts((Date){(int32_t)row->day});
    return parts.year;
}

static ErrCode take_pair(Look *l, ScreenRow rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    if (n < 2)
        return OK;
    qsort(rows, n, sizeof *rows, by_day);
    for (size_t from = 0, to; from < n; from = to) {
        int year = year_of(&rows[from]);
        for (to = from + 1; to < n && year_of(&rows[to]) == year;)
            to++;
        if (to - from > 1)
            TRY(look_at_year(l, rows + from, to - from, err));
    }
done:
    return rc;
}

/* Claims that went on, by the two parties, whichever of them buys. */
static ErrCode find_pairs(Look *l, Err *err)
{
    ErrCode rc = OK;
    const Column *seller = table_field(l->side->table, FIELD_seller_id);
    Numbers numbers;
    size_t n = 0, rows = l->p->rows;
    int is_new;
    if (seller == NULL)
        return OK;
    OrderItem *items = take_items(l, err);
    if (items == NULL)
        return ERR_MEMORY;
    TRY(numbers_open(&numbers, l->p->scratch, 2 * rows + 1, err));
    for (size_t i = 0; i < rows; i++) {
        if (seller->s[i] == NULL || l->buyer[i] == NULL ||
            l->side->refusal[i] != NULL)
            continue;
        uint64_t a = numbers_put(&numbers, l->buyer[i], &is_new);
        uint64_t b = numbers_put(&numbers, seller->s[i], &is_new);
        items[n++] =
            (OrderItem){a < b ? a << 32 | b : b << 32 | a, (uint32_t)i};
    }
    TRY(each_run(l, order_sort(items, items + rows, n), n, take_pair, err));
done:
    return rc;
}

ErrCode screen_contracts(Screen *out, Sides *p, Err *err)
{
    ErrCode rc = OK;
    const Side *side = &p->side[0];
    const Column *id, *buyer;
    TRY(table_need(&id, side->table, FIELD_contract_id, "the screen", err));
    TRY(table_need(&buyer, side->table, FIELD_firm_id, "the screen", err));
    Look l = {.p = p, .side = side, .id = id->s, .buyer = buyer->s};
    TRY(find_duplicates(&l, err));
    TRY(find_related(&l, err));
    TRY(find_pairs(&l, err));
    if (l.screen.n > 0)
        qsort(l.screen.groups, l.screen.n, sizeof *l.screen.groups, by_sign);
    *out = l.screen;
done:
    return rc;
}
