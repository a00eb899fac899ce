/* stock.h - the contracts that next year's are drawn from: last year's, a year
 * later, their values as they were or as a distribution has them.
 *
 * Rows stand in blocks, one for each of the growths of values that are equally
 * likely; within a block by stratum, where each county has a number of its own.
 */
#ifndef SUBSIDY_STOCK_H
#define SUBSIDY_STOCK_H

#include "subsidy/outlook.h"

enum { STOCK_BLOCKS = 9 }; /* the values a growth may take, equally likely */

typedef struct {
    Table *table;          /* as the contracts, without registry numbers */
    const uint32_t *place; /* of row k there; NULL: k itself */
    size_t rows, blocks, versions; /* rows a block; rows a contract of old */
    size_t strata;
    const size_t *first;  /* [strata + 1] where a stratum begins in a block */
    const double *mean;   /* [strata] contracts a year, before growth */
    double dispersion;    /* of such a number; 0: Poisson */
    int year, years;      /* the year to come, and how many are drawn from */
    size_t from, refused; /* contracts taken, and duplicates left out */
} Stock;

/* The rows that are drawn from. */
typedef struct {
    const uint32_t *row; /* [n] by amount, then row of the contracts */
    size_t n, refused;   /* ... and duplicates left out */
    int last, years;     /* the last year, and how many there are up to it */
} StockRows;

/*
 * Those of the last `years` calendar years, or of as many as the contracts go
 * back.
 * ERR_INPUT when a date or a value is missing, or there is no contract;
 * ERR_MEMORY.
 */
MUST_USE ErrCode stock_rows(StockRows *out, Arena *arena,
                            const Table *contracts, int years, Err *err);

/* The stratum of each row, numbered by the first contract of each: the county,
 * or the whole.  ERR_INPUT without the column; ERR_MEMORY. */
MUST_USE ErrCode stock_strata(uint32_t **stratum, size_t *strata, Arena *arena,
                              const Table *contracts, const StockRows *rows,
                              int by_county, Err *err);

/*
 * From the rows of stock_rows(), with the dispersion that is stated.  A
 * contract stands `versions` times, once for each of as many equal parts of its
 * 1/n of the fitted distribution at its own rank, so that the largest stay
 * where they are; one version where values are as they were.
 *
 * values  [n * versions] fen by rank of old, then version; NULL: as they were.
 * ERR_INPUT as stock_rows(); ERR_DOMAIN for values beyond 9e15 yuan;
 * ERR_MEMORY.
 */
MUST_USE ErrCode stock_open(Stock *out, Tables *tables, const Table *contracts,
                            const Outlook *outlook, const int64_t values[],
                            size_t versions, int years, Err *err);

/* The growth of block `k`, in billionths: the quantile in its middle. */
int64_t stock_growth(const Outlook *outlook, size_t blocks, size_t k);

/* A table of rows[n] of `from`, cell by cell, for others to change. */
MUST_USE ErrCode stock_pick(Table **out, Tables *tables, const Table *from,
                            const char *name, const uint32_t rows[], size_t n,
                            Err *err);

#endif
