#include "pool/twinspread.h"

#include "stat/fourier.h"

#include <string.h>

/* Of losses without a unit, whose phases come together nowhere: theta^2 times
 * half their variance, as 1 - cos begins. */
static double fill_plain(double spread[], size_t *last, const TwinBook *b,
                         size_t n)
{
    double angle = twincf_angle(b, n);
    double far = TWINSHARES_FAR / (angle * b->most) - 1;
    *last = far < (double)*last ? (size_t)far : *last;
    for (size_t i = 0; i < n; i++) {
        double theta = (double)i * angle;
        spread[i] = theta * theta * b->variance / 2;
    }
    return spread[*last];
}

/* The losses of a class, where they are; of how much variance they are. */
static double add_class(double spread[], const TwinBook *b, const TwinClass *c)
{
    double variance = c->count * c->pd * (1 - c->pd), all = 0;
    if (b->amounts == NULL) {
        spread[b->loss[c->loss]] += variance;
        return variance;
    }
    for (size_t i = 0; i < b->draws[c->loss].n; i++) {
        TwinAmount amount = b->amounts[b->draws[c->loss].first + i];
        spread[(size_t)amount.units] += variance * amount.chance;
        all += variance * amount.chance;
    }
    return all;
}

double twinspread_fill(double spread[], size_t *last, const TwinBook *b,
                       size_t n, const double cosine[], const double sine[],
                       double scratch[])
{
    double all = 0, most = 0;
    if (b->is_apart)
        return fill_plain(spread, last, b, n);
    for (size_t g = 0; g < b->ngroups; g++)
        for (size_t i = 0; i < b->groups[g].n; i++)
            all += add_class(spread, b, &b->groups[g].classes[i]);
    fourier_transform(spread, scratch, n, cosine, sine);
    for (size_t i = 0; i < n; i++) {
        spread[i] = all - spread[i];
        most = spread[i] > most ? spread[i] : most;
    }
    memset(scratch, 0, n * sizeof *scratch);
    return most;
}
