/* What changed between two texts of a policy: tests/rules/amended.cfg. */
#include "rules.h"

#include "policy/alike.h"
#include "policy/diff.h"

static const char *const path = "tests/rules/amended.cfg";

static Table *compare(Ruled *r, const Policy *b, const Date *from,
                      const Date *to)
{
    Table *t = NULL;
    Tables *tables = tables_new(r->arena);
    assert_non_null(tables);
    assert_int_equal(policy_diff(&t, tables, (PolicyText){r->policy, from},
                                 (PolicyText){b, to}, &r->err),
                     OK);
    return t;
}

static Date day(int y, int m, int d)
{
    return date_of((DateParts){y, m, d});
}

static const char *cell(const Table *t, const char *column, size_t row)
{
    const Column *c = table_find(t, column);
    assert_non_null(c);
    return c->s[row] == NULL ? "" : c->s[row];
}

static Policy *scenario(Ruled *r, const char *id)
{
    Policy *p = NULL;
    assert_int_equal(policy_scenario(&p, r->policy, id, r->faults, &r->err),
                     OK);
    return p;
}

/* By hand from the amendments of the file. */
static void an_amendment_is_told_article_by_article(void **state)
{
    (void)state;
    static const char *const words[] = {
        "parameter least: 10,000 → 20,000 yuan, article 5, from 2024-07-01",
        "removed condition E2: requirement related_party != true, article 3, "
        "from 2025-01-01",
        "added condition E3: requirement kind != \"service\", article 4, from "
        "2025-01-01",
        "scale award, bracket, from: 1,000,000 → 2,000,000 yuan, article 6, "
        "from 2025-01-01",
        "scale award, bracket from 2,000,000 yuan, rate: 5% → 6%, article 6, "
        "from 2025-01-01",
        "cap per claim: 500,000 → 800,000 yuan, article 8, from 2025-01-01"};
    Ruled r;
    Date from = day(2024, 1, 1), to = day(2025, 1, 1);
    assert_int_equal(ruled_file(&r, path), OK);
    Table *t = compare(&r, r.policy, &from, &to);
    assert_int_equal(t->rows, COUNT(words));
    for (size_t i = 0; i < t->rows; i++)
        assert_string_equal(cell(t, "words", i), words[i]);
    assert_string_equal(cell(t, "words_zh", 5),
                        "单笔封顶：50万元 → 80万元，article 8，自2025-01-01起");
    assert_string_equal(cell(t, "path", 5), "limits.claim-cap.cap");
    assert_string_equal(cell(t, "change", 1), "removed");
    assert_string_equal(cell(t, "change", 2), "added");
    ruled_free(&r);
}

/* A year later nothing is new; the parameter rose within the first version. */
static void days_under_one_text_differ_by_their_parameters_alone(void **state)
{
    (void)state;
    Ruled r;
    Date a = day(2024, 6, 30), b = day(2024, 7, 1), c = day(2026, 7, 1);
    Date d = day(2025, 2, 3);
    assert_int_equal(ruled_file(&r, path), OK);
    assert_int_equal(compare(&r, r.policy, &a, &b)->rows, 1);
    assert_int_equal(compare(&r, r.policy, &c, &d)->rows, 0);
    ruled_free(&r);
}

static void other_words_for_the_same_are_no_change(void **state)
{
    (void)state;
    Ruled r;
    assert_int_equal(ruled_file(&r, path), OK);
    Table *t = compare(&r, scenario(&r, "same"), NULL, NULL);
    assert_int_equal(t->rows, 0);
    ruled_free(&r);
}

static void a_scenario_cites_itself_and_has_no_day(void **state)
{
    (void)state;
    Ruled r;
    assert_int_equal(ruled_file(&r, path), OK);
    Table *t = compare(&r, scenario(&r, "floor"), NULL, NULL);
    assert_int_equal(t->rows, 2);
    assert_string_equal(cell(t, "words", 0),
                        "parameter least: 20,000 → 50,000 yuan, draft article "
                        "5, from 2024-07-01");
    assert_string_equal(cell(t, "words", 1),
                        "added floor per claim: 1,000 yuan, article 8");
    ruled_free(&r);
}

static void a_day_without_a_version_cannot_be_compared(void **state)
{
    (void)state;
    Ruled r;
    Table *t;
    Date before = day(2022, 12, 31), after = day(2023, 1, 1);
    assert_int_equal(ruled_file(&r, path), OK);
    assert_int_equal(policy_diff(&t, tables_new(r.arena),
                                 (PolicyText){r.policy, &after},
                                 (PolicyText){r.policy, &before}, &r.err),
                     ERR_RULE);
    assert_string_equal(r.err.text,
                        "no version of 'amended' is in force on 2022-12-31");
    ruled_free(&r);
}

static void values_are_alike_when_they_say_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int like;
    } pairs[] = {{"50万", "500000.00", 1},
                 {"1.5亿", "15000万", 1},
                 {"3.5%", "0.035", 1},
                 {"3.5%", "3.6%", 0},
                 {"a >= 1", "a>=1", 1},
                 {"\"a b\" = x", "\"ab\" = x", 0},
                 {"x in (1, 2)", "x in(1,2)", 1},
                 {"", "x", 0}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Doc a = {.kind = DOC_TEXT, .text = pairs[i].a},
            b = {.kind = DOC_TEXT, .text = pairs[i].b};
        assert_int_equal(alike(&a, &b), pairs[i].like);
        assert_int_equal(alike(&b, &a), pairs[i].like);
    }
    assert_true(alike(NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amendment_is_told_article_by_article),
        cmocka_unit_test(days_under_one_text_differ_by_their_parameters_alone),
        cmocka_unit_test(other_words_for_the_same_are_no_change),
        cmocka_unit_test(a_scenario_cites_itself_and_has_no_day),
        cmocka_unit_test(a_day_without_a_version_cannot_be_compared),
        cmocka_unit_test(values_are_alike_when_they_say_the_same),
    };
    return RUN(tests);
}
