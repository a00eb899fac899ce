/* quantity.h - the figures a model's section of a policy names: a literal, a
 * dated parameter, or a column of the table.
 */
#ifndef CREDIT_QUANTITY_H
#define CREDIT_QUANTITY_H

#include "policy/policy.h"

typedef enum {
    QUANTITY_MONEY, /* "1000000.00", "100万"; in yuan */
    QUANTITY_RATE,  /* "3.5%", "0.035", "1/3" */
    QUANTITY_NUMBER /* "24", "1.5": months, years, counts */
} QuantityUnit;

typedef struct {
    QuantityUnit unit;
    const char *text;     /* as it stands in the rules; NULL: left out */
    const Column *column; /* or NULL */
    double value;         /* the literal; the parameter's on the scope's day */
} Quantity;

/* One or several of them: "a", or ( "a", "b" ).  None: n is 0. */
typedef struct {
    Quantity *items; /* [n] */
    size_t n;
} Quantities;

/* Where names are looked up; what is read holds for the era of the day. */
typedef struct {
    const Table *table;
    const Policy *policy;
    Date day; /* on which every parameter that is named must have a value */
    Arena *arena;
    DocReader r;
} QuantityScope;

/*
 * Read a child of a section.  A name that is a column is that column, else it
 * is a parameter; it is a fault when it is neither.  A missing child is a fault
 * unless `otherwise` is given, which is then taken.
 * Returns 1 when *out can be used.
 */
int quantity_read(Quantity *out, QuantityScope *scope, const Doc *group,
                  const char *name, QuantityUnit unit, const double *otherwise);

/* The same for one or several; `optional` 1: there may be none. */
int quantities_read(Quantities *out, QuantityScope *scope, const Doc *group,
                    const char *name, QuantityUnit unit, int optional);

/* The figure of a row; NaN for null. */
double quantity_at(const Quantity *quantity, size_t row);

/* Of all items: the sum, the product; NaN when one is null.  The least of those
 * that are not null; NaN when all are. */
double quantities_sum(const Quantities *q, size_t row);
double quantities_product(const Quantities *q, size_t row);
double quantities_least(const Quantities *q, size_t row);

/* The first fault that was listed as an error of the policy; OK when none. */
MUST_USE ErrCode quantity_end(const QuantityScope *scope, Err *err);

/* The column of the days by which the policy judges rows, or NULL. */
const Column *quantity_days(const Table *table, const Policy *policy);

/* The day a row is judged by: its own where there are `days`, else `as_of`.
 * days < INT32_MIN / 2: the row has none. */
Date quantity_day(const Column *days, size_t row, Date as_of);
int quantity_has_day(Date day);

#endif
