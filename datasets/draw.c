#include "draw.h"

#include "stat/normal.h"
#include "stat/rng.h"

#include <math.h>

enum { SEED = 20251231 };

Draw draw_at(Subject subject, int row)
{
    return (Draw){(uint32_t)subject, (uint32_t)row, 0};
}

double draw_unit(Draw *d)
{
    const uint32_t key[2] = {SEED, d->subject};
    RngBlock block = rng_philox((RngBlock){{d->row, d->next++, 0, 0}}, key);
    return rng_open01(block.v[0]);
}

double draw_between(Draw *d, double low, double high)
{
    return low + (high - low) * draw_unit(d);
}

double draw_normal(Draw *d)
{
    return normal_quantile(draw_unit(d));
}

int draw_count(Draw *d, int low, int high)
{
    return low + (int)((high - low + 1) * draw_unit(d));
}

int draw_chance(Draw *d, double p)
{
    return draw_unit(d) < p;
}

int draw_pick(Draw *d, const int weights[], int n)
{
    int sum = 0, i = 0;
    for (int j = 0; j < n; j++)
        sum += weights[j];
    int at = draw_count(d, 0, sum - 1);
    while (at >= weights[i])
        at -= weights[i++];
    return i;
}

double draw_exp(double x)
{
    return normal_exp(x);
}

double draw_logistic(double x)
{
    return 1 / (1 + draw_exp(-x));
}

double draw_lognormal(double mean, double sigma, double z)
{
    return mean * draw_exp(sigma * z - sigma * sigma / 2);
}

double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

Money amount_of(double yuan, double unit)
{
    int64_t fen = (int64_t)floor(unit * 100 + 0.5);
    return (Money){(int64_t)floor(yuan / unit + 0.5) * fen};
}

Date day_plus(Date day, int days)
{
    return (Date){day.days + days};
}

int day_between(Draw *d, Date first, Date last)
{
    return draw_count(d, first.days, last.days);
}
