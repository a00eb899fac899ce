/* Which single value would lift a score to an aim: against a card worked out by
 * hand, over every value of its columns. */
#include "rules.h"

#include "credit/lift.h"

#include <stdlib.h>

/* 100.5 and up to 30.2 of "a", 20 of "b", 7.1 of "c"; points are tenths. */
static const char card[] =
    "policy = { id = \"c\"; kind = \"eligibility\"; title = { en = \"c\"; };"
    "  issuer = \"i\"; document = \"d\"; source = \"s\";"
    "  confidence = \"M-\"; };\n"
    "inputs = ( { name = \"a\"; type = \"ratio\"; },"
    "  { name = \"b\"; type = \"number\"; }, { name = \"c\"; type = \"text\"; }"
    " );\n"
    "scorecards = ( { name = \"score\"; base = \"100.5\"; cite = \"c\";"
    "  attributes = (\n"
    "  { id = \"S1\"; on = \"a\"; title = { en = \"staff\"; zh = \"人员\"; };"
    "    bands = ( { from = \"10%\"; points = \"30.2\"; }, { from = \"8%\";"
    "    points = \"5\"; }, { from = \"5%\"; points = \"10.1\"; },"
    "    { otherwise = \"yes\"; points = \"0\"; } ); },\n"
    "  { id = \"S2\"; on = \"b\"; bands = ( { from = \"5\"; points = \"0\"; },"
    "    { from = \"2\"; points = \"12\"; },"
    "    { otherwise = \"yes\"; points = \"20\"; } ); },\n"
    "  { id = \"S3\"; on = \"c\"; bands = ( { is = ( \"x\" );"
    "    points = \"7.1\"; }, { is = ( \"y\" ); points = \"3\"; },"
    "    { otherwise = \"yes\"; points = \"0\"; } ); } ); } );\n"
    "facts = ( { name = \"grade\"; expr = \"if score >= 130 then \\\"AA\\\""
    " else \\\"B\\\"\"; cite = \"c\"; } );\n"
    "outputs = ( \"score\", \"grade\" );\n"
    "examples = ( { id = \"X1\"; of = ( \"S1\", \"S2\", \"S3\", \"grade\" );"
    "  on = \"2025-01-01\";"
    "  given = ( \"a = 10%\", \"b = 1\", \"c = \\\"x\\\"\" );"
    "  gives = ( \"score = 157.8\" ); } );\n";

enum { MOST = 16, PERCENTS = 13, COUNTS = 8, WORDS = 3 };

static const char *const words[WORDS] = {"x", "y", "z"};
static const Date day = {20089}; /* 2025-01-01 */

typedef struct {
    int a, b, c; /* percents, number, word */
} Case;

/* Tenths of points and the band, from the worst of its end of the values. */
static int points_a(int a)
{
    return a >= 10 ? 302 : a >= 8 ? 50 : a >= 5 ? 101 : 0;
}

static int points_b(int b)
{
    return b >= 5 ? 0 : b >= 2 ? 120 : 200;
}

static int points_c(int c)
{
    return c == 0 ? 71 : c == 1 ? 30 : 0;
}

static int tenths(Case x)
{
    return 1005 + points_a(x.a) + points_b(x.b) + points_c(x.c);
}

/* `n` times a case. */
static Table *copies(Ruled *r, size_t n, Case x)
{
    Tables *tables = tables_new(r->arena);
    Table *t;
    Column *a, *b, *c;
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, "t", n, NULL), OK);
    assert_int_equal(table_add(&a, t, "a", TYPE_RATIO, "1", NULL), OK);
    assert_int_equal(table_add(&b, t, "b", TYPE_REAL, "", NULL), OK);
    assert_int_equal(table_add(&c, t, "c", TYPE_CATEGORY, "", NULL), OK);
    for (size_t i = 0; i < n; i++) {
        a->i[i] = x.a * (RATIO_ONE / 100);
        b->d[i] = x.b;
        c->s[i] = texts_put(r->texts, words[x.c], 1);
    }
    return t;
}

