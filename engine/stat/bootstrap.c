#include "stat/bootstrap.h"

#include "core/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void bootstrap_draw(double count[], size_t n, Stream s, size_t k)
{
    memset(count, 0, n * sizeof *count);
    for (size_t j = 0; j < n; j++) {
        uint64_t word = stream_word(s, (uint64_t)k * n + j);
        count[(size_t)((Exact)word * n >> 64)] += 1;
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double deviation(const double x[], size_t n)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    return sqrt(squares / (double)(n - 1));
}

Figure bootstrap_interval(double value, double x[], size_t m)
{
    enum { LEAST = 40, TAIL = 40 }; /* one in 40 lies below */
    size_t n = 0;
    for (size_t i = 0; i < m; i++)
        if (!isnan(x[i]))
            x[n++] = x[i];
    if (n < LEAST)
        return (Figure){value, (double)NAN, (double)NAN, (double)NAN};
    qsort(x, n, sizeof *x, by_value);
    size_t rank = (n + 1 + TAIL - 1) / TAIL; /* from 1 */
    return (Figure){value, deviation(x, n), x[rank - 1], x[n - rank]};
}
