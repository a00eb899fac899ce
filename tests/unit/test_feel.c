/* Expressions of decision models, by hand from the tables of the standard
 * (DMN 1.5, chapter 10: semantics of FEEL and its built-in functions). */
#include "check.h"
#include "policy/feel.h"
#include "policy/feelcall.h"

#include <stdlib.h>

typedef struct {
    const char *text, *value; /* as boxed_show() says it; NULL: a fault */
} Row;

static Boxed item_of(const char *const names[], const Boxed items[], size_t n)
{
    return (Boxed){.kind = BOX_CONTEXT, .items = items, .names = names, .n = n};
}

/* What the expressions below know. */
static const char *const names[] = {"Extra days case 1",
                                    "Extra days",
                                    "Pre-bureau risk",
                                    "Teacher's note",
                                    "loan",
                                    "none",
                                    "rates",
                                    "loans",
                                    "a",
                                    "b"};

/* `why` is what the run notes; NULL: not asked. */
static void evaluate(const Row *row, const char *why)
{
    Arena *arena = arena_new();
    Err err = {0};
    Reader r = {.arena = arena,
                .texts = texts_new(arena),
                .faults = faults_new(arena),
                .err = &err};
    Doc doc = {.kind = DOC_TEXT, .file = "t", .line = 1, .column = 1};
    static const char *const of_loan[] = {"principal", "term in months"};
    Boxed loan[] = {boxed_int(240500), boxed_int(36)};
    Boxed other[] = {boxed_int(91000), boxed_int(7)};
    Boxed rates[] = {boxed_number((Number){435, 10000}), boxed_int(7),
                     boxed_int(-3)};
    Boxed loans[] = {item_of(of_loan, loan, 2), item_of(of_loan, other, 2)};
    Boxed values[] = {
        boxed_int(5),  boxed_int(8), boxed_text("HIGH"),   boxed_text("good"),
        loans[0],      boxed_null,   boxed_list(rates, 3), boxed_list(loans, 2),
        boxed_int(11), boxed_int(4)};
    FeelNames known = {0}, members = {0};
    for (size_t i = 0; i < COUNT(names); i++)
        assert_true(feelname_add(
            &known, reader_text(&r, names[i], strlen(names[i])), &r));
    for (size_t i = 0; i < 2; i++)
        assert_true(feelname_add(
            &members, reader_text(&r, of_loan[i], strlen(of_loan[i])), &r));
    assert_true(feelcall_names(&known, &r));
    doc.text = row->text;
    Node *node =
        feel_expression((Text){&doc, row->text, NULL}, &known, &members, &r);
    assert_int_equal(node == NULL, faults_count(r.faults) > 0);
    FeelRun run = {.arena = arena};
    FeelFrame frame = {names, values, COUNT(names), NULL};
    const char *got = NULL;
    if (node != NULL) {
        Boxed value = feel_run(&run, node, &frame);
        got = boxed_show(arena, &value);
    }
    if ((got == NULL) != (row->value == NULL) ||
        (got != NULL && strcmp(got, row->value) != 0))
        fail_msg("%s is %s, not %s", row->text, got == NULL ? "a fault" : got,
                 row->value == NULL ? "a fault" : row->value);
    if (why != NULL)
        assert_string_equal(run.problem == NULL ? "" : run.problem, why);
    arena_free(arena);
}

static void all(const Row rows[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        evaluate(&rows[i], NULL);
}

static void numbers_are_exact_and_signs_bind_first(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"0.1 + 0.2", "0.3"},
        {"0.1 + 0.2 = 0.3", "true"},
        {"10+5", "15"},
        {"-10--5", "-5"},
        {"(10+20)-(-5+3)", "32"},
        {"10 + 20 / -5 - 3", "3"},
        {"10 + 20 / (-5 - 3)", "7.5"},
        {"1.2*10**3", "1200"},
        {"10**-5", "0.00001"},
        {"-2 ** 2", "4"},
        {"5+2**5+3", "40"},
        {".872 + -.872", "0"},
        {"1.5e3", "1500"},
        {"1/3*3 = 1", "true"},
        {"(10+20)/0", "null"},
        {"0/0", "null"},
        {"10 + null", "null"},
        {"null ** 2", "null"},
        {"10 - \"a\"", "null"},
        {"\"str\" + \"ing \" + \"横綱\"", "string 横綱"},
        {"\"a\" + 1", "null"},
        {"\"\\u8D37\\\"\\n\"", "贷\"\n"},
        {"12345678901234567890 > 1e19", "true"},
        {"1 + /* two */ 2 // three", "3"},
        {"1 +", NULL},
        {"unknown", NULL},
        {"\"open", NULL},
        {"(1", NULL},
    };
    all(rows, COUNT(rows));
}

