#include "check.h"
#include "core/date.h"

/* Day numbers by date(1): date -ud 2024-02-29 +%s / 86400. */
static void days_are_those_of_the_calendar(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int32_t days;
    } rows[] = {
        {"1970-01-01", 0},         {"2024-02-29", 19782},
        {"2024/3/1", 19783},       {"20240301", 19783},
        {"2024年3月1日", 19783},   {"1969-12-31", -1},
        {"2000-02-29", 11016},     {"1900-03-01", -25508},
        {"0001-01-01", -719162},   {"9999-12-31", 2932896},
        {"2026年11月22日", 20779},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Date d = {0};
        Err err = {0};
        assert_int_equal(date_parse(&d, rows[i].text, &err), OK);
        assert_int_equal(d.days, rows[i].days);
    }
}

static void every_day_survives_the_way_there_and_back(void **state)
{
    (void)state;
    DateParts last = {1, 1, 0};
    for (int32_t days = -719162; days <= 2932896; days++) {
        DateParts p = date_parts((Date){days});
        assert_null(date_check(p));
        assert_int_equal(date_of(p).days, days);
        int follows = p.day == last.day + 1 || (p.day == 1 && last.day >= 28);
        assert_true(follows);
        last = p;
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    const struct {
        const char *text;
        ErrCode code;
    } rows[] = {
        {"2024-13-01", ERR_DOMAIN},
        {"2023-02-29", ERR_DOMAIN},
        {"1900-02-29", ERR_DOMAIN},
        {"0000-01-01", ERR_DOMAIN},
        {"2024-04-31", ERR_DOMAIN},
        {"2024-00-10", ERR_DOMAIN},
        {"45352", ERR_INPUT},
        {"45352.5", ERR_INPUT},
        {"", ERR_INPUT},
        {"2024-03/01", ERR_INPUT},
        {"24-03-01", ERR_INPUT},
        {"2024-03-01 ", ERR_INPUT},
        {"2024年3月1", ERR_INPUT},
        {"2024-03-011", ERR_INPUT},
        {"202403011", ERR_INPUT},
        {"2024--1-1", ERR_INPUT},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Date d = {77};
        Err err = {0};
        assert_int_equal(date_parse(&d, rows[i].text, &err), rows[i].code);
        assert_int_equal(d.days, 77);
    }
}

static void a_spreadsheet_serial_gets_a_hint(void **state)
{
    (void)state;
    Date d;
    Err err = {0};
    assert_int_equal(date_parse(&d, "45352", &err), ERR_INPUT);
    assert_string_equal(err.text,
                        "'45352' is a spreadsheet's count of days, not a date; "
                        "write 2024-03-01");
}

static Date day(const char *text)
{
    Date d = {0};
    assert_int_equal(date_parse(&d, text, NULL), OK);
    return d;
}

static void months_end_on_the_last_day_there_is(void **state)
{
    (void)state;
    char out[DATE_TEXT];
    assert_string_equal(date_format(out, date_add_months(day("2024-01-31"), 1)),
                        "2024-02-29");
    assert_string_equal(
        date_format(out, date_add_months(day("2024-03-31"), -13)),
        "2023-02-28");
    assert_string_equal(
        date_format(out, date_add_months(day("2023-11-15"), 14)), "2025-01-15");
}

static void a_month_is_full_on_the_same_day(void **state)
{
    (void)state;
    assert_int_equal(date_months(day("2024-01-31"), day("2024-02-29")), 0);
    assert_int_equal(date_months(day("2024-01-31"), day("2024-03-31")), 2);
    assert_int_equal(date_months(day("2020-05-17"), day("2024-05-16")), 47);
    assert_int_equal(date_months(day("2024-05-16"), day("2020-05-17")), -47);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_calendar),
        cmocka_unit_test(every_day_survives_the_way_there_and_back),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_spreadsheet_serial_gets_a_hint),
        cmocka_unit_test(months_end_on_the_last_day_there_is),
        cmocka_unit_test(a_month_is_full_on_the_same_day),
    };
    return RUN(tests);
}
