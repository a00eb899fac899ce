/* Runs the cases of tests/rules: groups of lines between empty lines.
 *
 *   an expression            %%FAIL
 *   its inputs               an expression
 *   its value                the whole message, with the line and the caret
 *
 * Inputs are "name = value" separated by '|', or "-" for none.
 */
#include "rules.h"

enum { LINE = 1024 };

static const char head[] =
    "policy = { id = \"case\"; kind = \"eligibility\"; }; functions = (\t"
    "{ name = \"instalment\"; parameters = ( \"sum\", \"rate\", \"n\" ); "
    "expr = \"sum * rate / (1 - (1 + rate) ** -n)\"; cite = \"c\"; }, "
    "{ name = \"twice\"; parameters = ( \"v\" ); expr = \"v + v\"; "
    "cite = \"c\"; }, { name = \"four_times\"; parameters = ( \"v\" ); "
    "expr = \"twice(twice(v))\"; cite = \"c\"; }, "
    "{ name = \"young_until\"; expr = \"founded_on + "
    "duration(\\\"P8Y\\\")\"; cite = \"c\"; }, "
    "{ name = \"small\"; is = \"[20..300), 1000\"; cite = \"c\"; }, "
    "{ name = \"window\"; is = \"[date(\\\"2024-01-01\\\").."
    "date(\\\"2024-12-31\\\")]\"; cite = \"c\"; }, "
    "{ name = \"deals\"; is = \"\\\"transfer\\\", "
    "\\\"licence\\\"\"; cite = \"c\"; } );\n"
    "inputs = ( { name = \"amount\"; }, { name = \"revenue\"; },\n"
    "  { name = \"employees\"; }, { name = \"rd_staff\"; },\n"
    "  { name = \"applied_on\"; }, { name = \"founded_on\"; },\n"
    "  { name = \"titles\"; }, { name = \"past_default\"; },\n"
    "  { name = \"share\"; type = \"ratio\"; }, { name = \"x\"; type = "
    "\"number\"; },\n"
    "  { name = \"kind\"; type = \"category\"; values = ( \"transfer\", "
    "\"licence\" ); } );\n";

static void escape(char out[LINE], const char *text)
{
    size_t n = 0;
    for (; *text != '\0' && n < LINE - 2; text++) {
        if (*text == '"' || *text == '\\')
            out[n++] = '\\';
        out[n++] = *text;
    }
    out[n] = '\0';
}

static void make(char *text, size_t size, const char *expr, const char *inputs,
                 const char *value)
{
    char one[LINE], given[2 * LINE] = "";
    size_t n = 0;
    escape(one, expr);
    int at = snprintf(text, size,
                      "%sfacts = ( { name = \"y\"; cite = \"c\";\nexpr = "
                      "\"%s\"; } );\noutputs = ( \"y\" );\n",
                      head, one);
    char copy[LINE], *rest = copy;
    snprintf(copy, sizeof copy, "%s", strcmp(inputs, "-") ? inputs : "");
    while (*rest != '\0') {
        size_t part = strcspn(rest, "|");
        char end = rest[part];
        rest[part] = '\0';
        escape(one, rest);
        n += (size_t)snprintf(given + n, sizeof given - n, "%s\"%s\"",
                              n ? ", " : "", one);
        rest += part + (end != '\0');
    }
    escape(one, value);
    snprintf(text + at, size - (size_t)at,
             "examples = ( { id = \"X\"; of = ( \"y\" ); given = ( %s );\n"
             "  gives = ( \"y = %s\" ); } );\n",
             given, one);
}

static int passes(const char *expr, const char *inputs, const char *value)
{
    char text[8 * LINE];
    Ruled r;
    make(text, sizeof text, expr, inputs, value);
    int good = ruled_text(&r, "case", text) == OK;
    if (!good)
        print_error("%s\n  %s\n%s", expr, inputs, r.said);
    ruled_free(&r);
    return good;
}

/* Warnings that nothing reads an input are not what a case is about. */
static void drop_warnings(char *said)
{
    char *to = said;
    for (char *line = said; *line != '\0';) {
        char *end = strchr(line, '\n');
        size_t n = end ? (size_t)(end - line) + 1 : strlen(line);
        if (strstr(line, "nothing reads") == NULL ||
            strstr(line, "nothing reads") > line + n) {
            memmove(to, line, n);
            to += n;
        } else { /* and its source line with the caret */
            for (int i = 0; i < 2 && line[n] == ' '; i++)
                n += strcspn(line + n, "\n") + 1;
        }
        line += n;
    }
    *to = '\0';
}

static int fails(const char *expr, const char *message)
{
    char text[8 * LINE];
    Ruled r;
    make(text, sizeof text, expr, "-", "null");
    int good = ruled_text(&r, "case", text) == ERR_RULE;
    drop_warnings(r.said);
    if (!good || strcmp(r.said, message) != 0) {
        print_error("%s\nwant:\n%sgot:\n%s", expr, message, r.said);
        good = 0;
    }
    ruled_free(&r);
    return good;
}

/* One group of lines; 1 when it holds. */
static int run_group(char lines[][LINE], int n)
{
    char message[8 * LINE] = "";
    size_t used = 0;
    if (strcmp(lines[0], "%%FAIL") != 0) {
        if (n != 3)
            print_error("a group of %d lines: %s\n", n, lines[0]);
        return n == 3 && passes(lines[0], lines[1], lines[2]);
    }
    for (int i = 2; i < n; i++)
        used += (size_t)snprintf(message + used, sizeof message - used, "%s\n",
                                 lines[i]);
    return fails(lines[1], message);
}

static void run_file(const char *path)
{
    static char lines[12][LINE];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int n = 0, failed = 0, groups = 0, more = 1;
    while (more) {
        more = fgets(lines[n], LINE, f) != NULL;
        if (more)
            lines[n][strcspn(lines[n], "\n")] = '\0';
        if (more && lines[n][0] == '#')
            continue;
        if (more && lines[n][0] != '\0') {
            assert_true(++n < 12);
            continue;
        }
        if (n > 0) {
            failed += !run_group(lines, n);
            groups++;
        }
        n = 0;
    }
    fclose(f);
    assert_true(groups > 10);
    assert_int_equal(failed, 0);
}

static void expressions_give_what_the_cases_say(void **state)
{
    (void)state;
    run_file("tests/rules/expr.case");
}

static void wrong_expressions_are_told_with_a_caret(void **state)
{
    (void)state;
    run_file("tests/rules/wrong.case");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_give_what_the_cases_say),
        cmocka_unit_test(wrong_expressions_are_told_with_a_caret),
    };
    return RUN(tests);
}
