#include "pool/lossmeans.h"

#include "stat/betarank.h"
#include "stat/normal.h"

#include <math.h>

/* a + b of the last of the outer means, which betarank_exists() refuses. */
#define LAST_SUM 0.0099

int lossmeans_first(uint32_t sd)
{
    int first = 1;
    while (first < LOSSMEANS / 2 &&
           !betarank_exists((double)first / LOSSMEANS, sd / 1000.0))
        first++;
    return first;
}

/* The j-th mean below the first. */
static double outer_mean(int first, int j, uint32_t sd)
{
    double square = (1 + LAST_SUM) * (sd / 1000.0) * (sd / 1000.0);
    double last = 2 * square / (1 + sqrt(1 - 4 * square));
    double from = normal_log((double)first / LOSSMEANS);
    return normal_exp(from + (normal_log(last) - from) * j / LOSSMEANS_OUTER);
}

double lossmeans_at(int i, uint32_t sd)
{
    int first = lossmeans_first(sd), last = LOSSMEANS - first;
    if (i < first)
        return outer_mean(first, first - i, sd);
    if (i > last)
        return 1 - outer_mean(first, i - last, sd);
    return (double)i / LOSSMEANS;
}
