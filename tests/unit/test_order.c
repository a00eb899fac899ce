#include "check.h"
#include "subsidy/claims.h"
#include "subsidy/order.h"

#include <stdlib.h>

static uint64_t numbers = UINT64_C(0x2545f4914f6cdd1d);

static uint64_t next_number(void)
{
    numbers ^= numbers << 13;
    numbers ^= numbers >> 7;
    numbers ^= numbers << 17;
    return numbers;
}

enum { N = 5000 };

static void keys_rise_and_equal_keys_keep_their_order(void **state)
{
    (void)state;
    static OrderItem items[N], spare[N];
    static const size_t sizes[] = {0, 1, 2, 47, 48, 49, 50, N};
    for (size_t s = 0; s < COUNT(sizes); s++) {
        size_t n = sizes[s];
        for (size_t i = 0; i < n; i++) {
            uint64_t key = next_number() % 97;
            items[i] = (OrderItem){key << (key % 7 * 9), (uint32_t)i};
        }
        const OrderItem *got = order_sort(items, spare, n);
        for (size_t i = 1; i < n; i++)
            assert_true(
                got[i - 1].key < got[i].key ||
                (got[i - 1].key == got[i].key && got[i - 1].row < got[i].row));
    }
}

static const char *const *texts_compared;

static int compare(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    const char *s = texts_compared[*x] != NULL ? texts_compared[*x] : "";
    const char *t = texts_compared[*y] != NULL ? texts_compared[*y] : "";
    int by_text = strcmp(s, t);
    return by_text != 0 ? by_text : (*x > *y) - (*x < *y);
}

/* Against the C library's sort with strcmp(), then the row. */
static void texts_are_in_the_order_of_their_bytes(void **state)
{
    (void)state;
    static char text[N][40];
    static const char *texts[N];
    static OrderItem items[N], spare[N];
    static uint32_t want[N];
    static const char *const starts[] = {"HT", "", "合同",
                                         "HT2024-000000000000"};
    for (size_t i = 0; i < N; i++) {
        unsigned long long number = next_number() % 3001;
        snprintf(text[i], sizeof text[i], "%s%llu",
                 starts[next_number() % COUNT(starts)], number);
        texts[i] = i % 501 == 7 ? NULL : text[i];
        items[i].row = want[i] = (uint32_t)i;
    }
    texts_compared = texts;
    qsort(want, N, sizeof *want, compare);
    const OrderItem *got = order_texts(items, spare, texts, N);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(got[i].row, want[i]);
}

static void long_texts_that_agree_do_not_nest(void **state)
{
    (void)state;
    enum { LONG = 200000 };
    static char a[LONG + 2], b[LONG + 2];
    memset(a, 'x', LONG);
    memset(b, 'x', LONG);
    a[LONG] = '2';
    b[LONG] = '1';
    const char *const texts[] = {a, b, "xxxxxxxxxxxxxxxx", "y"};
    OrderItem items[] = {{0, 0}, {0, 1}, {0, 2}, {0, 3}}, spare[4];
    const OrderItem *got = order_texts(items, spare, texts, 4);
    assert_int_equal(got[0].row, 2);
    assert_int_equal(got[1].row, 1);
    assert_int_equal(got[2].row, 0);
    assert_int_equal(got[3].row, 3);
}

static void keys_of_numbers_rise_with_them(void **state)
{
    (void)state;
    const double rising[] = {-1e300, -2.5, -0.0, 0.0, 1e-300, 2.5, 1e300};
    const int64_t whole[] = {INT64_MIN, -3, -1, 0, 1, 5, INT64_MAX};
    for (size_t i = 1; i < COUNT(rising); i++) {
        assert_true(order_real(rising[i - 1]) < order_real(rising[i]) ||
                    rising[i - 1] == rising[i]);
        assert_true(order_signed(whole[i - 1]) < order_signed(whole[i]));
    }
    assert_true(order_real((double)NAN) > order_real(1e300));
}

/* Half of many lots fall below the middle: 4 standard errors are 142. */
static void lots_depend_on_seed_and_id_and_spread(void **state)
{
    (void)state;
    int below = 0;
    for (int i = 0; i < N; i++) {
        char id[16];
        snprintf(id, sizeof id, "HT%06d", i);
        below += order_lot(7, id) >> 63 == 0;
    }
    assert_in_range(below, N / 2 - 142, N / 2 + 142);
    assert_true(order_lot(7, "HT1") == order_lot(7, "HT1"));
    assert_true(order_lot(7, "HT1") != order_lot(8, "HT1"));
    assert_true(order_lot(7, "HT1") != order_lot(7, "HT2"));
}

static const int64_t *days_compared;

static int compare_days(const void *a, const void *b)
{
    int64_t x = days_compared[*(const uint32_t *)a];
    int64_t y = days_compared[*(const uint32_t *)b];
    return x != y ? (x > y) - (x < y) : compare(a, b);
}

/* Against the C library's sort; a row without a day is before all others. */
static void contracts_are_in_line_by_day_then_id_then_row(void **state)
{
    (void)state;
    static char text[N][24];
    static const char *id[N];
    static int64_t day[N];
    static uint32_t want[N], got[N];
    for (size_t i = 0; i < N; i++) {
        snprintf(text[i], sizeof text[i], "HT%llu",
                 (unsigned long long)(next_number() % 701));
        id[i] = next_number() % 31 == 0 ? NULL : text[i];
        day[i] = next_number() % 19 == 0
                     ? NULL_INT
                     : (int64_t)(next_number() % 60) * 97 - 2500;
        want[i] = (uint32_t)i;
    }
    texts_compared = id;
    days_compared = day;
    static const size_t sizes[] = {0, 1, 2, 49, N};
    for (size_t s = 0; s < COUNT(sizes); s++) {
        Arena *arena = arena_new();
        size_t n = sizes[s];
        for (size_t i = 0; i < n; i++)
            want[i] = (uint32_t)i;
        qsort(want, n, sizeof *want, compare_days);
        assert_int_equal(claims_line_up(got, arena, day, id, n, NULL), OK);
        assert_memory_equal(got, want, n * sizeof *got);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_rise_and_equal_keys_keep_their_order),
        cmocka_unit_test(texts_are_in_the_order_of_their_bytes),
        cmocka_unit_test(contracts_are_in_line_by_day_then_id_then_row),
        cmocka_unit_test(long_texts_that_agree_do_not_nest),
        cmocka_unit_test(keys_of_numbers_rise_with_them),
        cmocka_unit_test(lots_depend_on_seed_and_id_and_spread),
    };
    return RUN(tests);
}
