#include "subsidy/side.h"

#include "subsidy/numbers.h"
#include "subsidy/order.h"

#include <string.h>

/* Rows put into numbered groups. */
typedef struct {
    uint32_t *of; /* [rows] */
    size_t n;
} Groups;

/* What a group comes to, a side. */
typedef struct {
    int64_t computed, paid, contracts;
} GroupSum;

typedef struct {
    Column *computed, *paid, *contracts;
} GroupColumns;

static ErrCode add_columns(GroupColumns *out, Table *t, const Side *side,
                           Err *err)
{
    ErrCode rc = OK;
    TRY(side_column(&out->contracts, t, side, "contracts_paid", TYPE_COUNT,
                    (Label){"获补合同", "contracts paid"}, err));
    TRY(side_column(&out->computed, t, side, "computed", TYPE_MONEY,
                    (Label){"测算", "computed"}, err));
    TRY(side_column(&out->paid, t, side, "paid", TYPE_MONEY,
                    (Label){"拟拨付", "paid"}, err));
done:
    return rc;
}

/* The columns of `t` after its keys; row r of the table is group place[r]. */
static ErrCode fill(Table *t, Sides *p, const Groups *g, const uint32_t place[],
                    Err *err)
{
    ErrCode rc = OK;
    Column *contracts, *claimed, *change[SUBSIDY_SIDES];
    GroupColumns c[SUBSIDY_SIDES];
    TRY(side_column(&contracts, t, NULL, "contracts", TYPE_COUNT,
                    (Label){"合同数", "contracts"}, err));
    TRY(side_column(&claimed, t, NULL, "claimed", TYPE_MONEY,
                    (Label){"申报金额", "claimed"}, err));
    for (size_t k = 0; k < p->n; k++)
        TRY(add_columns(&c[k], t, &p->side[k], err));
    for (size_t k = 1; k < p->n; k++)
        TRY(side_change(&change[k], t, &p->side[k], err));
    for (size_t i = 0; i < p->rows; i++) {
        uint32_t r = place[g->of[i]];
        contracts->i[r]++;
        claimed->i[r] += p->side[0].claimed[i];
        for (size_t k = 0; k < p->n; k++) {
            const Side *side = &p->side[k];
            c[k].computed->i[r] += side->computed[i];
            c[k].paid->i[r] += side->paid[i];
            c[k].contracts->i[r] += side->paid[i] > 0;
        }
    }
    for (size_t k = 1; k < p->n; k++)
        for (size_t r = 0; r < t->rows; r++)
            change[k]->i[r] = c[k].paid->i[r] - c[0].paid->i[r];
done:
    return rc;
}

/* A place for each group: by claimed amount, largest first, then by name. */
static ErrCode rank_groups(uint32_t place[], Sides *p, const Groups *g,
                           const char *const name[], Err *err)
{
    OrderItem *items = arena_alloc(p->scratch, 2 * g->n, sizeof *items);
    int64_t *claimed = arena_alloc(p->scratch, g->n, sizeof *claimed);
    if (items == NULL || claimed == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < p->rows; i++)
        claimed[g->of[i]] += p->side[0].claimed[i];
    for (size_t j = 0; j < g->n; j++)
        items[j].row = (uint32_t)j;
    OrderItem *sorted = order_texts(items, items + g->n, name, g->n);
    for (size_t j = 0; j < g->n; j++)
        sorted[j].key = order_signed(-claimed[sorted[j].row]);
    sorted = order_sort(sorted, sorted == items ? items + g->n : items, g->n);
    for (size_t j = 0; j < g->n; j++)
        place[sorted[j].row] = (uint32_t)j;
    return OK;
}

