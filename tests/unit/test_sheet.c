#include "check.h"
#include "data/sheet.h"

#include <stdlib.h>

typedef struct {
    Arena *arena;
    Tables *tables;
    Faults *faults;
    Table *table;
    Err err;
} Case;

static ErrCode read_text(Case *c, const char *text, SheetOptions options)
{
    Source source;
    *c = (Case){.arena = arena_new()};
    c->tables = tables_new(c->arena);
    c->faults = faults_new(c->arena);
    assert_int_equal(source_of(&source, "a.csv", text, strlen(text), NULL), OK);
    ErrCode rc = OK;
#pragma omp parallel num_threads(options.threads > 1 ? options.threads : 1)
#pragma omp single
    rc = sheet_read(&c->table, c->tables, source, options, c->faults, &c->err);
    return rc;
}

static void columns_are_numbers_or_words(void **state)
{
    (void)state;
    Case c;
    assert_int_equal(read_text(&c,
                               "age;grade;借款\n23.5;A;1,200\n;B,C;3%\n"
                               "-7;A;x\n",
                               (SheetOptions){0}),
                     OK);
    assert_int_equal(c.table->rows, 3);
    const Column *age = table_find(c.table, "age");
    const Column *grade = table_find(c.table, "grade");
    const Column *last = table_find(c.table, "借款");
    assert_int_equal(age->type, TYPE_REAL);
    assert_int_equal(grade->type, TYPE_CATEGORY);
    assert_int_equal(last->type, TYPE_CATEGORY); /* for its last cell */
    assert_close(age->d[2], -7, 0);
    assert_true(isnan(age->d[1]));
    assert_string_equal(grade->s[1], "B,C");
    assert_ptr_equal(grade->s[0], grade->s[2]);
    assert_string_equal(last->s[0], "1,200"); /* read again as a word */
    arena_free(c.arena);
}

static void some_words_are_missing_and_some_numbers_are_words(void **state)
{
    (void)state;
    static const char *const missing[] = {"NA", "?"};
    static const char *const words[] = {"code"};
    Case c;
    assert_int_equal(read_text(&c, "x,code,none\nNA,7,?\n2.385,NA,\n",
                               (SheetOptions){missing, 2, words, 1, 0, 1}),
                     OK);
    assert_true(isnan(table_find(c.table, "x")->d[0]));
    assert_string_equal(table_find(c.table, "code")->s[0], "7");
    assert_null(table_find(c.table, "code")->s[1]);
    assert_int_equal(table_find(c.table, "none")->type, TYPE_CATEGORY);
    assert_null(table_find(c.table, "none")->s[0]);
    arena_free(c.arena);
}

/* As scientists keep them: no header, cells set apart by blanks. */
static void a_bare_file_numbers_its_columns(void **state)
{
    (void)state;
    const SheetOptions bare = {.is_bare = 1};
    Case c;
    assert_int_equal(read_text(&c, "  A11   6 A34 \r\nA12 48 A32\n", bare), OK);
    assert_int_equal(c.table->rows, 2);
    assert_string_equal(table_find(c.table, "V1")->s[0], "A11");
    assert_close(table_find(c.table, "V2")->d[1], 48, 0);
    assert_string_equal(table_find(c.table, "V3")->s[1], "A32");
    assert_int_equal(c.table->lines[0], 1);
    arena_free(c.arena);
    assert_int_equal(read_text(&c, "name,of two\nx,2\n", bare), OK);
    assert_close(table_find(c.table, "of two")->d[0], 2, 0);
    assert_int_equal(c.table->lines[0], 2);
    arena_free(c.arena);
    assert_int_equal(read_text(&c, "1,2\n", (SheetOptions){0}), OK);
    assert_int_equal(c.table->rows, 0); /* a header, unless asked for */
    arena_free(c.arena);
}

static void every_faulty_line_is_told(void **state)
{
    (void)state;
    Case c;
    assert_int_equal(
        read_text(&c, "a,b\n1,2,3\n1\n4,\"5\"6\n7,8\n", (SheetOptions){0}),
        ERR_INPUT);
    assert_int_equal(faults_count(c.faults), 3);
    assert_int_equal(faults_at(c.faults, 1)->line, 3);
    assert_string_equal(c.err.text, "a.csv: 3 faults");
    assert_int_equal(c.tables->n, 0);
    arena_free(c.arena);
    assert_int_equal(read_text(&c, "a,,a\n1,2,3\n", (SheetOptions){0}),
                     ERR_INPUT);
    assert_int_equal(faults_count(c.faults), 2);
    arena_free(c.arena);
    assert_int_equal(read_text(&c, "", (SheetOptions){0}), ERR_INPUT);
    arena_free(c.arena);
}

enum { ROWS = 30000, LINE = 96 };

/* Some megabytes, with another line at `at`, if that is one. */
static char *large(size_t at, const char *odd)
{
    char *text = malloc((size_t)(ROWS + 2) * LINE);
    assert_non_null(text);
    size_t n = (size_t)snprintf(text, LINE, "id,x,late,few,code,none\n");
    for (size_t i = 0; i < ROWS; i++)
        n += (size_t)(i == at
                          ? snprintf(text + n, LINE, "%s", odd)
                          : snprintf(text + n, LINE,
                                     "A%zu-abcdefghijklmnopqrstuvw,%zu.385,%s,"
                                     "w%zu,%zu,NA\n",
                                     i, i * 7 % 1001, i < ROWS - 9 ? "5" : "z",
                                     i % 23, i % 5));
    return text;
}

static void assert_same(const Table *a, const Table *b)
{
    char x[CELL_TEXT], y[CELL_TEXT];
    assert_int_equal(a->rows, b->rows);
    for (size_t k = 0; k < a->n; k++) {
        assert_int_equal(a->columns[k]->type, b->columns[k]->type);
        for (size_t i = 0; i < a->rows; i++)
            assert_string_equal(cell_format(x, a->columns[k], i),
                                cell_format(y, b->columns[k], i));
    }
    assert_memory_equal(a->lines, b->lines, a->rows * sizeof *a->lines);
}

static void stretches_give_what_one_reader_gives(void **state)
{
    (void)state;
    static const char *const missing[] = {"NA"}, *const words[] = {"code"};
    static const char *const odd[] = {"", "A,1,5,w1,2,NA\n",
                                      "\nA,1,5,w1,2,NA\n\n",
                                      "\"A,\n1\",1,5,w1,2,NA\n", "A,1,5,w1\n"};
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        Case one, two;
        SheetOptions options = {missing, 1, words, 1, 0, 1};
        char *text = large(k == 0 ? ROWS : 20000, odd[k]);
        ErrCode rc = read_text(&one, text, options);
        options.threads = 2;
        assert_int_equal(read_text(&two, text, options), rc);
        assert_int_equal(rc, k == 4 ? ERR_INPUT : OK);
        assert_int_equal(faults_count(two.faults), k == 4);
        if (rc == OK)
            assert_same(one.table, two.table);
        if (k == 4)
            assert_int_equal(faults_at(two.faults, 0)->line, 20002);
        arena_free(one.arena);
        arena_free(two.arena);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_numbers_or_words),
        cmocka_unit_test(some_words_are_missing_and_some_numbers_are_words),
        cmocka_unit_test(a_bare_file_numbers_its_columns),
        cmocka_unit_test(every_faulty_line_is_told),
        cmocka_unit_test(stretches_give_what_one_reader_gives),
    };
    return RUN(tests);
}
