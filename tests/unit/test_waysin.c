/* Which single value would turn a decline into an approval, or lift a grade. */
#include "rules.h"

#include "credit/nearest.h"

/* 30 points of "a" and 20 of "b"; 20 are asked for, 40 are grade A. */
static const char card[] =
    "policy = { id = \"c\"; kind = \"credit\"; title = { en = \"c\"; };"
    "  issuer = \"i\"; document = \"d\"; source = \"s\";"
    "  confidence = \"M-\"; };\n"
    "inputs = ( { name = \"amount\"; }, { name = \"a\"; type = \"ratio\"; },"
    "  { name = \"b\"; type = \"number\"; } );\n"
    "scorecards = ( { name = \"score\"; cite = \"c\"; attributes = (\n"
    "  { id = \"S1\"; on = \"a\"; title = { en = \"staff\"; zh = \"人员\"; };"
    "    bands = ( { from = \"10%\"; points = \"30\"; }, { from = \"5%\";"
    "    points = \"10\"; }, { otherwise = \"yes\"; points = \"0\"; } ); },\n"
    "  { id = \"S2\"; on = \"b\"; bands = ( { from = \"5\"; points = \"20\"; },"
    "    { from = \"2\"; points = \"5\"; },"
    "    { otherwise = \"yes\"; points = \"0\"; } ); } ); } );\n"
    "facts = ( { name = \"pd\"; expr = \"1 / (1 + 20 * 2 ** ((score - 20) /"
    " 10))\"; cite = \"c\"; }, { name = \"grade\"; expr = \"if score >= 40"
    " then \\\"A\\\" else \\\"B\\\"\"; cite = \"c\"; } );\n"
    "eligibility = ( { id = \"E1\"; require = \"score >= 20\";"
    "  cite = \"c\"; reason = { en = \"r\"; }; } );\n"
    "constraints = ( { name = \"credit_limit\"; cite = \"c\"; of = ("
    "  { id = \"L1\"; expr = \"amount\"; cite = \"c\"; } ); } );\n"
    "outputs = ( \"score\", \"pd\", \"grade\", \"credit_limit\" );\n"
    "recovery = { exposure = \"amount\"; discount = \"3%\"; };\n"
    "outcome = { grade = \"grade\"; };\n"
    "examples = ( { id = \"X1\"; of = ( \"E1\", \"S1\", \"S2\", \"grade\" );"
    "  on = \"2025-01-01\";"
    "  given = ( \"amount = 2.00\", \"a = 10%\", \"b = 5\" );"
    "  gives = ( \"eligible = true\", \"score = 50\" ); } );\n";

enum { MOST = 8 };

static const Date day = {20089}; /* 2025-01-01 */

/* `n` times an application with these values. */
static Table *copies(Ruled *r, size_t n, int64_t percent, double b)
{
    Tables *tables = tables_new(r->arena);
    Table *t;
    Column *amount, *ratio, *number;
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, "t", n, NULL), OK);
    assert_int_equal(table_add_field(&amount, t, FIELD_amount, NULL), OK);
    assert_int_equal(table_add(&ratio, t, "a", TYPE_RATIO, "1", NULL), OK);
    assert_int_equal(table_add(&number, t, "b", TYPE_REAL, "", NULL), OK);
    for (size_t i = 0; i < n; i++) {
        amount->i[i] = 100;
        ratio->i[i] = percent * (RATIO_ONE / 100);
        number->d[i] = b;
    }
    return t;
}

/* The steps "would help" of an application: rule, values and result. */
typedef struct {
    const char *rule, *values, *result, *text;
} Way;

static void helps(int64_t percent, double b, const Way want[], size_t n)
{
    Ruled r;
    WhatIf *found, of[MOST] = {{.value = {.slot = -1}}};
    size_t m;
    Table *trace;
    if (ruled_text(&r, "t.cfg", card) != OK)
        fail_msg("%s", r.said);
    Table *one = copies(&r, 1, percent, b);
    assert_int_equal(
        whatif_list(&found, &m, r.arena, r.policy, one, 0, day, NULL), OK);
    assert_true(m < MOST);
    if (m > 0)
        memcpy(of + 1, found, m * sizeof *of);
    assert_int_equal(
        policy_explain(&trace, one->owner, r.policy, one, 0, day, NULL), OK);
    size_t first = trace->rows;
    ErrCode rc = credit_nearest(trace, copies(&r, m + 1, percent, b), r.policy,
                                day, of, &r.err);
    if (rc != OK)
        fail_msg("%s", r.err.text);
    assert_int_equal(trace->rows, first + n);
    for (size_t i = 0; i < n; i++) {
        const Way *w = &want[i];
        const char *rule = table_find(trace, "rule")->s[first + i];
        const char *values = table_find(trace, "values")->s[first + i];
        assert_string_equal(table_find(trace, "step")->s[first + i],
                            "would help");
        assert_string_equal(table_find(trace, "result")->s[first + i],
                            w->result);
        assert_string_equal(table_find(trace, "text")->s[first + i], w->text);
        if (w->rule == NULL) {
            assert_null(rule);
        } else {
            assert_string_equal(rule, w->rule);
            assert_string_equal(values, w->values);
        }
    }
    ruled_free(&r);
}

/* From 0 points: 5% gives 10, which is too few, 10% gives 30; b of 2 gives 5,
 * of 5 gives 20, just enough. */
static void a_decline_is_told_what_would_approve_it(void **state)
{
    (void)state;
    static const Way want[] = {
        {"S1", "4% -> 10%", "approve",
         "staff from 4% to 10% would lift the score by 30 points to grade B: "
         "approve"},
        {"S2", "1 -> 5", "approve",
         "b from 1 to 5 would lift the score by 20 points to grade B: approve"},
    };
    helps(4, 1, want, COUNT(want));
}

/* From 30 points, approved with grade B: b of 2 gives 35, no other grade; of 5
 * it gives 50. */
static void an_approval_is_told_what_lifts_its_grade(void **state)
{
    (void)state;
    static const Way want[] = {
        {"S2", "1 -> 5", "approve",
         "b from 1 to 5 would lift the score by 20 points to grade A: approve"},
    };
    helps(10, 1, want, COUNT(want));
}

static void the_best_is_told_that_nothing_helps(void **state)
{
    (void)state;
    static const Way want[] = {
        {NULL, NULL, "nothing",
         "no single value of the scorecard would lift the grade or change the "
         "outcome"},
    };
    helps(12, 7, want, COUNT(want));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decline_is_told_what_would_approve_it),
        cmocka_unit_test(an_approval_is_told_what_lifts_its_grade),
        cmocka_unit_test(the_best_is_told_that_nothing_helps),
    };
    return RUN(tests);
}