static void logic_has_three_values(void **state)
{
    (void)state;
    static const char *const v[] = {"true", "false", "null"};
    static const char *const both[] = {"true",  "false", "null",
                                       "false", "false", "false",
                                       "null",  "false", "null"};
    static const char *const either[] = {"true", "true",  "true",
                                         "true", "false", "null",
                                         "true", "null",  "null"};
    for (int i = 0; i < 9; i++) {
        char text[40];
        snprintf(text, sizeof text, "%s and %s", v[i / 3], v[i % 3]);
        evaluate(&(Row){text, both[i]}, NULL);
        snprintf(text, sizeof text, "%s or %s", v[i / 3], v[i % 3]);
        evaluate(&(Row){text, either[i]}, NULL);
    }
    static const Row rows[] = {
        {"not(true)", "false"},
        {"not(null)", "null"},
        {"not(\"x\")", "null"},
        {"true and 1", "null"},
        {"null = null", "true"},
        {"none = null", "true"},
        {"a = null", "false"},
        {"a != null", "true"},
        {"1 = \"1\"", "null"},
        {"none < 3", "null"},
        {"if none then 1 else 2", "2"},
        {"if a > 10 then \"x\" else \"y\"", "x"},
        {"all([true, null])", "null"},
        {"any([true, null])", "true"},
    };
    all(rows, COUNT(rows));
}

static void the_longest_known_name_is_meant(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"Extra days case 1 + 1", "6"},
        {"Extra  days\n case 1", "5"},
        {"Extra days + 1", "9"},
        {"Pre-bureau risk = \"HIGH\"", "true"},
        {"Teacher's note + \"!\"", "good!"},
        {"a-b", "7"},
        {"Extra", NULL},
        {"loan.principal / loan.term in months", "6680.55555556"},
        {"loan.nothing", "null"},
        {"none.principal", "null"},
        {"loans.principal", "[240500, 91000]"},
        {"loans[principal < 100000].term in months", "[7]"},
        {"loans[-1].principal", "91000"},
        {"rates[item > 0]", "[0.0435, 7]"},
        {"rates[4]", "null"},
        {"{x y: 3, z: x y * 2}.z", "6"},
        {"{\"q\": 1}.q", "1"},
    };
    all(rows, COUNT(rows));
}

static void ranges_and_tests_know_their_ends(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"5 in [5..7)", "true"},
        {"7 in [5..7)", "false"},
        {"5 in (5..7]", "false"},
        {"5 in ]5..7]", "false"},
        {"7 in [5..7[", "false"},
        {"6 in ]5..7[ and 5 in [5..7[", "true"},
        {"[6 in ]5..7[, [5, 7][1] in ]4..[5, 7][1]]]", "[true, true]"},
        {"a in (1, 2, > 10)", "true"},
        {"a in (< 3, [5..6])", "false"},
        {"a in [1, 11, 3]", "true"},
        {"a between 11 and 11", "true"},
        {"none between 1 and 2", "null"},
        {"a in >= 11", "true"},
        {"\"b\" in [\"a\"..\"c\"]", "true"},
        {"some x in rates satisfies x < 0", "true"},
        {"every x in rates satisfies x < 0", "false"},
        {"for x in 1..3, y in [10, 20] return x * y",
         "[10, 20, 20, 40, 30, 60]"},
        {"for i in 1..4 return if i = 1 then 1 else i * partial[-1]",
         "[1, 2, 6, 24]"},
        {"(function(p, q) p ** q)(2, 10)", "1024"},
        {"1 instance of number", "true"},
        {"@\"2024-03-01\" instance of date", "true"},
        {"[1..5", NULL},
    };
    all(rows, COUNT(rows));
}

