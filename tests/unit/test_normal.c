#include "check.h"
#include "stat/normal.h"

#define TOL (16 * 2.220446049250313e-16)

typedef struct {
    double x, want;
} Row;

/* Wanted values: mpmath 1.3 with 60 digits. */
static void cdf_keeps_its_relative_accuracy(void **state)
{
    (void)state;
    static const Row rows[] = {
        {-36.5, 5.5447257130748446e-292}, {-20.123, 2.3206270500172249e-90},
        {-9.5, 1.0494515075362607e-21},   {-5.01, 2.7215017728558194e-7},
        {-3.3, 0.00048342414238377751},   {-1.2345, 0.10850832336267017},
        {-0.5, 0.3085375387259869},       {-0.001, 0.49960105778608894},
        {0.3, 0.61791142218895263},       {1.7, 0.95543453724145696},
        {2.385, 0.991460439323318},       {4.4, 0.9999945874560923},
        {7.9, 0.99999999999999861},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_close(normal_cdf(rows[i].x), rows[i].want, TOL);
}

static void quantile_keeps_its_relative_accuracy(void **state)
{
    (void)state;
    static const Row rows[] = {
        {1e-300, -37.047096299361199},        {3.3e-100, -21.217380539111746},
        {1e-20, -9.2623400897984076},         {2.5e-10, -6.2191045740435},
        {1e-05, -4.2648907939228246},         {0.0123, -2.2476267557951378},
        {0.0749, -1.4402382675279637},        {0.0751, -1.43882539275254},
        {0.2385, -0.71113594090137734},       {0.6, 0.25334710313579974},
        {0.9249, 1.4388253927525404},         {0.9251, 1.4402382675279639},
        {0.99, 2.3263478740408408},           {0.999999, 4.7534243088170878},
        {0.999999999999, 7.0344869100478352},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_close(normal_quantile(rows[i].x), rows[i].want, TOL);
}

static void logarithm_and_exponential_agree_with_tables(void **state)
{
    (void)state;
    static const Row logs[] = {
        {1e-300, -690.77552789821371}, {0.5, -0.69314718055994531},
        {0.7, -0.35667494393873244},   {0.70703125, -0.34668041321373673},
        {0.71, -0.342490308946776},    {1.0000001, 9.9999995058387045e-8},
        {1.41, 0.34358970439007685},   {1.42, 0.35065687161316931},
        {2.385, 0.86919912434030445},  {10000000000.0, 23.025850929940457},
        {1e+300, 690.77552789821371},
    };
    static const Row exps[] = {
        {-700.0, 9.8596765437597709e-305}, {-572.7, 1.9034883100274034e-249},
        {-1.2345, 0.29098021610944065},    {1e-09, 1.000000001},
        {0.3466, 1.4142509118505287},      {63.8, 5.1049083024863669e+27},
        {573.0, 7.0915003809847857e+248},
    };
    for (size_t i = 0; i < COUNT(logs); i++)
        assert_close(normal_log(logs[i].x), logs[i].want, TOL);
    for (size_t i = 0; i < COUNT(exps); i++)
        assert_close(normal_exp(exps[i].x), exps[i].want, TOL);
}

static void density_is_the_slope(void **state)
{
    (void)state;
    assert_close(normal_density(0), 0.3989422804014327, TOL);
    assert_close(normal_density(-2.385), 0.023212809171636135, TOL);
    assert_true(normal_density(40) == 0 && normal_density(-INFINITY) == 0);
}

static void ends_are_exact(void **state)
{
    (void)state;
    assert_true(normal_cdf(-INFINITY) == 0 && normal_cdf(INFINITY) == 1);
    assert_true(normal_cdf(0) == 0.5 && isnan(normal_cdf(NAN)));
    assert_true(normal_quantile(0) == -(double)INFINITY);
    assert_true(normal_quantile(1) == (double)INFINITY);
    assert_true(isnan(normal_quantile(-0.1)) && isnan(normal_quantile(1.1)));
    assert_true(isnan(normal_quantile(NAN)));
    assert_true(normal_uniform(0) > 0 && normal_uniform(UINT64_MAX) < 1);
}

enum { N = 10007 }; /* no multiple of any vector's length */

static void arrays_have_the_bits_of_scalars(void **state)
{
    (void)state;
    static double z[N], p[N];
    Stream s = stream_new(2385, 7, 11);
    for (SimdIsa isa = SIMD_PORTABLE; isa <= simd_isa(); isa++) {
        normal_draws(isa, z, s, 1000003, N);
        normal_cdfs(isa, p, z, N);
        for (size_t i = 0; i < N; i++) {
            double u = normal_uniform(stream_word(s, 1000003 + i));
            double want = normal_quantile(u), chance = normal_cdf(want);
            assert_memory_equal(&z[i], &want, sizeof want);
            assert_memory_equal(&p[i], &chance, sizeof chance);
        }
    }
}

static void quantile_is_the_inverse(void **state)
{
    (void)state;
    Stream s = stream_new(2385, 7, 13);
    for (uint64_t i = 0; i < N; i++) {
        double u = normal_uniform(stream_word(s, i));
        assert_close(normal_cdf(normal_quantile(u)), u, 1e-14);
    }
}

/* Sums of squares of z over 40 seeds: chi-square, .1% and 99.9%. */
static void draws_have_their_moments(void **state)
{
    (void)state;
    static double z[N];
    double mean2 = 0, square2 = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        double mean = 0, square = 0;
        normal_draws(simd_isa(), z, stream_new(seed, 3, 0), 0, N);
        for (size_t i = 0; i < N; i++) {
            mean += z[i] / sqrt(N);
            square += (z[i] * z[i] - 1) / sqrt(2.0 * N);
        }
        mean2 += mean * mean;
        square2 += square * square;
    }
    assert_true(mean2 > 17.9 && mean2 < 73.4);
    assert_true(square2 > 17.9 && square2 < 73.4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cdf_keeps_its_relative_accuracy),
        cmocka_unit_test(quantile_keeps_its_relative_accuracy),
        cmocka_unit_test(logarithm_and_exponential_agree_with_tables),
        cmocka_unit_test(density_is_the_slope),
        cmocka_unit_test(ends_are_exact),
        cmocka_unit_test(arrays_have_the_bits_of_scalars),
        cmocka_unit_test(quantile_is_the_inverse),
        cmocka_unit_test(draws_have_their_moments),
    };
    return RUN(tests);
}
