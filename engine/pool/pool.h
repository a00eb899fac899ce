/* pool.h - losses of a guaranteed book and who pays them, by simulation.
 *
 * Reads  a portfolio table, the documents `factors` (rules/factors.md)
 *        and `scheme` (rules/schemes/README.md).
 * Gives  tables of results, in which `value`, `se`, `low` and `high` are fen
 *        where they are amounts (doubles: a mean is no whole number of fen):
 *   pool_summary      one row of headline figures; el, var, es and ul of the
 *                     highest level with their intervals (el_low, el_high ...);
 *                     steps, where they are monthly, here and in the summaries
 *                     of the functions below
 *   pool_figures      party, measure, level, value, se, low, high; party
 *                     "total" first; measures el, sd, var, es, ul (var less
 *                     el), and for a scheme gross_el (before recoveries);
 *                     el_exact where a closed form is known
 *   pool_exact        party, measure (el, sd, var, es), level, value, z: the
 *                     exact figures where they can be had, and how many
 *                     standard errors the simulated ones lie above them, null
 *                     where too few futures tell
 *   pool_exact_ruin   party, probability, z
 *   pool_exact_reason reason, where they cannot
 *   pool_contributions  where the options name their level: party, level,
 *                     by (industry, county, bank, as far as the portfolio has
 *                     them), name, contribution to the party's ES, se, low,
 *                     high, share of it; of a party and column they sum to
 *                     the ES to the fen
 *   pool_contributors the same by firm_id
 *   pool_ruin         party, year, probability, se, low, high: the first year
 *                     in which a party's fund, or the layers it shares in, do
 *                     not cover all that is asked of it
 *   pool_ruin_time    party, probability that this happens in any year, se,
 * low, high; mean_year of it where it does, mean_year_low, mean_year_high
 *   pool_events       event, party, year, probability, se, low, high:
 *                     cap_binds; warn and suspend of a breaker, by bank;
 *                     leverage_binds as a year opens; reserve_short when the
 *                     compensation reserve does not cover a year's payments
 *   pool_years        party, year, mean paid, recovered and balance left, each
 *                     with its standard error (paid_se ...)
 *   pool_accounts     year, party, measure, value, se: means of what a scheme's
 *                     parties have beside payments (funding.h names them)
 *   pool_distribution loss, count, share, low, high: a histogram of the total,
 *                     by the lower bound of each class
 *   pool_party_distribution  party and the same, of what each pays less what
 *                     comes back
 *   pool_marks        name, x: where figures lie on that histogram; scenario:
 *                     the first that loses so much, for pool_replay()
 *   pool_terms        name of a group, year, pd_asked, pd_implied: chance to
 *                     fail by the end of the year at the group's mean pd, where
 *                     it is not 1 - (1 - pd)^year (terms.h)
 *   pool_large        level, var_large, granularity, es_large: closed forms of
 *                     an endless pool, and what the VaR gains for this one
 *                     (large.h says where)
 *   pool_groups       name, firms, loans, outstanding, expected_loss, share
 *
 * Definitions.  Default is by firm: all loans of a firm_id fail together.  Time
 * goes by steps, of a year or of a month; a firm that fails in a year does so
 * in any of its months alike, in the first one when it is overdue on the
 * opening day (months.h).  A loan's exposure is its balance as the step opens
 * (on `as_of` and its anniversaries, or the same day of each month); what is
 * due within the step counts whole.  A loan that starts after `as_of` is new
 * business: it can fail from the next step on, and is not written when its firm
 * has failed before or the breaker of its bank or the limit of leverage stops
 * it.
 * On default a party pays its part of the claim `claim_after_months` later;
 * of it 1 - lgd comes back by the scheme's `recovery`, pro rata to what each
 * paid.  By yearly steps months beyond full years do not move an event out of
 * its year; by monthly ones every month counts: funds meet the claims, receipts
 * and dated payments of each month in turn, and a year's layers and caps what
 * its claims have come to so far.  Factors, premiums, yields, reserves and the
 * limit of leverage are a year's.  All recoveries count, those after the last
 * year too.
 * Of a loan with lgd_sd 1 - lgd is drawn (severity.h).
 * `basis = "net"` asks for exposure x lgd at once instead.
 */
