#include "check.h"
#include "flow/archive.h"

typedef struct {
    Arena *arena;
    Tables *tables;
} Case;

static int set_up(void **state)
{
    static Case c;
    c.arena = arena_new();
    c.tables = tables_new(c.arena);
    *state = &c;
    return c.tables == NULL;
}

static int tear_down(void **state)
{
    arena_free(((Case *)*state)->arena);
    return 0;
}

static const char *put(Case *c, const char *text)
{
    return texts_put(c->tables->texts, text, strlen(text));
}

/* A table with every type, awkward texts and nulls. */
static Table *sample(Case *c)
{
    Table *t;
    Column *text, *money, *real, *day;
    assert_int_equal(table_new(&t, c->tables, "odd \t name", 3, NULL), OK);
    t->title = (Label){"第一行\n第二行", NULL};
    assert_int_equal(table_add(&text, t, "party", TYPE_TEXT, "", NULL), OK);
    assert_int_equal(table_add(&money, t, "paid", TYPE_MONEY, "fen", NULL), OK);
    assert_int_equal(table_add(&real, t, "el", TYPE_REAL, "fen", NULL), OK);
    assert_int_equal(table_add(&day, t, "on", TYPE_DATE, "day", NULL), OK);
    text->label = (Label){"主体", "party"};
    text->s[0] = put(c, "a\tb\nc\\d");
    text->s[1] = put(c, "\\0"); /* looks like a null, and is none */
    money->i[0] = -MONEY_MAX;
    money->i[1] = NULL_INT;
    money->i[2] = 2385;
    real->d[0] = 0.1 + 0.2;
    real->d[1] = (double)NAN;
    real->d[2] = -0x1.fffffffffffffp-1022;
    day->i[0] = -719162; /* 0001-01-01 */
    return t;
}

static void a_table_comes_back_to_the_last_bit(void **state)
{
    Case *c = *state;
    const char *text, *again;
    Table *t = sample(c), *back;
    assert_int_equal(archive_write(&text, c->arena, t, NULL), OK);
    assert_int_equal(archive_read(&back, c->tables, text, NULL), OK);
    assert_string_equal(back->name, "odd \t name");
    assert_string_equal(back->title.zh, "第一行\n第二行");
    assert_null(back->title.en);
    for (size_t j = 0; j < t->n; j++) {
        const Column *a = t->columns[j], *b = back->columns[j];
        assert_ptr_equal(a->name, b->name);
        assert_int_equal(a->type, b->type);
        for (size_t i = 0; i < t->rows; i++) {
            assert_int_equal(cell_is_null(a, i), cell_is_null(b, i));
            if (!cell_is_null(a, i)) /* texts are interned: one pointer */
                assert_memory_equal(&a->i[i], &b->i[i], 8);
        }
    }
    assert_int_equal(archive_write(&again, c->arena, back, NULL), OK);
    assert_string_equal(text, again);
}

static void damage_is_refused(void **state)
{
    Case *c = *state;
    const char *text;
    assert_int_equal(archive_write(&text, c->arena, sample(c), NULL), OK);
    size_t n = strlen(text);
    char *cut = arena_alloc(c->arena, n + 2, 1);
    for (size_t k = 0; k < n; k++) { /* cut off anywhere */
        Err err = {0};
        Table *back;
        memcpy(cut, text, k);
        cut[k] = '\0';
        assert_int_equal(archive_read(&back, c->tables, cut, &err), ERR_INPUT);
        assert_non_null(strstr(err.text, "cannot be read"));
    }
    Table *back;
    memcpy(cut, text, n);
    memcpy(cut + n, "x", 2);
    assert_int_equal(archive_read(&back, c->tables, cut, NULL), ERR_INPUT);
}

/* No unit; and more cells than there are bytes for. */
static void a_forged_table_is_refused(void **state)
{
    Case *c = *state;
    static const char *const forged[] = {
        "t\t\\0\t\\0\t0\t1\n"
        "name\t\\0\t\\0\t\\0\t0\n",
        "t\t\\0\t\\0\t40\t2\n"
        "name\t\t\\0\t\\0\t0\n"
        "paid\tfen\t\\0\t\\0\t3\n",
    };
    for (size_t i = 0; i < COUNT(forged); i++) {
        Table *back;
        assert_int_equal(archive_read(&back, c->tables, forged[i], NULL),
                         ERR_INPUT);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_comes_back_to_the_last_bit),
        TEST(damage_is_refused),
        TEST(a_forged_table_is_refused),
    };
    return RUN(tests);
}
