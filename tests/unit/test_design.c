#include "check.h"
#include "credit/design.h"
#include "data/sheet.h"

typedef struct {
    Arena *arena;
    Tables *tables;
    Faults *faults;
    Table *sheet;
} State;

static int set_up(void **state)
{
    static State s;
    s.arena = arena_new();
    s.tables = tables_new(s.arena);
    s.faults = faults_new(s.arena);
    *state = &s;
    return s.faults == NULL;
}

static int tear_down(void **state)
{
    State *s = *state;
    arena_free(s->arena);
    return 0;
}

static void sheet(State *s, const char *text, DesignWish w)
{
    Source source;
    const char **words;
    size_t n;
    s->tables->n = 0;
    assert_int_equal(design_words(&words, &n, s->arena, &w, NULL), OK);
    assert_int_equal(source_of(&source, "t.csv", text, strlen(text), NULL), OK);
    assert_int_equal(
        sheet_read(&s->sheet, s->tables, source,
                   (SheetOptions){.words = words, .n_words = n, .is_bare = 1},
                   s->faults, NULL),
        OK);
}

static const char rows[] =
    "grade,size,when,hit\n"
    "b,10,2,no\n"
    "a,9,1,yes\n"
    "c,,3,no\n"
    "b,9,3,yes\n"
    "c,100,1,no\n";

static void factors_are_coded_against_their_first_level(void **state)
{
    State *s = *state;
    Design d;
    DesignWish w = {.target = "hit", .terms = " grade , factor( size ),when"};
    sheet(s, rows, w);
    assert_int_equal(design_make(&d, s->arena, s->sheet, &w, NULL), OK);
    static const char *const names[] = {"gradeb", "gradec", "size10", "size100",
                                        "when"};
    static const double want[][4] = {
        {1, 0, 1, 0}, {0, 0, 0, 1}, {1, 0, 0, 0}, {0, 0, 0, 1}, {2, 1, 3, 1}};
    static const size_t terms[] = {0, 0, 1, 1, 2};
    assert_int_equal(d.data.n, 4); /* without the row whose size is missing */
    assert_int_equal(d.left_out, 1);
    assert_int_equal(d.data.k, COUNT(names));
    for (size_t j = 0; j < COUNT(names); j++) {
        assert_string_equal(d.data.name[j], names[j]);
        assert_int_equal(d.term[j], terms[j]);
        assert_memory_equal(d.data.x[j], want[j], sizeof want[j]);
    }
    assert_string_equal(d.event, "yes");
    assert_memory_equal(d.data.y, "\0\1\1\0", 4);
}

static void what_is_not_asked_for_is_every_column_left(void **state)
{
    State *s = *state;
    Design d;
    DesignWish w = {.target = "hit",
                    .event = "no",
                    .weight = "size",
                    .offset = "when",
                    .cluster = "grade"};
    sheet(s, rows, w);
    assert_int_equal(design_make(&d, s->arena, s->sheet, &w, NULL), OK);
    assert_int_equal(d.data.k, 0);
    assert_memory_equal(d.data.y, "\1\0\0\1", 4);
    assert_true(d.data.weight[3] == 100 && d.data.offset[2] == 3);
    assert_int_equal(d.clusters, 3);
    assert_memory_equal(d.cluster, ((uint32_t[]){1, 0, 1, 2}), 16);
}

static void refused(State *s, const char *text, DesignWish w, ErrCode code,
                    const char *message)
{
    Design d;
    Err err = {0};
    sheet(s, text, w);
    assert_int_equal(design_make(&d, s->arena, s->sheet, &w, &err), code);
    assert_string_equal(err.text, message);
}

static void what_cannot_be_a_column_is_refused(void **state)
{
    State *s = *state;
    static const char bare[] = "1 x  0 \r\n 2 x 1\n";
    char long_text[2000] = "name,hit\n";
    refused(s, rows, (DesignWish){.target = "hits"}, ERR_USAGE,
            "t.csv has no column 'hits'; is it 'hit'?");
    refused(s, rows, (DesignWish){.target = "hit", .terms = "weather"},
            ERR_USAGE, "t.csv has no column 'weather'");
    refused(s, rows,
            (DesignWish){.target = "hit", .terms = "size,factor(size)"},
            ERR_USAGE, "the term 'size' is there twice");
    refused(s, rows, (DesignWish){.target = "hit", .terms = "hit"}, ERR_USAGE,
            "the target 'hit' cannot be a term");
    refused(s, rows, (DesignWish){.target = "hit", .event = "1"}, ERR_USAGE,
            "--event: the target 'hit' is 'no' or 'yes', never '1'");
    refused(s, rows, (DesignWish){.target = "grade"}, ERR_INPUT,
            "t.csv: values of the target 'grade': 3; it wants two, such as 0 "
            "and 1");
    refused(s, rows, (DesignWish){.target = "hit", .weight = "grade"},
            ERR_INPUT, "t.csv:2: 'b' in 'grade' is no number");
    for (int i = 0; i < 101; i++)
        snprintf(long_text + strlen(long_text), 24, "n%d,%d\n", i, i % 2);
    refused(s, long_text, (DesignWish){.target = "hit"}, ERR_INPUT,
            "t.csv:2: 'n0' is not a number, and the column 'name' has 101 "
            "values; correct it, or write factor(...)");
    refused(s, bare, (DesignWish){.target = "V3"}, ERR_DOMAIN,
            "the column 'V2' is the same in all rows; leave it out");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(factors_are_coded_against_their_first_level),
        TEST(what_is_not_asked_for_is_every_column_left),
        TEST(what_cannot_be_a_column_is_refused),
    };
    return RUN(tests);
}
