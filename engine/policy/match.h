/* match.h - who pays which part of an award: city, county (市县分担). */
#ifndef POLICY_MATCH_H
#define POLICY_MATCH_H

#include "core/money.h"
#include "core/ratio.h"

#include <stddef.h>

enum { MATCH_PAYERS = 8 }; /* the most payers of a policy */

/* Payers of one award, or of all, in some counties or in all.  The first match
 * that names the award and the county is the one. */
typedef struct {
    int award;                   /* which award; -1: every one */
    const char *const *counties; /* [n_counties] interned; none: every one */
    size_t n_counties;
    const size_t *payer; /* [n] which of the policy's payers */
    const Ratio *share;  /* [n] sum to 100% */
    size_t n;
} Match;

/* NULL when `match` can be used, else the reason, in static storage. */
const char *match_check(const Match *match);

/* Does it hold for that award in that county (interned, or NULL)? */
int match_holds(const Match *match, int award, const char *county);

/*
 * Split `total` by weights of which at least one is above 0: largest
 * remainders, the lower index first among equals, so the parts sum to it.
 *
 * out      [n], each within a fen of its exact part.
 * total    >= 0.
 * weights  [n], >= 0, n <= MATCH_PAYERS, their sum at most 9e18.
 * Cost     a division of 128 bits a part.
 */
void match_split(int64_t out[], int64_t total, const int64_t weights[],
                 size_t n);

#endif
