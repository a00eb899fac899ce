#include "stat/lowyears.h"

#include "stat/lowdefault.h"
#include "stat/normal.h"
#include "stat/stream.h"

#include <math.h>

enum { SHIFTS = 8, PATHS = 4096, USE = 0x79656172 }; /* "year" */

static const int primes[LOWYEARS_MOST] = {
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71};

/* Coordinate t of point i: on the lattice, shifted, folded at 1/2 so that it
 * is periodic, and kept off 0 and 1. */
static double point_at(size_t i, int t, double shift)
{
    double x = (double)(i + 1) * sqrt(primes[t]) + shift;
    x -= floor(x);
    x = x < 0.5 ? 2 * x : 2 - 2 * x;
    return x < 1e-15 ? 1e-15 : x > 1 - 1e-15 ? 1 - 1e-15 : x;
}

/* factor[i * years + t] of each path. */
static void draw_paths(double factor[], const LowYears *b, Stream s, int shift)
{
    double rest = sqrt(1 - b->theta * b->theta);
    for (size_t i = 0; i < PATHS; i++)
        for (int t = 0; t < b->years; t++) {
            double by = normal_uniform(
                stream_word(s, (uint64_t)(shift * LOWYEARS_MOST + t)));
            double xi = normal_quantile(point_at(i, t, by));
            double *now = &factor[i * (size_t)b->years + (size_t)t];
            *now = t == 0 ? xi : b->theta * now[-1] + rest * xi;
        }
}

/* The chance that no more than d fail by the end, over the paths. */
static double chance_at(const LowYears *b, const double factor[],
                        double threshold)
{
    double sum = 0, loading = sqrt(b->rho), own = sqrt(1 - b->rho);
    for (size_t i = 0; i < PATHS; i++) {
        double alive = 1;
        for (int t = 0; t < b->years; t++) {
            double y = factor[i * (size_t)b->years + (size_t)t];
            alive *= normal_cdf(-(threshold - loading * y) / own);
        }
        sum += lowdefault_cdf(b->d, b->n, 1 - alive, 0);
    }
    return sum / PATHS;
}

/* The threshold by regula falsi with the Illinois step: a side that stays
 * counts half (Dowell, Jarratt, BIT 11, 1971). */
static double bound_of(const LowYears *b, const double factor[], double level)
{
    enum { STEPS = 80 };
    double x[2] = {-8.2, 8.2}, gap[2] = {level, level - 1}, at = 0;
    int last = -1;
    for (int step = 0; step < STEPS && x[1] - x[0] > 1e-12; step++) {
        double before = at;
        at = step < 5 ? x[0] + (x[1] - x[0]) / 2
                      : x[0] - gap[0] * (x[1] - x[0]) / (gap[1] - gap[0]);
        double here = chance_at(b, factor, at) - (1 - level);
        int side = here > 0 ? 0 : 1;
        x[side] = at;
        gap[side] = here;
        if (side == last)
            gap[1 - side] /= 2;
        last = side;
        if (here == 0 || (step > 5 && fabs(at - before) < 1e-13))
            break;
    }
    return normal_cdf(at);
}

/* A year's PD from that of all years, where they are independent. */
static double yearly(double pd, int years)
{
    return pd >= 1 ? 1 : 1 - normal_exp(normal_log(1 - pd) / years);
}

ErrCode lowyears_bound(Figure *out, Arena *arena, const LowYears *b,
                       double level, uint64_t seed, Err *err)
{
    double pd, mean = 0, squares = 0, got[SHIFTS];
    if (b->years < 1 || b->years > LOWYEARS_MOST)
        return FAIL(err, ERR_DOMAIN, "%d years; give 1 to %d", b->years,
                    LOWYEARS_MOST);
    if (!(b->theta >= 0 && b->theta < 1))
        return FAIL(err, ERR_DOMAIN,
                    "%g is no correlation of years; give one from 0 to below 1",
                    b->theta);
    ErrCode rc = lowdefault_bound(&pd, b->d, b->n, b->rho, level, err);
    if (rc != OK)
        return rc;
    *out = (Figure){yearly(pd, b->years), 0, yearly(pd, b->years),
                    yearly(pd, b->years)};
    if (b->years == 1 || b->rho <= 0 || b->d == b->n)
        return OK;
    double *factor =
        arena_alloc(arena, PATHS * (size_t)b->years, sizeof *factor);
    if (factor == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %d paths", PATHS);
    for (int k = 0; k < SHIFTS; k++) {
        draw_paths(factor, b, stream_new(seed, USE, 0), k);
        got[k] = bound_of(b, factor, level);
        mean += got[k] / SHIFTS;
    }
    for (int k = 0; k < SHIFTS; k++)
        squares += (got[k] - mean) * (got[k] - mean);
    double se = sqrt(squares / (SHIFTS - 1) / SHIFTS);
    *out = (Figure){mean, se, mean - 1.96 * se, mean + 1.96 * se};
    return OK;
}
