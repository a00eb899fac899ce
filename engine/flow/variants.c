#include "flow/variants.h"

#include <string.h>

static ErrCode no_memory(Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory for ways in");
}

static ErrCode put(Variants *v, const WhatIf *change, size_t row, Err *err)
{
    WhatIf *of = arena_grow(v->arena, v->of, &v->of_capacity, v->n, sizeof *of);
    size_t *rows =
        arena_grow(v->arena, v->rows, &v->rows_capacity, v->n, sizeof *rows);
    if (of == NULL || rows == NULL)
        return no_memory(err);
    v->of = of;
    v->rows = rows;
    v->of[v->n] = *change;
    v->rows[v->n++] = row;
    return OK;
}

static int is_fixed(const VariantsFixed *fixed, const WhatIf *change)
{
    for (size_t i = 0; i < fixed->n; i++)
        if (strcmp(fixed->names[i], change->id) == 0 ||
            strcmp(fixed->names[i], change->on) == 0)
            return 1;
    return 0;
}

static const WhatIf as_it_is = {.value = {.slot = -1}};

ErrCode variants_pair(Variants *v, const WhatIf *change, size_t row, Err *err)
{
    ErrCode rc = put(v, &as_it_is, row, err);
    return rc != OK ? rc : put(v, change, row, err);
}

ErrCode variants_put(Variants *v, const Policy *policy, const Table *from,
                     size_t row, Date as_of, const VariantsFixed *fixed,
                     Err *err)
{
    ErrCode rc = OK;
    WhatIf *changes;
    size_t n, first = v->n;
    TRY(whatif_list(&changes, &n, v->arena, policy, from, row, as_of, err));
    for (size_t i = 0; i < n; i++) {
        if (is_fixed(fixed, &changes[i]))
            continue;
        if (v->n == first)
            TRY(put(v, &as_it_is, row, err));
        TRY(put(v, &changes[i], row, err));
    }
done:
    return rc;
}

size_t variants_end(const Variants *v, size_t i)
{
    do
        i++;
    while (i < v->n && v->of[i].value.slot >= 0);
    return i;
}
