#include "tablecase.h"

#include "report/label.h"
#include "report/show.h"

static Show shown(const Table *t, const char *name, ShowUse use,
                  ReportLanguage language)
{
    return show_of(t, table_find(t, name), t->rows, use, language);
}

static void assert_cells(const Table *t, const char *name, ShowUse use,
                         ReportLanguage language, const char *unit,
                         const char *const want[])
{
    Show s = shown(t, name, use, language);
    assert_string_equal(label_say(s.unit, language), unit);
    for (size_t i = 0; i < t->rows; i++)
        assert_string_equal(show_cell(&s, i, case_arena), want[i]);
}

static void amounts_are_shown_to_the_fen(void **state)
{
    (void)state;
    Table *t = case_table("book", 5);
    case_whole(t, "outstanding", TYPE_MONEY, "fen",
               (const int64_t[]){123456789012, -7, 0, NULL_INT, 100000});
    const char *const want[] = {"1,234,567,890.12", "-0.07", "0.00", "",
                                "1,000.00"};
    assert_cells(t, "outstanding", SHOW_COLUMN, REPORT_ZH, "元", want);
    assert_cells(t, "outstanding", SHOW_COLUMN, REPORT_EN, "yuan", want);
}

static void estimates_of_money_share_one_unit(void **state)
{
    (void)state;
    Table *t = case_table("loss", 3);
    case_real(t, "el", "fen", (const double[]){20944675981.0, 4999.0, NAN});
    const char *const zh[] = {"20,944.68", "0.00", ""};
    const char *const en[] = {"209,446.76", "0.05", ""};
    assert_cells(t, "el", SHOW_COLUMN, REPORT_ZH, "万元", zh);
    assert_cells(t, "el", SHOW_COLUMN, REPORT_EN, "thousand yuan", en);
    Table *small = case_table("small", 2);
    case_real(small, "el", "fen", (const double[]){-99999.0, -0.2});
    const char *const yuan[] = {"-999.99", "0.00"};
    assert_cells(small, "el", SHOW_COLUMN, REPORT_ZH, "元", yuan);
}

static void a_figure_is_short(void **state)
{
    (void)state;
    static const struct {
        int64_t fen;
        const char *zh, *zh_unit, *en, *en_unit;
    } rows[] = {
        {20944675981, "2.0945", "亿元", "209.45", "million yuan"},
        {461690000, "461.69", "万元", "4.62", "million yuan"},
        {4812345678900, "481.2346", "亿元", "48.123", "billion yuan"},
        {77700, "777.00", "元", "777.00", "yuan"},
        {-523456, "-5,234.56", "元", "-5.23", "thousand yuan"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[16];
        snprintf(name, sizeof name, "figure%zu", i);
        Table *t = case_table(name, 1);
        case_whole(t, "paid", TYPE_MONEY, "fen", &rows[i].fen);
        assert_cells(t, "paid", SHOW_FIGURE, REPORT_ZH, rows[i].zh_unit,
                     &rows[i].zh);
        assert_cells(t, "paid", SHOW_FIGURE, REPORT_EN, rows[i].en_unit,
                     &rows[i].en);
    }
}

/* 1 - 1e-7 is a level, and never 100%. */
static void levels_keep_their_decimals(void **state)
{
    (void)state;
    Table *t = case_table("figures", 4);
    case_real(t, "level", "1", (const double[]){.95, .9999999, NAN, .99999});
    case_real(t, "share", "1", (const double[]){.95, .9999999, NAN, .99999});
    const char *const levels[] = {"95%", "99.99999%", "", "99.999%"};
    const char *const shares[] = {"95.00%", "100.00%", "", "100.00%"};
    assert_cells(t, "level", SHOW_COLUMN, REPORT_EN, "", levels);
    assert_cells(t, "share", SHOW_COLUMN, REPORT_EN, "", shares);
    Table *usual = case_table("usual", 3);
    case_real(usual, "level", "1", (const double[]){.95, .99, .999});
    const char *const alike[] = {"95.0%", "99.0%", "99.9%"};
    assert_cells(usual, "level", SHOW_COLUMN, REPORT_ZH, "", alike);
    Table *one = case_table("one", 1);
    case_real(one, "level", "1", (const double[]){.999999999});
    const char *const nines[] = {"99.9999999%"};
    assert_cells(one, "level", SHOW_FIGURE, REPORT_ZH, "", nines);
}

static void shares_are_percent(void **state)
{
    (void)state;
    Table *t = case_table("rates", 3);
    case_whole(t, "rate", TYPE_RATIO, "1",
               (const int64_t[]){35000000, 600000, 1000000000});
    case_whole(t, "odd", TYPE_RATIO, "1",
               (const int64_t[]){333333333, 0, NULL_INT});
    case_real(t, "level", "1", (const double[]){0.95, 0.99, 0.999});
    case_real(t, "pd", "1", (const double[]){0.013343, 0.0361, 0});
    case_real(t, "rare", "1", (const double[]){0.0000231, 0.5, NAN});
    case_real(t, "fee", "1", (const double[]){0.00164, -0.0000312, 0.0065138});
    assert_cells(t, "rate", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"3.50%", "0.06%", "100.00%"});
    assert_cells(t, "odd", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"33.3333333%", "0.0000000%", ""});
    assert_cells(t, "level", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"95.0%", "99.0%", "99.9%"});
    assert_cells(t, "pd", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"1.33%", "3.61%", "0.00%"});
    assert_cells(t, "rare", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"0.0023%", "50.00%", ""});
    assert_cells(t, "fee", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"0.16%", "-0.0031%", "0.65%"});
}

