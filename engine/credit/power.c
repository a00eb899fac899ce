#include "credit/power.h"

#include <math.h>

/* log(2) in two parts: the first has 32 trailing zero bits, so that multiples
 * up to 2^32 are exact.  0x1.62e42fefa39ef35793c7673007e5ed5e8...p-1 */
static const double ln2_high = 0x1.62e42fee00000p-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

/* log(x) = 2 atanh(s), s = (x - 1) / (x + 1), |s| < .1716 for x in
 * [sqrt(1/2), sqrt(2)]: s^21 / 21 is below 1e-17. */
static double log_near_one(double x)
{
    double s = (x - 1) / (x + 1), q = s * s, sum = 0;
    for (int k = 21; k >= 1; k -= 2)
        sum = sum * q + 1.0 / k;
    return 2 * s * sum;
}

/* exp(x) for |x| <= log(2) / 2 by its series: .3466^15 / 15! is 1e-19. */
static double exp_near_zero(double x)
{
    double sum = 1;
    for (int k = 15; k >= 1; k--)
        sum = 1 + sum * x / k;
    return sum;
}

double power_of(double base, double exponent)
{
    if (!(base > 0) || isinf(base) || !(fabs(exponent) <= 1000))
        return (double)NAN;
    int binary;
    double mantissa = frexp(base, &binary); /* in [1/2, 1) */
    if (mantissa < 0.70710678118654752) {
        mantissa *= 2;
        binary--;
    }
    double whole = floor(exponent), part = exponent - whole;
    /* base^exponent = 2^(binary exponent) mantissa^exponent */
    double twos = binary * whole;
    double rest = part * binary * (ln2_high + ln2_low) +
                  exponent * log_near_one(mantissa);
    double k = floor(rest / (ln2_high + ln2_low) + 0.5);
    rest = (rest - k * ln2_high) - k * ln2_low;
    twos += k;
    if (fabs(twos) > 2000)
        return twos > 0 ? (double)INFINITY : 0;
    return ldexp(exp_near_zero(rest), (int)twos);
}

double power_kept(Power *last, double base, double exponent)
{
    if (last->base != base || last->exponent != exponent)
        *last = (Power){base, exponent, power_of(base, exponent)};
    return last->value;
}
