#include "subsidy/side.h"

#include "subsidy/order.h"

#include <string.h>

/* Winners and losers, in the order they are shown. */
static const char *const classes[] = {"newly_paid", "more", "same", "less",
                                      "no_longer_paid"};
enum { SAME = 2, CLASSES = 5 };

/* What a firm gets from the baseline and from a scenario, and from how many
 * contracts. */
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

static void sum_firms(FirmPaid firm[], const Sides *p, const Side *scenario)
{
    const int64_t *before = p->side[0].paid, *after = scenario->paid;
    memset(firm, 0, p->firms * sizeof *firm);
    for (size_t i = 0; i < p->rows; i++) {
        FirmPaid *f = &firm[p->firm[i]];
        f->paid[0] += before[i];
        f->paid[1] += after[i];
        f->contracts += before[i] > 0 || after[i] > 0;
    }
}

/* The columns that both tables end in. */
typedef struct {
    Column *contracts, *paid[2], *change;
} Columns;

static ErrCode add_columns(Columns *out, Table *t, const Side *side, Err *err)
{
    ErrCode rc = OK;
    TRY(side_column(&out->contracts, t, side, "contracts", TYPE_COUNT,
                    (Label){"获补合同", "contracts paid"}, err));
    TRY(side_column(&out->paid[0], t, side, "baseline", TYPE_MONEY,
                    (Label){"现行拨付", "paid by the baseline"}, err));
    TRY(side_column(&out->paid[1], t, side, "paid", TYPE_MONEY,
                    (Label){"拟拨付", "paid"}, err));
    TRY(side_column(&out->change, t, side, "change", TYPE_MONEY,
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

/* How many firms of each class a scenario makes, and what they get. */
static ErrCode put_scenario(Table *t, const Sides *p, const Side *side,
                            const FirmPaid firm[], Err *err)
{
    ErrCode rc = OK;
    Column *firms;
    Columns c;
    TRY(side_column(&firms, t, side, "firms", TYPE_COUNT,
                    (Label){"企业数", "firms"}, err));
    TRY(add_columns(&c, t, side, err));
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

/* Firms that gain or lose, of one scenario. */
typedef struct {
    const FirmPaid *firm; /* [firms] */
    OrderItem *items;     /* [n] by class, then by how much, then by id */
    size_t n;
} Moved;

static ErrCode rank_firms(Moved *out, Sides *p, const FirmPaid firm[], Err *err)
{
    OrderItem *items = arena_alloc(p->scratch, 2 * p->firms, sizeof *items);
    if (items == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    OrderItem *spare = items + p->firms;
    size_t n = 0;
    for (size_t f = 0; f < p->firms; f++) {
        int k = class_of(&firm[f]);
        if (k != CLASSES && k != SAME)
            items[n++].row = (uint32_t)f;
    }
    OrderItem *sorted = order_texts(items, spare, p->firm_id, n);
    for (size_t j = 0; j < n; j++) {
        const FirmPaid *f = &firm[sorted[j].row];
        int64_t change = f->paid[1] - f->paid[0];
        sorted[j].key = order_signed(change < 0 ? change : -change);
    }
    sorted = order_sort(sorted, sorted == items ? spare : items, n);
    for (size_t j = 0; j < n; j++)
        sorted[j].key = (uint64_t)class_of(&firm[sorted[j].row]);
    *out = (Moved){firm, order_sort(sorted, sorted == items ? spare : items, n),
                   n};
    return OK;
}

/* The firms behind each number, scenario by scenario. */
static ErrCode put_firms(Sides *p, const Moved moved[],
                         const char *const word[], Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *scenario, *class, *id, *name = NULL;
    Columns c;
    size_t n = 0, row = 0;
    for (size_t k = 1; k < p->n; k++)
        n += moved[k].n;
    TRY(table_new(&t, p->tables, "subsidy_changed_firms", n, err));
    t->title = (Label){"受益有增减的企业", "Firms that gain or lose"};
    TRY(side_column(&scenario, t, NULL, "scenario", TYPE_CATEGORY,
                    (Label){"方案", "scenario"}, err));
    TRY(side_column(&class, t, NULL, "class", TYPE_CATEGORY,
                    (Label){"类别", "class"}, err));
    TRY(table_add_field(&id, t, FIELD_firm_id, err));
    if (p->firm_name != NULL)
        TRY(table_add_field(&name, t, FIELD_firm_name, err));
    TRY(add_columns(&c, t, NULL, err));
    for (size_t k = 1; k < p->n; k++)
        for (size_t j = 0; j < moved[k].n; j++, row++) {
            const OrderItem *item = &moved[k].items[j];
            scenario->s[row] = p->side[k].name;
            class->s[row] = word[item->key];
            id->s[row] = p->firm_id[item->row];
            if (name != NULL)
                name->s[row] = p->firm_name[item->row];
            add_firm(&c, row, &moved[k].firm[item->row]);
        }
done:
    return rc;
}

/* The classes as words of the tables' own texts. */
static ErrCode take_words(const char *word[], Sides *p, Err *err)
{
    for (size_t k = 0; k < CLASSES; k++) {
        word[k] = texts_put(p->tables->texts, classes[k], strlen(classes[k]));
        if (word[k] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    return OK;
}

ErrCode sides_changes(Sides *p, Err *err)
{
    ErrCode rc = OK;
    const char *word[CLASSES];
    Moved moved[SUBSIDY_SIDES] = {{0}};
    Table *t;
    Column *class;
    if (p->n < 2)
        return OK; /* nothing to set it beside */
    TRY(take_words(word, p, err));
    TRY(table_new(&t, p->tables, "subsidy_changes", CLASSES, err));
    t->title = (Label){"受益增减", "Winners and losers"};
    TRY(side_column(&class, t, NULL, "class", TYPE_CATEGORY,
                    (Label){"类别", "class"}, err));
    memcpy(class->s, word, sizeof word);
    for (size_t k = 1; k < p->n; k++) {
        FirmPaid *firm = arena_alloc(p->scratch, p->firms, sizeof *firm);
        if (firm == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        sum_firms(firm, p, &p->side[k]);
        TRY(put_scenario(t, p, &p->side[k], firm, err));
        TRY(rank_firms(&moved[k], p, firm, err));
    }
    TRY(put_firms(p, moved, word, err));
done:
    return rc;
}
