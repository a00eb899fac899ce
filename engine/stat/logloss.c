#include "stat/logloss.h"

#include "stat/normal.h"

#include <math.h>

double logloss_of(const Cases *c)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < c->n; i++) {
        double weight = cases_weight(c, i);
        double chance = c->bad[i] ? c->score[i] : 1 - c->score[i];
        if (weight == 0)
            continue;
        sum += chance > 0 ? -weight * normal_log(chance) : (double)INFINITY;
        weights += weight;
    }
    return sum / weights;
}
