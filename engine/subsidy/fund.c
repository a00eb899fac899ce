#include "subsidy/carry.h"
#include "subsidy/side.h"

#include <string.h>

/* One budget of one year under one side. */
typedef struct {
    const char *payer, *county;
    int64_t year;
    Money amount;                       /* with what is carried over */
    int64_t carried;                    /* of it, from the year before */
    int64_t wanted, paid, exhausted_on; /* NULL_INT: never */
} Fund;

typedef struct {
    Fund *items;
    size_t n, capacity;
} Funds;

/* Rows of a side by year: the first and last day there are. */
typedef struct {
    int64_t first, days;
    int32_t *year; /* [days] */
    int64_t *sum;  /* [days] workspace */
} Calendar;

static ErrCode calendar_open(Calendar *out, const Sides *p, const Side *side,
                             Err *err)
{
    Calendar c = {0};
    int64_t last = 0;
    for (size_t i = 0; i < p->rows; i++) {
        c.first = i == 0 || side->day[i] < c.first ? side->day[i] : c.first;
        last = i == 0 || side->day[i] > last ? side->day[i] : last;
    }
    c.days = last - c.first + 1;
    c.year = arena_alloc(p->scratch, (size_t)c.days, sizeof *c.year);
    c.sum = arena_alloc(p->scratch, (size_t)c.days, sizeof *c.sum);
    if (c.year == NULL || c.sum == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (int64_t d = 0; d < c.days; d++) {
        Date day = {(int32_t)(c.first + d)};
        DateParts parts = date_parts(day);
        c.year[d] = parts.year;
    }
    *out = c;
    return OK;
}

/* Has the county a budget of its own for that payer? */
static int has_own(const Terms *t, size_t payer, const char *county)
{
    for (size_t k = 0; k < t->n_budget; k++)
        if (t->budget[k].payer == payer && t->budget[k].county != NULL &&
            t->budget[k].county == county)
            return 1;
    return 0;
}

/* What the claims of a fund's year wanted of it and got, and the day on which
 * the wants by then went beyond it. */
static void sum_fund(Fund *f, const Sides *p, const Side *side, const Terms *t,
                     size_t payer, size_t column, const Calendar *c)
{
    const Column *county = table_field(side->table, FIELD_county);
    memset(c->sum, 0, (size_t)c->days * sizeof *c->sum);
    for (size_t i = 0; i < p->rows; i++) {
        const char *of = county != NULL ? county->s[i] : NULL;
        int64_t d = side->day[i] - c->first;
        if (c->year[d] != f->year)
            continue;
        if (f->county != NULL ? f->county != of : has_own(t, payer, of))
            continue;
        int64_t paid = side->paid_by[column][i];
        int64_t wanted = paid + side->cut_by[column][i];
        f->paid += paid;
        f->wanted += wanted;
        c->sum[d] += wanted;
    }
    int64_t so_far = 0;
    f->exhausted_on = NULL_INT;
    for (int64_t d = 0; d < c->days && f->exhausted_on == NULL_INT; d++) {
        so_far += c->sum[d];
        if (so_far > f->amount.fen)
            f->exhausted_on = c->first + d;
    }
}

/* The latest fund of that payer and county, NULL: none. */
static const Fund *fund_before(const Funds *funds, const Budget *b,
                               const char *payer)
{
    for (size_t i = funds->n; i-- > 0;)
        if (funds->items[i].county == b->county &&
            strcmp(funds->items[i].payer, payer) == 0)
            return &funds->items[i];
    return NULL;
}

static ErrCode fund_of(Fund *out, const Funds *funds, const Sides *p,
                       const Side *side, const Budget *b, const char *payer,
                       int32_t year, Err *err)
{
    ErrCode rc = OK;
    Fund f = {
        .payer = payer, .county = b->county, .year = year, .amount = b->amount};
    const Fund *before = fund_before(funds, b, payer);
    if (b->is_carried && before != NULL)
        TRY(carry_amount(&f.amount,
                         (CarrySource){side->policy, &side->book, p->scratch,
                                       p->tables->texts},
                         b, before->amount.fen - before->paid,
                         (int)before->year, year, err));
    f.carried = f.amount.fen - b->amount.fen;
    *out = f;
done:
    return rc;
}

/* The funds of one year under the terms at its last claim. */
static ErrCode add_year(Funds *funds, Sides *p, Side *side, const Calendar *c,
                        int32_t year, const Terms *t, Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < t->n_budget; k++) {
        const Budget *b = &t->budget[k];
        Fund next = {0};
        const char *payer = side->book.payers.name[b->payer];
        size_t column = 0;
        while (column < side->payers.n &&
               strcmp(side->payers.name[column], payer) != 0)
            column++;
        if (column == side->payers.n)
            continue;
        TRY(fund_of(&next, funds, p, side, b, payer, year, err));
        funds->items = arena_grow(p->scratch, funds->items, &funds->capacity,
                                  funds->n, sizeof *funds->items);
        if (funds->items == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        Fund *f = &funds->items[funds->n++];
        *f = next;
        sum_fund(f, p, side, t, b->payer, column, c);
    }
done:
    return rc;
}

/* The last day of a year on which there are claims and the policy is in force;
 * 0 days when there is none. */
static int last_day(Date *out, const Sides *p, const Side *side,
                    const Calendar *c, int32_t year)
{
    int is_dated = policy_head(side->policy)->date_used != NULL;
    int found = 0;
    for (size_t i = 0; i < p->rows; i++) {
        Date day = {is_dated ? (int32_t)side->day[i] : p->as_of.days};
        if (c->year[side->day[i] - c->first] == year &&
            (!found || day.days > out->days) &&
            policy_in_force(side->policy, day)) {
            *out = day;
            found = 1;
        }
    }
    return found;
}

static ErrCode list_funds(Funds *out, Sides *p, Side *side, Err *err)
{
    ErrCode rc = OK;
    Calendar c = {0};
    Faults *faults = faults_new(p->scratch);
    if (faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (p->rows == 0)
        return OK;
    TRY(calendar_open(&c, p, side, err));
    for (int32_t year = c.year[0]; year <= c.year[c.days - 1]; year++) {
        Date day = {0};
        const Terms *t = NULL;
        if (!last_day(&day, p, side, &c, year))
            continue;
        const TermsSource source = terms_source(side->policy, day);
        TRY(terms_read(&t, &side->book, p->scratch, p->tables->texts, &source,
                       faults, err));
        TRY(add_year(out, p, side, &c, year, t, err));
    }
done:
    return rc;
}

static int is_same(const Fund *a, const Fund *b)
{
    return a->year == b->year && a->county == b->county &&
           strcmp(a->payer, b->payer) == 0;
}

typedef struct {
    Column *amount, *carried, *wanted, *paid, *left, *exhausted;
} Columns;

static int is_any_carried(const Funds *funds)
{
    for (size_t i = 0; i < funds->n; i++)
        if (funds->items[i].carried != 0)
            return 1;
    return 0;
}

/* What was carried over has a column only where something was. */
static ErrCode add_columns(Columns *out, Table *t, const Side *side,
                           const Funds *funds, Err *err)
{
    ErrCode rc = OK;
    out->carried = NULL;
    TRY(side_column(&out->amount, t, side, "budget", TYPE_MONEY,
                    (Label){"预算总额", "budget"}, err));
    if (is_any_carried(funds))
        TRY(side_column(&out->carried, t, side, "carried", TYPE_MONEY,
                        (Label){"其中上年结转", "of it carried over"}, err));
    TRY(side_column(&out->wanted, t, side, "wanted", TYPE_MONEY,
                    (Label){"应付", "wanted"}, err));
    TRY(side_column(&out->paid, t, side, "paid", TYPE_MONEY,
                    (Label){"拟拨付", "paid"}, err));
    TRY(side_column(&out->left, t, side, "left", TYPE_MONEY,
                    (Label){"预算结余", "left"}, err));
    TRY(side_column(&out->exhausted, t, side, "exhausted_on", TYPE_DATE,
                    (Label){"预算用尽日", "exhausted on"}, err));
    for (size_t r = 0; r < t->rows; r++)
        out->amount->i[r] = out->wanted->i[r] = out->paid->i[r] =
            out->left->i[r] = out->exhausted->i[r] = NULL_INT;
    for (size_t r = 0; r < t->rows && out->carried != NULL; r++)
        out->carried->i[r] = NULL_INT;
done:
    return rc;
}

static void put_fund(Columns *c, size_t row, const Fund *f)
{
    c->amount->i[row] = f->amount.fen;
    if (c->carried != NULL)
        c->carried->i[row] = f->carried;
    c->wanted->i[row] = f->wanted;
    c->paid->i[row] = f->paid;
    c->left->i[row] = f->amount.fen - f->paid;
    c->exhausted->i[row] = f->exhausted_on;
}

ErrCode sides_budgets(Sides *p, Err *err)
{
    ErrCode rc = OK;
    Funds side[SUBSIDY_SIDES] = {{0}}, rows = {0};
    Table *t;
    Column *payer, *county, *year;
    Columns c;
    for (size_t k = 0; k < p->n; k++) {
        TRY(list_funds(&side[k], p, &p->side[k], err));
        for (size_t i = 0; i < side[k].n; i++) {
            size_t j = 0;
            while (j < rows.n && !is_same(&rows.items[j], &side[k].items[i]))
                j++;
            if (j < rows.n)
                continue;
            rows.items = arena_grow(p->scratch, rows.items, &rows.capacity,
                                    rows.n, sizeof *rows.items);
            if (rows.items == NULL)
                return FAIL(err, ERR_MEMORY, "out of memory");
            rows.items[rows.n++] = side[k].items[i];
        }
    }
    TRY(table_new(&t, p->tables, "subsidy_budget", rows.n, err));
    t->title = (Label){"预算执行", "Budgets"};
    TRY(side_column(&payer, t, NULL, "payer", TYPE_CATEGORY,
                    (Label){"付款方", "payer"}, err));
    TRY(table_add_field(&county, t, FIELD_county, err));
    TRY(table_add_field(&year, t, FIELD_year, err));
    for (size_t k = 0; k < p->n; k++) {
        TRY(add_columns(&c, t, &p->side[k], &side[k], err));
        for (size_t j = 0; j < rows.n; j++)
            for (size_t i = 0; i < side[k].n; i++)
                if (is_same(&rows.items[j], &side[k].items[i]))
                    put_fund(&c, j, &side[k].items[i]);
    }
    for (size_t j = 0; j < rows.n; j++) {
        payer->s[j] = rows.items[j].payer;
        county->s[j] = rows.items[j].county;
        year->i[j] = rows.items[j].year;
    }
done:
    return rc;
}
