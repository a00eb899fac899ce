/* volumes.h - how much of a book is in force, is written and is released in
 * each year: what rates of a scheme are parts of.
 *
 * Loans stand in classes (one for all, or one for each vintage or bank).  A
 * class has a row of amounts of the share base: what is in force as year
 * 0, 1 ... opens, then as the last year ends, then the new business of year
 * 0, 1 ..., then, where the scheme takes fees of the loans, those that are due
 * as year 0, 1 ... opens.  What defaults have taken away is kept in rows of the
 * same form.
 */
#ifndef POOL_VOLUMES_H
#define POOL_VOLUMES_H

#include "pool/book.h"

typedef struct {
    int years;
    size_t classes, row;   /* amounts in a row */
    const int64_t *amount; /* [classes][row] when nobody has defaulted */
} Volumes;

/* What a path has made of them. */
typedef struct {
    const int64_t *gone; /* [classes][row], NULL: nobody has defaulted */
    uint64_t stopped;    /* classes that were not written, as bits */
} VolumesGone;

/* Amounts in a row of the book. */
size_t volumes_row(const Book *book);

/* Add one loan to the row of its class. */
void volumes_add(int64_t row[], const Book *book, size_t loan);

/* Take a loan that defaults in `step` out of a row of what is gone: what it
 * would have in force and bring in fees as later years open, and new business
 * of later steps. */
void volumes_take(int64_t gone[], const Book *book, size_t loan, size_t step);

/* Take (sign 1) out of a row of what is gone, or put back (-1), a loan that is
 * not written: all that its firm's default in step `failed` (-1: never) has
 * left of it. */
void volumes_stop(int64_t gone[], const Book *book, size_t loan, int failed,
                  int sign);

/*
 * A denominator (scheme.h) of `n` classes from `first` on in a year.  is_life:
 * of all years up to this one.  Released is in force as the year opens, and new
 * business, less in force as it ends, so that the three add up.
 */
int64_t volumes_of(const Volumes *v, Denominator d, int year, int is_life,
                   const VolumesGone *path, size_t first, size_t n);

/* The loans' fees as a year opens, of all classes; of a book that has them. */
int64_t volumes_fees(const Volumes *v, int year, const VolumesGone *path);

#endif
