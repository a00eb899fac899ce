#include "stat/optimum.h"

#include "core/tr.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

/* What the limit weighs where a method knows none: a tenth beyond it is as bad
 * as a loss of 1. */
#define WEIGHT 10.0

/* Steps of the grid that are tried, in places. */
static const uint32_t strides[] = {16, 8, 4, 2, 1};

enum { STRIDES = sizeof strides / sizeof *strides };

typedef struct {
    const Optimum *o;
    uint32_t best[OPTIMUM_FIGURES];
    OptimumValue value;
    int any;
    ErrCode rc;
    Err *err;
    nlopt_opt method; /* that runs, to be stopped after an error */
} Search;

int optimum_is_better(OptimumValue a, OptimumValue b)
{
    int allowed = a.excess <= 0;
    if (allowed != (b.excess <= 0))
        return allowed;
    if (allowed && a.loss != b.loss)
        return a.loss < b.loss;
    return a.excess < b.excess;
}

/* The value of a place; 1 when it is the best so far. */
static int try_place(OptimumValue *out, Search *s, const uint32_t place[])
{
    *out = (OptimumValue){0, 0};
    if (s->rc == OK)
        s->rc = s->o->at(s->o->of, out, place, s->err);
    if (s->rc != OK) {
        if (s->method != NULL)
            nlopt_force_stop(s->method);
        return 0;
    }
    if (s->any && !optimum_is_better(*out, s->value))
        return 0;
    s->any = 1;
    s->value = *out;
    memcpy(s->best, place, s->o->n * sizeof *place);
    return 1;
}

/* ... nearest to x, whose figures run from 0 to 1. */
static OptimumValue try_near(Search *s, const double x[])
{
    OptimumValue v;
    uint32_t place[OPTIMUM_FIGURES];
    for (size_t k = 0; k < s->o->n; k++) {
        double at = x[k] < 0 ? 0 : x[k] > 1 ? 1 : x[k];
        place[k] = (uint32_t)(at * s->o->last[k] + 0.5);
    }
    try_place(&v, s, place);
    return v;
}

static double loss_weighed(unsigned n, const double *x, double *gradient,
                           void *search)
{
    OptimumValue v = try_near(search, x);
    (void)n;
    (void)gradient;
    return v.loss + (v.excess > 0 ? WEIGHT * v.excess : 0);
}

static double loss_alone(unsigned n, const double *x, double *gradient,
                         void *search)
{
    (void)n;
    (void)gradient;
    return try_near(search, x).loss;
}

static double excess_alone(unsigned n, const double *x, double *gradient,
                           void *search)
{
    (void)n;
    (void)gradient;
    return try_near(search, x).excess;
}

/* Half a place of the finest figure: nearer, places do not differ. */
static double half_place(const Optimum *o)
{
    uint32_t most = 1;
    for (size_t k = 0; k < o->n; k++)
        most = o->last[k] > most ? o->last[k] : most;
    return 0.5 / most;
}

/* From the best place so far. */
static int run_method(Search *s, nlopt_algorithm algorithm)
{
    const Optimum *o = s->o;
    int is_local = algorithm == NLOPT_LN_COBYLA;
    double x[OPTIMUM_FIGURES], least;
    nlopt_opt m = nlopt_create(algorithm, (unsigned)o->n);
    if (m == NULL)
        return 0;
    for (size_t k = 0; k < o->n; k++)
        x[k] = o->last[k] > 0 ? (double)s->best[k] / o->last[k] : 0;
    int good = nlopt_set_min_objective(m, is_local ? loss_alone : loss_weighed,
                                       s) > 0 &&
               nlopt_set_lower_bounds1(m, 0) > 0 &&
               nlopt_set_upper_bounds1(m, 1) > 0 &&
               nlopt_set_maxeval(m, o->trials) > 0;
    if (good && is_local)
        good = nlopt_add_inequality_constraint(m, excess_alone, s, 0) > 0 &&
               nlopt_set_initial_step1(m, 0.1) > 0 &&
               nlopt_set_xtol_abs1(m, half_place(o)) > 0;
    s->method = m;
    if (good)
        good = nlopt_optimize(m, x, &least) != NLOPT_OUT_OF_MEMORY;
    s->method = NULL;
    nlopt_destroy(m);
    return good;
}

/* The best place with figure k moved by `by`; 0 when it is beyond the grid. */
static int moved(uint32_t place[], const Search *s, size_t k, int64_t by)
{
    int64_t to = (int64_t)place[k] + by;
    if (to < 0 || to > s->o->last[k])
        return 0;
    place[k] = (uint32_t)to;
    return 1;
}

/* One figure by some places; 1 when that helps. */
static int step_alone(Search *s, size_t k, int64_t by)
{
    OptimumValue v;
    uint32_t place[OPTIMUM_FIGURES];
    memcpy(place, s->best, sizeof place);
    return moved(place, s, k, by) && try_place(&v, s, place);
}

/* One figure by some places and another against it, by as few as bring it
 * within the limit; 1 when that helps. */
static int step_against(Search *s, size_t k, int64_t by, size_t other)
{
    for (size_t t = STRIDES; t-- > 0;) {
        OptimumValue v;
        uint32_t place[OPTIMUM_FIGURES];
        memcpy(place, s->best, sizeof place);
        int64_t back = by > 0 ? -(int64_t)strides[t] : (int64_t)strides[t];
        if (!moved(place, s, k, by) || !moved(place, s, other, back))
            return 0;
        if (try_place(&v, s, place))
            return 1;
        if (by > 0 && v.excess <= 0)
            return 0;
    }
    return 0;
}

/* Any step that helps. */
static int step(Search *s)
{
    const Optimum *o = s->o;
    for (size_t t = 0; t < STRIDES; t++)
        for (size_t k = 0; k < o->n; k++)
            for (int sign = 1; sign >= -1; sign -= 2) {
                int64_t by = sign * (int64_t)strides[t];
                if (step_alone(s, k, by))
                    return 1;
                for (size_t j = 0; j < o->n; j++)
                    if (j != k && step_against(s, k, by, j))
                        return 1;
            }
    return 0;
}

ErrCode optimum_find(uint32_t place[], OptimumValue *value, const Optimum *o,
                     Err *err)
{
    OptimumValue v;
    Search s = {.o = o, .rc = OK, .err = err};
    try_place(&v, &s, place);
    int good = run_method(&s, NLOPT_GN_DIRECT_L) &&
               (s.rc != OK || run_method(&s, NLOPT_LN_COBYLA));
    while (s.rc == OK && step(&s))
        ;
    if (s.rc != OK)
        return s.rc;
    if (!good)
        return FAIL(err, ERR_MEMORY, "no memory to search");
    memcpy(place, s.best, o->n * sizeof *place);
    *value = s.value;
    return OK;
}
