#include "check.h"
#include "data/table.h"

#include <stdlib.h>

static void equal_texts_are_one_pointer(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Texts *t = texts_new(a);
    static const char *kept[20000];
    char text[32];
    for (int i = 0; i < 20000; i++) { /* the table grows several times */
        snprintf(text, sizeof text, "firm-%d-%d", i * 7919, i);
        kept[i] = texts_put(t, text, strlen(text));
    }
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "firm-%d-%d", i * 7919, i);
        assert_string_equal(kept[i], text);
        assert_ptr_equal(texts_put(t, text, strlen(text)), kept[i]);
        assert_ptr_equal(texts_find(t, text, strlen(text)), kept[i]);
    }
    assert_null(texts_find(t, "never", 5));
    assert_string_equal(texts_put(t, "cut here", 3), "cut");
    assert_string_equal(texts_put(t, "", 0), "");
    static char big[100000];
    memset(big, 'b', sizeof big);
    assert_memory_equal(texts_put(t, big, sizeof big), big, sizeof big);
    arena_free(a);
}

static void a_field_is_found_by_each_of_its_names(void **state)
{
    (void)state;
    unsigned char among[FIELD_COUNT] = {[FIELD_filed_on] = 1};
    assert_int_equal(field_named("amount", 6), FIELD_amount);
    assert_int_equal(field_named("合同成交额", 15), FIELD_amount);
    assert_int_equal(field_named("期限（月）", 15), FIELD_term_months);
    assert_int_equal(field_named("amoun", 5), FIELD_COUNT);
    assert_int_equal(field_named("", 0), FIELD_COUNT);
    assert_int_equal(field_named("申请日", 9), FIELD_applied_on);
    assert_int_equal(field_named_among("申请日", 9, among), FIELD_filed_on);
    for (Field f = 0; f < FIELD_COUNT; f++)
        assert_int_equal(
            field_named(field_info(f)->name, strlen(field_info(f)->name)), f);
    assert_string_equal(type_name(TYPE_MONEY), "money");
}

static void a_column_is_added_once(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Tables *ts = tables_new(a);
    Table *t;
    Column *c, *again;
    Err err = {0};
    assert_int_equal(table_new(&t, ts, "applications", 3, &err), OK);
    assert_int_equal(table_add_field(&c, t, FIELD_amount, &err), OK);
    assert_int_equal(c->i[2], 0);
    assert_string_equal(c->label.zh, "金额");
    assert_string_equal(c->unit, "fen");
    assert_ptr_equal(table_field(t, FIELD_amount), c);
    assert_ptr_equal(tables_find(ts, "applications"), t);
    assert_null(tables_find(ts, "contracts"));
    assert_int_equal(table_add(&again, t, "amount", TYPE_MONEY, "fen", &err),
                     ERR_DOMAIN);
    arena_free(a);
}

static void a_missing_column_is_named_with_its_headers(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Tables *ts = tables_new(a);
    Table *t;
    const Column *c;
    Err err = {0};
    assert_int_equal(table_new(&t, ts, "applications", 3, &err), OK);
    t->file = "a.csv";
    assert_int_equal(table_need(&c, t, FIELD_county, "rule E4", &err),
                     ERR_INPUT);
    assert_string_equal(err.text,
                        "a.csv: rule E4 needs the column county "
                        "(县区|区县|所在县区), which is missing");
    arena_free(a);
}

static void cells_are_written_as_files_have_them(void **state)
{
    (void)state;
    int64_t whole[] = {123456, -35000000, 19783, 1, 42, NULL_INT, 1234567};
    double real[] = {0.1, 1.0 / 3, NAN, 1e300};
    const char *text[] = {"a;b", NULL};
    const struct {
        FieldType type;
        size_t row;
        const char *want;
    } rows[] = {
        {TYPE_MONEY, 0, "1234.56"},    {TYPE_RATIO, 1, "-3.5%"},
        {TYPE_DATE, 2, "2024-03-01"},  {TYPE_BOOL, 3, "true"},
        {TYPE_COUNT, 4, "42"},         {TYPE_COUNT, 5, ""},
        {TYPE_RATIO, 6, "0.1234567%"}, {TYPE_MONEY, 5, ""},
    };
    char out[CELL_TEXT];
    for (size_t i = 0; i < COUNT(rows); i++) {
        Column c = {.type = rows[i].type, .i = whole};
        assert_string_equal(cell_format(out, &c, rows[i].row), rows[i].want);
    }
    Column r = {.type = TYPE_REAL, .d = real};
    assert_string_equal(cell_format(out, &r, 0), "0.1");
    assert_true(strtod(cell_format(out, &r, 1), NULL) == real[1]);
    assert_string_equal(cell_format(out, &r, 2), "");
    assert_string_equal(cell_format(out, &r, 3), "1e+300");
    Column s = {.type = TYPE_LIST, .s = text};
    assert_string_equal(cell_format(out, &s, 0), "a;b");
    assert_string_equal(cell_format(out, &s, 1), "");
}

static void any_allocation_of_a_table_may_fail(void **state)
{
    (void)state;
    int done = 0;
    for (long n = 0; !done; n++) {
        Arena *a = arena_new();
        Tables *ts;
        Table *t;
        Column *c;
        Err err = {0};
        assert_non_null(a);
        mem_fail_from(n);
        ErrCode rc = ERR_MEMORY;
        if ((ts = tables_new(a)) != NULL &&
            (rc = table_new(&t, ts, "x", 100000, &err)) == OK)
            rc = table_add_field(&c, t, FIELD_amount, &err);
        mem_fail_from(-1);
        done = rc == OK;
        if (!done)
            assert_int_equal(rc, ERR_MEMORY);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_are_one_pointer),
        cmocka_unit_test(a_field_is_found_by_each_of_its_names),
        cmocka_unit_test(a_column_is_added_once),
        cmocka_unit_test(a_missing_column_is_named_with_its_headers),
        cmocka_unit_test(cells_are_written_as_files_have_them),
        cmocka_unit_test(any_allocation_of_a_table_may_fail),
    };
    return RUN(tests);
}
