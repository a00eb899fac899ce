/* Scorecards: the parts add up to the score, and reason codes in bulk are the
 * reasons that are read out row by row. */
#include "rules.h"

#include "stat/rng.h"

#include <stdlib.h>

enum { ROWS = 2500, SOME = 150 };

/* Two ways, words, a flag, a hole without a band, points in halves and below
 * zero, ties, and `more` for an attribute of the caller's. */
#define CARD(more)                                                             \
    "policy = { id = \"t\"; kind = \"eligibility\"; };\n"                      \
    "inputs = ( { name = \"a\"; type = \"real\"; },"                           \
    " { name = \"b\"; type = \"ratio\"; }, { name = \"c\"; type = "            \
    "\"category\"; }, { name = \"d\"; type = \"boolean\"; } );\n"              \
    "facts = ( { name = \"f\"; expr = \"a / 3\"; cite = \"c\"; } );\n"         \
    "scorecards = ( { name = \"score\"; base = \"7.5\"; cite = \"c\";"         \
    " attributes = (\n"                                                        \
    "{ id = \"A\"; on = \"f\"; bands = ( { from = \"0.4\"; points = \"20\"; "  \
    "}, { from = \"0.2\"; points = \"12.5\"; }, { otherwise = \"yes\"; "       \
    "points = \"-3\"; }, { missing = \"yes\"; points = \"5\"; } ); },\n"       \
    "{ id = \"B\"; best_of = ( { on = \"b\"; bands = ( { from = \"50%\"; "     \
    "points = \"20\"; }, { from = \"10%\"; points = \"8\"; } ); }, { on = "    \
    "\"a\"; bands = ( { from = \"1\"; points = \"12.5\"; }, { missing = "      \
    "\"yes\"; points = \"0\"; }, { otherwise = \"yes\"; points = \"1\"; } "    \
    "); } ); },\n"                                                             \
    "{ id = \"C\"; on = \"c\"; choices = ( { is = \"red\"; points = \"9\"; "   \
    "}, { is = \"blue\"; points = \"4\"; }, { otherwise = \"yes\"; points = "  \
    "\"0\"; }, { missing = \"yes\"; points = \"0\"; } ); },\n"                 \
    "{ id = \"D\"; on = \"d\"; choices = ( { is = \"true\"; points = \"0\"; "  \
    "}, { is = \"false\"; points = \"9\"; }, { missing = \"yes\"; points = "   \
    "\"2\"; } ); },\n"                                                         \
    "{ id = \"E\"; on = \"b\"; bands = ( { from = \"30%\"; points = \"9\"; "   \
    "}, { otherwise = \"yes\"; points = \"0\"; }, { missing = \"yes\"; "       \
    "points = \"1\"; } ); }" more                                              \
    " ); } );\noutputs = ( \"score\" );\n"                                     \
    "examples = ( { id = \"X\"; of = ( \"score\" ); on = \"2025-01-01\"; "     \
    "given = ( ); gives = ( \"eligible = true\" ); } );\n"

static int64_t draw(uint64_t row, uint32_t what, int64_t n)
{
    static const uint32_t key[2] = {11, 0};
    RngBlock b = rng_philox((RngBlock){{(uint32_t)row, what, 0, 0}}, key);
    return (int64_t)(rng_open01(b.v[0]) * (double)n);
}

/* Rows on breaks, between them, and without values. */
static Table *rows_of(Ruled *r)
{
    static const char *const words[] = {"red", "blue", "green", NULL};
    Tables *tables = tables_new(r->arena);
    Table *t;
    Column *c[4];
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, "t", ROWS, NULL), OK);
    assert_int_equal(table_add(&c[0], t, "a", TYPE_REAL, "", NULL), OK);
    assert_int_equal(table_add(&c[1], t, "b", TYPE_RATIO, "1", NULL), OK);
    assert_int_equal(table_add(&c[2], t, "c", TYPE_CATEGORY, "", NULL), OK);
    assert_int_equal(table_add(&c[3], t, "d", TYPE_BOOL, "", NULL), OK);
    for (uint64_t i = 0; i < ROWS; i++) {
        const char *word = words[draw(i, 2, 4)];
        c[0]->d[i] =
            draw(i, 4, 9) == 0 ? (double)NAN : (double)draw(i, 0, 16) / 10;
        c[1]->i[i] =
            draw(i, 5, 9) == 0 ? NULL_INT : draw(i, 1, 20) * (RATIO_ONE / 20);
        c[2]->s[i] = word ? texts_put(r->texts, word, strlen(word)) : NULL;
        c[3]->i[i] = draw(i, 3, 3) == 2 ? NULL_INT : draw(i, 3, 3);
    }
    return t;
}

