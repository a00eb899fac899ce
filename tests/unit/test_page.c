#include "tablecase.h"

#include "report/report.h"

#include <sqlite3.h>

static const char *page(const Report *report, ReportLanguage language)
{
    FILE *to = case_open();
    Err err = {0};
    assert_int_equal(report_html(to, report, language, &err), OK);
    fclose(to);
    return case_written;
}

static int is_void(const char *name, size_t n)
{
    static const char *const names[] = {"meta", "link", "br", "input"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strlen(names[i]) == n && memcmp(name, names[i], n) == 0)
            return 1;
    return 0;
}

/* Past a tag whose '<' is at `at`; quoted attributes may hold anything. */
static const char *past_tag(const char *at)
{
    for (int quoted = 0; *at != '\0' && (quoted || *at != '>'); at++)
        quoted ^= *at == '"';
    assert_true(*at == '>');
    return at + 1;
}

/* Every element is closed, in order; scripts and styles hold no tags. */
static void assert_balanced(const char *html)
{
    struct {
        const char *name;
        size_t n;
    } open[32];
    size_t depth = 0;
    const char *at = strchr(html, '>') + 1; /* past <!DOCTYPE> */
    while ((at = strchr(at, '<')) != NULL) {
        int closing = at[1] == '/';
        const char *name = at + 1 + closing;
        size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
        assert_true(n > 0);
        at = past_tag(at);
        if (closing) {
            assert_true(depth > 0);
            depth--;
            assert_int_equal(open[depth].n, n);
            assert_memory_equal(open[depth].name, name, n);
        } else if (!is_void(name, n)) {
            assert_true(depth < COUNT(open));
            open[depth].name = name;
            open[depth++].n = n;
        }
        if (!closing && n == 6 && memcmp(name, "script", 6) == 0)
            at = strstr(at, "</script");
        if (!closing && n == 5 && memcmp(name, "style", 5) == 0)
            at = strstr(at, "</style");
        assert_non_null(at);
    }
    assert_int_equal(depth, 0);
}

/* Data of each chart is JSON to SQLite's reader; how many there are. */
static int valid_charts(const char *html)
{
    static const char tag[] = "<script type=\"application/json\">";
    sqlite3 *db;
    int n = 0;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (; (html = strstr(html, tag)) != NULL; n++) {
        sqlite3_stmt *st;
        html += strlen(tag);
        const char *end = strstr(html, "</script>");
        assert_int_equal(
            sqlite3_prepare_v2(db, "SELECT json_valid(?1)", -1, &st, NULL),
            SQLITE_OK);
        sqlite3_bind_text(st, 1, html, (int)(end - html), SQLITE_STATIC);
        assert_int_equal(sqlite3_step(st), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(st, 0), 1);
        sqlite3_finalize(st);
    }
    sqlite3_close(db);
    return n;
}

static size_t occurrences(const char *text, const char *part)
{
    size_t n = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        n++;
    return n;
}

#define EVIL "</script><b onload='x'>\"&\x01\xff"

static Table *figures, *rows, *nothing;

static int make_tables(void **state)
{
    if (case_set_up(state) != 0)
        return 1;
    figures = case_table("summary", 1);
    case_whole(figures, "paid", TYPE_MONEY, "fen",
               (const int64_t[]){461690000});
    case_real(figures, "el", "fen", (const double[]){20944675981.0});
    case_real(figures, "el_se", "fen", (const double[]){43451210.0});
    case_real(figures, "left", "fen", (const double[]){-1451730000.0});
    case_real(figures, "left_low", "fen", (const double[]){-20944675981.0});
    case_real(figures, "left_high", "fen", (const double[]){1234567.0});
    case_whole(figures, "var", TYPE_MONEY, "fen",
               (const int64_t[]){59959124758});
    case_whole(figures, "var_low", TYPE_MONEY, "fen",
               (const int64_t[]){53225269204});
    case_whole(figures, "var_high", TYPE_MONEY, "fen",
               (const int64_t[]){NULL_INT});
    rows = case_table("rows", 2);
    rows->title = (Label){"逐笔 " EVIL, "rows " EVIL};
    case_words(rows, "firm_name", TYPE_TEXT, (const char *const[]){EVIL, NULL});
    case_whole(rows, "year", TYPE_COUNT, "year", (const int64_t[]){1, 2});
    case_whole(rows, "paid", TYPE_MONEY, "fen",
               (const int64_t[]){123456, NULL_INT});
    nothing = case_table("nothing", 0);
    case_column(nothing, "year", TYPE_COUNT, "year");
    case_column(nothing, "paid", TYPE_MONEY, "fen");
    return 0;
}