static void other_columns_keep_their_sense(void **state)
{
    (void)state;
    Table *t = case_table("mix", 2);
    case_whole(t, "year", TYPE_COUNT, "year", (const int64_t[]){2024, 1});
    case_whole(t, "count", TYPE_COUNT, "", (const int64_t[]){-1234567, 12});
    case_whole(t, "paid_on", TYPE_DATE, "day", (const int64_t[]){19783, 0});
    case_whole(t, "pledged", TYPE_BOOL, "", (const int64_t[]){1, 0});
    case_real(t, "score", "point", (const double[]){612, 77.25});
    case_real(t, "small", "", (const double[]){0.000312, 0.00007});
    case_real(t, "huge", "", (const double[]){1e300, -INFINITY});
    assert_cells(t, "year", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"2024", "1"});
    assert_cells(t, "count", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"-1,234,567", "12"});
    assert_cells(t, "paid_on", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"2024-03-01", "1970-01-01"});
    assert_cells(t, "pledged", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"是", "否"});
    assert_cells(t, "pledged", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"yes", "no"});
    assert_cells(t, "score", SHOW_COLUMN, REPORT_ZH, "分",
                 (const char *const[]){"612.00", "77.25"});
    assert_cells(t, "small", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"0.00031", "0.00007"});
    assert_cells(t, "huge", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"1e+300", "-inf"});
}

static void texts_of_figures_are_set_right(void **state)
{
    (void)state;
    static const struct {
        const char *cells[2];
        int is_right;
    } cases[] = {
        {{"8.48", "600,000,000.00"}, 1},
        {{"-2.73%", "1.5e-08"}, 1},
        {{"12", "4321"}, 0}, /* names, for all we know */
        {{"8.48", "L1.5"}, 0},
        {{"2024-03-01", "1.5"}, 0},
        {{"0.1.0", NULL}, 0},
        {{"1.5 万", "2%"}, 0},
        {{NULL, NULL}, 0},
    };
    Table *t = case_table("texts", 2);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[8];
        snprintf(name, sizeof name, "c%zu", i);
        case_words(t, name, TYPE_TEXT, cases[i].cells);
        assert_int_equal(shown(t, name, SHOW_COLUMN, REPORT_EN).is_right,
                         cases[i].is_right);
    }
}

static void a_list_gives_titles(void **state)
{
    (void)state;
    Table *list = case_table("trial_list", 2), *t = case_table("trial", 3);
    static const char *const names[] = {"pd-double", "all", "as_is"};
    case_words(list, "trial", TYPE_CATEGORY, names);
    case_words(list, "title", TYPE_TEXT,
               (const char *const[]){"twice as many", NULL});
    case_words(list, "title_zh", TYPE_TEXT,
               (const char *const[]){"翻倍", NULL});
    case_words(t, "trial", TYPE_CATEGORY, names);
    case_words(t, "other", TYPE_CATEGORY, names);
    assert_cells(t, "trial", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"翻倍", "all", "as_is"});
    assert_cells(t, "trial", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"twice as many", "all", "as_is"});
    assert_cells(t, "other", SHOW_COLUMN, REPORT_ZH, "", names);
    assert_cells(list, "trial", SHOW_COLUMN, REPORT_ZH, "", names);
}

