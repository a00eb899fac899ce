#include "check.h"
#include "stat/unseen.h"

static void fuzzy_halves_make_a_whole(void **state)
{
    (void)state;
    static const double pd[] = {0, 0.2, 0.5, 1};
    UnseenCase c[8];
    unseen_fuzzy(c, pd, 4, 1);
    for (int i = 0; i < 4; i++) {
        assert_close(c[2 * i].weight, pd[i], 1e-15);
        assert_true(c[2 * i].weight + c[2 * i + 1].weight == 1);
        assert_true(c[2 * i].bad && !c[2 * i + 1].bad);
    }
    unseen_fuzzy(c, pd, 4, 3); /* odds 1:4 become 3:4 */
    assert_close(c[2].weight, 3. / 7, 1e-15);
    assert_true(c[0].weight == 0 && c[6].weight == 1);
}

/* Parcels of 400 at .1 and 600 at .25, factor 1.5: 60 and 225 bads, exactly;
 * every case of a parcel is as likely to be one of them. */
static void parcels_have_their_share_of_bads(void **state)
{
    (void)state;
    enum { N = 1000, TIMES = 400 };
    static const double rate[] = {0.1, 0.25};
    static UnseenCase c[N];
    static size_t parcel[N];
    static double times[N];
    for (size_t i = 0; i < N; i++)
        parcel[i] = i % 5 < 3;
    for (uint32_t k = 0; k < TIMES; k++) {
        size_t bads[2] = {0};
        assert_int_equal(unseen_parcel(c, parcel, N, rate, 2, 1.5,
                                       stream_new(1, 7, k), NULL),
                         OK);
        for (size_t i = 0; i < N; i++) {
            bads[parcel[i]] += c[i].bad;
            times[i] += c[i].bad;
            assert_true(c[i].row == i && c[i].weight == 1);
        }
        assert_int_equal(bads[0], 60);
        assert_int_equal(bads[1], 225);
    }
    for (size_t i = 0; i < N; i++) { /* binomial, within 5 deviations */
        double p = parcel[i] ? 0.375 : 0.15;
        double gap = times[i] - p * TIMES;
        assert_true(gap * gap < 25 * TIMES * p * (1 - p));
    }
}

static void broken_shares_are_right_on_average(void **state)
{
    (void)state;
    enum { TIMES = 4000 };
    static const double rate[] = {0.25};
    static const size_t parcel[3] = {0};
    UnseenCase c[3];
    double sum = 0;
    for (uint32_t k = 0; k < TIMES; k++) {
        assert_int_equal(
            unseen_parcel(c, parcel, 3, rate, 1, 1, stream_new(1, 7, k), NULL),
            OK);
        sum += c[0].bad + c[1].bad + c[2].bad;
    }
    /* .75 a time, deviation sqrt(.1875 / 4000) = .0068 */
    assert_true(fabs(sum / TIMES - 0.75) < 5 * 0.00685);
    assert_int_equal(
        unseen_parcel(c, parcel, 3, rate, 1, 9, stream_new(1, 7, 0), NULL), OK);
    assert_true(c[0].bad && c[1].bad && c[2].bad); /* no more than all */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fuzzy_halves_make_a_whole),
        cmocka_unit_test(parcels_have_their_share_of_bads),
        cmocka_unit_test(broken_shares_are_right_on_average),
    };
    return RUN(tests);
}
