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

/* A power that was asked for; all zero at first. */
typedef struct {
    double base, exponent, value;
} Power;

/* The same of a base > 0, taken from `last` when that was of the same two: row
 * after row discounts by the same rate and time. */
double power_kept(Power *last, double base, double exponent);

#endif
