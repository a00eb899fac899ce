#include "policy/swap.h"

static void put(const Code *code, void *to, size_t i, const WhatIfValue *v)
{
    const Slot *slot = &code->slots[v->slot];
    Number number = {v->num, v->den};
    switch (slot->rep) {
    case REP_WHOLE:
        ((int64_t *)to)[i] = number_whole(number, slot->scale);
        break;
    case REP_TRUTH:
        ((Truth *)to)[i] = (Truth)v->truth;
        break;
    case REP_TEXT:
        ((const char **)to)[i] = v->word;
        break;
    default:
        ((Number *)to)[i] = number;
    }
}

void swap_run(const Code *code, void *const at[], const WhatIf of[],
              const uint32_t rows[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (const WhatIf *c = &of[rows[i]]; c != NULL; c = c->also)
            if (c->value.slot >= 0)
                put(code, at[c->value.slot], i, &c->value);
    }
    for (size_t k = 0; k < code->n_ops; k++) {
        const Op *op = &code->ops[k];
        op->fn(op, at, n);
        for (size_t i = 0; i < n; i++)
            for (const WhatIf *c = &of[rows[i]]; c != NULL; c = c->also)
                if (c->value.slot == (int)op->d)
                    put(code, at[op->d], i, &c->value);
    }
}
