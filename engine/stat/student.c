#include "stat/student.h"

#include "stat/chisquare.h"
#include "stat/normal.h"

#include <math.h>

#define LAST_BIT 0x1p-53
#define LEAST    1e-100 /* chance; below it Newton's way may leave the range */

enum { MOST_TERMS = 1000, MOST_STEPS = 100 };

static double exp_of(double x)
{
    return x > -700 ? normal_exp(x) : 0;
}

/* ln of the beta function B(nu / 2, 1/2) */
static double log_beta(double nu)
{
    return chisquare_log_gamma(nu / 2) + chisquare_log_gamma(0.5) -
           chisquare_log_gamma((nu + 1) / 2);
}

/* I_x(a, b) without its front x^a (1 - x)^b / (a B(a, b)), by Lentz's method;
 * x < (a + 1)/(a + b + 2). */
static double fraction(double a, double b, double x)
{
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), h = d;
    for (int i = 1; i < MOST_TERMS; i++) {
        double even = i * (b - i) * x / ((a + 2 * i - 1) * (a + 2 * i));
        double odd =
            -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        h *= c * d;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        h *= c * d;
        if (fabs(c * d - 1) <= 2 * LAST_BIT)
            break;
    }
    return h;
}

/* A point t > 0 and what it is made of. */
typedef struct {
    double ratio;        /* sqrt(nu) / t */
    double x, log_x;     /* nu / (nu + t^2) */
    double rest;         /* 1 - x */
    double nu, log_beta; /* of nu / 2 and 1/2 */
} Point;

static Point point_at(double t, double nu, double log_beta_of)
{
    double ratio = sqrt(nu) / t, square = ratio * ratio;
    double log_more =
        ratio > 1 ? normal_log(1 + 1 / square) : normal_log(1 + square);
    return (Point){.ratio = ratio,
                   .x = 1 / (1 + 1 / square),
                   .log_x =
                       ratio > 1 ? -log_more : 2 * normal_log(ratio) - log_more,
                   .rest = 1 / (1 + square),
                   .nu = nu,
                   .log_beta = log_beta_of};
}

/* t times the density at t */
static double weight_of(const Point *p)
{
    return exp_of((p->nu + 1) / 2 * p->log_x - normal_log(p->ratio) -
                  p->log_beta);
}

/* Both forms have t f(t) as their front, times 2/nu or 2. */
static double tail_of(const Point *p)
{
    double a = p->nu / 2, front = weight_of(p);
    if (p->x < (a + 1) / (a + 2.5))
        return front * fraction(a, 0.5, p->x) / p->nu;
    return 0.5 - front * fraction(0.5, a, p->rest);
}

double student_tail(double t, double nu)
{
    Point p = point_at(t, nu, log_beta(nu));
    return tail_of(&p);
}

double student_quantile(double p, double nu)
{
    if (!(p > 0 && p < 1))
        return normal_quantile(p);
    if (p == 0.5)
        return 0;
    double lower = p < 0.5 ? p : 1 - p;
    lower = lower > LEAST ? lower : LEAST;
    double want = normal_log(lower);
    double log_beta_of = log_beta(nu), s = normal_log(-normal_quantile(lower));
    for (int i = 0; i < MOST_STEPS; i++) {
        Point at = point_at(normal_exp(s), nu, log_beta_of);
        double tail = tail_of(&at);
        double step = (normal_log(tail) - want) * tail / weight_of(&at);
        s += step;
        if (fabs(step) < 1e-14)
            break;
    }
    return p < 0.5 ? -normal_exp(s) : normal_exp(s);
}