/* What is found of one case; `several` [m] where no change alone is enough. */
typedef struct {
    WhatIf of[MOST];
    Lift lifts[MOST];
    const WhatIf *several[LIFT_TOGETHER];
    size_t n, m;
} Told;

static void tell(Told *t, Ruled *r, Case x, double aim)
{
    WhatIf *found;
    size_t n;
    Table *one = copies(r, 1, x);
    assert_int_equal(
        whatif_list(&found, &n, r->arena, r->policy, one, 0, day, NULL), OK);
    assert_true(n < MOST);
    t->of[0] = (WhatIf){.value = {.slot = -1}};
    if (n > 0)
        memcpy(t->of + 1, found, n * sizeof *t->of);
    Table *variants = copies(r, n + 1, x);
    assert_int_equal(whatif_apply(variants, r->policy, day, t->of, NULL), OK);
    t->n = lift_find(t->lifts, variants, "score", 0, t->of, n, aim);
    t->m = lift_together(t->several, t->lifts, t->n, variants, "score", 0,
                         t->of, n, aim);
}

/* The case with the change in its place. */
static Case changed(Case x, const WhatIf *c)
{
    if (strcmp(c->id, "S1") == 0) {
        x.a = (int)strtol(c->to, NULL, 10) - c->is_below;
    } else if (strcmp(c->id, "S2") == 0) {
        x.b = (int)strtol(c->to, NULL, 10) - c->is_below;
    } else {
        x.c = c->to[0] - 'x';
    }
    return x;
}

/* Most tenths by a change of one column alone. */
static int most_by(Case x, const char *id)
{
    int most = tenths(x);
    for (int v = 0; v < PERCENTS; v++) {
        Case y = x;
        if (strcmp(id, "S1") == 0)
            y.a = v;
        else if (strcmp(id, "S2") == 0 && v < COUNTS)
            y.b = v;
        else if (strcmp(id, "S3") == 0 && v < WORDS)
            y.c = v;
        most = tenths(y) > most ? tenths(y) : most;
    }
    return most;
}

/* The fewest columns of which some values reach the aim; 4: none do. */
static int fewest(Case x, int aim)
{
    int best = 4;
    for (int a = 0; a < PERCENTS; a++)
        for (int b = 0; b < COUNTS; b++)
            for (int c = 0; c < WORDS; c++) {
                int n = (a != x.a) + (b != x.b) + (c != x.c);
                best = n < best && tenths((Case){a, b, c}) >= aim ? n : best;
            }
    return best;
}

/* Judged at once, the changes have the sum of points, and none is one too many.
 */
static void check_several(Ruled *r, const Told *t, Case x, int aim)
{
    WhatIf all[1 + LIFT_TOGETHER] = {{.value = {.slot = -1}}};
    Case then = x;
    for (size_t i = 0; i < t->m; i++) {
        Case without = x;
        for (size_t k = 0; k < t->m; k++)
            if (k != i)
                without = changed(without, t->several[k]);
        assert_true(tenths(without) < aim);
        then = changed(then, t->several[i]);
        all[1 + i] = *t->several[i];
        all[1 + i].also = i + 1 < t->m ? &all[2 + i] : NULL;
    }
    assert_true(tenths(then) >= aim);
    Table *variants = copies(r, 2, x);
    assert_int_equal(whatif_apply(variants, r->policy, day, all, NULL), OK);
    assert_close(table_find(variants, "score")->d[1], tenths(then) / 10.,
                 1e-15);
}

/* Of each row of the card: told once or not at all, and as the sum of points
 * has it, enough whenever some value of its column is. */
