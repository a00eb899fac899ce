/* factor.h - the different words of a column, in the order a factor has them.
 */
#ifndef CREDIT_FACTOR_H
#define CREDIT_FACTOR_H

#include "data/table.h"

/* Two texts by address, for qsort() and bsearch(): numbers before others, by
 * size; what is equal then, by bytes. */
int factor_compare(const void *a, const void *b);

/* Words of a CATEGORY column in row [rows], each once, in that order; NULL when
 * out of memory. */
const char **factor_levels(size_t *n, Arena *arena, const Column *c,
                           const size_t row[], size_t rows);

#endif
