#include "check.h"
#include "flow/pick.h"

enum { ROWS = 5 };

static Table *book(Tables *tables)
{
    static const uint32_t lines[ROWS] = {2, 3, 5, 7, 11};
    Table *t;
    Column *id, *fen, *pd;
    assert_int_equal(table_new(&t, tables, "book", ROWS, NULL), OK);
    assert_int_equal(table_add_field(&id, t, FIELD_loan_id, NULL), OK);
    assert_int_equal(table_add_field(&fen, t, FIELD_outstanding, NULL), OK);
    assert_int_equal(table_add_field(&pd, t, FIELD_pd, NULL), OK);
    for (size_t i = 0; i < ROWS; i++) {
        id->s[i] = texts_put(tables->texts, &"vwxyz"[i], 1);
        fen->i[i] = 238500 + 17 * (int64_t)i;
        pd->d[i] = 0.0184 * (double)i;
    }
    t->lines = lines;
    t->file = "book.csv";
    return t;
}

static void picked_rows_keep_cells_and_lines(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Table *t = book(tables_new(arena)), *some;
    const size_t rows[] = {4, 1, 1};
    assert_int_equal(pick_rows(&some, t->owner, t, "some", rows, 3, NULL), OK);
    assert_int_equal(some->rows, 3);
    assert_string_equal(table_field(some, FIELD_loan_id)->s[0], "z");
    assert_int_equal(table_field(some, FIELD_outstanding)->i[1], 238517);
    assert_true(table_field(some, FIELD_pd)->d[2] == 0.0184);
    assert_int_equal(some->lines[0], 11);
    assert_string_equal(some->file, "book.csv");
    arena_free(arena);
}

static void columns_go_back_to_their_rows_and_leave_nulls(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Tables *tables = tables_new(arena);
    Table *t = book(tables), *some, *all;
    const size_t rows[] = {3, 0};
    assert_int_equal(pick_rows(&some, t->owner, t, "some", rows, 2, NULL), OK);
    assert_int_equal(table_new(&all, tables, "all", ROWS, NULL), OK);
    for (int twice = 0; twice < 2; twice++)
        assert_int_equal(pick_back(all, some, "outstanding", rows, NULL), OK);
    assert_int_equal(pick_back(all, some, "nowhere", rows, NULL), OK);
    assert_int_equal(all->n, 1);
    const Column *c = table_field(all, FIELD_outstanding);
    assert_int_equal(c->i[3], 238500 + 51);
    assert_int_equal(c->i[0], 238500);
    assert_true(cell_is_null(c, 1) && cell_is_null(c, 2) && cell_is_null(c, 4));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(picked_rows_keep_cells_and_lines),
        cmocka_unit_test(columns_go_back_to_their_rows_and_leave_nulls),
    };
    return RUN(tests);
}
