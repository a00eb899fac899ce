/* twinspread.h - how far the phases of a book's losses are spread at each
 * frequency, which tells how little of its distribution is left there:
 * sum of pd (1 - pd) (1 - cos(theta loss)).
 */
#ifndef POOL_TWINSPREAD_H
#define POOL_TWINSPREAD_H

#include "pool/twincf.h"

/*
 * Fill spread[n], zeros before, of the frequencies of twincf_new(); the largest
 * of those up to *last, which is lowered where losses have no unit: to where
 * the largest loan turns by TWINSHARES_FAR.
 * scratch  [n], zeros before and after
 */
double twinspread_fill(double spread[], size_t *last, const TwinBook *book,
                       size_t n, const double cosine[], const double sine[],
                       double scratch[]);

#endif
