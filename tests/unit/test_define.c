/* What a rule file defines once and uses often: functions, values, ranges and
 * lists.  What they give is in tests/rules/expr.case. */
#include "rules.h"

#define HEAD                                                                   \
    "policy = { id = \"d\"; kind = \"eligibility\"; };\n"                      \
    "inputs = ( { name = \"age\"; type = \"count\"; },\n"                      \
    "  { name = \"amount\"; }, { name = \"words\"; type = \"category\"; } "    \
    ");\n"

#define FACT(expr)                                                             \
    "facts = ( { name = \"y\"; cite = \"c\"; expr = \"" expr "\"; } );\n"

#define TAIL                                                                   \
    "outputs = ( \"y\" ); examples = ( { id = \"X\"; of = ( \"y\" ); given = " \
    "( \"age = 30\", \"amount = 2000.00\", \"words = \\\"a\\\"\" ); "          \
    "gives = ( \"y = null\" ); } );\n"

static void says(const char *text, const char *part)
{
    Ruled r;
    assert_int_equal(ruled_text(&r, "d", text), ERR_RULE);
    if (strstr(r.said, part) == NULL)
        fail_msg("not said: %s\n%s", part, r.said);
    ruled_free(&r);
}

static void a_definition_stands_in_cells_too(void **state)
{
    (void)state;
    Ruled r;
    ErrCode rc = ruled_text(
        &r, "d",
        HEAD
        "parameters = ( { name = \"top\"; type = \"count\"; cite = \"c\"; "
        "values = ( { value = \"60\"; } ); } );\n"
        "functions = ( { name = \"working\"; is = \"[18..top)\"; cite = \"c\"; "
        "}, { name = \"vowels\"; is = \"\\\"a\\\", \\\"e\\\"\"; cite = \"c\"; "
        "}, { name = \"half\"; parameters = ( \"of\" ); expr = \"of / 2\"; "
        "cite = \"c\"; } );\n"
        "decisions = ( { name = \"t\"; cite = \"c\"; hit = \"FIRST\"; "
        "inputs = ( \"age\", \"words\", \"half(amount)\" ); "
        "outputs = ( \"y\" );\n rules = ( { id = \"R1\"; when = ( "
        "\"working\", \"vowels\", \"> half(1999.98元)\" ); then = ( "
        "\"half(amount)\" ); }, { id = \"R2\"; when = ( \"not(working, 70)\", "
        "\"-\", \"-\" ); then = ( \"0.01\" ); } ); } );\n"
        "outputs = ( \"y\" );\n"
        "examples = ( { id = \"X1\"; of = ( \"t\" ); given = ( \"age = 18\", "
        "\"amount = 2000.00\", \"words = \\\"e\\\"\" ); gives = ( "
        "\"y = 1000.00\" ); },\n"
        "{ id = \"X2\"; of = ( \"t\" ); given = ( \"age = 60\" ); "
        "gives = ( \"y = 0.01\" ); },\n"
        "{ id = \"X3\"; of = ( \"t\" ); given = ( \"age = 70\" ); "
        "gives = ( \"y = null\" ); } );\n");
    if (rc != OK)
        fail_msg("%s", r.said);
    ruled_free(&r);
}

static void circles_are_told_with_their_path(void **state)
{
    (void)state;
    says(HEAD
         "functions = ( { name = \"f\"; parameters = ( \"v\" ); "
         "expr = \"g(v)\"; cite = \"c\"; },\n"
         "{ name = \"g\"; parameters = ( \"v\" ); expr = \"v + f(v)\"; "
         "cite = \"c\"; } );\n" FACT("f(age)") TAIL,
         "d:5:49: g: a function that calls itself: f > g > f; rules have no "
         "loops");
}

static void faults_of_a_definition_stand_in_it_once(void **state)
{
    (void)state;
    Ruled r;
    ruled_text(&r, "d",
               HEAD
               "functions = ( { name = \"f\"; parameters = ( \"v\" ); "
               "cite = \"c\";\nexpr = \"v +\"; } );\n" FACT("f(age) + f(age)")
                   TAIL);
    const char *said =
        "d:5:12: f: the text ends where a value should stand; add a value";
    const char *first = strstr(r.said, said);
    assert_non_null(first);
    assert_null(strstr(first + 1, said));
    ruled_free(&r);
    says(HEAD
         "functions = ( { name = \"f\"; cite = \"c\"; expr = \"1 $\"; } "
         ");\n" FACT("age") TAIL,
         "d:4:51: f: a sign that expressions do not have"); /* never called */
}

static void a_definition_is_whole_and_has_a_source(void **state)
{
    (void)state;
    static const struct {
        const char *functions, *said;
    } rows[] = {
        {"{ name = \"f\"; expr = \"1\"; }",
         "'f' does not say where it is written"},
        {"{ name = \"f\"; cite = \"c\"; }", "either 'expr' or 'is'"},
        {"{ name = \"f\"; parameters = ( \"a\" ); cite = \"c\"; }",
         "either 'expr' or 'is'"},
        {"{ name = \"f\"; is = \"1\"; expr = \"1\"; cite = \"c\"; }",
         "either 'expr' or 'is'"},
        {"{ name = \"f\"; is = \"1\"; parameters = ( \"a\" ); cite = \"c\"; }",
         "a range or list has no parameters"},
        {"{ name = \"f\"; expr = \"1\"; parameters = ( ); cite = \"c\"; }",
         "1 to 16 names"},
        {"{ name = \"f\"; expr = \"a\"; parameters = ( \"a\", \"a\" ); cite = "
         "\"c\"; }",
         "a parameter is named twice"},
        {"{ name = \"floor\"; expr = \"1\"; cite = \"c\"; }",
         "'floor' is a function of the language"},
        {"{ name = \"f\"; expr = \"1\"; cite = \"c\"; }, { name = \"f\"; expr "
         "= \"2\"; cite = \"c\"; }",
         "a function of that name stands above"},
        {"{ name = \"f\"; expr = \"1\"; sight = \"c\"; }", "sight"},
        {"{ name = \"f\"; is = \"[1..2\"; cite = \"c\"; }", "of a range"},
        {"7", "a rule is a group"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[2000];
        snprintf(text, sizeof text,
                 HEAD "functions = ( %s );\n" FACT("age") TAIL,
                 rows[i].functions);
        says(text, rows[i].said);
    }
}

/* Twelve doublings of one another are 4,096 parts and more. */
static void the_parts_of_an_expression_are_bounded(void **state)
{
    (void)state;
    char text[4000] = HEAD
        "functions = ( { name = \"f0\"; parameters = ( "
        "\"v\" ); expr = \"v + v\"; cite = \"c\"; }";
    for (int i = 1; i < 14; i++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at,
                 ",\n{ name = \"f%d\"; parameters = ( \"v\" ); expr = \"f%d(v) "
                 "+ f%d(v)\"; cite = \"c\"; }",
                 i, i - 1, i - 1);
    }
    size_t n = strlen(text);
    snprintf(text + n, sizeof text - n, " );\n" FACT("f13(age)") TAIL);
    says(text, "functions that call functions too often; cut it into named");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_definition_stands_in_cells_too),
        cmocka_unit_test(circles_are_told_with_their_path),
        cmocka_unit_test(faults_of_a_definition_stand_in_it_once),
        cmocka_unit_test(a_definition_is_whole_and_has_a_source),
        cmocka_unit_test(the_parts_of_an_expression_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