/* A table by the words of a column; rows without one are a group too. */
static ErrCode by_word(Sides *p, const char *name, Label title,
                       const char *const word[], const char *key, Label label,
                       Err *err)
{
    ErrCode rc = OK;
    Numbers numbers;
    Table *t;
    Column *words;
    int is_new;
    Groups g = {arena_alloc(p->scratch, p->rows, sizeof *g.of), 0};
    const char **known = arena_alloc(p->scratch, p->rows, sizeof *known);
    uint32_t *place = arena_alloc(p->scratch, p->rows, sizeof *place);
    TRY(numbers_open(&numbers, p->scratch, p->rows, err));
    if (g.of == NULL || known == NULL || place == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < p->rows; i++) {
        g.of[i] =
            numbers_put(&numbers, word[i] != NULL ? word[i] : "", &is_new);
        known[g.of[i]] = word[i];
    }
    g.n = numbers.n;
    TRY(rank_groups(place, p, &g, known, err));
    TRY(table_new(&t, p->tables, name, g.n, err));
    t->title = title;
    TRY(side_column(&words, t, NULL, key, TYPE_CATEGORY, label, err));
    for (size_t j = 0; j < g.n; j++)
        words->s[place[j]] = known[j];
    TRY(fill(t, p, &g, place, err));
done:
    return rc;
}

/* The lower ends of the classes of value: the steps of the scales; where there
 * are none, round amounts. */
static size_t classes(int64_t from[], const Sides *p, size_t most)
{
    static const int64_t round[] = {0,         10000000,  50000000,
                                    100000000, 500000000, 1000000000};
    size_t n = sizeof round / sizeof *round;
    if (p->n_steps == 0) {
        memcpy(from, round, sizeof round);
        return n;
    }
    from[0] = 0;
    n = p->n_steps < most - 1 ? p->n_steps : most - 1;
    memcpy(from + 1, p->steps, n * sizeof *from);
    return n + 1;
}

static ErrCode by_tier(Sides *p, Err *err)
{
    ErrCode rc = OK;
    enum { MOST = 64 };
    int64_t from[MOST];
    uint32_t place[MOST];
    size_t n = classes(from, p, MOST);
    Table *t;
    Column *low, *high;
    Groups g = {arena_alloc(p->scratch, p->rows, sizeof *g.of), n};
    if (g.of == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < p->rows; i++)
        for (size_t k = 1; k < n; k++)
            g.of[i] += p->side[0].claimed[i] >= from[k];
    TRY(table_new(&t, p->tables, "subsidy_by_tier", n, err));
    t->title = (Label){"按金额分档", "By tier of value"};
    TRY(side_column(&low, t, NULL, "from", TYPE_MONEY, (Label){"自", "from"},
                    err));
    TRY(side_column(&high, t, NULL, "to", TYPE_MONEY,
                    (Label){"至（不含）", "to (without)"}, err));
    for (size_t k = 0; k < n; k++) {
        place[k] = (uint32_t)k;
        low->i[k] = from[k];
        high->i[k] = k + 1 < n ? from[k + 1] : NULL_INT;
    }
    TRY(fill(t, p, &g, place, err));
done:
    return rc;
}

static ErrCode by_field(Sides *p, Field field, const char *name, Label title,
                        Label label, Err *err)
{
    const Column *c = table_field(p->side[0].table, field);
    if (c == NULL)
        return OK;
    return by_word(p, name, title, c->s, field_info(field)->name, label, err);
}

ErrCode sides_groups(Sides *p, Err *err)
{
    ErrCode rc = OK;
    TRY(by_field(p, FIELD_county, "subsidy_by_county",
                 (Label){"按县区", "By county"}, (Label){"县区", "county"},
                 err));
    TRY(by_field(p, FIELD_kind, "subsidy_by_kind",
                 (Label){"按合同类别", "By kind of contract"},
                 (Label){"合同类别", "kind"}, err));
    TRY(by_field(p, FIELD_firm_class, "subsidy_by_class",
                 (Label){"按企业类型", "By class of the firm"},
                 (Label){"企业类型", "class of the firm"}, err));
    TRY(by_field(p, FIELD_grade, "subsidy_by_grade",
                 (Label){"按信用等级", "By credit grade"},
                 (Label){"信用等级", "grade"}, err));
    TRY(by_tier(p, err));
done:
    return rc;
}
