/* transitions.h - chances to move between states within a year, from firms
 * that were watched.
 *
 * States are 0 to k - 1, at most TRANSITIONS_MOST; the last one, default, is
 * never left.  Matrices are [k * k] by rows: row i is where those of state i
 * go.  All but the mobility index are basic operations in one order: the same
 * bits everywhere.
 */
#ifndef STAT_TRANSITIONS_H
#define STAT_TRANSITIONS_H

#include <stddef.h>
#include <stdint.h>

enum { TRANSITIONS_MOST = 64 };

/* A stretch of time in one state, and the state after it; to == from: it was
 * there to the end. */
typedef struct {
    uint32_t firm;
    uint16_t from, to;
    double years;
} Spell;

/* moves[i k + j] spells of i that ended in j, years[i] spent in i; spell s
 * counts weight[s.firm] times, once where `weight` is NULL. */
void transitions_count(double moves[], double years[], size_t k,
                       const Spell spells[], size_t n, const double weight[]);

/*
 * The cohort estimate: of the moves out of each row, each one's share.  A row
 * without moves, and default, stay where they are.
 */
void transitions_shares(double p[], const double moves[], size_t k);

/*
 * The duration estimate, a generator: rate of i to j = moves / years spent in
 * i, the diagonal such that rows sum to zero.  A row without time or moves is
 * zero.
 * Source  Lando and Skodeberg, "Analyzing rating transitions and rating drift
 *         with continuous observations", Journal of Banking and Finance 26
 *         (2002), equation 2 (maximum likelihood).
 */
void transitions_rates(double q[], const double moves[], const double years[],
                       size_t k);

/*
 * exp(q t), chances after t >= 0 years: with u the largest rate out of a state
 * times t, halved s times until it is at most 1, the first 20 terms of
 * sum u^m / m! (1 + q t / u)^m, rows brought to the sum 1, squared s times.
 * Only terms that are not negative are added, so that small chances keep their
 * digits; gsl_linalg_exponential_ss() adds terms of both signs.
 * work    [2 k^2]
 * Cost    (20 + log2 u) k^3.
 * Source  Grassmann, "Transient solutions in Markovian queueing systems",
 *         Computers and Operations Research 4 (1977); Moler and Van Loan, SIAM
 *         Review 45 (2003), method 3.
 */
void transitions_exp(double p[], const double q[], size_t k, double t,
                     double work[]);

/* pd[y k + i], y from 0: chance that a firm of state i is in default within
 * y + 1 years, each of chances p. */
void transitions_defaults(double pd[], size_t years, const double p[],
                          size_t k);

/*
 * The mean of the singular values of p - 1: 0 when nothing moves, and p where
 * every state is left with the chance p for any other alike.
 * work    [2 k^2 + k]
 * Source  Jafry and Schuermann, "Measurement, estimation and comparison of
 *         credit migration matrices", Journal of Banking and Finance 28 (2004),
 *         section 3.
 */
double transitions_mobility(const double p[], size_t k, double work[]);

#endif
