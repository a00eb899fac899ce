#include "policy/onerow.h"

#include "policy/frame.h"

ErrCode onerow_era(const Era **out, const Policy *policy, const Table *table,
                   size_t row, Date as_of, Err *err)
{
    const char *name = policy->head.date_used;
    const Column *dates = name ? table_find(table, name) : NULL;
    if (name != NULL && (dates == NULL || dates->type != TYPE_DATE))
        return FAIL(err, ERR_RULE, "the table '%s' has no date '%s'",
                    table->name, name);
    int64_t day = dates ? dates->i[row] : as_of.days;
    *out = day == NULL_INT ? NULL : inside_era(policy, (Date){(int32_t)day});
    return OK;
}

int onerow_has_date(const Policy *policy, const Table *table, size_t row)
{
    const char *name = policy->head.date_used;
    return name == NULL || table_find(table, name)->i[row] != NULL_INT;
}

ErrCode onerow_load(void *const at[], const Program *program,
                    const Policy *policy, const Table *table, size_t row,
                    Err *err)
{
    const uint32_t rows[] = {(uint32_t)row};
    for (size_t i = 0; i < program->n_inputs; i++) {
        const Symbol *in = program->inputs[i];
        const Column *column = table_find(table, in->name);
        LoadFn fn = column ? frame_load(in->unit, column->type) : NULL;
        if (fn == NULL)
            return FAIL(err, ERR_RULE,
                        "policy '%s' reads '%s' as %s, and the table '%s' has "
                        "no such column",
                        policy->head.id, in->name, unit_name(in->unit),
                        table->name);
        fn(at[in->raw], column, rows, 1);
    }
    return OK;
}
