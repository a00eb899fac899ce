#include "policy/days.h"

static void by_date(uint16_t era_of[], const Policy *p, const Column *dates,
                    size_t n)
{
    const Era *last = NULL;
    for (size_t i = 0; i < n; i++) {
        int64_t day = dates->i[i];
        if (day == NULL_INT) {
            era_of[i] = DAYS_NO_DATE;
            continue;
        }
        if (last == NULL || day < last->from.days || day > last->to.days)
            last = inside_era(p, (Date){(int32_t)day});
        era_of[i] = last ? (uint16_t)(last - p->eras) : DAYS_NO_ERA;
    }
}

ErrCode days_find(uint16_t **out, int *only, Arena *arena, const Policy *p,
                  const Table *table, Date as_of, Err *err)
{
    const char *name = p->head.date_used;
    const Column *dates = name != NULL ? table_find(table, name) : NULL;
    if (name != NULL && (dates == NULL || dates->type != TYPE_DATE))
        return FAIL(err, ERR_RULE,
                    "policy '%s' is chosen by the date '%s', and the table "
                    "'%s' has no such column",
                    p->head.id, name, table->name);
    uint16_t *era_of = arena_alloc(arena, table->rows + 1, sizeof *era_of);
    if (era_of == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to apply the policy '%s'",
                    p->head.id);
    *out = era_of;
    *only = -1;
    if (dates != NULL) {
        by_date(era_of, p, dates, table->rows);
        return OK;
    }
    const Era *era = inside_era(p, as_of);
    *only = era != NULL ? (int)(era - p->eras) : -1;
    for (size_t i = 0; i < table->rows && era == NULL; i++)
        era_of[i] = DAYS_NO_ERA;
    return OK;
}
