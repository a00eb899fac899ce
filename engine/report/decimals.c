#include "report/decimals.h"

#include <math.h>

int decimals_exact(const Column *c, size_t rows, double factor, int most)
{
    int d = 0;
    double scale = factor;
    for (size_t i = 0; i < rows; i++) {
        if (cell_is_null(c, i))
            continue;
        double v = c->type == TYPE_REAL ? c->d[i] : (double)c->i[i];
        while (d <= most && fabs(v * scale - round(v * scale)) >
                                1e-11 * fmax(1, fabs(v * scale))) {
            d++;
            scale *= 10;
        }
    }
    return d <= most ? d : -1;
}

int decimals_for(double size, int least)
{
    int d = least;
    if (size == 0)
        return d;
    for (int i = 1; i < least; i++)
        size *= 10;
    for (; d < 6 && size < 1; d++)
        size *= 10;
    return d;
}

int decimals_of_level(double percent)
{
    int d = 0;
    double scale = 1;
    while (d < 7 && fabs(percent - round(percent * scale) / scale) > 1e-10) {
        d++;
        scale *= 10;
    }
    return d;
}
