#include "check.h"
#include "data/daytime.h"

#include <string.h>

static const struct {
    const char *text, *want;
} good[] = {
    {"2026-01-28T16:22:00", "2026-01-28T16:22:00"},
    {"2026/1/28 9:05", "2026-01-28T09:05:00"},
    {"2026/10/1  09:05:07", "2026-10-01T09:05:07"},
    {"2026年1月28日9:05", "2026-01-28T09:05:00"},
    {"20260128 23:59:59.250", "2026-01-28T23:59:59.250"},
    {"2026012809:05", "2026-01-28T09:05:00"},
    {"２０２６／１／２８　９：０５", "2026-01-28T09:05:00"},
    {"2024/2/29", "2024-02-29"},
};

static void moments_are_read_as_spreadsheets_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        char out[DAYTIME_TEXT];
        assert_null(daytime_read(out, slice_of(good[i].text)));
        assert_string_equal(out, good[i].want);
    }
}

static void what_is_no_moment_says_why(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "soon",
        "16:22",
        "2026-01-28 24:00",
        "2026-01-28 16:60",
        "2026-01-28 16:22:60",
        "2026-01-28 16",
        "2026-01-28 16:22Z",
        "2026-01-28 16:22:00+08:00",
        "2026-01-28 16:22:00.1234567",
        "2026-01-28 16:",
        "46050.68",
        "2025-02-29 10:00",
        "2026-01-28 16:22 2026-01-28 16:22 2026-01-28 16:22 2026-01-28 16:22",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        char out[DAYTIME_TEXT] = "as it was";
        const CellFault *why = daytime_read(out, slice_of(bad[i]));
        if (why == NULL)
            print_error("'%s' is read\n", bad[i]);
        assert_non_null(why);
        assert_non_null(why->way_out);
        assert_string_equal(why->expected, i == 12 ? "a day of the calendar"
                                                   : "a day with its time");
        assert_string_equal(out, "as it was");
    }
}

static void texts_stand_in_the_order_of_time(void **state)
{
    (void)state;
    static const char *const rising[] = {
        "2026/2/1",      "2026/2/1 9:00",         "2026/2/1 10:00",
        "2026/2/1 10:1", "2026-02-01 10:01:00.5", "2026/10/1 8:00"};
    char last[DAYTIME_TEXT] = "", next[DAYTIME_TEXT];
    for (size_t i = 0; i < COUNT(rising); i++) {
        assert_null(daytime_read(next, slice_of(rising[i])));
        assert_true(strcmp(last, next) < 0);
        memcpy(last, next, sizeof last);
    }
}

static void a_year_later_is_the_same_time_of_day(void **state)
{
    (void)state;
    char out[DAYTIME_TEXT] = "as it was";
    assert_int_equal(daytime_later(out, "soon", 1), 0);
    assert_int_equal(daytime_later(out, "when there is time", 1), 0);
    assert_string_equal(out, "as it was");
    assert_int_equal(daytime_later(out, "2024-02-29T16:22:00", 1), 1);
    assert_string_equal(out, "2025-02-28T16:22:00");
    assert_int_equal(daytime_later(out, "2026-01-28", 2), 1);
    assert_string_equal(out, "2028-01-28");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_read_as_spreadsheets_write_them),
        cmocka_unit_test(what_is_no_moment_says_why),
        cmocka_unit_test(texts_stand_in_the_order_of_time),
        cmocka_unit_test(a_year_later_is_the_same_time_of_day),
    };
    return RUN(tests);
}
