/* twinfixed.h - products of characteristic functions over firms whose losses
 * are not drawn: of one amount each, or of several that are known.
 */
#ifndef POOL_TWINFIXED_H
#define POOL_TWINFIXED_H

#include "pool/twinbook.h"

enum {
    TWINFIXED_WIDE = 128,  /* frequencies of a row of z */
    TWINFIXED_NARROW = 32, /* of a product */
    TWINFIXED_PART = 256   /* firms with amounts at once: their z stay near */
};

/*
 * z_re, z_im [n][TWINFIXED_WIDE]: of n firms with amounts
 * sum of chance (e^(2 pi j turn units) - 1).
 * turn  [TWINFIXED_WIDE] turns by a unit; within 1e-15 times the largest units.
 */
void twinfixed_amounts(SimdIsa isa, double z_re[], double z_im[],
                       const TwinBook *book, const TwinClass firms[], size_t n,
                       const double turn[]);

/* re, im [TWINFIXED_NARROW] times the product over n firms of 1 + chance z, of
 * rows of z by the firms' `loss`. */
void twinfixed_product(SimdIsa isa, double re[], double im[],
                       const TwinClass firms[], const double chance[], size_t n,
                       const double z_re[], const double z_im[]);

#endif
