#include "pool/twinfixed.h"

#include "pool/twinshares.h"

#include <string.h>

#define EIGHTH_TURN 0.78539816339744831
#define NEAREST     6755399441055744.0 /* 1.5 x 2^52: rounds what is added */

enum { WIDE = TWINFIXED_WIDE, NARROW = TWINFIXED_NARROW };

/* e^(2 pi j x) by Taylor's series of an eighth of the angle, squared three
 * times. */
static inline __attribute__((always_inline)) void turned(double *re, double *im,
                                                         double x)
{
    double a = (x - ((x + NEAREST) - NEAREST)) * EIGHTH_TURN, y = a * a;
    double c = 1 - y / 90 * (1 - y / 132);
    c = 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56 * c)));
    double s = 1 - y / 72 * (1 - y / 110);
    s = a * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * s)));
    for (int i = 0; i < 3; i++) {
        double square = c * c - s * s;
        s = 2 * c * s;
        c = square;
    }
    *re = c;
    *im = s;
}

static inline __attribute__((always_inline)) void
amounts(double *restrict z_re, double *restrict z_im, const TwinAmount *amount,
        size_t n, const double *restrict turn)
{
    double re[WIDE] = {0}, im[WIDE] = {0};
    for (size_t i = 0; i < n; i++)
        for (int b = 0; b < WIDE; b++) {
            double c, s;
            turned(&c, &s, turn[b] * amount[i].units);
            re[b] += amount[i].chance * (c - 1);
            im[b] += amount[i].chance * s;
        }
    memcpy(z_re, re, sizeof re);
    memcpy(z_im, im, sizeof im);
}

SIMD_EACH(amounts_by, amounts,
          (SimdIsa isa, double *z_re, double *z_im, const TwinAmount *amount,
           size_t n, const double *turn),
          (z_re, z_im, amount, n, turn))

void twinfixed_amounts(SimdIsa isa, double z_re[], double z_im[],
                       const TwinBook *book, const TwinClass firms[], size_t n,
                       const double turn[])
{
    for (size_t i = 0; i < n; i++) {
        TwinDraw draw = book->draws[firms[i].loss];
        SIMD_CHOOSE(isa, amounts_by,
                    (isa, z_re + i * WIDE, z_im + i * WIDE,
                     book->amounts + draw.first, draw.n, turn));
    }
}

static inline __attribute__((always_inline)) void
product(double *restrict to_re, double *restrict to_im, const TwinClass *c,
        const double *restrict chance, size_t n, const double *restrict z_re,
        const double *restrict z_im)
{
    double re[NARROW], im[NARROW];
    memcpy(re, to_re, sizeof re);
    memcpy(im, to_im, sizeof im);
    for (size_t i = 0; i < n; i++) {
        const double *x = z_re + (size_t)c[i].loss * WIDE;
        const double *y = z_im + (size_t)c[i].loss * WIDE;
        double p = chance[i];
        if (c[i].count == 1)
            for (int b = 0; b < NARROW; b++) {
                double u = 1 + p * x[b], v = p * y[b];
                double r = re[b] * u - im[b] * v;
                im[b] = re[b] * v + im[b] * u;
                re[b] = r;
            }
        else
            for (int b = 0; b < NARROW; b++)
                twinshares_power(&re[b], &im[b], 1 + p * x[b], p * y[b],
                                 c[i].count);
        if (i % 16 == 15 && twinshares_is_nothing(re, im))
            break;
    }
    memcpy(to_re, re, sizeof re);
    memcpy(to_im, im, sizeof im);
}

SIMD_EACH(product_by, product,
          (SimdIsa isa, double *to_re, double *to_im, const TwinClass *c,
           const double *chance, size_t n, const double *z_re,
           const double *z_im),
          (to_re, to_im, c, chance, n, z_re, z_im))

void twinfixed_product(SimdIsa isa, double re[], double im[],
                       const TwinClass firms[], const double chance[], size_t n,
                       const double z_re[], const double z_im[])
{
    SIMD_CHOOSE(isa, product_by, (isa, re, im, firms, chance, n, z_re, z_im));
}
