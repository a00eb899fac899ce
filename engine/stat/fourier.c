#include "stat/fourier.h"

#include <math.h>

void fourier_roots(double cosine[], double sine[], size_t n)
{
    static const double quarter[] = {1, 0, -1, 0};
    double far = 0; /* cosine of the angle between known neighbours */
    for (size_t i = 0; i < 4; i++) {
        cosine[i * (n / 4)] = quarter[i];
        sine[i * (n / 4)] = quarter[(i + 3) % 4];
    }
    for (size_t d = n / 8; d > 0; d /= 2) {
        double near = sqrt((1 + far) / 2), half = 1 / (2 * near);
        for (size_t i = d; i < n; i += 2 * d) {
            size_t next = (i + d) % n;
            cosine[i] = (cosine[i - d] + cosine[next]) * half;
            sine[i] = (sine[i - d] + sine[next]) * half;
        }
        far = near;
    }
}

static void swap(double *a, double *b)
{
    double c = *a;
    *a = *b;
    *b = c;
}

/* Every entry to the place whose number has its bits reversed. */
static void reverse_bits(double re[], double im[], size_t n)
{
    for (size_t i = 1, j = 0; i < n; i++) {
        size_t bit = n / 2;
        for (; j & bit; bit /= 2)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            swap(&re[i], &re[j]);
            swap(&im[i], &im[j]);
        }
    }
}

void fourier_transform(double re[], double im[], size_t n,
                       const double cosine[], const double sine[])
{
    reverse_bits(re, im, n);
    for (size_t half = 1; half < n; half *= 2)
        for (size_t from = 0; from < n; from += 2 * half)
            for (size_t k = 0; k < half; k++) {
                size_t a = from + k, b = a + half, root = k * (n / half / 2);
                double c = cosine[root], s = sine[root];
                double x = re[b] * c + im[b] * s, y = im[b] * c - re[b] * s;
                re[b] = re[a] - x;
                im[b] = im[a] - y;
                re[a] += x;
                im[a] += y;
            }
}
