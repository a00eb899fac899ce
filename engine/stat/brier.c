#include "stat/brier.h"

double brier_of(const Cases *c)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < c->n; i++) {
        double weight = cases_weight(c, i), miss = c->score[i] - c->bad[i];
        sum += weight * miss * miss;
        weights += weight;
    }
    return sum / weights;
}
