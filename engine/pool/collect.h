/* collect.h - what is kept of each scenario: losses by party, and counts of
 * what happened.  Sums are whole numbers, so the order of adding is nothing.
 */
#ifndef POOL_COLLECT_H
#define POOL_COLLECT_H

#include "pool/waterfall.h"

/* Counts and sums of a thread's scenarios, [run][parties] where not said
 * otherwise. */
typedef struct {
    int run, parties;
    size_t years, nbanks;
    Exact *paid, *back, *balance;
    /* Of the same, the balance less its opening: squares after a shift to the
     * right. */
    Exact *paid_squares, *back_squares, *balance_squares;
    const SchemeFund *fund; /* [parties] */
    /* Accounts as differences to a path without defaults, and their squares:
     * [run][ACCOUNT_COUNT][parties], squares after a shift to the right. */
    int has_accounts, shift;
    const Accounts *calm;
    Exact *account, *squares;
    uint64_t *levered, *unreserved; /* [run] */
    uint64_t *dry;                /* scenarios in which it is the first year */
    uint64_t *capped;             /* scenarios in which the cap binds */
    uint64_t *warned, *suspended; /* [years][nbanks] */
    uint8_t
        *banks; /* [nbanks] of the scenario counted last, BREAKERS_WARNED ... */
} Tally;

/* 0 when out of memory; tally_close() may follow in any case.  `w` NULL:
 * nothing is counted. */
MUST_USE int tally_open(Tally *tally, const Waterfall *w, size_t nbanks);
void tally_close(Tally *tally);
void tally_add(Tally *sum, const Tally *part);

/* Error of a mean from whole sums, so that no thread changes a bit: n numbers,
 * their sum, and the sum of their squares after that shift. */
double tally_error(const Tally *tally, Exact sum, Exact squares, uint64_t n);

/* Count one scenario. */
void tally_path(Tally *tally, const WaterfallPath *path);

/* Count what the breaker of each bank does in one scenario (breakers.h).
 * in_default  [years][nbanks][bank_classes]
 * path        gone of `dues->banks`; stopped only where there may be any. */
void tally_banks(Tally *tally, const Dues *dues, const SchemeBreaker *rule,
                 const int64_t in_default[], VolumesGone path);

#endif
