#include "check.h"

#include "stat/nearest.h"
#include "stat/setup.h"

#include <math.h>

static const double tridiagonal[] = {1, 1, 0, 1, 1, 1, 0, 1, 1};

static void least_eigenvalue_of_a_tridiagonal_matrix(void **state)
{
    (void)state;
    double least;
    assert_int_equal(nearest_least(&least, tridiagonal, 3, NULL), OK);
    assert_close(least, 1 - sqrt(2), 1e-14); /* 1 + 2 cos(3 pi / 4) */
}

/* Higham (2002): 0.7607, 0.1573 and distance 0.5278; 12 digits by his
 * algorithm in mpmath 1.3 with 30 digits. */
static void higham_s_example(void **state)
{
    (void)state;
    double x[9], distance;
    assert_int_equal(nearest_correlation(x, &distance, tridiagonal, 3, NULL),
                     OK);
    assert_close(x[1], 0.760689853402, 1e-11);
    assert_close(x[2], 0.157298106138, 1e-11);
    assert_close(distance, 0.527790463582, 1e-11);
    assert_true(x[0] == 1 && x[4] == 1 && x[8] == 1);
    assert_true(x[1] == x[3] && x[1] == x[5] && x[2] == x[6]);
}

static void a_correlation_matrix_is_its_own_nearest(void **state)
{
    (void)state;
    static const double a[] = {1, 0.3, 0.2, 0.3, 1, -0.1, 0.2, -0.1, 1};
    double x[9], distance;
    assert_int_equal(nearest_correlation(x, &distance, a, 3, NULL), OK);
    for (size_t i = 0; i < 9; i++)
        assert_close(x[i], a[i], 1e-12);
    assert_close(distance, 0, 1e-12);
}

static void roots_give_the_matrix_back(void **state)
{
    (void)state;
    static const double all[][9] = {
        {1, 0.3, 0.2, 0.3, 1, -0.1, 0.2, -0.1, 1},
        {1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1}, /* two are one */
        {1, 0.6, 0.8, 0.6, 1, 0, 0.8, 0, 1}  /* the third is made of two */
    };
    for (size_t t = 0; t < COUNT(all); t++) {
        double root[9];
        nearest_root(root, all[t], 3);
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++) {
                double sum = 0;
                for (size_t k = 0; k < 3; k++)
                    sum += root[3 * i + k] * root[3 * j + k];
                assert_true(fabs(sum - all[t][3 * i + j]) < 1e-9);
                assert_true(j <= i || root[3 * i + j] == 0);
            }
    }
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    double x[9], distance;
    mem_fail_from(0);
    ErrCode rc = nearest_correlation(x, &distance, tridiagonal, 3, NULL);
    mem_fail_from(-1);
    assert_int_equal(rc, ERR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_eigenvalue_of_a_tridiagonal_matrix),
        cmocka_unit_test(higham_s_example),
        cmocka_unit_test(a_correlation_matrix_is_its_own_nearest),
        cmocka_unit_test(roots_give_the_matrix_back),
        cmocka_unit_test(any_allocation_may_fail),
    };
    stat_setup();
    return RUN(tests);
}
