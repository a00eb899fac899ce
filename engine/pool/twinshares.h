/* twinshares.h - characteristic functions of the shares that loans lose, drawn
 * (severity.h) or all of what a constant loss takes.
 *
 * Given the factor Y of its group a loan loses the share
 * x = B^-1(Phi(-sqrt(q) Y + sqrt(1 - q) e)), so that
 *   psi(s; Y) = integral of phi(e) exp(j s x) de,
 * by equal steps of e.  It is kept as Taylor's polynomials of degree 5 about
 * the middles of cells of s, an eighth wide: within 1e-8 as |x| <= 1.
 */
#ifndef POOL_TWINSHARES_H
#define POOL_TWINSHARES_H

#include "pool/twinbook.h"

enum {
    TWINSHARES_FAR = 128, /* s reaches no farther */
    TWINSHARES_WIDE = 32  /* angles at once */
};

typedef struct TwinShares TwinShares;

/* For the shares of a book at nodes of Y, which outlive it; twinshares_free()
 * in any case.  ERR_MEMORY. */
MUST_USE ErrCode twinshares_new(TwinShares **out, const TwinBook *book,
                                const double node[], size_t nodes, SimdIsa isa,
                                int threads, Err *err);
void twinshares_free(TwinShares *shares); /* NULL is allowed */

/* Bytes of all psi up to s. */
size_t twinshares_memory(const TwinShares *shares, double s);

/* Work out all psi up to s <= TWINSHARES_FAR.
 * ERR_MEMORY.
 * Cost  10 us a node, distribution and 8 of s; 12 kB. */
MUST_USE ErrCode twinshares_reach(TwinShares *shares, double s, Err *err);

/*
 * re, im [TWINSHARES_WIDE]: product over n firms of 1 + chance (psi - 1), psi
 * that of all the firm's loans, at node number `node` and at the angles by
 * which a fen of loss turns.
 * angle  rising; the last one times the largest loan within what was reached.
 */
void twinshares_product(double re[], double im[], const TwinShares *shares,
                        const TwinClass firms[], const double chance[],
                        size_t n, size_t node, const double angle[]);

/* (re, im) times (u, v)^count, by squares. */
static inline __attribute__((always_inline)) void
twinshares_power(double *re, double *im, double u, double v, uint32_t count)
{
    for (; count > 0; count /= 2) {
        if (count & 1) {
            double r = *re * u - *im * v;
            *im = *re * v + *im * u;
            *re = r;
        }
        double square = u * u - v * v;
        v = 2 * u * v;
        u = square;
    }
}

/* What no longer counts, as more factors of at most 1 are to come. */
static inline __attribute__((always_inline)) int
twinshares_is_nothing(const double re[], const double im[])
{
    double most = 0;
    for (int b = 0; b < TWINSHARES_WIDE; b++) {
        double size = re[b] * re[b] + im[b] * im[b];
        most = size > most ? size : most;
    }
    return most < 1e-40;
}

#endif
