/* shock.h - a stress: what is done to a book before it is simulated.
 *
 *   pd             "x1.5": every chance of default times this, at most 1; a
 *                  firm that has failed (pd 1) stays failed
 *   lgd            "+10pp", "x1.2", "x0.92 +8pp": lgd times the one and plus
 *                  the other, within [0, 1]
 *   factor         "-2", "-2, -1": the mean of every group's factor lies so
 *                  many standard deviations off, by year; the last number
 *                  holds for the years after it
 *   pledge_value   "-30%": what secures a loan, its collateral_value, is worth
 *                  so much more or less
 *   pledge_product "ip-pledge-loan": pledges of loans of that product alone
 *
 * Factors.  Y + g instead of Y: all that is random stays so, correlation too,
 * and a firm of a gaussian copula fails with Phi(Phi^-1(pd) - sqrt(rho) g) on
 * average.  (Given Y = g itself the chance is Phi((Phi^-1(pd) - sqrt(rho) g) /
 * sqrt(1 - rho)), the formula of Basel at g = Phi^-1(0.001): a year without
 * chance in what firms have in common.)  Losses that hang on the factor, by
 * lgd_loading, follow.
 * Pledges.  A portfolio does not say how much of what comes back is the
 * pledge's: all of it is taken to be, up to its value, which is the most a fall
 * can do:  lgd' = lgd - change min(collateral_value / outstanding, 1 - lgd).
 * Where an lgd_sd has no beta distribution beside the new lgd it becomes the
 * largest that has.
 * Order: pledge, then lgd.
 * Sources: Vasicek, "Probability of loss on loan portfolio" (1987); Basel
 * Committee, CRE31; Bonti, Kalkbrener, Lotz, Stahl, "Credit risk concentrations
 * under stress", Journal of Credit Risk 2 (2006), for stress by factors.
 */
#ifndef POOL_SHOCK_H
#define POOL_SHOCK_H

#include "data/doc.h"
#include "pool/pool.h"

/* What a stress may have, X(name). */
#define SHOCKS(X)                                                              \
    X(pd)                                                                      \
    X(lgd)                                                                     \
    X(factor)                                                                  \
    X(pledge_value)                                                            \
    X(pledge_product)

enum {
#define X(name) SHOCK_##name,
    SHOCKS(X)
#undef X
        SHOCK_COUNT
};

enum { SHOCK_YEARS = 30, SHOCKS_MOST = 15 };

struct PoolShock {
    const char *name;
    Label title; /* or nulls */
    const char *source, *confidence;
    const char *said[SHOCK_COUNT]; /* as written; NULL: not there */
    double pd;                     /* factor of it */
    double lgd, points;            /* factor of it, and what is added */
    double factor[SHOCK_YEARS];
    size_t shifts; /* of them that were written; at most the years of a run */
    double pledge; /* relative change */
    const char *product; /* NULL: all */
};

/* Nothing is done. */
#define SHOCK_NONE ((PoolShock){.pd = 1, .lgd = 1})

const char *shock_name(size_t which); /* "pledge_value" */

/* Take one of the things above from its text, which lives as long as the
 * stress.  NULL, or what should be written instead (a msgid). */
const char *shock_take(PoolShock *shock, size_t which, const char *text);

/* "pd x1.5, lgd +10pp"; NULL when out of memory. */
const char *shock_said(Arena *arena, const PoolShock *shock);

/*
 * Stresses of a document (datasets/stress.cfg is one):
 *     stresses = ( { id = "recession"; title = { zh; en; }; pd = "x2";
 *                    lgd = "+10pp"; source = "..."; confidence = "M"; } ... );
 * None goes without source and confidence.  At most SHOCKS_MOST of different
 * names; they live as long as the arena.
 * ERR_RULE after every fault is listed; ERR_MEMORY.
 */
MUST_USE ErrCode shocks_read(PoolShock **out, size_t *n, Arena *arena,
                             const Doc *root, Faults *faults, Err *err);

#endif
