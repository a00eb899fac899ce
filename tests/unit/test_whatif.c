/* What would happen if one value were another: as if the file had said so. */
#include "rules.h"

#include "policy/whatif.h"
#include "stat/rng.h"

enum { ROWS = 400, INPUTS = 5 };

static const char card[] =
    "policy = { id = \"t\"; kind = \"eligibility\"; };\n"
    "inputs = ( { name = \"a\"; type = \"count\"; max = \"90\"; },"
    " { name = \"b\"; type = \"ratio\"; }, { name = \"c\"; type = "
    "\"category\"; }, { name = \"d\"; type = \"boolean\"; },"
    " { name = \"e\"; type = \"number\"; } );\n"
    "facts = ( { name = \"f\"; expr = \"b * 2\"; cite = \"c\"; } );\n"
    "eligibility = ( { id = \"E1\"; require = \"a >= 20 and f < 1.5\"; cite = "
    "\"c\"; } );\n"
    "scorecards = ( { name = \"score\"; cite = \"c\"; attributes = (\n"
    "{ id = \"A\"; on = \"a\"; bands = ( { from = \"60\"; points = \"0\"; }, "
    "{ from = \"30\"; points = \"20\"; }, { otherwise = \"yes\"; points = "
    "\"4\"; }, { missing = \"yes\"; points = \"2\"; } ); },\n"
    "{ id = \"B\"; title = { en = \"R&D staff ratio\"; zh = \"研发人员占比\"; "
    "}; on = \"b\"; bands = ( { from = \"10%\"; points = \"30\"; }, { from = "
    "\"5%\"; points = \"6\"; }, { otherwise = \"yes\"; points = \"0\"; }, { "
    "missing = \"yes\"; points = \"0\"; } ); },\n"
    "{ id = \"C\"; best_of = ( { on = \"c\"; choices = ( { is = \"red\"; "
    "points = \"9\"; }, { is = \"blue\"; points = \"4\"; } ); }, { on = "
    "\"d\"; choices = ( { is = \"true\"; points = \"7\"; }, { is = "
    "\"false\"; points = \"1\"; } ); } ); },\n"
    "{ id = \"D\"; on = \"e\"; bands = ( { from = \"0.5\"; points = \"1\"; }, "
    "{ from = \"-2\"; points = \"8\"; }, { otherwise = \"yes\"; points = "
    "\"3\"; }, { missing = \"yes\"; points = \"0\"; } ); } ); } );\n"
    "decisions = ( { name = \"g\"; hit = \"FIRST\"; inputs = ( \"score\" ); "
    "outputs = ( \"grade\" ); cite = \"c\"; rules = ( { when = ( \">= 45\" ); "
    "then = ( \"\\\"BB\\\"\" ); } ); default = ( \"\\\"B\\\"\" ); } );\n"
    "outputs = ( \"score\", \"grade\" );\n"
    "examples = ( { id = \"X\"; of = ( \"g\" ); given = ( \"b = 10%\", \"a = "
    "30\" ); gives = ( \"eligible = true\" ); } );\n";

static int64_t draw(uint32_t row, uint32_t what, int64_t n)
{
    static const uint32_t key[2] = {12, 0};
    RngBlock b = rng_philox((RngBlock){{row, what, 0, 0}}, key);
    return (int64_t)(rng_open01(b.v[0]) * (double)n);
}

static void fill(Ruled *r, Column *const c[INPUTS], size_t at, uint32_t row)
{
    static const char *const words[] = {"red", "blue", "green", NULL};
    const char *word = words[draw(row, 2, 4)];
    c[0]->i[at] = draw(row, 5, 9) == 0 ? NULL_INT : draw(row, 0, 100);
    c[1]->i[at] =
        draw(row, 6, 9) == 0 ? NULL_INT : draw(row, 1, 15) * (RATIO_ONE / 100);
    c[2]->s[at] = word ? texts_put(r->texts, word, strlen(word)) : NULL;
    c[3]->i[at] = draw(row, 3, 3) == 2 ? NULL_INT : draw(row, 3, 2);
    c[4]->d[at] =
        draw(row, 7, 9) == 0 ? (double)NAN : (double)draw(row, 4, 12) / 4 - 2.5;
}

