/* gradescale.h - a master scale: grades as ranges of PD. */
#ifndef STAT_GRADESCALE_H
#define STAT_GRADESCALE_H

#include "core/err.h"

#include <stddef.h>

enum { GRADESCALE_MOST = 40 };

/* PDs of one grade lie in [low, high); the last takes its upper end too. */
typedef struct {
    double low, high;
    double pd; /* of the grade: the geometric mean of its ends */
} Grade;

/*
 * Grades whose PDs rise by one factor from `low` to `high`, so that each step
 * costs the same multiple of risk.
 * out     [n], n in 1 .. GRADESCALE_MOST.
 * Errors  ERR_DOMAIN unless 0 < low < high <= 1.
 */
MUST_USE ErrCode gradescale_geometric(Grade out[], size_t n, double low,
                                      double high, Err *err);

/* The grade of a PD, from 0; PDs beyond an end belong to that end's grade. */
size_t gradescale_of(const Grade scale[], size_t n, double pd);

#endif
