#include "check.h"
#include "report/report.h"

#include <stdlib.h>

static const char *put(Tables *tables, const char *text)
{
    return texts_put(tables->texts, text, strlen(text));
}

static Table *trace(Tables *tables)
{
    static const char *const names[] = {"step",   "rule",   "cite", "formula",
                                        "values", "result", "text", "text_zh"};
    static const char *const cells[2][8] = {
        {"fact", "burden", "article 7", "amount / revenue", "600 / 2385",
         "0.251572", NULL, NULL},
        {"输入", "amount", NULL, NULL, NULL, "600.00", "asked", "申请金额"},
    };
    Table *t;
    Column *c;
    assert_int_equal(table_new(&t, tables, "trace", 2, NULL), OK);
    for (size_t k = 0; k < COUNT(names); k++) {
        assert_int_equal(table_add(&c, t, names[k], TYPE_TEXT, "", NULL), OK);
        for (size_t i = 0; i < 2; i++)
            c->s[i] = cells[i][k] == NULL ? NULL : put(tables, cells[i][k]);
    }
    return t;
}

static void a_step_has_its_formula_numbers_and_article(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Table *t = trace(tables_new(arena));
    char *text = NULL;
    size_t n;
    FILE *to = open_memstream(&text, &n);
    assert_int_equal(report_steps(to, t, REPORT_EN, NULL), OK);
    fclose(to);
    assert_string_equal(text,
                        "fact           burden = 0.251572\n"
                        "               amount / revenue\n"
                        "               = 600 / 2385\n"
                        "               [article 7]\n"
                        "输入           amount = 600.00  (asked)\n");
    free(text);
    to = open_memstream(&text, &n);
    assert_int_equal(report_steps(to, t, REPORT_ZH, NULL), OK);
    fclose(to);
    assert_non_null(strstr(text, "amount = 600.00  (申请金额)\n"));
    free(text);
    arena_free(arena);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Err err = {0};
    FILE *to = fopen("/dev/full", "w");
    assert_non_null(to);
    assert_int_equal(
        report_steps(to, trace(tables_new(arena)), REPORT_EN, &err), ERR_IO);
    assert_string_equal(
        err.text, "the report cannot be written: No space left on device");
    fclose(to);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_has_its_formula_numbers_and_article),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return RUN(tests);
}