/* DMN 1.5, table 75: numeric functions; scale from -6111 to 6176. */
static void rounding_is_by_name_position_and_scale(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"decimal(1/3, 2)", "0.33"},
        {"decimal(1/3, 2.5)", "0.33"},
        {"decimal(1.5, 0)", "2"},
        {"decimal(2.5, 0)", "2"},
        {"decimal(-0.515, 2)", "-0.52"},
        {"decimal(n: 15/78*2, scale: 3)", "0.385"},
        {"decimal(1234.5, -2)", "1200"},
        {"floor([1.5])", "1"}, /* one value for itself */
        {"floor([1.5, 2])", "null"},
        {"count([1.5])", "1"},
        {"string([1])", "[1]"},
        {"append([1], [2])", "[1, [2]]"},
        {"upper case([\"a\"])", "A"},
        {"floor(-1.5)", "-2"},
        {"floor(1.56, 1)", "1.5"},
        {"floor(n: 5.777)", "5"},
        {"ceiling(-5/2.3*5)", "-10"},
        {"ceiling(--1)", "1"},
        {"ceiling(n: -.33333)", "0"},
        {"ceiling(-1.56, 1)", "-1.5"},
        {"round up(5.5, 0)", "6"},
        {"round up(-5.5, 0)", "-6"},
        {"round up(1.121, 2)", "1.13"},
        {"round up(-1.126, 2)", "-1.13"},
        {"round down(-5.5, 0)", "-5"},
        {"round down(1.126, 2)", "1.12"},
        {"round half up(5.5, 0)", "6"},
        {"round half up(-5.5, 0)", "-6"},
        {"round half up(-1.126, 2)", "-1.13"},
        {"round half down(5.5, 0)", "5"},
        {"round half down(-5.5, 0)", "-5"},
        {"round half down(1.126, 2)", "1.13"},
        {"round up(scale: 0, n: 5.5)", "6"},
        {"round up(5.5, 6176)", "5.5"},
        {"round up(5.5, 6177)", "null"},
        {"round up(5.5, -6112)", "null"},
        {"round down(5.5, -6111)", "0"},
        {"round half up(9007199254740993, 4)", "9007199254740993"},
        {"floor(123456.7, 15) - 123456.7", "0"},
        {"decimal(2/3, 18) * 1000000000000000000", "666666666666666667"},
        {"round half down(155, -1)", "150"},
        {"round up(-150.1, -2)", "-200"},
        {"decimal(3 * 10 ** 25, -20)", "3e+25"},
        {"round half up(15 * 10 ** 19, -20)", "2e+20"},
        {"round up(5.5, -20)", "1e+20"},
        {"floor(-5.5, -300)", "-1e+300"},
        {"ceiling(-5.5, -300)", "0"},
        {"ceiling(0, -6111)", "0"},
        {"floor(5.5, -6111)", "0"},
        {"ceiling(-5.5, -6111)", "0"},
        {"abs(-3.25)", "3.25"},
        {"modulo(-12, 5)", "3"},
        {"modulo(10, 0)", "null"},
        {"sqrt(1.44)", "1.2"},
        {"odd(-3)", "true"},
        {"even(2.5)", "null"},
        {"number(\"1.500,5\", \".\", \",\")", "1500.5"},
        {"number(\"x\")", "null"},
        {"string(1.10)", "1.1"},
    };
    all(rows, COUNT(rows));
}

/* What has no value is null, and says why (DMN 1.5, 10.3.2.13). */
static void nulls_have_reasons(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"round up()", "round up: 0 arguments, not 2"},
        {"round half up(1234)", "round half up: 1 argument, not 2"},
        {"round up(12.3, 1, 2)", "round up: 3 arguments, not 2"},
        {"floor(1, 2, 3)", "floor: 3 arguments, not 1 to 2"},
        {"round half down(5.5, 1.1)",
         "round half down: a scale that is not whole"},
        {"round up(5.5, 6177)", "round up: a scale beyond -6111 to 6176"},
        {"round up(5.5, -6112)", "round up: a scale beyond -6111 to 6176"},
        {"round up(5.5, -6111)", "round up: a number too large to keep"},
        {"floor(-5.5, -6111)", "floor: a number too large to keep"},
        {"ceiling(5.5, -400)", "ceiling: a number too large to keep"},
        {"floor(null)", "floor: argument 1 is null, not a number"},
        {"round up(null, 0)", "round up: argument 1 is null, not a number"},
        {"round up(12.3, null)", "round up: argument 2 is null, not a number"},
        {"round up(\"5.5\", 0)",
         "round up: argument 1 is a string, not a number"},
        {"round up(scale: \"0\", n: 5.5)",
         "round up: argument 2 is a string, not a number"},
        {"round up(scale: 0)", "round up: its parameters are n, scale"},
        {"round up(n: 5.5, scale: 0, foo: 1)",
         "round up: its parameters are n, scale"},
        {"date(day: 1)", "date: its parameters are from, or year, month, day"},
        {"contains(\"foobar\", null)",
         "contains: argument 2 is null, not a string"},
        {"string join([\"a\", 1], \"-\")",
         "string join: a number among strings"},
        {"string join([\"a\"], 1)",
         "string join: argument 2 is a number, not a string"},
        {"10 + null", "number + null is undefined"},
        {"null - 10", "null - number is undefined"},
        {"true * 10", "boolean * number is undefined"},
        {"10 / \"a\"", "number / string is undefined"},
        {"(-8) ** 0.5", "number ** number is undefined"},
        {"(10 + 20) / 0", "a division by zero"},
    };
    for (size_t k = 0; k < COUNT(rows); k++)
        evaluate(&(Row){rows[k].text, "null"}, rows[k].why);
}

