/* rows.h - the rows of a portfolio, looked at one by one: what is wrong with
 * each, which group it is of, and what it loses.
 */
#ifndef POOL_ROWS_H
#define POOL_ROWS_H

#include "pool/factors.h"
#include "pool/scheme.h"

typedef struct {
    const char *firm;
    double pd;
    uint32_t row;   /* of the table */
    uint32_t group; /* of the factors */
} Row;

typedef struct {
    const Column *loan_id, *firm_id, *outstanding, *pd, *lgd, *lgd_sd, *bank,
        *scheme, *covered_share, *started_on, *matures_on, *amortisation, *rate,
        *overdue_days;
    const Column *key[FACTOR_KEY_COUNT];
} RowColumns; /* NULL where the table has none */

typedef struct {
    const Table *table;
    const Factors *factors;
    const Scheme *scheme; /* or NULL */
    Arena *arena;         /* of the book */
    Arena *scratch;       /* of its making */
    Faults *faults;
    Err *err;
    RowColumns c;
    Row *rows; /* [n] of the scheme, in the order of the table */
    size_t n;
} Rows;

/*
 * Fill c, rows and n; the members before them are the caller's.  Every faulty
 * row is listed, and rows of other schemes are left out with a warning.
 * ERR_INPUT for a missing column (faulty rows are in `faults` alone),
 * ERR_MEMORY.
 */
MUST_USE ErrCode rows_read(Rows *r);

static inline const char *rows_loan(const Rows *r, uint32_t row)
{
    return r->c.loan_id->s[row];
}

/* Which of the schemes of the book a row stands under: its place, from 0, and
 * itself, or NULL without a scheme.  ROWS_OTHER: one that is not here;
 * ROWS_NONE: it does not say, and there are several. */
enum { ROWS_OTHER = -1, ROWS_NONE = -2 };
int rows_member(const Rows *r, uint32_t row);
const Scheme *rows_scheme(const Rows *r, uint32_t row);

/* The loss given default of a row that has no fault: its own, or what the
 * scheme's recoveries leave; and its standard deviation in thousandths. */
double rows_lgd(const Rows *r, uint32_t row);
uint16_t rows_sd(const Rows *r, uint32_t row);

/* Whether the scheme takes this row as in default on the opening day. */
int rows_is_overdue(const Rows *r, uint32_t row);

MUST_USE ErrCode rows_fault(const Rows *r, uint32_t row, const char *problem,
                            const char *way_out);
size_t rows_line(const Rows *r, uint32_t row); /* in its file */

#endif
