/* power.h - powers for discounting, the same bits on every machine.
 *
 * The system's pow() differs between processors in its last bits; this one uses
 * additions, multiplications and divisions alone.
 */
#ifndef CREDIT_POWER_H
#define CREDIT_POWER_H

/*
 * base^exponent within 1e-14 of the true value, relatively.
 * base      > 0, finite; exponent in [-1000, 1000].
 * Returns   NaN outside these ranges; infinity or 0 where it leaves a double's.
 */
double power_of(double base, double exponent);

#endif