/* The trace of a refusal: steps in the order they were made. */
static const Table *trace_table(void)
{
    static const char
        *const steps[] = {"input",    "input",   "fact",
                          "eligible", "missing", "to differ"},
               *const rules[] = {"staff", "kind", "share", NULL, NULL, "E5"},
               *const results[] = {"19", "<b>", "0.095", "false", NULL, "true"},
               *const formulas[] = {NULL, NULL, "staff / 200",
                                    NULL, NULL, "staff: 19 -> 20"},
               *const values[] = {NULL, NULL, "19 / 200", NULL, NULL, NULL},
               *const cites[] = {NULL, NULL, "art. 7", NULL, NULL, "art. 6"};
    Table *t = case_table("trace", COUNT(steps));
    case_words(t, "step", TYPE_TEXT, steps);
    case_words(t, "rule", TYPE_TEXT, rules);
    case_words(t, "result", TYPE_TEXT, results);
    case_words(t, "formula", TYPE_TEXT, formulas);
    case_words(t, "values", TYPE_TEXT, values);
    case_words(t, "cite", TYPE_TEXT, cites);
    return t;
}

static const char *evil_page(ReportLanguage language)
{
    const Chart charts[] = {
        {.kind = CHART_ACROSS,
         .title = {EVIL, EVIL},
         .table = rows,
         .x = "firm_name",
         .y = {"paid"}},
        {.kind = CHART_LINE, .table = nothing, .x = "year", .y = {"paid"}},
        {.kind = CHART_HISTOGRAM, .table = rows, .x = "year", .y = {"paid"}},
    };
    const Table *const tables[] = {rows, nothing, trace_table()};
    const ReportSection sections[] = {
        {.id = "summary", .title = {"概要", "Summary"}, .figures = figures},
        {.id = "rows",
         .title = {"逐笔", EVIL},
         .lead = {EVIL, "lead"},
         .charts = charts,
         .ncharts = COUNT(charts),
         .tables = tables,
         .ntables = COUNT(tables)},
    };
    const Report report = {.title = {"报告", EVIL},
                           .sections = sections,
                           .n = COUNT(sections),
                           .version = "7.7",
                           .command = "kedan run '<demo>' --seed 1",
                           .origins = tables,
                           .norigins = 1};
    return page(&report, language);
}

static void a_page_is_well_formed_whatever_it_shows(void **state)
{
    (void)state;
    for (int language = REPORT_ZH; language <= REPORT_EN; language++) {
        const char *html = evil_page((ReportLanguage)language);
        assert_balanced(html);
        assert_int_equal(valid_charts(html), 2); /* the empty one has none */
        assert_null(strstr(html, "<b onload"));
        assert_null(strchr(html, '\x01'));
        assert_null(strchr(html, '\xff'));
        free(case_written);
    }
}

/* What it came to, what would have had to differ, and why, in that order. */
static void a_trace_is_told_from_its_outcome(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "<li class=\"short\"><p><b>eligible</b> = <strong>false</strong>",
        "<h4>to differ</h4>\n<ol>\n<li><p><b>E5</b> = <strong>true</strong></p>"
        "<p><code>staff: 19 -&gt; 20</code></p><p class=\"note\">art. 6</p>",
        "<h4>input</h4>\n<ol>\n<li class=\"short\"><p><b>staff</b> = "
        "<strong>19</strong></p></li>\n<li class=\"short\"><p><b>kind</b> = "
        "<strong>&lt;b&gt;</strong></p></li>\n</ol>",
        "<h4>fact</h4>\n<ol>\n<li><p><b>share</b> = <strong>0.095</strong></p>"
        "<p><code>staff / 200</code></p><p><code>= 19 / 200</code></p>"};
    const Table *const tables[] = {trace_table()};
    const ReportSection section = {.id = "trace",
                                   .title = {"判定", "Trace"},
                                   .tables = tables,
                                   .ntables = 1};
    const Report report = {.sections = &section, .n = 1};
    const char *html = page(&report, REPORT_EN), *at = html;
    assert_balanced(html);
    for (size_t i = 0; i < COUNT(wanted); i++) {
        at = strstr(at, wanted[i]);
        if (at == NULL)
            fail_msg("not there, or not in order: %s", wanted[i]);
    }
    assert_null(strstr(html, "<b>missing</b>"));
    free(case_written);
}

