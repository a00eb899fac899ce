/* Decisions and valued rights counted: totals, groups and the histogram. */
#include "tablecase.h"

#include "credit/summary.h"

#include <stdio.h>

static const Column *found(const char *table, const char *column)
{
    const Table *t = tables_find(case_tables, table);
    if (t == NULL || table_find(t, column) == NULL)
        fail_msg("no column %s in %s", column, table);
    return table_find(t, column);
}

static void what_is_asked_and_granted_is_added_up(void **state)
{
    (void)state;
    Table *t = case_table("applications", 5);
    case_words(t, "product", TYPE_CATEGORY,
               (const char *[]){"a", "b", "a", "a", "a"});
    case_words(
        t, "outcome", TYPE_CATEGORY,
        (const char *[]){"approve", "refer", "decline", "approve", NULL});
    case_whole(t, "amount", TYPE_MONEY, "fen",
               (const int64_t[]){300007, 500011, 700013, 900017, NULL_INT});
    case_whole(t, "credit_limit", TYPE_MONEY, "fen",
               (const int64_t[]){200003, 500011, 0, 800009, NULL_INT});
    case_real(t, "pd", "1",
              (const double[]){0.0125, 0.04, 0.3, (double)NAN, (double)NAN});
    assert_int_equal(summary_decisions(case_tables, t, NULL), OK);
    assert_int_equal(found("assess_summary", "applications")->i[0], 5);
    assert_int_equal(found("assess_summary", "approve")->i[0], 2);
    assert_int_equal(found("assess_summary", "amount_asked")->i[0], 2400048);
    assert_int_equal(found("assess_summary", "limit_granted")->i[0], 1000012);
    assert_close(found("assess_summary", "mean_pd")->d[0], 0.0125, 0);
    assert_int_equal(tables_find(case_tables, "assess_outcomes")->rows, 4);
}

/* 9e15 yuan are the most an amount can be: eleven of them pass 2^63 fen. */
static void sums_beyond_an_amount_are_refused(void **state)
{
    (void)state;
    enum { N = 11 };
    Err err = {0};
    int64_t most[N];
    const char *kinds[N];
    for (size_t i = 0; i < N; i++) {
        most[i] = i % 2 == 0 ? MONEY_MAX : -MONEY_MAX;
        kinds[i] = "invention";
    }
    Table *t = case_table("applications", N);
    case_whole(t, "amount", TYPE_MONEY, "fen", most);
    assert_int_equal(summary_decisions(case_tables, t, &err), ERR_DOMAIN);
    assert_string_equal(err.text,
                        "applications: the amounts of amount sum "
                        "beyond 9e15 yuan; check their unit");
    err = (Err){0};
    Table *rights = case_table("ip_rights", N);
    case_words(rights, "kind", TYPE_CATEGORY, kinds);
    case_whole(rights, "ip_value", TYPE_MONEY, "fen", most);
    case_whole(rights, "pledge_value", TYPE_MONEY, "fen", most);
    assert_int_equal(summary_values(case_tables, rights, &err), ERR_DOMAIN);
    assert_string_equal(err.text,
                        "ip_rights: the amounts of ip_value sum "
                        "beyond 9e15 yuan; check their unit");
}

/* However many products a file names, no row is counted under another's. */
static void many_products_keep_their_rows_apart(void **state)
{
    (void)state;
    enum { N = 400 };
    char name[N][16];
    const char *product[N], *outcome[N];
    for (int i = 0; i < N; i++) {
        snprintf(name[i], sizeof name[i], "p%d", i);
        product[i] = name[i];
        outcome[i] = i % 3 == 0 ? "approve" : "decline";
    }
    Table *t = case_table("applications", N);
    case_words(t, "product", TYPE_CATEGORY, product);
    case_words(t, "outcome", TYPE_CATEGORY, outcome);
    assert_int_equal(summary_decisions(case_tables, t, NULL), OK);
    assert_int_equal(found("assess_summary", "approve")->i[0], 134);
    assert_int_equal(found("assess_summary", "decline")->i[0], 266);
    const Column *of = found("assess_outcomes", "product");
    const Column *count = found("assess_outcomes", "count");
    int64_t rows = 0;
    for (size_t i = 0; i < tables_find(case_tables, "assess_outcomes")->rows;
         i++) {
        rows += count->i[i];
        if (of->s[i] != NULL)
            assert_int_equal(count->i[i], 1);
    }
    assert_int_equal(rows, N);
}

/* A span that swallows the 1 beside it: the highest score is in the last bin.
 */
static void the_highest_score_is_in_the_last_bin(void **state)
{
    (void)state;
    static const double scores[] = {0, 1e17, 2.385e16};
    Table *t = case_table("applications", COUNT(scores));
    case_real(t, "score", "point", scores);
    assert_int_equal(summary_decisions(case_tables, t, NULL), OK);
    const Column *count = found("assess_scores", "count");
    assert_int_equal(count->i[0], 1);
    assert_int_equal(count->i[4], 1);
    assert_int_equal(count->i[19], 1);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, case_set_up, case_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_asked_and_granted_is_added_up),
        TEST(sums_beyond_an_amount_are_refused),
        TEST(many_products_keep_their_rows_apart),
        TEST(the_highest_score_is_in_the_last_bin),
    };
    return RUN(tests);
}
