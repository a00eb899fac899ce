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

Brier brier_groups(double total, const double n[], const double bads[],
                   const double expected[], size_t groups)
{
    double all = 0, bad = 0;
    for (size_t k = 0; k < groups; k++) {
        all += n[k];
        bad += bads[k];
    }
    double rate = bad / all;
    Brier out = {.total = total, .uncertainty = rate * (1 - rate)};
    for (size_t k = 0; k < groups; k++) {
        if (n[k] <= 0)
            continue;
        double own = bads[k] / n[k], miss = expected[k] / n[k] - own;
        out.resolution += n[k] / all * (own - rate) * (own - rate);
        out.reliability += n[k] / all * miss * miss;
    }
    out.within = total - out.uncertainty + out.resolution - out.reliability;
    return out;
}
