#include "credit/power.h"

#include "stat/normal.h"

#include <math.h>

/* log(2) in two parts: the first has 32 trailing zero bits, so that multiples
 * up to 2^32 are exact.  0x1.62e42fefa39ef35793c7673007e5ed5e8...p-1 */
static const double ln2_high = 0x1.62e42fee00000p-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

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
    double rest =
        part * binary * (ln2_high + ln2_low) + exponent * normal_log(mantissa);
    double k = floor(rest / (ln2_high + ln2_low) + 0.5);
    rest = (rest - k * ln2_high) - k * ln2_low;
    twos += k;
    if (fabs(twos) > 2000)
        return twos > 0 ? (double)INFINITY : 0;
    return ldexp(normal_exp(rest), (int)twos);
}

double power_kept(Power *last, double base, double exponent)
{
    if (last->base != base || last->exponent != exponent)
        *last = (Power){base, exponent, power_of(base, exponent)};
    return last->value;
}
