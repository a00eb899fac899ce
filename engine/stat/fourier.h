/* fourier.h - discrete Fourier transform by basic operations alone: the same
 * bits on every processor, which sines of the C library are not.
 */
#ifndef STAT_FOURIER_H
#define STAT_FOURIER_H

#include <stddef.h>

/*
 * cosine[i], sine[i] of 2 pi i / n for i < n; n a power of two >= 4.  Within
 * 1e-15.
 * Source: O. Buneman, "Stable on-line creation of sines or cosines of
 * successive angles", Proceedings of the IEEE 75 (1987): halved angles.
 */
void fourier_roots(double cosine[], double sine[], size_t n);

/* x[k] = sum over i of x[i] e^(-2 pi j i k / n), in place, with the roots of
 * the same n.  Cost  n log n, radix 2. */
void fourier_transform(double re[], double im[], size_t n,
                       const double cosine[], const double sine[]);

#endif