static const char *code_at(const Table *t, int k, size_t row)
{
    char name[16];
    snprintf(name, sizeof name, "reason_%d", k);
    return table_find(t, name)->s[row];
}

static int same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void reason_codes_are_the_first_reasons(void **state)
{
    (void)state;
    Ruled r;
    if (ruled_text(&r, "card", CARD("")) != OK)
        fail_msg("%s", r.said);
    Table *one = rows_of(&r), *bulk = rows_of(&r);
    assert_int_equal(policy_apply(one, r.policy, (Date){20000}, NULL), OK);
    assert_int_equal(policy_scores(bulk, r.policy, (Date){20000}, NULL), OK);
    for (size_t i = 0; i < ROWS; i++) {
        const char *list = table_find(one, "reasons")->s[i];
        assert_true(same_real(table_find(one, "score")->d[i],
                              table_find(bulk, "score")->d[i]));
        for (int k = 1; k <= POLICY_REASONS; k++) {
            const char *code = code_at(bulk, k, i);
            size_t n = list == NULL ? 0 : strcspn(list, ";");
            if (n == 0) {
                assert_null(code);
                continue;
            }
            assert_int_equal(strlen(code), n);
            assert_memory_equal(code, list, n);
            list += n + (list[n] == ';');
        }
    }
    ruled_free(&r);
}

/* What the explanation says was earned: of several ways of one attribute, which
 * follow each other, the most. */
static double told_points(const Table *trace)
{
    const char *const *step = table_find(trace, "step")->s;
    const char *const *rule = table_find(trace, "rule")->s;
    const char *const *result = table_find(trace, "result")->s;
    double sum = 7.5, best = (double)NAN;
    for (size_t i = 0; i < trace->rows; i++) {
        if (strcmp(step[i], "points") != 0)
            continue;
        double x = strncmp(result[i], "null", 4) == 0 ? (double)NAN
                                                      : strtod(result[i], NULL);
        int goes_on = i > 0 && strcmp(step[i - 1], "points") == 0 &&
                      strcmp(rule[i - 1], rule[i]) == 0;
        if (!goes_on && i > 0 && strcmp(step[i - 1], "points") == 0)
            sum += best;
        best = goes_on ? fmax(best, x) : x;
    }
    return sum + best;
}

static void points_add_up_to_the_score(void **state)
{
    (void)state;
    Ruled r;
    if (ruled_text(&r, "card", CARD("")) != OK)
        fail_msg("%s", r.said);
    Table *t = rows_of(&r), *trace;
    assert_int_equal(policy_apply(t, r.policy, (Date){20000}, NULL), OK);
    for (size_t i = 0; i < SOME; i++) {
        Tables *own = tables_new(r.arena);
        own->texts = r.texts;
        assert_int_equal(
            policy_explain(&trace, own, r.policy, t, i, (Date){20000}, NULL),
            OK);
        assert_true(
            same_real(told_points(trace), table_find(t, "score")->d[i]));
    }
    ruled_free(&r);
}

/* An attribute whose points are no fractions takes the other way of adding up;
 * it gives every row 2, so scores differ by that. */
static void points_without_a_common_part_add_up_alike(void **state)
{
    (void)state;
    Ruled r, q;
    static const char odd[] = CARD(
        ", { id = \"F\"; on = \"c\"; bands = ( { missing = \"yes\"; "
        "points = \"exp(log(2))\"; }, { otherwise = \"yes\"; points = "
        "\"exp(log(2))\"; } ); }");
    if (ruled_text(&r, "card", CARD("")) != OK)
        fail_msg("%s", r.said);
    if (ruled_text(&q, "odd", odd) != OK)
        fail_msg("%s", q.said);
    Table *t = rows_of(&r), *u = rows_of(&q);
    assert_int_equal(policy_scores(t, r.policy, (Date){20000}, NULL), OK);
    assert_int_equal(policy_scores(u, q.policy, (Date){20000}, NULL), OK);
    for (size_t i = 0; i < ROWS; i++) {
        double want = table_find(t, "score")->d[i] + 2;
        double got = table_find(u, "score")->d[i];
        assert_true(isnan(want) ? isnan(got) : fabs(got - want) < 1e-12);
        for (int k = 1; k <= POLICY_REASONS; k++) {
            const char *a = code_at(t, k, i), *b = code_at(u, k, i);
            assert_true(a == NULL ? b == NULL : strcmp(a, b) == 0);
        }
    }
    ruled_free(&r);
    ruled_free(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reason_codes_are_the_first_reasons),
        cmocka_unit_test(points_add_up_to_the_score),
        cmocka_unit_test(points_without_a_common_part_add_up_alike),
    };
    return RUN(tests);
}
