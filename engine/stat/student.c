#include "stat/student.h"

#include "stat/betarank.h"
#include "stat/normal.h"

#include <math.h>

#define LEAST 1e-100 /* chance; below it Newton's way may leave the range */

enum { MOST_STEPS = 100 };

static double exp_of(double x)
{
    return x > -700 ? normal_exp(x) : 0;
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
        return front * betarank_fraction(a, 0.5, p->x) / p->nu;
    return 0.5 - front * betarank_fraction(0.5, a, p->rest);
}

double student_tail(double t, double nu)
{
    Point p = point_at(t, nu, betarank_log_beta(nu / 2, 0.5));
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
    double log_beta_of = betarank_log_beta(nu / 2, 0.5),
           s = normal_log(-normal_quantile(lower));
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