static void lists_and_texts_have_their_functions(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"sum([1.5, 2.25])", "3.75"},
        {"sum(1.5, 2.25)", "3.75"},
        {"sum([])", "null"},
        {"sum([1, null])", "null"},
        {"min([3, -7, 2])", "-7"},
        {"max(\"b\", \"c\", \"a\")", "c"},
        {"min([1, \"a\"])", "null"},
        {"count([1, null])", "2"},
        {"mean([1, 2, 4])", "2.33333333333"},
        {"median([8, 2, 5, 3])", "4"},
        {"list contains([1, null], null)", "true"},
        {"append([1], 2, 3)", "[1, 2, 3]"},
        {"concatenate([1], [2, 3])", "[1, 2, 3]"},
        {"distinct values([1, 2, 1])", "[1, 2]"},
        {"flatten([[1, [2]], 3])", "[1, 2, 3]"},
        {"sublist([1, 2, 3, 4], -2)", "[3, 4]"},
        {"index of([5, 6, 5], 5)", "[1, 3]"},
        {"reverse([1, 2])", "[2, 1]"},
        {"substring(\"科技担保\", 3)", "担保"},
        {"substring(\"foobar\", -2, 1)", "a"},
        {"string length(\"科担\")", "2"},
        {"contains(\"foobar\", \"oba\")", "true"},
        {"starts with(\"foobar\", \"bar\")", "false"},
        {"ends with(\"foobar\", \"bar\")", "true"},
        {"upper case(\"aBc4\")", "ABC4"},
        {"substring before(\"foobar\", \"bar\")", "foo"},
        {"string join([\"a\", null, \"c\"], \"-\")", "a-c"},
    };
    all(rows, COUNT(rows));
}

static void dates_times_and_durations_reckon(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"date(\"2016-11-01\") > date(2016, 10, 31)", "true"},
        {"date(\"2023-02-29\")", "null"},
        {"date(\"2024-01-31\") + duration(\"P1M\")", "2024-02-29"},
        {"@\"2024-03-01\" - @\"2024-02-28\"", "P2D"},
        {"@\"2024-03-01T10:30:00\" + @\"PT14H\"", "2024-03-02T00:30:00"},
        {"time(\"23:59:30\") + duration(\"PT1M\")", "00:00:30"},
        {"time(\"10:00:00+08:00\") = time(\"02:00:00Z\")", "true"},
        {"time(\"10:00:00\") = time(\"10:00:00Z\")", "false"},
        {"duration(\"P1Y2M\") = duration(\"P14M\")", "true"},
        {"duration(\"P1Y2M\") < duration(\"P15M\")", "true"},
        {"duration(\"P1Y\") = duration(\"P365D\")", "null"},
        {"duration(\"-P1DT2H\") * 2", "-P2DT4H"},
        {"duration(\"P1D\") / duration(\"PT6H\")", "4"},
        {"years and months duration(@\"2021-03-15\", @\"2024-01-20\")",
         "P2Y10M"},
        {"@\"2024-03-01\".weekday", "5"}, /* a Friday */
        {"@\"2024-03-01T14:30:15\".minute", "30"},
        {"@\"P400D\".days", "400"},
        {"date and time(@\"2024-03-01\", @\"07:08:09.5\")",
         "2024-03-01T07:08:09.5"},
        {"date(@\"2024-03-01T14:30:15\")", "2024-03-01"},
        {"@\"2024-13-01\"", "null"},
    };
    all(rows, COUNT(rows));
}

/* An expression cannot run for ever, nor deeper than the stack. */
static void what_has_no_end_is_null(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"count(for x in 1..3000, y in 1..3000 return x)", "null"},
        {"for x in 1..99999999999 return x", "[]"},
        {"{f: function(f) f(f), r: f(f)}.r", "null"},
    };
    all(rows, COUNT(rows));
    char deep[400];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    evaluate(&(Row){deep, NULL}, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_exact_and_signs_bind_first),
        cmocka_unit_test(logic_has_three_values),
        cmocka_unit_test(the_longest_known_name_is_meant),
        cmocka_unit_test(ranges_and_tests_know_their_ends),
        cmocka_unit_test(rounding_is_by_name_position_and_scale),
        cmocka_unit_test(nulls_have_reasons),
        cmocka_unit_test(lists_and_texts_have_their_functions),
        cmocka_unit_test(dates_times_and_durations_reckon),
        cmocka_unit_test(what_has_no_end_is_null),
    };
    return RUN(tests);
}
