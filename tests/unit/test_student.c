#include "check.h"

#include "stat/chisquare.h"
#include "stat/student.h"

#include <math.h>

/* mpmath 1.3, 40 digits: findroot() on the logarithms of gammainc() and
 * ncdf(). */
static void chi_square_has_the_rank_of_the_normal(void **state)
{
    (void)state;
    static const struct {
        double z, nu, want;
    } rows[] = {{-6.5, 1, 2.5334212648746308836e-21},
                {-3.25, 1, 5.2300913676381335814e-7},
                {0, 1, 0.45493642311957275194},
                {2.5, 1, 7.4884305595936834968},
                {-7.5, 4, 5.0524387856192887247e-7},
                {-1.2385, 4, 1.1128089230351457853},
                {0.7, 4, 5.4746851608130703393},
                {8, 4, 77.38930734056861538},
                {-2, 2.385, 0.092511817056641976254},
                {3, 10, 28.784988651566058605},
                {-4, 137.5, 80.893076518118166936},
                {4, 137.5, 214.0447609360005397},
                {-7, 1000, 718.18180191051332755},
                {6, 1000, 1292.0740021859471962}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_close(chisquare_at(rows[i].z, rows[i].nu), rows[i].want, 1e-13);
}

/* mpmath 1.3, 40 digits: findroot() on the logarithm of betainc(). */
static void quantiles_of_t(void **state)
{
    (void)state;
    static const struct {
        double p, nu, want;
    } rows[] = {{.02, 4, -2.9985278732065864942},
                {.02, 10, -2.3593146237365363988},
                {.001, 1, -318.30883898555044592},
                {1e-12, 1, -318309886183.79067154},
                {.4999, 1, -0.00031415927569440529197},
                {.02, 2.385, -4.1093007229993464206},
                {.1, 3, -1.6377443536962101055},
                {.3, 30, -0.53001900390650447734},
                {1e-8, 30, -7.5565346518854014106},
                {.02, 1000, -2.0564313810574512399},
                {1e-6, 1000, -4.7816086204583505648},
                {.49, 100, -0.025131697537714574297},
                {.005, 4, -4.6040948713499932254}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_close(student_quantile(rows[i].p, rows[i].nu), rows[i].want,
                     2e-13);
}

/* R's documentation of qt: the upper quantile is the lower one's mirror. */
static void upper_quantiles_mirror_lower_ones(void **state)
{
    (void)state;
    assert_close(student_quantile(0.75, 3), -student_quantile(0.25, 3), 1e-15);
    assert_true(student_quantile(0.5, 3) == 0);
    assert_true(student_quantile(0, 3) == -(double)INFINITY);
    assert_true(student_quantile(1, 3) == (double)INFINITY);
    assert_true(isnan(student_quantile(1.5, 3)));
}

static void tails_and_quantiles_undo_each_other(void **state)
{
    (void)state;
    for (double nu = 1; nu < 1000; nu *= 1.7)
        for (double p = 0.4; p > 1e-100; p *= 0.0317) {
            double t = student_quantile(p, nu);
            assert_close(student_tail(-t, nu), p, 1e-10);
        }
}

/* Gamma(1/2) = sqrt(pi), Gamma(31) = 30! */
static void gamma_of_halves_and_wholes(void **state)
{
    (void)state;
    assert_close(chisquare_log_gamma(0.5), 0.57236494292470008707, 1e-13);
    assert_close(chisquare_log_gamma(31), 74.658236348830164385, 1e-14);
    assert_close(chisquare_log_gamma(500.5), 2608.2229044109866, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chi_square_has_the_rank_of_the_normal),
        cmocka_unit_test(quantiles_of_t),
        cmocka_unit_test(upper_quantiles_mirror_lower_ones),
        cmocka_unit_test(tails_and_quantiles_undo_each_other),
        cmocka_unit_test(gamma_of_halves_and_wholes),
    };
    return RUN(tests);
}