#ifndef POOL_POOL_H
#define POOL_POOL_H

#include "data/doc.h"
#include "data/table.h"

#include <stdint.h>

typedef struct Factors Factors;     /* compiled factor model */
typedef struct Scheme Scheme;       /* compiled sharing scheme */
typedef struct PoolShock PoolShock; /* a stress (shock.h) */

/* Compile the group `factors` of a document.  ERR_RULE after every fault is
 * listed; ERR_MEMORY. */
MUST_USE ErrCode factors_read(const Factors **out, Arena *arena,
                              const Doc *root, Faults *faults, Err *err);

/* The file of correlations that it names and that has yet to be taken in,
 * relative to its own; or NULL. */
const char *factors_pairs_file(const Factors *factors);

/* The same model with that file: a column `name` and one for each group, headed
 * by its label ("C26", "I65 随县"), a row for each.  What is no correlation
 * matrix is told with the nearest that is, and refused unless the model says
 * nearest = "yes".  ERR_INPUT after faults; ERR_DOMAIN; ERR_MEMORY. */
MUST_USE ErrCode factors_take_pairs(const Factors **out, Arena *arena,
                                    Tables *tables, const Factors *factors,
                                    Source source, Faults *faults, Err *err);

/* Compile the group `scheme` of a document.  ERR_RULE after every fault is
 * listed: shares that do not sum to one, overflows in a circle ...;
 * ERR_MEMORY. */
MUST_USE ErrCode scheme_read(const Scheme **out, Arena *arena, const Doc *root,
                             Faults *faults, Err *err);

/* Schemes of one book, with the parties, funds and limits of one: a loan stands
 * under the one whose id its column `scheme` names.  Caps and layers look at
 * the loans of their own scheme; claims of all schemes that meet a short fund
 * are paid in proportion.  n = 1 gives that scheme back.
 * ERR_RULE where they cannot stand together, with their files; ERR_MEMORY. */
MUST_USE ErrCode scheme_join(const Scheme **out, Arena *arena,
                             const Scheme *const of[], size_t n, Err *err);

/* What of the exact distribution is computed, X(name, word). */
#define POOL_EXACTS(X)                                                         \
    X(CHEAP, "cheap") /* in some seconds, or not at all */                     \
    X(FULL, "full")   /* every frequency, however long it takes */             \
    X(NONE, "none")

typedef enum {
#define X(name, word) POOL_EXACT_##name,
    POOL_EXACTS(X)
#undef X
} PoolExact;

/* How closely time is followed, X(name, word). */
#define POOL_STEPS(X)                                                          \
    X(YEARLY, "yearly")                                                        \
    X(MONTHLY, "monthly")

typedef enum {
#define X(name, word) POOL_STEPS_##name,
    POOL_STEPS(X)
#undef X
} PoolSteps;

typedef struct {
    uint64_t scenarios; /* 2 to 2^32 - 1 */
    int years;          /* 1 to 30 */
    PoolSteps steps;
    uint64_t seed;
    int threads; /* 0: all cores; never changes a byte of the result */
    PoolExact exact;
    const double *levels;           /* [nlevels] each in (0, 1) */
    const char *const *level_texts; /* as exact decimals, for ranks */
    size_t nlevels;
    const char *contributions; /* level, exact decimal; NULL: none */
    /* Opening day of the horizon, read only with loan dates; 0001-01-01 (none
     * given): the latest started_on of the book. */
    Date as_of;
    /* Called from one thread at a time with the part done; non-zero stops the
     * run with ERR_IO when asked to stop.  NULL is allowed. */
    int (*progress)(void *to, double part);
    void *to;
} PoolOptions;

