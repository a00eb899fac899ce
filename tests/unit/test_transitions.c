#include "check.h"
#include "stat/setup.h"
#include "stat/transitions.h"

enum { A, B, D, K };

/* The setting of Lando and Skodeberg (2002), section 3: of ten firms in A one
 * goes to B after a month; of ten in B one goes to A after two months and one
 * defaults after six; all are watched for a year. */
static const Spell year[] = {
    {0, A, B, 1. / 12},   {0, B, B, 11. / 12}, {1, A, A, 1},
    {2, A, A, 1},         {3, A, A, 1},        {4, A, A, 1},
    {5, A, A, 1},         {6, A, A, 1},        {7, A, A, 1},
    {8, A, A, 1},         {9, A, A, 1},        {10, B, A, 2. / 12},
    {10, A, A, 10. / 12}, {11, B, D, 6. / 12}, {12, B, B, 1},
    {13, B, B, 1},        {14, B, B, 1},       {15, B, B, 1},
    {16, B, B, 1},        {17, B, B, 1},       {18, B, B, 1},
    {19, B, B, 1},
};

/* The generator's rates as fractions; its exponential by 60 terms of the
 * series in exact fractions (Python).  The cohort has A's default chance 0. */
static void twenty_firms_give_the_top_grade_a_chance_to_default(void **state)
{
    (void)state;
    static const double one[] = {0.9086714368091718,  0.0865747224095192,
                                 0.00475384078130893, 0.08958601710202421,
                                 0.8160741250146426,  0.09433985788333314};
    double moves[K * K], years[K], q[K * K], p[K * K], pd[5 * K], w[2 * K * K];
    transitions_count(moves, years, K, year, COUNT(year), NULL);
    assert_close(years[A], 9 + 11. / 12, 1e-15);
    assert_close(years[B], 8 + 19. / 12, 1e-15);
    transitions_rates(q, moves, years, K);
    assert_close(q[A * K + B], 12. / 119, 1e-15);
    assert_close(q[B * K + B], -24. / 115, 1e-15);
    transitions_exp(p, q, K, 1, w);
    for (int i = 0; i < 6; i++)
        assert_close(p[i], one[i], 1e-14);
    assert_true(p[D * K + D] == 1);
    transitions_defaults(pd, 5, p, K);
    assert_close(pd[4 * K + A], 0.08189946977389556, 1e-14);
    assert_close(pd[4 * K + B], 0.3362403793080981, 1e-14);
}

static void cohorts_are_shares(void **state)
{
    (void)state;
    static const double want[] = {.9, .1, 0, .1, .8, .1, 0, 0, 1};
    double moves[] = {9, 1, 0, 1, 8, 1, 0, 0, 0}, p[K * K], pd[2 * K];
    transitions_shares(p, moves, K);
    for (int i = 0; i < K * K; i++)
        assert_close(p[i], want[i], 1e-15);
    transitions_defaults(pd, 2, p, K);
    assert_true(pd[A] == 0);
    assert_close(pd[K + A], .01, 1e-15); /* by way of B */
    assert_close(pd[K + B], .18, 1e-15);
    memset(moves, 0, sizeof moves); /* nobody was watched: nobody moves */
    transitions_shares(p, moves, K);
    assert_true(p[A * K + A] == 1 && p[B * K + D] == 0);
}