static void check_case(Ruled *r, Case x, int aim)
{
    static const char *const ids[] = {"S1", "S2", "S3"};
    Told t;
    tell(&t, r, x, aim / 10.);
    const Lift *lifts = t.lifts;
    size_t n = t.n, told = 0;
    for (size_t i = 0; i < n; i++) {
        int then = tenths(changed(x, lifts[i].change));
        assert_close(lifts[i].score, then / 10., 1e-15);
        assert_close(lifts[i].points, (then - tenths(x)) / 10., 1e-12);
        assert_int_equal(lifts[i].is_enough, then >= aim);
        assert_string_equal(lifts[i].grade, then >= 1300 ? "AA" : "B");
        assert_true(i == 0 || lifts[i - 1].is_enough >= lifts[i].is_enough);
    }
    for (size_t k = 0; k < COUNT(ids); k++) {
        int most = most_by(x, ids[k]), found = 0;
        for (size_t i = 0; i < n; i++)
            if (strcmp(lifts[i].change->id, ids[k]) == 0) {
                found++;
                assert_int_equal(lifts[i].is_enough, most >= aim);
                assert_true(lifts[i].is_enough ||
                            lifts[i].score > most / 10. - 1e-9);
            }
        assert_int_equal(found, most > tenths(x));
        told += (size_t)found;
    }
    assert_int_equal(n, told);
    if (n > 0 && !lifts[0].is_enough) {
        int least = fewest(x, aim);
        assert_int_equal(t.m, least > 3 ? 0 : least);
        if (t.m > 0)
            check_several(r, &t, x, aim);
    }
}

static void every_change_is_the_sum_of_points(void **state)
{
    (void)state;
    static const int aims[] = {1100, 1206, 1300, 1500, 1547, 9999};
    Ruled r;
    if (ruled_text(&r, "t.cfg", card) != OK)
        fail_msg("%s", r.said);
    for (size_t k = 0; k < COUNT(aims); k++)
        for (int a = 0; a < PERCENTS; a++)
            for (int b = 0; b < COUNTS; b++)
                for (int c = 0; c < WORDS; c++)
                    if (tenths((Case){a, b, c}) < aims[k])
                        check_case(&r, (Case){a, b, c}, aims[k]);
    ruled_free(&r);
}

/* 8% earns less than 5% does: the way from 6% leads past it. */
static void changes_are_told_in_words(void **state)
{
    (void)state;
    static const char *const want[] = {
        "staff from 6% to 10% would lift the score by 20.1 points to 130.7, "
        "grade AA",
        "b from 7 to below 2 would lift the score by 20 points to 130.6, grade "
        "AA",
        "c from z to x would lift the score by 7.1 points to 117.7, grade B, "
        "still below 130"};
    Ruled r;
    Told t;
    if (ruled_text(&r, "t.cfg", card) != OK)
        fail_msg("%s", r.said);
    Story story = {.arena = r.arena};
    tell(&t, &r, (Case){6, 7, 2}, 130);
    assert_int_equal(t.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(lift_say(&story, &t.lifts[i], 130).en, want[i]);
    assert_string_equal(lift_say(&story, &t.lifts[0], 130).zh,
                        "人员由6%变为10%，得分可提高20.1分至130.7分，等级为AA");
    tell(&t, &r, (Case){6, 7, 2}, 140); /* 12 points of b are enough then */
    assert_int_equal(t.m, 2);
    WhatIf both[2] = {*t.several[0], *t.several[1]};
    both[0].also = &both[1];
    Lift l = {both, 32.1, 142.7, (double)NAN, "AA", 1, 0};
    assert_string_equal(lift_say(&story, &l, 140).en,
                        "staff from 6% to 10% and b from 7 to below 5 together "
                        "would lift the score by 32.1 points to 142.7, grade "
                        "AA");
    assert_string_equal(lift_say(&story, &l, 140).zh,
                        "人员由6%变为10%、b由7变为5以下，得分合计可提高32.1分至"
                        "142.7分，等级为AA");
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_is_the_sum_of_points),
        cmocka_unit_test(changes_are_told_in_words),
    };
    return RUN(tests);
}
