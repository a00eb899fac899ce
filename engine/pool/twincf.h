/* twincf.h - the characteristic function of a book's loss, by quadrature.
 *
 * Given its factor Y_g the firms of a group default independently, so the
 * characteristic function of their loss is the product of
 * 1 + p_i(Y_g) (e^(j theta loss_i) - 1), or, loan by loan, of
 * twinshares_product().  Given the common factor G the groups
 * are independent: each product is integrated over Y_g given G, the integrals
 * are multiplied and integrated over G, and all of it over the normal that
 * makes the weights of a t copula (mixing.h).  All integrals are sums over
 * equal steps, which for smooth functions on the whole line converge faster
 * than any power of the step. Source: Trefethen, Weideman, "The exponentially
 * convergent trapezoidal rule", SIAM Review 56 (2014).
 */
#ifndef POOL_TWINCF_H
#define POOL_TWINCF_H

#include "pool/twinshares.h"

enum { TWIN_FREQUENCIES = 1024 }; /* most at once */

typedef struct TwinCf TwinCf;

/* For theta = 2 pi f / n, whose roots are given and outlive it; twincf_free()
 * in any case.  ERR_MEMORY. */
MUST_USE ErrCode twincf_new(TwinCf **out, const TwinBook *book, size_t n,
                            const double cosine[], const double sine[],
                            double step, SimdIsa isa, int threads, Err *err);
void twincf_free(TwinCf *cf); /* NULL is allowed */

/* By how much theta turns a fen of loss at frequency 1, of n. */
double twincf_angle(const TwinBook *book, size_t n);

/* Bytes that are taken once frequencies up to f are in reach. */
size_t twincf_memory(const TwinCf *cf, size_t f);

/* Be ready for frequencies up to f, at which the largest loan turns by at
 * most TWINSHARES_FAR.  ERR_MEMORY. */
MUST_USE ErrCode twincf_reach(TwinCf *cf, size_t f, Err *err);

/* re[i], im[i] at rising frequencies f[i] < n within reach for i < count <=
 * TWIN_FREQUENCIES.  options->progress is asked after each group of each block:
 * ERR_IO when it stops the run. */
MUST_USE ErrCode twincf_at(TwinCf *cf, double re[], double im[],
                           const uint32_t f[], size_t count,
                           const PoolOptions *options, Err *err);

/* Factors of a class that one frequency multiplies. */
double twincf_cost(const TwinCf *cf);

#endif
