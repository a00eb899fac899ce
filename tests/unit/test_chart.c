#include "tablecase.h"

#include "report/chart.h"

static ErrCode planned(Plan *plan, const Chart *chart, Err *err)
{
    return plan_of(plan, chart, case_arena, err);
}

static void assert_json(const Chart *chart, const char *want)
{
    Plan plan;
    Json j;
    FILE *to = case_open();
    assert_int_equal(planned(&plan, chart, NULL), OK);
    json_begin(&j, to, JSON_IN_HTML);
    assert_int_equal(chart_write(&j, &plan, case_arena, NULL), OK);
    assert_int_equal(json_end(&j, NULL), OK);
    fclose(to);
    assert_string_equal(case_written, want);
    free(case_written);
}

static Table *years(void)
{
    Table *t = tables_find(case_tables, "pool_years");
    if (t != NULL)
        return t;
    t = case_table("pool_years", 5);
    case_words(t, "party", TYPE_CATEGORY,
               (const char *const[]){"bank", "pool", "pool", "bank", "pool"});
    case_whole(t, "year", TYPE_COUNT, "year",
               (const int64_t[]){1, 1, 2, 3, NULL_INT});
    case_whole(t, "paid", TYPE_MONEY, "fen",
               (const int64_t[]){238577, 700, NULL_INT, -5, 9});
    case_real(t, "share", "1", (const double[]){.25, .5, NAN, 1, 0});
    case_words(t, "scheme", TYPE_CATEGORY,
               (const char *const[]){"a", "a", "b", "a", "a"});
    return t;
}

/* Three years, two parties; a party without a row at a year has null there. */
static void rows_become_series_by_a_word(void **state)
{
    (void)state;
    const Chart chart = {.kind = CHART_STACKED,
                         .title = {"谁来承担", "Who pays <what>"},
                         .table = years(),
                         .x = "year",
                         .y = {"paid"},
                         .by = "party"};
    assert_json(
        &chart,
        "{\n"
        "  \"kind\": \"stacked\",\n"
        "  \"title\": { \"zh\": \"谁来承担\", \"en\": \"Who pays "
        "\\u003cwhat\\u003e\" },\n"
        "  \"x\": {\n"
        "    \"label\": { \"zh\": \"年份\", \"en\": \"year\" },\n"
        "    \"scale\": \"year\",\n"
        "    \"unit\": { \"zh\": null, \"en\": null },\n"
        "    \"log\": false,\n"
        "    \"names\": [ { \"zh\": \"1\", \"en\": \"1\" }, { \"zh\": \"2\", "
        "\"en\": \"2\" }, { \"zh\": \"3\", \"en\": \"3\" } ]\n"
        "  },\n"
        "  \"y\": {\n"
        "    \"label\": { \"zh\": \"拟拨付\", \"en\": \"paid\" },\n"
        "    \"scale\": \"yuan\",\n"
        "    \"unit\": { \"zh\": null, \"en\": \"yuan\" },\n"
        "    \"log\": false\n"
        "  },\n"
        "  \"series\": [\n"
        "    {\n"
        "      \"label\": { \"zh\": \"bank\", \"en\": \"bank\" },\n"
        "      \"values\": [ 2385.77, null, -0.05 ]\n"
        "    },\n"
        "    {\n"
        "      \"label\": { \"zh\": \"pool\", \"en\": \"pool\" },\n"
        "      \"values\": [ 7.00, null, null ]\n"
        "    }\n"
        "  ],\n"
        "  \"marks\": []\n"
        "}\n");
}

