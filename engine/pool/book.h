/* book.h - a book put in order for simulation: firms in slots, by group and
 * chance of default.
 *
 * The order is by group, pd and firm_id, so that the order of the file's rows
 * changes nothing.  Each group starts a new word of slots; slots that fill up
 * its last word hold no firm.
 */
#ifndef POOL_BOOK_H
#define POOL_BOOK_H

#include "pool/factors.h"
#include "pool/scheme.h"

enum { BOOK_YEARS = 30 };

/* Years are counted from the opening day and its anniversaries.  A loan that
 * starts on the opening day or within the year before it is of vintage -1, as
 * is one without a date; one that starts within year y of the horizon (after
 * the day it opens, from 0) is new business, of vintage y. */

typedef struct {
    uint32_t row;   /* of the table */
    uint32_t slot;  /* of its firm */
    uint32_t bank;  /* index of its bank's name, 0 where banks play no part */
    int8_t vintage; /* years from the opening day to the year it starts in */
    uint8_t member; /* of a joint scheme, which it stands under */
    uint16_t sd;    /* of the loss given default, thousandths; 0: constant */
    double lgd;     /* mean over defaults */
} BookLoan;

typedef struct {
    const FactorGroup *factor;
    size_t first, firms; /* slots; `first` is a multiple of 32 */
    size_t loans;
    const uint16_t *span; /* [nspans] words of 32 slots, from the first on, that
                           * are drawn sparsely (spans.h) */
    size_t nspans;
} BookGroup;

typedef struct {
    const Table *table;
    int years;
    int year_steps;  /* of a year: 1, or 12 */
    size_t steps;    /* of all years */
    int has_opening; /* a date is known for the start of the horizon */
    Date opening;
    size_t nslots; /* a multiple of 32 */
    size_t firms, nloans, ngroups, nbanks;
    size_t renewed; /* of the loans: renewals, each behind what it follows */
    const BookGroup *groups; /* [ngroups], without empty ones */
    const double *pd;        /* [nslots]; 0 where there is no firm */
    const uint8_t *overdue;  /* [nslots] in default on the opening day; NULL:
                              * none is */
    const uint32_t *loan_at; /* [nslots + 1]: a slot's loans are from here on */
    const BookLoan *loans;   /* [nloans] by slot, then by loan_id */
    const double *shift;     /* [years] of every factor; NULL: none */
    size_t width; /* steps, and one more where the end of the last counts */
    const int64_t *balance;   /* [nloans][width] fen as each step opens */
    const int64_t *covered;   /* [nloans][width] of it, under the scheme */
    const int16_t *start;     /* [nloans] step in which new business starts;
                               * NULL: its vintage */
    const int64_t *written;   /* [nloans] covered, of new business alone; NULL:
                               * there is none */
    const int64_t *fee;       /* [nloans][years] due as each year opens, where
                               * the scheme takes the loans' fees; else NULL */
    int oldest, youngest;     /* vintage */
    const char *const *banks; /* [nbanks] */
    const uint8_t *suspended; /* [nbanks] on the opening day; NULL: none is */
    const int64_t *defaulted; /* [nbanks] before it, in the year under way;
                               * NULL: nothing */
} Book;

/* A group of so many words of slots is drawn in at most 128 bands, each of so
 * many words. */
enum { BOOK_BANDS = 128 };
static inline size_t book_band(size_t words)
{
    return (words + BOOK_BANDS - 1) / BOOK_BANDS;
}

/* Is a firm in default on the opening day? */
static inline int book_overdue(const Book *b, size_t slot)
{
    return b->overdue != NULL && b->overdue[slot];
}

/* As year `year` opens, among the steps. */
static inline size_t book_opening(const Book *b, size_t year)
{
    return year * (size_t)b->year_steps;
}

/* How many years' openings there are, the end of the last among them. */
static inline size_t book_openings(const Book *b)
{
    return (size_t)b->years + b->width - b->steps;
}

/* The step in which a loan of new business starts. */
static inline int book_start(const Book *b, size_t loan)
{
    return b->start == NULL ? b->loans[loan].vintage : b->start[loan];
}

#endif
