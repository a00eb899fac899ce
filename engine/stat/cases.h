/* cases.h - scored cases whose outcome is known: what validation looks at. */
#ifndef STAT_CASES_H
#define STAT_CASES_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const double *score;  /* [n] the higher, the likelier bad; often a PD */
    const uint8_t *bad;   /* [n] 1 defaulted, 0 did not */
    const double *weight; /* [n] >= 0, or NULL: 1 each */
    size_t n;
} Cases;

/* Weight in each class. */
typedef struct {
    double bad, good;
} CasesSum;

/* Rows by rising score, ties by row, in groups of one score each. */
typedef struct {
    size_t groups;
    const uint32_t *row;   /* [n] */
    const uint32_t *start; /* [groups + 1] places in `row` */
} CasesOrder;

static inline double cases_weight(const Cases *c, size_t row)
{
    return c->weight == NULL ? 1 : c->weight[row];
}

CasesSum cases_sum(const Cases *c);
CasesSum cases_group(const Cases *c, const CasesOrder *order, size_t g);

/* ERR_DOMAIN naming the row (from 1) when a score is no number or a weight no
 * finite number >= 0, and when either class has no weight: then nothing can be
 * told apart.  At most 2^32 - 1 rows. */
MUST_USE ErrCode cases_check(const Cases *c, Err *err);

/* ERR_DOMAIN as cases_check(), and when a score is outside [0, 1]. */
MUST_USE ErrCode cases_check_pd(const Cases *c, Err *err);

/* cases_check(), then the order, in the arena.  ERR_MEMORY.
 * Cost: O(n log n), 28 bytes a row. */
MUST_USE ErrCode cases_order(CasesOrder *out, Arena *arena, const Cases *c,
                             Err *err);

#endif