/* `n` times the row; a column for each input. */
static Table *copies(Ruled *r, Column *c[INPUTS], size_t n, uint32_t row)
{
    static const FieldType types[INPUTS] = {
        TYPE_COUNT, TYPE_RATIO, TYPE_CATEGORY, TYPE_BOOL, TYPE_REAL};
    static const char *const names[INPUTS] = {"a", "b", "c", "d", "e"};
    Tables *tables = tables_new(r->arena);
    Table *t;
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, "t", n, NULL), OK);
    for (int k = 0; k < INPUTS; k++)
        assert_int_equal(table_add(&c[k], t, names[k], types[k], "", NULL), OK);
    for (size_t i = 0; i < n; i++)
        fill(r, c, i, row);
    return t;
}

/* Put the change into the file's own column. */
static void edit(Column *const c[INPUTS], size_t i, const WhatIf *w)
{
    double v = (double)w->value.num / (double)w->value.den;
    switch (*w->on) {
    case 'a':
        c[0]->i[i] = w->value.num / w->value.den;
        break;
    case 'b':
        c[1]->i[i] = (int64_t)floor(v * RATIO_ONE + 0.5);
        break;
    case 'c':
        c[2]->s[i] = w->value.word;
        break;
    case 'd':
        c[3]->i[i] = strcmp(w->to, "true") == 0;
        break;
    default:
        c[4]->d[i] = v;
    }
}

static void same_cells(const Table *a, const Table *b, size_t row)
{
    static const char *const names[] = {"score", "grade", "eligible", "reasons",
                                        "trace"};
    char x[CELL_TEXT], y[CELL_TEXT];
    for (size_t k = 0; k < COUNT(names); k++)
        assert_string_equal(cell_format(x, table_find(a, names[k]), row),
                            cell_format(y, table_find(b, names[k]), row));
}

static void a_change_is_judged_as_if_the_file_had_it(void **state)
{
    (void)state;
    Ruled r;
    size_t all = 0;
    if (ruled_text(&r, "card", card) != OK)
        fail_msg("%s", r.said);
    for (uint32_t row = 0; row < ROWS; row++) {
        Column *c[INPUTS];
        WhatIf *found;
        size_t n;
        Table *t = copies(&r, c, 1, row);
        assert_int_equal(policy_apply(t, r.policy, (Date){20000}, NULL), OK);
        double score = table_find(t, "score")->d[0];
        t = copies(&r, c, 1, row);
        assert_int_equal(whatif_list(&found, &n, r.arena, r.policy, t, 0,
                                     (Date){20000}, NULL),
                         OK);
        Table *changed = copies(&r, c, n, row), *edited = copies(&r, c, n, row);
        for (size_t i = 0; i < n; i++)
            edit(c, i, &found[i]);
        assert_int_equal(
            whatif_apply(changed, r.policy, (Date){20000}, found, NULL), OK);
        assert_int_equal(policy_apply(edited, r.policy, (Date){20000}, NULL),
                         OK);
        for (size_t i = 0; i < n; i++) {
            same_cells(changed, edited, i);
            assert_false(table_find(changed, "score")->d[i] <= score);
        }
        all += n;
    }
    assert_true(all > ROWS);
    ruled_free(&r);
}

static void a_change_is_told_by_the_edge_of_its_band(void **state)
{
    (void)state;
    Ruled r;
    Column *c[INPUTS];
    WhatIf *found;
    size_t n;
    if (ruled_text(&r, "card", card) != OK)
        fail_msg("%s", r.said);
    Table *t = copies(&r, c, 1, 0);
    c[0]->i[0] = 75;
    c[1]->i[0] = 8 * (RATIO_ONE / 100);
    c[2]->s[0] = texts_put(r.texts, "red", 3);
    c[4]->d[0] = 0;
    assert_int_equal(
        whatif_list(&found, &n, r.arena, r.policy, t, 0, (Date){20000}, NULL),
        OK);
    assert_int_equal(n, 3);
    assert_string_equal(found[0].from, "75");
    assert_string_equal(found[0].to, "60");
    assert_true(found[0].is_below && found[0].bands == 1);
    assert_true(found[1].is_below && found[1].bands == 2); /* below 30: 4 */
    assert_string_equal(found[2].title.en, "R&D staff ratio");
    assert_string_equal(found[2].from, "8%");
    assert_string_equal(found[2].to, "10%");
    assert_false(found[2].is_below);
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_judged_as_if_the_file_had_it),
        cmocka_unit_test(a_change_is_told_by_the_edge_of_its_band),
    };
    return RUN(tests);
}