/*
 * Simulate and tabulate.  Same bytes for any number of threads, any order of
 * the rows and any instruction set.  `scheme` may be NULL: the total alone.
 * faults  every faulty row (unknown group, pd outside [0, 1], unequal pds of
 *         one firm ...), and as warnings what is in the book but not used.
 * ERR_INPUT after faults; ERR_DOMAIN for options out of range; ERR_IO when
 * stopped; ERR_MEMORY.
 * Cost    about 0.2 ns an obligor, scenario and year, and 8 bytes a scenario
 *         and party.
 */
MUST_USE ErrCode pool_simulate(Tables *out, const Table *portfolio,
                               const Factors *factors, const Scheme *scheme,
                               const PoolOptions *options, Faults *faults,
                               Err *err);

/* Which fund, and how safe it is to be. */
typedef struct {
    const char *party;        /* whose fund; NULL: the only one of the scheme */
    const char *const *ruins; /* [n] exact decimals: chances to run dry */
    size_t n;
} PoolSizing;

/*
 * How much money a party's fund needs, on the scenarios of pool_simulate():
 *   pool_size_now    the fund as it is: opening, probability of ruin with its
 *                    interval, in force, multiple (in force a yuan of fund),
 *                    surplus (mean of premium less what is paid, net of what
 *                    comes back, all claims being paid) with its interval
 *   pool_size        by chance of ruin: balance needed, low, high, multiple;
 *                    fee, fee_low, fee_high: the least premium rate at which
 *                    the fund as it is holds out; scale, scale_low, scale_high:
 *                    how many times the book it carries (null where no book
 *                    is too large, and where another size is another book: a
 *                    cap on a customer, a limit of leverage that may stop new
 *                    business, denominators and defaults of banks from before
 *                    the opening day)
 *   pool_size_fee    rate: the premium as it is, or what the loans' own fees
 *                    come to of what is in force while nobody fails; fee,
 *                    fee_low, fee_high: the rate in its place at which the
 *                    expected surplus is zero
 *   pool_size_curve  balance, probability, low, high
 *
 * Ruin is the first claim a fund does not pay in full.  Until then nothing
 * depends on what the fund holds but its own yield, so the opening balance that
 * a scenario needs is the most by which payments run ahead of receipts, found
 * in one run with a fund without end; balances by chance of ruin are its order
 * statistics.  With a yield each scenario is searched by bisection on its own
 * events.  Where the party's premium raises the net assets of its own limit of
 * leverage, a higher one makes room for business that must be paid for in turn:
 * its fees are those from which on the fund holds out, searched likewise, and
 * the break-even fee is sought by further runs of the same scenarios until what
 * is paid and in force with it brings it back (null when 20 runs do not).
 * The book carried is what the fund holds over what it needs; where payments,
 * other funds or claims from before stay as they are while the book grows, each
 * scenario is searched by bisection as well, to a billionth of the book.
 * A party without a fund is sized as if it had one with nothing in it.
 * Investment income is no part of the surplus.  ERR_DOMAIN for a party that
 * the scheme does not have, or when it has not exactly one fund and none is
 * named; else as pool_simulate().
 */
MUST_USE ErrCode pool_size(Tables *out, const Table *portfolio,
                           const Factors *factors, const Scheme *scheme,
                           const PoolOptions *options, const PoolSizing *sizing,
                           Faults *faults, Err *err);

/* A book under a scheme, as it is or otherwise. */
typedef struct {
    const char *name;
    const Table *portfolio;
    const Factors *factors;
    const Scheme *scheme;   /* or NULL */
    const PoolShock *shock; /* what is done to it first; or NULL */
} PoolVariant;

/*
 * Figures of variants on the same scenarios, and how far each lies from the
 * first one's:
 *   pool_compare_schemes  variant, title, title_zh, file of its scheme
 *   pool_compare       variant, party ("total" first), measure (el, var, es,
 *                      ul), level, value, low, high; change to the party of
 *                      that name in the first variant, change_se, change_low,
 *                      change_high (null in the first, and where it has none)
 *   pool_compare_ruin  the same of the chance that a party's fund or layers do
 *                      not suffice in any year; where any may not
 *   pool_compare_events  event (as in pool_events), party or bank, the same of
 *                      the chance that it happens in any year; where there are
 *                      any
 * Intervals of changes are those of paired scenarios (stat/paired.h): as firms
 * fail by the same draws, they are far narrower than two runs' would be.
 * Cost: a run each.  Errors as pool_simulate().
 */
