/* What rows touch of tests/rules/cover.cfg, counted by hand; and that the
 * examples found for the rest are examples. */
#include "rules.h"

#include "policy/seek.h"

static const char *const path = "tests/rules/cover.cfg";

/* Amount in fen, staff, titles; what each touches stands beside it. */
static const struct {
    int64_t amount, staff;
    const char *titles;
} rows[] = {
    {50000000, 10, "hnte"},      /* fit G1, bracket 2, cap not bound */
    {10000000, 400, NULL},       /* fit default, bracket 1, T3: no titles */
    {NULL_INT, 10, "srdi;hnte"}, /* E1 null, no bracket, L2 alone */
};

static Column *put(Table *t, const char *name, FieldType type)
{
    Column *c;
    assert_int_equal(table_add(&c, t, name, type, "", NULL), OK);
    return c;
}

static Table *claims(Ruled *r)
{
    Table *t;
    Tables *tables = tables_new(r->arena);
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, "claims", COUNT(rows), NULL), OK);
    Column *amount = put(t, "amount", TYPE_MONEY),
           *staff = put(t, "employees", TYPE_COUNT),
           *titles = put(t, "titles", TYPE_LIST),
           *day = put(t, "registered_on", TYPE_DATE);
    for (size_t i = 0; i < COUNT(rows); i++) {
        amount->i[i] = rows[i].amount;
        staff->i[i] = rows[i].staff;
        titles->s[i] = rows[i].titles ? texts_put(r->texts, rows[i].titles,
                                                  strlen(rows[i].titles))
                                      : NULL;
        day->i[i] = date_of((DateParts){2024, 5, 6}).days;
    }
    return t;
}

static size_t cases(const Cover *c, const char *rule, const char *item)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->items[i].rule, rule) == 0 &&
            strcmp(c->items[i].item, item) == 0)
            return c->items[i].cases;
    fail_msg("nothing is called %s %s", rule, item);
    return 0;
}

static Cover *counted(Ruled *r)
{
    assert_int_equal(ruled_file(r, path), OK);
    Cover *c = cover_new(r->arena, r->policy);
    assert_non_null(c);
    assert_int_equal(cover_count(c, claims(r), (Date){0}, &r->err), OK);
    return c;
}

static void every_way_is_counted_by_the_rows_that_took_it(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *item;
        size_t cases;
    } want[] = {{"E1", "true", 2},  {"E1", "null", 1}, {"E1", "false", 0},
                {"S1", "1", 1},     {"S1", "2", 2},    {"S1", "3", 0},
                {"fit", "G1", 2},   {"fit", "G2", 0},  {"fit", "default", 1},
                {"tags", "T1", 2},  {"tags", "T2", 1}, {"tags", "T3", 1},
                {"award", "1", 1},  {"award", "2", 1}, {"award", "3", 0},
                {"least", "L1", 2}, {"least", "L2", 1}};
    Ruled r;
    Cover *c = counted(&r);
    for (size_t i = 0; i < COUNT(want); i++)
        if (cases(c, want[i].rule, want[i].item) != want[i].cases)
            fail_msg("%s %s: %zu", want[i].rule, want[i].item,
                     cases(c, want[i].rule, want[i].item));
    assert_int_equal(c->n, COUNT(want));
    assert_int_equal(c->rows, COUNT(rows));
    assert_int_equal(c->outside, 0);
    ruled_free(&r);
}

/* Appended to the file they came from, they load: facts and results agree. */
static void what_is_found_for_the_rest_loads_as_examples(void **state)
{
    (void)state;
    static char text[1 << 16];
    Ruled r, again;
    Cover *c = counted(&r);
    const char *texts[64] = {NULL};
    assert_in_range(c->n, 1, COUNT(texts));
    assert_int_equal(seek_examples(texts, c, claims(&r), &r.err), OK);
    FILE *f = fopen(path, "r");
    size_t n = fread(text, 1, sizeof text / 2, f), found = 0;
    fclose(f);
    while (n > 0 && text[n - 1] != ')')
        n--;
    n--;
    for (size_t i = 0; i < c->n; i++) {
        assert_true((texts[i] == NULL) == (c->items[i].cases > 0));
        if (texts[i] != NULL)
            n += (size_t)snprintf(text + n, sizeof text - n,
                                  ",\n{ id = \"u%zu\"; %s", ++found, texts[i]);
    }
    snprintf(text + n, sizeof text - n, " );\n");
    assert_int_equal(found, 4);
    ErrCode rc = ruled_text(&again, "again.cfg", text);
    if (rc != OK)
        print_error("%s\n", again.said);
    assert_int_equal(rc, OK);
    assert_int_equal(policy_examples(again.policy), 2 + found);
    ruled_free(&again);
    ruled_free(&r);
}

static void rows_without_a_version_are_counted_apart(void **state)
{
    (void)state;
    Ruled r;
    assert_int_equal(ruled_file(&r, path), OK);
    Table *t = claims(&r);
    Column *day = t->columns[3];
    day->i[0] = NULL_INT;
    day->i[1] = date_of((DateParts){2019, 1, 1}).days;
    Cover *c = cover_new(r.arena, r.policy);
    assert_int_equal(cover_count(c, t, (Date){0}, &r.err), OK);
    assert_int_equal(c->outside, 2);
    assert_int_equal(cases(c, "E1", "true"), 0);
    assert_int_equal(cases(c, "E1", "null"), 1);
    ruled_free(&r);
}

static void a_column_that_rules_read_must_be_there(void **state)
{
    (void)state;
    Ruled r;
    Table *t;
    assert_int_equal(ruled_file(&r, path), OK);
    assert_int_equal(table_new(&t, tables_new(r.arena), "empty", 0, NULL), OK);
    Cover *c = cover_new(r.arena, r.policy);
    assert_int_equal(cover_count(c, t, (Date){0}, &r.err), ERR_RULE);
    assert_string_equal(r.err.text,
                        "policy 'cover' is chosen by the date 'registered_on', "
                        "and the table 'empty' has no such column");
    put(t, "registered_on", TYPE_DATE);
    r.err = (Err){0};
    assert_int_equal(cover_count(c, t, (Date){0}, &r.err), ERR_RULE);
    assert_non_null(strstr(r.err.text, "has no such column"));
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_is_counted_by_the_rows_that_took_it),
        cmocka_unit_test(what_is_found_for_the_rest_loads_as_examples),
        cmocka_unit_test(rows_without_a_version_are_counted_apart),
        cmocka_unit_test(a_column_that_rules_read_must_be_there),
    };
    return RUN(tests);
}