static void words_come_from_the_glossary(void **state)
{
    (void)state;
    Table *w = case_table("words", 3);
    case_words(w, "name", TYPE_TEXT,
               (const char *const[]){"decline", "E2", "gov_pool"});
    case_words(w, "zh", TYPE_TEXT,
               (const char *const[]){"拒绝", "研发不足", "资金池"});
    case_words(w, "en", TYPE_TEXT,
               (const char *const[]){"declined", "too little R&D", NULL});
    Table *t = case_table("rows", 3);
    case_words(t, "outcome", TYPE_CATEGORY,
               (const char *const[]){"decline", "gov_pool", NULL});
    case_words(t, "reasons", TYPE_LIST,
               (const char *const[]){"E2;E9;decline", "E", ""});
    assert_cells(t, "outcome", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"拒绝", "资金池", ""});
    assert_cells(t, "outcome", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"declined", "资金池", ""});
    assert_cells(t, "reasons", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"研发不足；E9；拒绝", "E", ""});
    assert_cells(
        t, "reasons", SHOW_COLUMN, REPORT_EN, "",
        (const char *const[]){"too little R&D; E9; declined", "E", ""});
}

static void a_chinese_column_stands_in_for_another(void **state)
{
    (void)state;
    Table *t = case_table("stand", 2);
    const Column *note =
        case_words(t, "note", TYPE_TEXT, (const char *const[]){"cap", "floor"});
    const Column *zh = case_words(t, "note_zh", TYPE_TEXT,
                                  (const char *const[]){"封顶线", NULL});
    const Column *alone =
        case_words(t, "other_zh", TYPE_TEXT, (const char *const[]){"a", "b"});
    assert_true(label_is_translation(t, zh));
    assert_false(label_is_translation(t, note));
    assert_false(label_is_translation(t, alone));
    assert_cells(t, "note", SHOW_COLUMN, REPORT_ZH, "",
                 (const char *const[]){"封顶线", "floor"});
    assert_cells(t, "note", SHOW_COLUMN, REPORT_EN, "",
                 (const char *const[]){"cap", "floor"});
}

static void labels_come_from_column_dictionary_and_name(void **state)
{
    (void)state;
    Table *t = case_table("labels", 0);
    Column *own = case_column(t, "x", TYPE_COUNT, "");
    own->label = (Label){"笔数", "loans"};
    assert_string_equal(label_of_column(own, case_arena).zh, "笔数");
    const Column *pd = case_column(t, "cut_by_cap", TYPE_MONEY, "fen");
    assert_string_equal(label_of_column(pd, case_arena).zh, "封顶核减");
    assert_string_equal(label_of_column(pd, case_arena).en, "cut by cap");
    const Column *two = case_column(t, "outstanding", TYPE_MONEY, "fen");
    assert_string_equal(label_of_column(two, case_arena).zh, "余额");
    const Column *none = case_column(t, "mean_lgd", TYPE_REAL, "1");
    assert_string_equal(label_of_column(none, case_arena).zh, "mean LGD");
    assert_string_equal(label_of_table(t, case_arena).en, "labels");
    t->title = (Label){NULL, "Labels"};
    assert_string_equal(label_say(label_of_table(t, case_arena), REPORT_ZH),
                        "Labels");
    assert_string_equal(label_say((Label){NULL, NULL}, REPORT_ZH), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_shown_to_the_fen),
        cmocka_unit_test(estimates_of_money_share_one_unit),
        cmocka_unit_test(a_figure_is_short),
        cmocka_unit_test(levels_keep_their_decimals),
        cmocka_unit_test(shares_are_percent),
        cmocka_unit_test(other_columns_keep_their_sense),
        cmocka_unit_test(texts_of_figures_are_set_right),
        cmocka_unit_test(a_list_gives_titles),
        cmocka_unit_test(words_come_from_the_glossary),
        cmocka_unit_test(a_chinese_column_stands_in_for_another),
        cmocka_unit_test(labels_come_from_column_dictionary_and_name),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, case_set_up,
                                       case_tear_down);
}
