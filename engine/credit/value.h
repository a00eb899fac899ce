/* value.h - what a right of intellectual property is worth: income method. */
#ifndef CREDIT_VALUE_H
#define CREDIT_VALUE_H

#include "policy/policy.h"

typedef enum { VALUE_END_OF_YEAR, VALUE_MID_YEAR } ValueTiming;

typedef struct {
    double revenue;  /* yuan in the first year before growth (year 0) */
    double growth;   /* a year */
    double royalty;  /* part of revenue */
    double discount; /* a year */
    double years;    /* remaining life; a last part year counts in part */
    double tax;      /* on the royalty; 0: before tax */
    ValueTiming timing;
} ValueCase;

/*
 * Relief from royalty: the present value of the royalties saved.
 * Returns  yuan.  ERR_DOMAIN for a rate at or below -100% or a negative life.
 * Source   income approach, facts in rules; the convention (end or middle of
 *          the year, before or after tax) is part of the result.
 */
MUST_USE ErrCode value_relief(double *out, const ValueCase *c, Err *err);

/*
 * Value every row of ip_rights and add them up by application.
 * rights        adds ip_value, pledge_value, life_years, eligible, reasons,
 *               trace.
 * applications  adds ip_value and pledge_value (0 without rights), or NULL.
 */
MUST_USE ErrCode value_apply(Table *rights, Table *applications,
                             const Policy *policy, Date as_of, Err *err);

#endif
