#include "check.h"
#include "stat/vasicek.h"

/* Loss rate of a large homogeneous pool at LGD 100%, computed with 40 digits
 * and printed to 11. */
static void closed_form_agrees_to_ten_digits(void **state)
{
    (void)state;
    static const struct {
        double pd, rho, var99, es99, var999, es999;
    } rows[] = {
        {0.005, 0.12, 0.029594801094, 0.040117665202, 0.054279991704,
         0.0674207095},
        {0.005, 0.20, 0.043017843419, 0.063295624182, 0.090979327637,
         0.11778050195},
        {0.01, 0.12, 0.052526592129, 0.068708621158, 0.090325831326,
         0.10921035527},
        {0.01, 0.20, 0.075250789435, 0.10512937124, 0.14552526613,
         0.18143553143},
        {0.02, 0.12, 0.0917191417, 0.11563279062, 0.14728249681, 0.1731894094},
        {0.02, 0.20, 0.12860982493, 0.17046153676, 0.22631280716,
         0.27161436507},
        {0.03, 0.12, 0.1259240927, 0.15526746842, 0.19385195617, 0.22416989552},
        {0.03, 0.20, 0.17370696425, 0.22315896277, 0.28853315691,
         0.33860131989},
        {0.05, 0.12, 0.18556492817, 0.22231414865, 0.27017759885,
         0.30576222353},
        {0.05, 0.20, 0.24957482456, 0.30811917508, 0.38442246677,
         0.43850572257},
        {0.08, 0.12, 0.26149264981, 0.30482290766, 0.36067040307,
         0.39994019043},
        {0.08, 0.20, 0.3417308799, 0.40655194792, 0.48970778965, 0.54423530976},
        {0.10, 0.12, 0.3060501597, 0.35204499792, 0.41099171696, 0.45127505929},
        {0.10, 0.20, 0.39371696881, 0.46018021159, 0.54470641421,
         0.59797135698},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double pd = rows[i].pd, rho = rows[i].rho;
        assert_close(vasicek_var(pd, rho, 0.99), rows[i].var99, 1e-10);
        assert_close(vasicek_es(pd, rho, 0.99), rows[i].es99, 1e-10);
        assert_close(vasicek_var(pd, rho, 0.999), rows[i].var999, 1e-10);
        assert_close(vasicek_es(pd, rho, 0.999), rows[i].es999, 1e-10);
    }
}

/* At h = k = 0 the pair is 1/4 + asin(r) / (2 pi) (Sheppard). */
static void pairs_at_the_origin_are_sheppard_s(void **state)
{
    (void)state;
    static const double r[] = {-0.99, -0.5, 0, 0.2385, 0.5, 0.9, 0.99};
    for (size_t i = 0; i < COUNT(r); i++)
        assert_close(vasicek_pair(0, 0, r[i]),
                     0.25 + asin(r[i]) / 6.283185307179586, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form_agrees_to_ten_digits),
        cmocka_unit_test(pairs_at_the_origin_are_sheppard_s),
    };
    return RUN(tests);
}
