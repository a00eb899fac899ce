#include "credit/summary.h"

#include <string.h>

enum { KINDS_MAX = 32 };

typedef struct {
    const char *kind;
    int64_t count, pledgeable, value, pledge;
} Worth;

static Worth *worth_of(Worth items[], size_t *n, const char *kind)
{
    for (size_t i = 0; i < *n; i++)
        if (items[i].kind == kind)
            return &items[i];
    if (*n == KINDS_MAX)
        return &items[KINDS_MAX - 1];
    items[*n] = (Worth){.kind = kind};
    return &items[(*n)++];
}

static void add_right(Worth *w, int64_t value, int64_t pledge)
{
    w->count++;
    w->value += value;
    w->pledge += pledge;
    w->pledgeable += pledge > 0;
}

static ErrCode write_table(Tables *tables, const char *name, Label title,
                           const Worth items[], size_t n, int by_kind, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *kind = NULL, *count, *pledgeable, *value, *pledge;
    TRY(table_new(&t, tables, name, n, err));
    t->title = title;
    if (by_kind)
        TRY(table_add_field(&kind, t, FIELD_kind, err));
    TRY(table_add(&count, t, "rights", TYPE_COUNT, "", err));
    TRY(table_add(&pledgeable, t, "pledgeable", TYPE_COUNT, "", err));
    TRY(table_add_field(&value, t, FIELD_ip_value, err));
    TRY(table_add_field(&pledge, t, FIELD_pledge_value, err));
    count->label = (Label){"知识产权数", "rights"};
    pledgeable->label = (Label){"可质押数", "can be pledged"};
    for (size_t i = 0; i < n; i++) {
        if (kind != NULL)
            kind->s[i] = items[i].kind;
        count->i[i] = items[i].count;
        pledgeable->i[i] = items[i].pledgeable;
        value->i[i] = items[i].value;
        pledge->i[i] = items[i].pledge;
    }
done:
    return rc;
}

static void sort_kinds(Worth items[], size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0; j--) {
            Worth *x = &items[j - 1], *y = &items[j], swap = *x;
            if (strcmp(x->kind, y->kind) <= 0)
                break;
            *x = *y;
            *y = swap;
        }
}

ErrCode summary_values(Tables *tables, const Table *rights, Err *err)
{
    ErrCode rc = OK;
    Worth all = {0}, kinds[KINDS_MAX];
    size_t n = 0;
    const Column *kind = table_field(rights, FIELD_kind);
    const Column *value = table_field(rights, FIELD_ip_value);
    const Column *pledge = table_field(rights, FIELD_pledge_value);
    TRY(column_check_sum(rights, value, err));
    TRY(column_check_sum(rights, pledge, err));
    for (size_t i = 0; i < rights->rows; i++) {
        int64_t v = value->i[i] == NULL_INT ? 0 : value->i[i];
        int64_t p = pledge->i[i] == NULL_INT ? 0 : pledge->i[i];
        add_right(&all, v, p);
        add_right(worth_of(kinds, &n, kind->s[i]), v, p);
    }
    sort_kinds(kinds, n);
    TRY(write_table(tables, "value_summary",
                    (Label){"知识产权价值概要", "Rights in figures"}, &all, 1,
                    0, err));
    TRY(write_table(tables, "value_by_kind",
                    (Label){"按类型", "By kind of right"}, kinds, n, 1, err));
done:
    return rc;
}
