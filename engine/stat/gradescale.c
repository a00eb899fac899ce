#include "stat/gradescale.h"

#include "stat/normal.h"

#include <math.h>

ErrCode gradescale_geometric(Grade out[], size_t n, double low, double high,
                             Err *err)
{
    if (n == 0 || n > GRADESCALE_MOST)
        return FAIL(err, ERR_DOMAIN, "a scale has 1 to %d grades, not %zu",
                    GRADESCALE_MOST, n);
    if (!(low > 0 && low < high && high <= 1))
        return FAIL(err, ERR_DOMAIN,
                    "a scale cannot go from a PD of %g to one of %g; give 0 < "
                    "lowest < highest <= 1",
                    low, high);
    double step = (normal_log(high) - normal_log(low)) / (double)n;
    for (size_t g = 0; g < n; g++) {
        out[g].low = g == 0 ? low : out[g - 1].high;
        out[g].high =
            g + 1 == n ? high : low * normal_exp(step * (double)(g + 1));
        out[g].pd = sqrt(out[g].low * out[g].high);
    }
    return OK;
}

size_t gradescale_of(const Grade scale[], size_t n, double pd)
{
    size_t g = 0;
    while (g + 1 < n && pd >= scale[g].high)
        g++;
    return g;
}