static void rows_can_be_chosen_and_marked(void **state)
{
    (void)state;
    Table *marks = case_table("marks", 2);
    case_words(marks, "name", TYPE_TEXT, (const char *const[]){"cap", "none"});
    case_whole(marks, "x", TYPE_COUNT, "year", (const int64_t[]){2, NULL_INT});
    const Chart chart = {.kind = CHART_LINE,
                         .title = {"线", NULL},
                         .table = years(),
                         .x = "year",
                         .y = {"share"},
                         .where = "scheme",
                         .is = "a",
                         .marks = marks,
                         .log_x = 1,
                         .log_y = 1};
    assert_json(
        &chart,
        "{\n"
        "  \"kind\": \"line\",\n"
        "  \"title\": { \"zh\": \"线\", \"en\": null },\n"
        "  \"x\": {\n"
        "    \"label\": { \"zh\": \"年份\", \"en\": \"year\" },\n"
        "    \"scale\": \"year\",\n"
        "    \"unit\": { \"zh\": null, \"en\": null },\n"
        "    \"log\": true,\n"
        "    \"values\": [ 1, 1, 3 ]\n"
        "  },\n"
        "  \"y\": {\n"
        "    \"label\": { \"zh\": \"占比\", \"en\": \"share\" },\n"
        "    \"scale\": \"percent\",\n"
        "    \"unit\": { \"zh\": null, \"en\": null },\n"
        "    \"log\": true\n"
        "  },\n"
        "  \"series\": [\n"
        "    {\n"
        "      \"label\": { \"zh\": \"占比\", \"en\": \"share\" },\n"
        "      \"values\": [ 0.25, 0.5, 1 ]\n"
        "    }\n"
        "  ],\n"
        "  \"marks\": [\n"
        "    { \"label\": { \"zh\": \"cap\", \"en\": \"cap\" }, \"x\": 2 }\n"
        "  ]\n"
        "}\n");
}

static void a_chart_that_fits_no_table_is_refused(void **state)
{
    (void)state;
    const Table *t = years();
    const struct {
        Chart chart;
        const char *text;
    } rows[] = {
        {{.x = "yaer", .y = {"paid"}}, "column 'yaer' is missing"},
        {{.x = "party", .y = {"paid"}, .kind = CHART_LINE},
         "column 'party' does not hold numbers"},
        {{.x = "year", .y = {"party"}, .kind = CHART_BAR},
         "column 'party' does not hold numbers"},
        {{.x = "year"}, "column '' is missing: no y"},
        {{.x = "year", .y = {"paid", "share"}},
         "column 'share' has not the unit of the first one"},
        {{.x = "year", .y = {"paid"}, .by = "share"},
         "column 'share' does not hold words"},
        {{.x = "year", .y = {"paid"}, .where = "scheem", .is = "a"},
         "column 'scheem' is missing"},
        {{.x = "year", .y = {"paid"}, .marks = t}, "column 'name' is missing"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Err err = {0};
        Plan plan;
        Chart chart = rows[i].chart;
        char want[240];
        chart.table = t;
        chart.title = (Label){"图", "it"};
        assert_int_equal(planned(&plan, &chart, &err), ERR_DOMAIN);
        snprintf(want, sizeof want, "chart 'it' of table 'pool_years': %s",
                 rows[i].text);
        assert_string_equal(err.text, want);
    }
}

static void two_rows_at_one_point_are_refused(void **state)
{
    (void)state;
    Err err = {0};
    Plan plan;
    Json j;
    FILE *to = case_open();
    const Chart chart = {.kind = CHART_BAR,
                         .title = {"图", NULL},
                         .table = years(),
                         .x = "scheme",
                         .y = {"paid"},
                         .by = "party"};
    assert_int_equal(planned(&plan, &chart, NULL), OK);
    json_begin(&j, to, JSON_IN_HTML);
    assert_int_equal(chart_write(&j, &plan, case_arena, &err), ERR_DOMAIN);
    assert_string_equal(err.text,
                        "chart '图' of table 'pool_years': column 'party' has "
                        "a word twice at one point");
    fclose(to);
    free(case_written);
}

static void too_many_series_are_refused(void **state)
{
    (void)state;
    Err err = {0};
    Plan plan;
    Table *t = case_table("many", CHART_SERIES + 1);
    Column *by = case_column(t, "county", TYPE_CATEGORY, "");
    case_column(t, "year", TYPE_COUNT, "year");
    case_column(t, "paid", TYPE_MONEY, "fen");
    for (size_t i = 0; i < t->rows; i++) {
        char name[24];
        snprintf(name, sizeof name, "c%zu", i);
        by->s[i] = case_text(name);
    }
    const Chart chart = {.title = {NULL, "it"},
                         .table = t,
                         .x = "year",
                         .y = {"paid"},
                         .by = "county"};
    assert_int_equal(planned(&plan, &chart, &err), ERR_DOMAIN);
    assert_string_equal(err.text,
                        "chart 'it' of table 'many': column "
                        "'county' has too many words");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_series_by_a_word),
        cmocka_unit_test(rows_can_be_chosen_and_marked),
        cmocka_unit_test(a_chart_that_fits_no_table_is_refused),
        cmocka_unit_test(two_rows_at_one_point_are_refused),
        cmocka_unit_test(too_many_series_are_refused),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, case_set_up,
                                       case_tear_down);
}
