#include "check.h"

#include "stat/fourier.h"

#include <math.h>

enum { N = 1024 };

static double c[N], s[N], re[N], im[N];

static void roots_are_cosines_and_sines(void **state)
{
    (void)state;
    double pi = 3.14159265358979323846;
    fourier_roots(c, s, N);
    for (int i = 0; i < N; i++) {
        assert_true(fabs(c[i] - cos(2 * pi * i / N)) < 1e-15);
        assert_true(fabs(s[i] - sin(2 * pi * i / N)) < 1e-15);
    }
}

/* (1 - a^n) / (1 - a e^(-2 pi j k / n)): a geometric series. */
static void powers_have_a_known_transform(void **state)
{
    (void)state;
    double a = 0.975;
    fourier_roots(c, s, N);
    for (int i = 0; i < N; i++) {
        re[i] = pow(a, i);
        im[i] = 0;
    }
    fourier_transform(re, im, N, c, s);
    for (int k = 0; k < N; k++) {
        double x = 1 - a * c[k], y = a * s[k], top = 1 - pow(a, N);
        double square = x * x + y * y;
        assert_true(fabs(re[k] - top * x / square) < 1e-12);
        assert_true(fabs(im[k] + top * y / square) < 1e-12);
    }
}

static void twice_is_the_reverse(void **state)
{
    (void)state;
    fourier_roots(c, s, N);
    for (int i = 0; i < N; i++) {
        re[i] = (i * 7919) % 1009;
        im[i] = (i * 104729) % 997;
    }
    fourier_transform(re, im, N, c, s);
    fourier_transform(re, im, N, c, s);
    for (int i = 0; i < N; i++) {
        int j = (N - i) % N;
        assert_true(fabs(re[i] / N - (j * 7919) % 1009) < 1e-9);
        assert_true(fabs(im[i] / N - (j * 104729) % 997) < 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_are_cosines_and_sines),
        cmocka_unit_test(powers_have_a_known_transform),
        cmocka_unit_test(twice_is_the_reverse),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
