#include "credit/factor.h"

#include "core/text.h"
#include "data/cell.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 100 }; /* levels that are looked for one by one */

int factor_compare(const void *a, const void *b)
{
    const char *s = *(const char *const *)a, *t = *(const char *const *)b;
    double x = 0, y = 0;
    int p = cell_real(&x, slice_of(s)) == NULL;
    int q = cell_real(&y, slice_of(t)) == NULL;
    if (p != q)
        return p ? -1 : 1;
    if (p && x != y)
        return x < y ? -1 : 1;
    return strcmp(s, t);
}

const char **factor_levels(size_t *n, Arena *arena, const Column *c,
                           const size_t row[], size_t rows)
{
    const char **level = arena_alloc(arena, rows + 1, sizeof *level);
    *n = 0;
    for (size_t i = 0; level != NULL && i < rows; i++) {
        const char *cell = c->s[row[i]];
        size_t l = 0;
        while (l < *n && l < FEW && level[l] != cell)
            l++;
        if (l == *n || l == FEW)
            level[(*n)++] = cell;
    }
    if (level == NULL || *n == 0)
        return level;
    qsort(level, *n, sizeof *level, factor_compare);
    size_t kept = 1;
    for (size_t l = 1; l < *n; l++)
        if (level[l] != level[kept - 1])
            level[kept++] = level[l];
    *n = kept;
    return level;
}
