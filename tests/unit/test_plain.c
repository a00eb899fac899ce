#include "tablecase.h"

#include "report/report.h"

static void assert_text(const Table *t, ReportLanguage language,
                        const char *want)
{
    FILE *to = case_open();
    assert_int_equal(report_text(to, t, language, NULL), OK);
    fclose(to);
    assert_string_equal(case_written, want);
    free(case_written);
}

static Table *ruin(void)
{
    Table *t = case_table("pool_ruin", 3);
    t->title = (Label){"资金池耗尽概率", "Chance of running dry"};
    case_words(t, "party", TYPE_CATEGORY,
               (const char *const[]){"guarantor", "担保公司", NULL});
    case_whole(t, "paid", TYPE_MONEY, "fen",
               (const int64_t[]){123456789, 5, NULL_INT});
    case_whole(t, "firm_name", TYPE_BOOL, "", (const int64_t[]){1, 0, 1});
    return t;
}

static void columns_line_up_by_width_on_screen(void **state)
{
    (void)state;
    const Table *t = ruin();
    assert_text(t, REPORT_ZH,
                "资金池耗尽概率\n"
                "主体       拟拨付（元）  企业名称\n"
                "---------  ------------  --------\n"
                "guarantor  1,234,567.89  是\n"
                "担保公司           0.05  否\n"
                "-                     -  是\n");
    assert_text(t, REPORT_EN,
                "Chance of running dry\n"
                "party       paid (yuan)  firm name\n"
                "---------  ------------  ---------\n"
                "guarantor  1,234,567.89  yes\n"
                "担保公司           0.05  no\n"
                "-                     -  yes\n");
}

static void one_row_is_shown_downwards(void **state)
{
    (void)state;
    Table *t = case_table("subsidy_total", 1);
    case_whole(t, "claimed", TYPE_MONEY, "fen",
               (const int64_t[]){INT64_C(923380000)});
    case_whole(t, "count", TYPE_COUNT, "", (const int64_t[]){80});
    case_words(t, "binding", TYPE_CATEGORY, (const char *const[]){"cap"});
    case_real(t, "share", "1", (const double[]){0.425});
    assert_text(t, REPORT_ZH,
                "subsidy total\n"
                "申报金额  9,233,800.00  元\n"
                "数量                80\n"
                "约束项    cap\n"
                "占比             42.5%\n");
}

static void a_terminal_is_never_commanded(void **state)
{
    (void)state;
    Table *t = case_table("evil", 2);
    case_words(t, "firm_name", TYPE_TEXT,
               (const char *const[]){"\x1b[31mred\r\n", "b\x7f"});
    case_whole(t, "count", TYPE_COUNT, "", (const int64_t[]){1, 2});
    assert_text(t, REPORT_EN,
                "evil\n"
                "firm name   count\n"
                "----------  -----\n"
                " [31mred        1\n"
                "b               2\n");
}

static void no_rows_are_said_so(void **state)
{
    (void)state;
    Table *t = case_table("faults", 0);
    case_column(t, "paid", TYPE_MONEY, "fen");
    assert_text(t, REPORT_EN, "faults\n(none)\n");
    assert_text(t, REPORT_ZH, "faults\n（无）\n");
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    Err err = {0};
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    Table *t = case_table("full", 2);
    case_whole(t, "count", TYPE_COUNT, "", (const int64_t[]){1, 2});
    assert_int_equal(report_text(full, t, REPORT_ZH, &err), ERR_IO);
    assert_string_equal(
        err.text, "the report cannot be written: No space left on device");
    fclose(full);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    Table *t = case_table("sweep", 2);
    case_whole(t, "paid", TYPE_MONEY, "fen", (const int64_t[]){1, 2});
    case_words(t, "reasons", TYPE_LIST, (const char *const[]){"a;b", "c"});
    ErrCode rc = ERR_MEMORY;
    long n = 0;
    for (; rc != OK; n++) {
        FILE *to = case_open();
        Err err = {0};
        mem_fail_from(n);
        rc = report_text(to, t, REPORT_ZH, &err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        assert_int_equal(err.code, rc);
        fclose(to);
        free(case_written);
    }
    assert_true(n > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up_by_width_on_screen),
        cmocka_unit_test(one_row_is_shown_downwards),
        cmocka_unit_test(a_terminal_is_never_commanded),
        cmocka_unit_test(no_rows_are_said_so),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, case_set_up,
                                       case_tear_down);
}
