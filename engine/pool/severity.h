/* severity.h - losses given default that are drawn: beta, and moved by the
 * factor of the loan's group.
 *
 * A loan with lgd_sd loses the share B^-1(Phi(l)) of its balance,
 *   l = -sqrt(q) Y + sqrt(1 - q) e,
 * Y the factor of its group in the year of the default, q the group's
 * lgd_loading, e standard normal by loan, B a beta distribution with standard
 * deviation lgd_sd.  `lgd` is the mean over defaults, so the mean of B is found
 * such that E[share | default] = lgd; with lgd_basis = "unconditional" it is
 * the mean of B.  Under copula_time defaults are those of the first year.
 * Source: Frye, "Depressing recoveries", Risk 13 (2000), for the idea.
 *
 * B lies on a lattice: standard deviations in steps of 0.001, means in steps of
 * 1/64, between two of which shares are blended so that the mean is met
 * exactly; but where the mean is given outright, and there are not too many, it
 * is taken as it is.  Beyond the last means that go with the deviation there
 * are 16 more at either end, to where all is 0 or 1 (betarank_exists()).  A
 * blend keeps the mean and has a smaller deviation: by up to 7% at a deviation
 * of 0.001, 4% from 0.01, 2% from 0.2.  B^-1(Phi(l)) is read off by cubics, 16
 * nodes a unit: where a + b < 0.1 they miss the smaller of the mean and 1 -
 * mean by up to 6% of it.
 */
#ifndef POOL_SEVERITY_H
#define POOL_SEVERITY_H

#include "core/simd.h"
#include "pool/book.h"

enum { SEVERITY_BATCH = 256 };

typedef struct Severity Severity;

/* Where defaults happen whose losses are asked for. */
typedef struct {
    uint64_t first;       /* scenario */
    const double *factor; /* Y of the scenarios from there on */
    size_t group;
    int year;
} SeverityPlace;

/*
 * Compile; lives as long as the arena.  *out is NULL when all loans lose their
 * mean.  Sets the book's lgd to the mean over defaults where it is not that.
 * ERR_DOMAIN when no beta distribution has what a loan asks for; ERR_MEMORY.
 * Cost  some 2 ms for a distribution of the lattice, 1 us a distinct pd, and
 *       where the factor moves a loan beyond the lattice's ends, up to 0.1 ms.
 */
MUST_USE ErrCode severity_new(const Severity **out, Arena *arena,
                              const Book *book, const Factors *factors,
                              uint64_t seed, SimdIsa isa, Err *err);

/* lgd[i] of loan[i] in scenario first + q[i], n <= SEVERITY_BATCH: a pure
 * function of the seed and of scenario, year and loan; the mean of a loan whose
 * loss is not drawn. */
void severity_draw(double lgd[], const Severity *s, const SeverityPlace *at,
                   const uint32_t q[], const uint32_t loan[], size_t n);

/* Mean of what a loan loses, and of its square, if it defaults while its
 * group's factor is y: sums over the nodes of l, so that q is below 0.99. */
void severity_given(double *mean, double *square, const Severity *s,
                    size_t group, uint32_t loan, double y);

/* The beta distribution's share at l, without a table; `start` as of
 * betarank_at(), and the value for the next. */
double severity_share(double *start, double l, double mean, double sd);

#endif
