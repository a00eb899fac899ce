#include "pool/factors.h"

#include <string.h>

static const char *const names[] = {
#define X(name) #name,
    FACTOR_KEYS(X)
#undef X
};

const char *factors_key_name(size_t key)
{
    return names[key];
}

Field factors_key_field(size_t key)
{
    static const Field fields[] = {
#define X(name) FIELD_##name,
        FACTOR_KEYS(X)
#undef X
    };
    return fields[key];
}

size_t factors_match(const Factors *f, const char *const values[])
{
    size_t g = 0;
    for (; g < f->n; g++) {
        const FactorGroup *group = &f->groups[g];
        size_t k = 0;
        while (k < FACTOR_KEY_COUNT &&
               (group->value[k] == NULL ||
                (values[k] != NULL && strcmp(values[k], group->value[k]) == 0)))
            k++;
        if (k == FACTOR_KEY_COUNT)
            break;
    }
    return g;
}
