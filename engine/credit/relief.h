/* relief.h - income method: the royalties that owning a right saves. */
#ifndef CREDIT_RELIEF_H
#define CREDIT_RELIEF_H

#include "core/err.h"

#include <stddef.h>

typedef enum { RELIEF_END_OF_YEAR, RELIEF_MID_YEAR } ReliefTiming;

enum { RELIEF_YEARS = 60 }; /* longest life: a legal person's copyright is 50 */

typedef struct {
    double revenue;     /* yuan in the first year */
    double growth;      /* of revenue, a year */
    double royalty;     /* part of revenue */
    double discount;    /* a year */
    double years;       /* remaining life; a last part year counts in part */
    double tax;         /* on royalty less fee; 0: before tax */
    const double *fees; /* yuan due in year 1, 2 ... [n_fees]; none after it */
    size_t n_fees;
    ReliefTiming timing;
} ReliefCase;

typedef struct {
    double saved;   /* royalty of the year, yuan */
    double fee;     /* yuan */
    double when;    /* years from now */
    double present; /* yuan today, after tax */
} ReliefYear;

/*
 * Present value of the royalties saved less the fees that keep the right alive.
 *
 *     sum over years t of (revenue (1+growth)^(t-1) royalty part_t - fee_t)
 *                         (1-tax) / (1+discount)^when_t
 *
 * part_t is 1 but in the last year; when_t is the end or the middle of the part
 * of year t that is lived.  A fee of a part year is whole.
 *
 * years    [ceiling of c->years] what each brings, or NULL.
 * Returns  yuan, possibly below 0 (fees above royalties).
 * ERR_DOMAIN for a growth or discount at or below -100%, a negative revenue,
 *            royalty, tax or life, a life over RELIEF_YEARS, or no number.
 * Source   income approach of the asset valuation standards (facts: sum over
 *          the remaining life of revenue x royalty, life = min(legal,
 * economic)); the convention is part of the result.
 */
MUST_USE ErrCode relief_value(double *out, ReliefYear years[],
                              const ReliefCase *c, Err *err);

#endif
