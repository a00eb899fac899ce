#include "check.h"
#include "stat/stream.h"

/* SplitMix64 from state 1234567: the first five outputs of its reference
 * implementation, as published with it. */
static void words_are_splitmix64_s(void **state)
{
    (void)state;
    static const uint64_t want[] = {
        UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    Stream s = {1234567, UINT64_C(0x9E3779B97F4A7C15)};
    for (uint64_t i = 0; i < COUNT(want); i++)
        assert_true(stream_word(s, i) == want[i]);
}

static void uses_and_parts_and_seeds_differ(void **state)
{
    (void)state;
    static const struct {
        uint64_t seed;
        uint32_t use, part;
    } rows[] = {
        {1, 1, 0}, {1, 1, 1}, {1, 2, 0}, {2, 1, 0}, {UINT64_C(1) << 32, 1, 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Stream a = stream_new(rows[i].seed, rows[i].use, rows[i].part);
        assert_true(a.gamma % 2 == 1);
        assert_true(__builtin_popcountll(a.gamma ^ (a.gamma >> 1)) >= 24);
        for (size_t k = 0; k < i; k++) {
            Stream b = stream_new(rows[k].seed, rows[k].use, rows[k].part);
            assert_true(a.key != b.key && a.gamma != b.gamma);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_splitmix64_s),
        cmocka_unit_test(uses_and_parts_and_seeds_differ),
    };
    return RUN(tests);
}
