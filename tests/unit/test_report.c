#include "tablecase.h"

#include "report/report.h"

static Table *mixed(void)
{
    Table *t = case_table("mixed", 2);
    case_words(t, "loan_id", TYPE_TEXT, (const char *const[]){"L\"1", NULL});
    case_words(t, "reasons", TYPE_LIST, (const char *const[]){"E2;S7", ""});
    case_whole(t, "outstanding", TYPE_MONEY, "fen",
               (const int64_t[]){238577, NULL_INT});
    case_whole(t, "rate", TYPE_RATIO, "1", (const int64_t[]){38500000, 0});
    case_whole(t, "term", TYPE_COUNT, "month", (const int64_t[]){36, -1});
    case_whole(t, "paid_on", TYPE_DATE, "day",
               (const int64_t[]){19783, NULL_INT});
    case_whole(t, "pledged", TYPE_BOOL, "", (const int64_t[]){1, 0});
    case_real(t, "el", "fen", (const double[]){20944675981.4, NAN});
    case_real(t, "pd", "1", (const double[]){0.0361, INFINITY});
    return t;
}

static void a_table_is_an_array_of_objects(void **state)
{
    (void)state;
    FILE *to = case_open();
    assert_int_equal(report_json(to, mixed(), 2, NULL), OK);
    fclose(to);
    assert_string_equal(case_written,
                        "[\n"
                        "    {\n"
                        "      \"loan_id\": \"L\\\"1\",\n"
                        "      \"reasons\": [ \"E2\", \"S7\" ],\n"
                        "      \"outstanding\": 2385.77,\n"
                        "      \"rate\": 0.0385,\n"
                        "      \"term\": 36,\n"
                        "      \"paid_on\": \"2024-03-01\",\n"
                        "      \"pledged\": true,\n"
                        "      \"el\": 209446759.81,\n"
                        "      \"pd\": 0.0361\n"
                        "    },\n"
                        "    {\n"
                        "      \"loan_id\": null,\n"
                        "      \"reasons\": [],\n"
                        "      \"outstanding\": null,\n"
                        "      \"rate\": 0,\n"
                        "      \"term\": -1,\n"
                        "      \"paid_on\": null,\n"
                        "      \"pledged\": false,\n"
                        "      \"el\": null,\n"
                        "      \"pd\": null\n"
                        "    }\n"
                        "  ]");
    free(case_written);
}

static void a_table_without_rows_is_an_empty_array(void **state)
{
    (void)state;
    Table *t = case_table("none", 0);
    case_column(t, "paid", TYPE_MONEY, "fen");
    FILE *to = case_open();
    assert_int_equal(report_json(to, t, 0, NULL), OK);
    fclose(to);
    assert_string_equal(case_written, "[]");
    free(case_written);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    Table *t = case_table("full", 1);
    case_whole(t, "paid", TYPE_MONEY, "fen", (const int64_t[]){77});
    Err err = {0};
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(report_json(full, t, 0, &err), ERR_IO);
    assert_string_equal(
        err.text, "the report cannot be written: No space left on device");
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_an_array_of_objects),
        cmocka_unit_test(a_table_without_rows_is_an_empty_array),
        cmocka_unit_test(a_full_disk_is_an_error),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, case_set_up,
                                       case_tear_down);
}
