/* breakers.h - the breaker of each bank year by year, and the new business that
 * a suspension stops.
 *
 * As year t ends, a bank warns when its loans that defaulted in t reach `warn`
 * of the rule's denominator; it is suspended when they reach `suspend`, and
 * goes on being so until they are `resume` or less; of cohorts, when those of
 * any cohort do.  While it is suspended as year t + 1 opens, none of its loans
 * that would start in t + 1, renewals among them, are written: they have no
 * claims, are in no denominator and bring no fee.  On the opening day those
 * banks are suspended that the scheme's opening state names; what it says has
 * defaulted before counts in the first year.  What stands behind a renewal that
 * was not written is looked at in the year it would start in, as new business
 * of any other firm.
 *
 * What is stopped is taken out of the scenario's table of dues (dues.h) loan by
 * loan, so that nobody after it need know.
 * Cost  the rates of all banks, and where one is suspended the loans that it
 *       does not write; memory, 1 KB a firm and thread.
 */
#ifndef POOL_BREAKERS_H
#define POOL_BREAKERS_H

#include "pool/dues.h"

/* Whether a bank reaches what the rule says in a year. */
typedef struct {
    int warns, suspends, goes_on;
} BreakersReached;

/* in_default  [years][nbanks][bank_classes]
 * path        gone of `dues->banks`; stopped only where there may be any. */
BreakersReached breakers_reach(const Dues *dues, const SchemeBreaker *rule,
                               const int64_t in_default[],
                               const VolumesGone *path, size_t bank, int year);

/* What the breaker did to a bank, as bits. */
enum { BREAKERS_WARNED = 1, BREAKERS_SUSPENDED = 2 };

/* The same in every year of a scenario that has been through the scheme, also
 * where there is no business to be stopped: out[years]. */
void breakers_follow(uint8_t out[], const Dues *dues, const SchemeBreaker *rule,
                     const int64_t in_default[], const VolumesGone *path,
                     size_t bank);

typedef struct {
    const Dues *dues;
    const SchemeBreaker *rule;
    const uint32_t *first; /* [years][nbanks], and the end: places in `loan` */
    const uint32_t *loan;  /* new business by year it starts in, then bank */
} Breakers;

/* NULL where a suspension has nothing to stop.  ERR_MEMORY. */
MUST_USE ErrCode breakers_new(const Breakers **out, Arena *arena,
                              const Scheme *scheme, const Dues *dues, Err *err);

/* Scenario q of the table as on the opening day: whatever was stopped in it is
 * written again, and the banks of the opening state stop their first year's. */
void breakers_open(const Breakers *b, DueTable *table, size_t q);

/* As year t ends: the state of each bank, and what it stops in the year after.
 * stopped  classes that the limit of leverage has stopped. */
void breakers_end(const Breakers *b, DueTable *table, size_t q, int t,
                  uint64_t stopped);

/* What the breaker has made of a bank as year t opens, and of t - 1 at its end:
 * bits as above. */
static inline unsigned breakers_state(const Breakers *b, const DueTable *table,
                                      size_t q, int t, size_t bank)
{
    size_t years = (size_t)b->dues->book->years + 1;
    return table
        ->breaker[(q * years + (size_t)t) * b->dues->book->nbanks + bank];
}

/* Is the bank suspended on the opening day? */
static inline int breakers_opening(const Book *book, size_t bank)
{
    return book->suspended != NULL && book->suspended[bank];
}

/* 1 when the loan's bank is suspended as the year opens that it would start
 * in. */
int breakers_stop(const Breakers *b, const DueTable *table, size_t q,
                  size_t loan);

#endif