static void a_page_asks_nobody(void **state)
{
    (void)state;
    const char *html = evil_page(REPORT_ZH);
    static const char *const outside[] = {" src=",   "@import",       "url(",
                                          "fetch(",  "<img",          "<iframe",
                                          "import(", "XMLHttpRequest"};
    for (size_t i = 0; i < COUNT(outside); i++)
        assert_null(strstr(html, outside[i]));
    assert_int_equal(occurrences(html, "default-src 'none'"), 1);
    assert_non_null(strstr(html, "Chart.js v")); /* with its notice */
    assert_non_null(strstr(html, "Released under the MIT License"));
    free(case_written);
}

static void both_languages_stand_in_the_page(void **state)
{
    (void)state;
    const char *html = evil_page(REPORT_EN);
    assert_non_null(strstr(html, "<html lang=\"en\" data-lang=\"en\">"));
    assert_non_null(strstr(html,
                           "<span class=\"zh\" lang=\"zh-CN\">概要</span>"
                           "<span class=\"en\" lang=\"en\">Summary"
                           "</span>"));
    free(case_written);
    html = evil_page(REPORT_ZH);
    assert_non_null(strstr(html, "<html lang=\"zh-CN\" data-lang=\"zh\">"));
    assert_non_null(strstr(html, "<title>报告</title>"));
    free(case_written);
}

static void figures_are_short_and_whole(void **state)
{
    (void)state;
    const char *html = evil_page(REPORT_ZH);
    assert_non_null(strstr(html, ">461.69</span>"));
    assert_non_null(strstr(html, "<dd class=\"se\">4,616,900.00 "));
    assert_non_null(strstr(html, ">2.0945</span>"));
    assert_non_null(strstr(html,
                           "<dd class=\"se\">± "
                           "<span class=\"zh\" lang=\"zh-CN\">43.45<"));
    assert_non_null(strstr(html,
                           "<dd class=\"se\"><span class=\"zh\" "
                           "lang=\"zh-CN\">-20,944.68 至 1.23<"));
    assert_null(strstr(html, "left_low"));
    assert_non_null(strstr(html, "lang=\"zh-CN\">5.3225 至 –<"));
    assert_null(strstr(html, "var_high"));
    free(case_written);
}

static void cells_are_right_aligned_numbers_and_dashes(void **state)
{
    (void)state;
    const char *html = evil_page(REPORT_ZH);
    assert_non_null(strstr(html, "<td class=\"n\">1,234.56</td></tr>"));
    assert_non_null(strstr(
        html, "<td class=\"n\"><span class=\"null\">–</span></td></tr>"));
    assert_non_null(strstr(html,
                           "<th scope=\"col\" class=\"n\"><span class=\"zh\" "
                           "lang=\"zh-CN\">拟拨付（元）</span>"));
    free(case_written);
}

static void the_last_section_says_how_to_make_it_again(void **state)
{
    (void)state;
    const char *html = evil_page(REPORT_ZH);
    const char *last = strstr(html, "<section id=\"reproduce\">");
    assert_non_null(last);
    assert_non_null(strstr(last,
                           "<code>kedan run &#39;&lt;demo&gt;&#39; "
                           "--seed 1</code>"));
    assert_non_null(strstr(last, "科担 kedan 7.7</footer>"));
    assert_non_null(strstr(html, "<a href=\"#reproduce\">"));
    free(case_written);
}

static void the_same_tables_give_the_same_bytes(void **state)
{
    (void)state;
    evil_page(REPORT_ZH);
    char *first = case_written;
    assert_string_equal(evil_page(REPORT_ZH), first);
    free(first);
    free(case_written);
}

static void long_tables_are_cut_and_say_so(void **state)
{
    (void)state;
    Table *t = case_table("long", REPORT_ROWS + 77);
    case_column(t, "count", TYPE_COUNT, "");
    const Table *const tables[] = {t};
    const ReportSection section = {
        .id = "long", .title = {"长", "long"}, .tables = tables, .ntables = 1};
    const Report report = {
        .title = {"长", "long"}, .sections = &section, .n = 1};
    const char *html = page(&report, REPORT_EN);
    assert_int_equal(occurrences(html, "<td class=\"n\">0</td>"), REPORT_ROWS);
    assert_non_null(strstr(html, "the first 2000 of 2077 rows"));
    free(case_written);
}