MUST_USE ErrCode pool_compare(Tables *out, const PoolVariant variants[],
                              size_t n, const PoolOptions *options,
                              Faults *faults, Err *err);

/* A reverse stress: how large must a shock be until a fund fails? */
typedef struct {
    const char *party; /* whose fund; NULL: the only one of the scheme */
    const char *level; /* chance to run dry, exact decimal */
    int shock;         /* 0: of PDs; else SHOCK_lgd ... of shock.h */
} PoolReverse;

/*
 * A book under stresses (shock.h) beside the book as it is, on the same
 * scenarios:
 *   pool_stress_summary  stress ("as_is" first), pd and lgd (means by what is
 *                        outstanding; pd of the first year, null under a t
 *                        copula whose factors shift), el, el_change, var, es,
 *                        es_change of the whole at the highest level of the
 *                        options, each with its interval (el_low, el_high ...)
 *   pool_stress_list     stress, title, title_zh, does, source, confidence, of
 *                        those that have a source
 *   pool_stress, pool_stress_ruin, pool_stress_events
 *                        as the tables of pool_compare(), `stress` for variant
 *   pool_stress_reverse  where `reverse` is not NULL, two rows by criterion:
 *                        runs_dry, the fund's chance to run dry is `level` or
 *                        more, and el_over_balance, what it is expected to pay,
 *                        net of what comes back, passes its opening balance;
 *                        value: the least thousandth such that it holds with
 *                        every pd times this (0: without any default but those
 *                        that are certain), or by `shock` (shock_zh) with this
 *                        added to every lgd, taken from every factor
 *                        (deviations) or lost by every pledge (0: as it is);
 *                        null: never; low, high, of 95%; balance: of the fund,
 *                        fen
 * The interval of a shock holds those at which the criterion lies within the
 * interval of its estimate, as order statistics do of a quantile.
 * Cost: a run each; for a reverse stress what some twelve runs take, over
 * several years some eighteen (leastshock.h).  Errors as pool_simulate(), and
 * of shocks that the book cannot take (shockbook.h).
 */
MUST_USE ErrCode pool_stress(Tables *out, const PoolVariant *base,
                             const PoolShock *shocks, size_t n,
                             const PoolOptions *options,
                             const PoolReverse *reverse, Faults *faults,
                             Err *err);

/* One scenario again, by its number from 0, equal to what pool_simulate()
 * counted:
 *
 *   pool_story          year, by monthly steps month, loan_id, firm_id,
 *                       outstanding; claim, kept: what is asked of the scheme's
 *                       shares and what is outside of them; recovered: what
 *                       comes back of both.  Renewals stand there while they
 *                       owe, and what was not written does not: a firm of which
 *                       nothing was fails untold
 *   pool_story_summary  scenario, firms and loans in default that owe
 * something, and the sums of these; loss: claim and kept less recovered
 *   pool_story_losses   party, paid, recovered, loss; they sum to that loss
 *   pool_story_parties  year, party, paid, recovered, balance
 *   pool_story_events   year, party, event; of breakers by bank:
 *                       suspended_before where it opens suspended
 *   pool_story_unwritten  year, loan_id, firm_id, bank, amount of the share
 *                       base: what was not written because its bank was
 *                       suspended, its firm not having failed before; there
 *   pool_story_accounts year, party, measure, amount, where there are any
 */
MUST_USE ErrCode pool_replay(Tables *out, const Table *portfolio,
                             const Factors *factors, const Scheme *scheme,
                             const PoolOptions *options, uint64_t scenario,
                             Faults *faults, Err *err);

#endif
