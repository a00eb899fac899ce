#include "subsidy/side.h"

#include "subsidy/order.h"

#include <string.h>

/* Winners and losers, in the order they are shown. */
static const char *const classes[] = {"newly_paid", "more", "same", "less",
                                      "no_longer_paid"};
enum { SAME = 2, CLASSES = 5 };

/* What a firm gets under each side, from how many contracts. */
typedef struct {
    int64_t paid[2], contracts;
} FirmPaid;

/* The class of a firm; CLASSES when neither pays it. */
static int class_of(const FirmPaid *f)
{
    int64_t before = f->paid[0], after = f->paid[1];
    if (before == 0)
        return after > 0 ? 0 : CLASSES;
    if (after == 0)
        return 4;
    return after > before ? 1 : after == before ? SAME : 3;
}

static void sum_firms(FirmPaid firm[], const Pair *p)
{
    for (size_t i = 0; i < p->rows; i++) {
        FirmPaid *f = &firm[p->firm[i]];
        for (size_t k = 0; k < 2; k++)
            f->paid[k] += p->side[k].paid[i];
        f->contracts += p->side[0].paid[i] > 0 || p->side[1].paid[i] > 0;
    }
}

/* The columns that both tables end in. */
typedef struct {
    Column *contracts, *paid[2], *change;
} Columns;

static ErrCode add_columns(Columns *out, Table *t, const Pair *p, Err *err)
{
    ErrCode rc = OK;
    TRY(side_column(&out->contracts, t, NULL, "contracts", TYPE_COUNT,
                    (Label){"获补合同", "contracts paid"}, err));
    for (size_t k = 0; k < 2; k++)
        TRY(side_column(&out->paid[k], t, NULL, p->side[k].name, TYPE_MONEY,
                        p->side[k].label, err));
    TRY(side_column(&out->change, t, NULL, "change", TYPE_MONEY,
                    (Label){"增减", "change"}, err));
done:
    return rc;
}

static void add_firm(Columns *c, size_t row, const FirmPaid *f)
{
    c->contracts->i[row] += f->contracts;
    c->paid[0]->i[row] += f->paid[0];
    c->paid[1]->i[row] += f->paid[1];
    c->change->i[row] += f->paid[1] - f->paid[0];
}

static ErrCode put_classes(Pair *p, const FirmPaid firm[],
                           const char *const word[], Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *class, *firms;
    Columns c;
    TRY(table_new(&t, p->tables, "subsidy_changes", CLASSES, err));
    t->title = (Label){"受益增减", "Winners and losers"};
    TRY(side_column(&class, t, NULL, "class", TYPE_CATEGORY,
                    (Label){"类别", "class"}, err));
    TRY(side_column(&firms, t, NULL, "firms", TYPE_COUNT,
                    (Label){"企业数", "firms"}, err));
    TRY(add_columns(&c, t, p, err));
    for (size_t k = 0; k < CLASSES; k++)
        class->s[k] = word[k];
    for (size_t f = 0; f < p->firms; f++) {
        int k = class_of(&firm[f]);
        if (k == CLASSES)
            continue;
        firms->i[k]++;
        add_firm(&c, (size_t)k, &firm[f]);
    }
done:
    return rc;
}

/* Firms that gain or lose: by class, then by how much, then by id. */
static ErrCode rank_firms(OrderItem **out, size_t *n, Pair *p,
                          const FirmPaid firm[], Err *err)
{
    OrderItem *items = arena_alloc(p->scratch, 2 * p->firms, sizeof *items);
    if (items == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    OrderItem *spare = items + p->firms;
    *n = 0;
    for (size_t f = 0; f < p->firms; f++) {
        int k = class_of(&firm[f]);
        if (k != CLASSES && k != SAME)
            items[(*n)++].row = (uint32_t)f;
    }
    *out = order_texts(items, spare, p->firm_id, *n);
    for (size_t j = 0; j < *n; j++) {
        const FirmPaid *f = &firm[(*out)[j].row];
        int64_t change = f->paid[1] - f->paid[0];
        (*out)[j].key = order_signed(change < 0 ? change : -change);
    }
    *out = order_sort(*out, *out == items ? spare : items, *n);
    for (size_t j = 0; j < *n; j++)
        (*out)[j].key = (uint64_t)class_of(&firm[(*out)[j].row]);
    *out = order_sort(*out, *out == items ? spare : items, *n);
    return OK;
}

static ErrCode put_firms(Pair *p, const FirmPaid firm[],
                         const char *const word[], Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *class, *id;
    Columns c;
    OrderItem *items = NULL;
    size_t n = 0;
    TRY(rank_firms(&items, &n, p, firm, err));
    TRY(table_new(&t, p->tables, "subsidy_changed_firms", n, err));
    t->title = (Label){"受益有增减的企业", "Firms that gain or lose"};
    TRY(side_column(&class, t, NULL, "class", TYPE_CATEGORY,
                    (Label){"类别", "class"}, err));
    TRY(table_add_field(&id, t, FIELD_firm_id, err));
    TRY(add_columns(&c, t, p, err));
    for (size_t j = 0; j < n; j++) {
        class->s[j] = word[items[j].key];
        id->s[j] = p->firm_id[items[j].row];
        add_firm(&c, j, &firm[items[j].row]);
    }
done:
    return rc;
}

ErrCode pair_changes(Pair *p, Err *err)
{
    ErrCode rc = OK;
    const char *word[CLASSES];
    FirmPaid *firm = arena_alloc(p->scratch, p->firms, sizeof *firm);
    if (p->n < 2)
        return OK; /* nothing to set it beside */
    if (firm == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < CLASSES; k++) {
        word[k] = texts_put(p->tables->texts, classes[k], strlen(classes[k]));
        if (word[k] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    sum_firms(firm, p);
    TRY(put_classes(p, firm, word, err));
    TRY(put_firms(p, firm, word, err));
done:
    return rc;
}