static Report report_of(const Chart *chart, ReportSection *section)
{
    *section = (ReportSection){
        .id = "a", .title = {"甲", "a"}, .charts = chart, .ncharts = 1};
    return (Report){.title = {"甲", "a"}, .sections = section, .n = 1};
}

/* The date of 19783 days is 2024-03-01. */
static void the_data_of_a_chart_can_be_read_below_it(void **state)
{
    (void)state;
    Table *t = case_table("spent", 3);
    case_whole(t, "paid_on", TYPE_DATE, "day",
               (const int64_t[]){19783, 19784, NULL_INT});
    case_words(t, "bank", TYPE_CATEGORY,
               (const char *const[]){"city", "county", "city"});
    case_whole(t, "paid", TYPE_MONEY, "fen", (const int64_t[]){238577, 9, 1});
    ReportSection section;
    const Chart chart = {.kind = CHART_LINE,
                         .title = {"支出", "spent"},
                         .note = {"注", "a note"},
                         .table = t,
                         .x = "paid_on",
                         .y = {"paid"},
                         .by = "bank"};
    const Report report = report_of(&chart, &section);
    const char *html = page(&report, REPORT_EN);
    assert_balanced(html);
    assert_int_equal(valid_charts(html), 1);
    assert_non_null(strstr(html, "\"scale\": \"date\""));
    assert_non_null(strstr(html, "\"values\": [ 19783, 19784 ]"));
    assert_non_null(strstr(html, ">a note</span></p>"));
    assert_non_null(strstr(html,
                           "<td>2024-03-01</td><td>city</td>"
                           "<td class=\"n\">2,385.77</td>"));
    assert_int_equal(occurrences(html, "<td>city</td>"), 1);
    free(case_written);
}

static void a_wrong_chart_is_refused(void **state)
{
    (void)state;
    Err err = {0};
    ReportSection section;
    const Chart chart = {
        .title = {"图", "it"}, .table = rows, .x = "none", .y = {"paid"}};
    const Report report = report_of(&chart, &section);
    FILE *to = case_open();
    assert_int_equal(report_html(to, &report, REPORT_ZH, &err), ERR_DOMAIN);
    assert_string_equal(err.text,
                        "chart 'it' of table 'rows': column 'none' "
                        "is missing");
    fclose(to);
    free(case_written);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    Err err = {0};
    const Report report = {.title = {"满", "full"}};
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(report_html(full, &report, REPORT_ZH, &err), ERR_IO);
    assert_string_equal(
        err.text, "the report cannot be written: No space left on device");
    fclose(full);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    ReportSection section;
    const Chart chart = {.kind = CHART_BAR,
                         .title = {"图", "it"},
                         .table = rows,
                         .x = "firm_name",
                         .y = {"paid"}};
    Report report = report_of(&chart, &section);
    const Table *const tables[] = {rows, trace_table()};
    section.tables = tables;
    section.ntables = COUNT(tables);
    section.figures = figures;
    ErrCode rc = ERR_MEMORY;
    long n = 0;
    for (; rc != OK; n++) {
        Err err = {0};
        FILE *to = case_open();
        mem_fail_from(n);
        rc = report_html(to, &report, REPORT_ZH, &err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        assert_int_equal(err.code, rc);
        fclose(to);
        free(case_written);
    }
    assert_true(n > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_well_formed_whatever_it_shows),
        cmocka_unit_test(a_trace_is_told_from_its_outcome),
        cmocka_unit_test(a_page_asks_nobody),
        cmocka_unit_test(both_languages_stand_in_the_page),
        cmocka_unit_test(figures_are_short_and_whole),
        cmocka_unit_test(cells_are_right_aligned_numbers_and_dashes),
        cmocka_unit_test(the_last_section_says_how_to_make_it_again),
        cmocka_unit_test(the_same_tables_give_the_same_bytes),
        cmocka_unit_test(long_tables_are_cut_and_say_so),
        cmocka_unit_test(the_data_of_a_chart_can_be_read_below_it),
        cmocka_unit_test(a_wrong_chart_is_refused),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, make_tables,
                                       case_tear_down);
}
