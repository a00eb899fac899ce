#include "stat/chisquare.h"

#include "stat/normal.h"

#include <math.h>

#define LAST_BIT 0x1p-53

enum { MOST_TERMS = 1000, MOST_STEPS = 60 };

double chisquare_log_gamma(double a)
{
    static const double stirling[] = {1.0 / 12,    -1.0 / 360, 1.0 / 1260,
                                      -1.0 / 1680, 1.0 / 1188, -691.0 / 360360,
                                      1.0 / 156};
    const double half_log_two_pi = 0.91893853320467274178;
    double product = 1, sum = 0;
    for (; a < 15; a++)
        product *= a;
    for (int i = 6; i >= 0; i--)
        sum = sum / (a * a) + stirling[i];
    return (a - 0.5) * normal_log(a) - a + half_log_two_pi + sum / a -
           normal_log(product);
}

/* e^x, for what is far below its least value too */
static double exp_of(double x)
{
    return x > -700 ? normal_exp(x) : 0;
}

/* x^a e^-x / Gamma(a) */
static double front(double a, double x)
{
    return exp_of(a * normal_log(x) - x - chisquare_log_gamma(a));
}

/* P(a, x) without the front: sum of x^i / (a (a + 1) ... (a + i)) */
static double series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (int i = 1; i < MOST_TERMS && term > sum * LAST_BIT; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return sum;
}

/* Q(a, x) without the front: 1/(x + 1 - a - 1 (1 - a)/(x + 3 - a - ...)), by
 * Lentz's method; x > a + 1. */
static double fraction(double a, double x)
{
    double b = x + 1 - a, c = INFINITY, d = 1 / b, h = d;
    for (int i = 1; i < MOST_TERMS; i++) {
        double up = i * (a - i);
        b += 2;
        d = 1 / (up * d + b);
        c = b + up / c;
        h *= c * d;
        if (fabs(c * d - 1) <= 2 * LAST_BIT)
            break;
    }
    return h;
}

/* The lower tail at x, or the upper one. */
static double tail_at(double a, double x, int is_upper)
{
    if (x > a + 1) {
        double upper = front(a, x) * fraction(a, x);
        return is_upper ? upper : 1 - upper;
    }
    double lower = front(a, x) * series(a, x);
    return is_upper ? 1 - lower : lower;
}

/* Wilson and Hilferty's approximation, held above 0. */
static double start_at(double z, double nu)
{
    double part = 2 / (9 * nu), root = 1 - part + z * sqrt(part);
    root = root > 0.05 ? root : 0.05;
    return nu * root * root * root;
}

double chisquare_at(double z, double nu)
{
    int is_upper = z > 0;
    double a = nu / 2, s = normal_log(start_at(z, nu) / 2);
    double want = normal_log(normal_cdf(is_upper ? -z : z));
    for (int i = 0; i < MOST_STEPS; i++) {
        double x = normal_exp(s), tail = tail_at(a, x, is_upper);
        double slope = front(a, x) / tail;
        double step = (want - normal_log(tail)) / (is_upper ? -slope : slope);
        s += step < -5 ? -5 : step > 5 ? 5 : step; /* stay within e^700 */
        if (fabs(step) < 1e-14)
            break;
    }
    return 2 * normal_exp(s);
}

double chisquare_cdf(double v, double nu)
{
    return tail_at(nu / 2, v / 2, 0);
}

double chisquare_density(double v, double nu)
{
    return front(nu / 2, v / 2);
}
