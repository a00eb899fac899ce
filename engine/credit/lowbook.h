/* lowbook.h - prudent PDs of a book with few defaults, grade by grade. */
#ifndef CREDIT_LOWBOOK_H
#define CREDIT_LOWBOOK_H

#include "data/table.h"

#include <stddef.h>
#include <stdint.h>

/* One grade, from the best. */
typedef struct {
    const char *grade; /* interned */
    int64_t n, d;      /* d of n defaulted */
} LowbookGrade;

typedef struct {
    double rho, theta; /* asset correlation, correlation of years */
    int years;
    const double *levels; /* [nlevels] */
    size_t nlevels;
    uint64_t seed; /* of the paths of several years */
} LowbookOptions;

/*
 * lowdefault_bounds: for each grade and level the most prudent PD of Pluto and
 * Tasche: stat/lowdefault.h, for several years stat/lowyears.h.
 * lowdefault_beliefs: for each grade and prior the mean of the PD and the
 * interval that the last level leaves; one year only.
 * Each grade stands on its own obligors and those of all worse ones.
 * Errors of both; ERR_MEMORY.
 */
MUST_USE ErrCode lowbook_tables(Tables *tables, const LowbookGrade grades[],
                                size_t n, const LowbookOptions *options,
                                Err *err);

#endif
