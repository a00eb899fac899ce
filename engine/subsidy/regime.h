/* regime.h - one policy over the stock: each contract judged once, then any
 * number of simulated years paid by index.
 */
#ifndef SUBSIDY_REGIME_H
#define SUBSIDY_REGIME_H

#include "subsidy/draw.h"
#include "subsidy/ground.h"

enum { REGIME_NONE = 255, REGIME_FUNDS = 64 };

/* A budget of the year to come. */
typedef struct {
    const char *payer, *county; /* county NULL: all without their own */
    size_t place;               /* of the payer */
    int64_t amount;             /* fen */
} RegimeFund;

typedef struct {
    const char *name;
    const Policy *policy;
    const Ground *ground;
    Claims each; /* by row of its table: after the limits of a claim, and
                  * divided where claims do not hang on one another */
    RegimeFund fund[REGIME_FUNDS];
    size_t funds;
    uint8_t *fund_of[MATCH_PAYERS]; /* [rows] or REGIME_NONE */
    const int64_t *alone; /* [rows] what it would be paid alone, fen */
    double *pull;    /* [rows] ln of what the elasticity is a power of; NULL */
    double *unpaid;  /* [rows] the same of no subsidy at all, of the policy that
                      * contracts came under; NULL where firms do not answer */
    uint32_t *moved; /* [rows] the row it may become; CLAIM_NOBODY; or NULL */
    double gaming;   /* the chance that it does */
    int is_annual;   /* awards on the firm's sum of the year */
    int is_joined;   /* limits that hang on other claims */
    int is_one_era;  /* the same terms all year */
    int has_lottery; /* budgets whose queue is drawn by id */
} Regime;

/* What a claim is paid hangs on other claims even where budgets last. */
static inline int regime_hangs(const Regime *r)
{
    return r->is_joined || r->is_annual;
}

/* What one year comes to, in fen; parts of a payer by its place. */
typedef struct {
    int64_t contracts, claimed, wanted, paid;
    int64_t wanted_by[MATCH_PAYERS], paid_by[MATCH_PAYERS];
    int64_t fund_wanted[REGIME_FUNDS], fund_paid[REGIME_FUNDS];
    int64_t fund_day[REGIME_FUNDS]; /* wanted went beyond it; NULL_INT: never */
} RegimeYear;

/*
 * Judge the ground, which must outlive it; so must `arena`.
 *
 * base    the policy that the contracts came under, or NULL for itself: firms
 *         answer to what `policy` pays more or less than that.
 * gaming  the share of firms within reach that step over a step.
 * ERR_INPUT for more than 64 budgets; else as subsidy_apply().
 */
MUST_USE ErrCode regime_open(Regime *out, const char *name,
                             const Policy *policy, const Ground *ground,
                             const Regime *base, const Outlook *outlook,
                             double gaming, Date as_of, Arena *arena, Err *err);

/* What comes under the policy. */
typedef struct {
    uint32_t *row; /* [n] in the order of their ids */
    size_t n;
    double *weight; /* [draw->n] how often each drawn one comes on average;
                     * NULL: once */
} RegimeRows;

/* ... in a year.  ERR_MEMORY. */
MUST_USE ErrCode regime_rows(RegimeRows *out, const Regime *regime,
                             const Draw *draw, Arena *arena, Err *err);

/*
 * Pay that year, as subsidy_apply() pays its contracts, to the fen.
 * county_paid  [counties], added to.
 * ERR_DOMAIN as subsidy_apply(); ERR_MEMORY.
 */
MUST_USE ErrCode regime_pay(RegimeYear *out, int64_t county_paid[],
                            const Regime *regime, const Draw *draw,
                            Arena *arena, Err *err);

/* What a year's rules would reach if no budget were short. */
typedef struct {
    int64_t wanted_by[MATCH_PAYERS]; /* fen, by place of the payer */
    int64_t firms;                   /* that would be paid */
    int64_t gini;    /* billionths, of amounts by firm, over all firms that have
                      * a contract; one where nobody would be paid */
    int64_t induced; /* fen of contracts beyond those without any subsidy, as
                      * the year's elasticity expects them; 0 where firms do
                      * not answer */
} RegimeReach;

/* ERR_DOMAIN as subsidy_apply(); ERR_MEMORY.
 * Source  Gini: Lerman, Yitzhaki, Economics Letters 15 (1984), in its form for
 *         ranks. */
MUST_USE ErrCode regime_reach(RegimeReach *out, const Regime *regime,
                              const Draw *draw, Arena *arena, Err *err);

/* The id of a year's contract number k. */
const char *regime_id(Arena *arena, size_t k); /* NULL: out of memory */

#endif
