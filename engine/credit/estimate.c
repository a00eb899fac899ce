#include "credit/estimate.h"

#include "core/money.h"
#include "data/table.h"

#include <math.h>

/* x rounded half away from zero, or NULL_INT beyond `most`. */
static int64_t rounded(double x, double most)
{
    if (!(fabs(x) <= most))
        return NULL_INT;
    double whole = floor(fabs(x) + 0.5);
    return (int64_t)(x < 0 ? -whole : whole);
}

int64_t estimate_fen(double yuan)
{
    return rounded(yuan * 100, (double)MONEY_MAX);
}

int64_t estimate_billionths(double rate)
{
    return rounded(rate * (double)RATIO_ONE, 9e18);
}

double estimate_yuan(int64_t fen)
{
    return fen == NULL_INT ? (double)NAN : (double)fen / 100;
}

double estimate_rate(int64_t billionths)
{
    return billionths == NULL_INT ? (double)NAN
                                  : (double)billionths / (double)RATIO_ONE;
}
