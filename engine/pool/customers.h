/* customers.h - the book of a guarantor by customer and kind of guarantee
 * (ratios.h).
 */
#ifndef POOL_CUSTOMERS_H
#define POOL_CUSTOMERS_H

#include "policy/policy.h"

typedef struct {
    const Table *portfolio;
    const Policy *weights;
    int is_whole; /* what is guaranteed is all that is outstanding */
} Guarantees;

/* A customer: its rows of the table, and what they come to, in fen. */
typedef struct {
    const char *firm, *group; /* group: its own id where it has none */
    size_t first, n;          /* rows */
    int64_t in_force, counted;
    int is_small;
} Customer;

typedef struct {
    Table *rows;    /* as_of, balance ... and what the weights put out */
    Customer *list; /* [n] by firm_id */
    size_t n;
    int64_t in_force, weighted, small_in_force;
    int64_t largest, largest_group; /* of what counts */
    size_t small;                   /* customers */
} Customers;

/* Errors as pool_ratios(). */
MUST_USE ErrCode customers_read(Customers *out, Tables *tables,
                                const Guarantees *of, Date as_of,
                                Faults *faults, Err *err);

#endif