/* Four states, 40 digits by mpmath's expm (Pade) and svd. */
static void four_states_agree_with_forty_digits(void **state)
{
    (void)state;
    static const double q[] = {-0.08, 0.07, 0.009, 0.001, 0.03, -0.12,
                               0.08,  0.01, 0.002, 0.1,   -0.3, 0.198,
                               0,     0,    0,     0};
    static const double one[] = {
        0.924086853065250967,   0.0638269995089894454, 0.00984508052092718809,
        0.00224106690483240403, 0.0272587082804057095, 0.89121735538117827,
        0.0651597071335888765,  0.0163642292048271499, 0.00293228518701531365,
        0.0813658788464700554,  0.743982713816801253,  0.171719122149713401};
    static const double many[] = {
        0.226592381360625587,  0.257447244567420234,  0.0817762497521314,
        0.434184124319822912,  0.107491357571494311,  0.186501846378056276,
        0.0629744578520631325, 0.643032338198386418,  0.0402860896135852334,
        0.076230293477353865,  0.0262360002806580713, 0.857247616628402959};
    double p[16], w[36];
    transitions_exp(p, q, 4, 25, w);
    for (int i = 0; i < 12; i++)
        assert_close(p[i], many[i], 1e-14);
    transitions_exp(p, q, 4, 1, w);
    for (int i = 0; i < 12; i++)
        assert_close(p[i], one[i], 1e-15);
    assert_close(transitions_mobility(p, 4, w), 0.129499187207237513, 1e-14);
}

/* A to B at rate a, B to D at rate b: 1 - (b exp(-a t) - a exp(-b t)) / (b - a)
 * (mpmath, 40 digits).  Tiny chances keep their digits. */
static void chances_by_way_of_another_state_are_exact(void **state)
{
    (void)state;
    static const struct {
        double a, b, t, pd;
    } rows[] = {{1e-6, 1e-5, 1, 4.9999816667129165741e-12},
                {.002, .3, 5, 0.0048030543474712872},
                {40, 3, 10, 0.99999999999989883651}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        double a = rows[i].a, b = rows[i].b, p[K * K], w[2 * K * K];
        const double q[] = {-a, a, 0, 0, -b, b, 0, 0, 0};
        transitions_exp(p, q, K, rows[i].t, w);
        assert_close(p[A * K + D], rows[i].pd, 1e-14);
    }
}

/* Any generator: rows sum to one, nothing is negative, and two half years are
 * a year. */
static void chances_of_any_generator_are_chances(void **state)
{
    (void)state;
    enum { N = 9 };
    double q[N * N], p[N * N], half[N * N], w[2 * N * N];
    uint32_t x = 1;
    for (int draw = 0; draw < 200; draw++) {
        memset(q, 0, sizeof q);
        for (int i = 0; i < N - 1; i++)
            for (int j = 0; j < N; j++) {
                x = x * 1664525u + 1013904223u;
                double rate = i == j ? 0 : (x >> 8) / 16777216. / (x % 97 + 1);
                q[i * N + j] += rate;
                q[i * N + i] -= rate;
            }
        transitions_exp(p, q, N, draw, w);
        transitions_exp(half, q, N, draw / 2., w);
        for (int i = 0; i < N; i++) {
            double sum = 0;
            for (int j = 0; j < N; j++) {
                double twice = 0;
                for (int m = 0; m < N; m++)
                    twice += half[i * N + m] * half[m * N + j];
                assert_true(p[i * N + j] >= 0);
                assert_true(fabs(p[i * N + j] - twice) < 1e-13);
                sum += p[i * N + j];
            }
            assert_close(sum, 1, 1e-15);
        }
    }
}

/* Jafry and Schuermann (2004), section 3: a matrix whose rows all leave with
 * chance p, for any other state alike, has the index p. */
static void mobility_is_the_chance_to_leave(void **state)
{
    (void)state;
    double p[64], w[2 * 64 + 8];
    for (int i = 0; i < 64; i++)
        p[i] = i % 9 == 0 ? .7 : .3 / 7;
    assert_close(transitions_mobility(p, 8, w), .3, 1e-14);
    for (int i = 0; i < 64; i++)
        p[i] = i % 9 == 0;
    assert_true(transitions_mobility(p, 8, w) == 0);
}

int main(void)
{
    stat_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_firms_give_the_top_grade_a_chance_to_default),
        cmocka_unit_test(cohorts_are_shares),
        cmocka_unit_test(four_states_agree_with_forty_digits),
        cmocka_unit_test(chances_by_way_of_another_state_are_exact),
        cmocka_unit_test(chances_of_any_generator_are_chances),
        cmocka_unit_test(mobility_is_the_chance_to_leave),
    };
    return RUN(tests);
}
