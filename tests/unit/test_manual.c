/* The blocks of rules/README.md hold: what it gives as a rule file loads,
 * expressions have the values it says, and what it calls refused is refused
 * with that word in the message. */
#include "rules.h"

#include "subsidy/subsidy.h"

#include <stdlib.h>

enum { TEXT = 1 << 15 };

static const char *manual(void)
{
    static char text[TEXT];
    FILE *f = fopen("rules/README.md", "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

/* The block that begins with "```NAME". */
static void block(char out[TEXT], const char *name)
{
    char start[32];
    snprintf(start, sizeof start, "\n```%s\n", name);
    const char *from = strstr(manual(), start);
    assert_non_null(from);
    from += strlen(start);
    const char *to = strstr(from, "\n```");
    assert_non_null(to);
    snprintf(out, TEXT, "%.*s\n", (int)(to - from), from);
}

/* "EXPRESSION => VALUE" in two; 0 at the end of the block. */
static int next_line(char expr[256], char value[256], const char **at)
{
    const char *end = strchr(*at, '\n'), *arrow = strstr(*at, "=> ");
    if (end == NULL || end == *at)
        return 0;
    assert_non_null(arrow);
    assert_true(arrow < end);
    size_t n = (size_t)(arrow - *at);
    while (n > 0 && (*at)[n - 1] == ' ')
        n--;
    snprintf(expr, 256, "%.*s", (int)n, *at);
    snprintf(value, 256, "%.*s", (int)(end - arrow - 3), arrow + 3);
    *at = end + 1;
    return 1;
}

/* As it stands between quotes in a rule file. */
static const char *quoted(char out[512], const char *text)
{
    size_t n = 0;
    for (; *text != '\0' && n < 500; text++) {
        if (*text == '"')
            out[n++] = '\\';
        out[n++] = *text;
    }
    out[n] = '\0';
    return out;
}

/* A policy with these facts, the last of which is "v" and has that value. */
static ErrCode load_facts(Ruled *r, const char *facts, const char *value)
{
    char text[4096], b[512];
    snprintf(text, sizeof text,
             "policy = { id = \"m\"; kind = \"eligibility\"; };\n"
             "inputs = ( { name = \"amount\"; min = \"0\"; } );\n"
             "facts = ( %s );\n"
             "eligibility = ( { id = \"E\"; cite = \"c\";\n"
             "  require = \"amount > 1.00\";\n"
             "  reason = { en = \"none\"; zh = \"none\"; }; } );\n"
             "outputs = ( \"v\" );\n"
             "examples = ( { id = \"X\"; of = ( \"v\", \"E\" );\n"
             "  given = ( \"amount = 5.00\" ); gives = ( \"v = %s\" ); } );\n",
             facts, quoted(b, value));
    return ruled_text(r, "manual", text);
}

static const char *fact(char out[640], const char *name, const char *expr)
{
    char quotes[512];
    snprintf(out, 640, "{ name = \"%s\"; cite = \"c\"; expr = \"%s\"; }", name,
             quoted(quotes, expr));
    return out;
}

/* A policy whose one fact is the expression, and has that value. */
static ErrCode load(Ruled *r, const char *expr, const char *value)
{
    char one[640];
    return load_facts(r, fact(one, "v", expr), value);
}

static void its_rule_file_loads_without_a_word(void **state)
{
    (void)state;
    char text[TEXT];
    Ruled r;
    block(text, "rules");
    ErrCode rc = ruled_text(&r, "whole", text);
    if (rc == OK)
        rc = subsidy_check(r.policy, r.arena, r.texts, r.faults, &r.err);
    ruled_say(&r);
    assert_string_equal(r.said, "");
    assert_int_equal(rc, OK);
    assert_int_equal(policy_examples(r.policy), 1);
    ruled_free(&r);
}

static void its_expressions_have_the_values_it_says(void **state)
{
    (void)state;
    char text[TEXT], expr[256], value[256];
    const char *at = text;
    size_t lines = 0, wrong = 0;
    block(text, "values");
    for (; next_line(expr, value, &at); lines++) {
        Ruled r;
        if (load(&r, expr, value) != OK) {
            print_error("%s => %s: %s", expr, value, r.said);
            wrong++;
        }
        ruled_free(&r);
        assert_int_equal(load(&r, expr, "4711"), ERR_RULE); /* it does look */
        ruled_free(&r);
    }
    assert_true(lines >= 15);
    assert_int_equal(wrong, 0);
}

/* All of them in one file: none hides another. */
static void what_it_calls_refused_is_refused_in_one_pass(void **state)
{
    (void)state;
    char text[TEXT], expr[256], said[256], facts[4096] = "", one[640], name[16];
    const char *at = text;
    size_t lines = 0, wrong = 0, used = 0;
    Ruled r;
    block(text, "refused");
    for (; next_line(expr, said, &at); lines++) {
        snprintf(name, sizeof name, "v%zu", lines);
        used += (size_t)snprintf(facts + used, sizeof facts - used, "%s,\n",
                                 fact(one, name, expr));
    }
    assert_true(lines >= 6);
    snprintf(facts + used, sizeof facts - used, "%s", fact(one, "v", "1"));
    assert_int_equal(load_facts(&r, facts, "1"), ERR_RULE);
    at = text;
    for (size_t line = 3; next_line(expr, said, &at); line++) {
        char place[32];
        snprintf(place, sizeof place, "manual:%zu:", line);
        if (strstr(r.said, said) == NULL || strstr(r.said, place) == NULL) {
            print_error("%s => %s\n", expr, said);
            wrong++;
        }
    }
    if (wrong > 0)
        print_error("%s", r.said);
    assert_int_equal(wrong, 0);
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_rule_file_loads_without_a_word),
        cmocka_unit_test(its_expressions_have_the_values_it_says),
        cmocka_unit_test(what_it_calls_refused_is_refused_in_one_pass),
    };
    return RUN(tests);
}
