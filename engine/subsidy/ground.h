/* ground.h - the rows that a policy judges: those of the stock and those that
 * contracts may move to, in line.
 *
 * Policies that go by the same dates and have the same steps share one.
 */
#ifndef SUBSIDY_GROUND_H
#define SUBSIDY_GROUND_H

#include "subsidy/claims.h"
#include "subsidy/gaming.h"

typedef struct {
    const Stock *stock;
    const char *date_used; /* by the policies; or NULL */
    GamingSteps steps;     /* that contracts move over */
    Table *table;          /* the stock, and rows that are moved over a step */
    GamingMoves moves;     /* which; none where nobody moves */
    Claims opened;         /* rows of it before any policy */
    uint32_t *county;      /* [rows] its number, as the stock meets them */
    const char **county_name; /* [counties] or "" */
    size_t counties;
} Ground;

/*
 * base  the policy that the contracts came under, if firms move over the steps
 *       that `policy` has and it has not; NULL: nobody moves.
 * ERR_INPUT, ERR_DOMAIN as claims_open(); as gaming_steps(); ERR_MEMORY.
 */
MUST_USE ErrCode ground_open(Ground *out, Arena *arena, const Stock *stock,
                             const Policy *policy, const Policy *base,
                             int64_t within, Date as_of, Err *err);

/* Would ground_open() of that policy come to the same?  Its steps are read into
 * `arena`. */
MUST_USE ErrCode ground_serves(int *out, const Ground *ground, Arena *arena,
                               const Policy *policy, const Policy *base,
                               Date as_of, Err *err);

#endif
