/* mixing.h - the mixing variable of a t copula: what it multiplies all
 * thresholds of a scenario by.
 *
 * A t variable of nu degrees of freedom is X sqrt(nu / V), X standard normal
 * and V chi-square; it lies below a threshold T when X < T w, w = sqrt(V / nu).
 * V is drawn by inversion from a standard normal z, so that groups of unequal
 * nu have one z: the grouped t copula.
 * Source: Demarta, McNeil, "The t copula and related copulas", International
 * Statistical Review 73 (2005); Daul, De Giorgi, Lindskog, McNeil, "The
 * grouped t-copula with an application to credit risk", Risk 16 (2003).
 */
#ifndef POOL_MIXING_H
#define POOL_MIXING_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>

/* ln w by z. */
typedef struct {
    double nu;
    const double *log, *slope; /* at equal steps of z */
} Mixing;

/* w at z in [-37, 37], without a table; nu = 0: 1, no mixing. */
double mixing_weight(double z, double nu);

/* The table of nu; lives as long as the arena.  ERR_MEMORY.
 * Cost  some milliseconds. */
MUST_USE ErrCode mixing_new(Mixing *out, Arena *arena, double nu, Err *err);

/* w[i] at z[i] for i < n, |z| <= 9, by cubic interpolation of ln w: within
 * 1e-8 of mixing_weight(). */
void mixing_weights(double w[], const Mixing *m, const double z[], size_t n);

#endif
