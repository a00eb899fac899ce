#include "tablecase.h"

#include "flow/answers.h"

/* What a section comes to, said with figures of its tables. */

static Label answer(const char *id, const Table *const tables[], size_t n)
{
    const PageResults results = {tables, n};
    Label out;
    assert_true(answer_of(&out, id, &results, case_arena));
    return out;
}

/* Words in both languages, as the run's glossary has them. */
static void add_words(void)
{
    Table *w = case_table("words", 3);
    case_words(w, "name", TYPE_TEXT,
               (const char *const[]){"gov_pool", "bank", "runs_dry"});
    case_words(w, "zh", TYPE_TEXT,
               (const char *const[]){"政府补偿池", "银行", "资金耗尽"});
    case_words(w, "en", TYPE_TEXT,
               (const char *const[]){"government pool", "bank", "runs dry"});
}

static void a_fund_is_told_with_its_intervals(void **state)
{
    (void)state;
    Table *now = case_table("pool_size_now", 1);
    case_words(now, "party", TYPE_CATEGORY, (const char *const[]){"gov_pool"});
    case_whole(now, "opening", TYPE_MONEY, "fen",
               (const int64_t[]){3000000000});
    case_real(now, "in_force", "fen", (const double[]){746469340000.0});
    case_real(now, "probability", "1", (const double[]){0.11421});
    case_real(now, "probability_low", "1", (const double[]){0.1123});
    case_real(now, "probability_high", "1", (const double[]){0.1162});
    case_real(now, "surplus", "fen", (const double[]){-1451730000.0});
    Table *size = case_table("pool_size", 3);
    case_real(size, "ruin", "1", (const double[]){0.05, 0.01, 0.001});
    case_real(size, "balance", "fen", (const double[]){1e9, 5384018000.0, 9e9});
    case_real(size, "balance_low", "fen",
              (const double[]){1e9, 5322670000.0, NAN});
    case_real(size, "balance_high", "fen",
              (const double[]){1e9, 5442563000.0, NAN});
    Table *fee = case_table("pool_size_fee", 1);
    case_real(fee, "rate", "1", (const double[]){0});
    case_real(fee, "fee", "1", (const double[]){0.0016042});
    const Table *const tables[] = {now, size, fee};
    Label text = answer("poolsize", tables, 3);
    assert_string_equal(
        text.en,
        "The government pool holds 30.00 million yuan for 7.465 billion yuan "
        "in force and runs dry with a chance of 11.42% (11.23% to 11.62%).  "
        "For a chance of at most 1% it needs 53.84 million yuan (53.23 to "
        "54.43).  For a chance of at most 0.1% it needs 90.00 million yuan.  "
        "Its expected surplus is -14.52 million yuan; it earns 0% of what is "
        "in force a year and would break even at 0.160%.");
    assert_string_equal(
        text.zh,
        "政府补偿池期初有 3,000.00 万元，在保余额 74.6469 "
        "亿元，规划期内耗尽的概率为 11.42%（11.23% 至 "
        "11.62%）。要使耗尽概率不超过 1%，需要 5,384.02 万元（5,322.67 "
        "至 5,442.56）。要使耗尽概率不超过 0.1%，需要 9,000.00 "
        "万元。预期盈余为 -1,451.73 万元；现行费率为每年 "
        "0%，保本费率为 0.160%。");
}

static void a_pool_is_told_party_by_party(void **state)
{
    (void)state;
    Table *summary = case_table("pool_summary", 1);
    case_whole(summary, "firms", TYPE_COUNT, "", (const int64_t[]){2});
    case_whole(summary, "loans", TYPE_COUNT, "", (const int64_t[]){3});
    case_real(summary, "outstanding", "fen", (const double[]){2e8});
    case_real(summary, "level", "1", (const double[]){0.99});
    Table *figures = case_table("pool_figures", 5);
    case_words(
        figures, "party", TYPE_CATEGORY,
        (const char *const[]){"total", "total", "total", "bank", "bank"});
    case_words(figures, "measure", TYPE_CATEGORY,
               (const char *const[]){"el", "var", "var", "el", "var"});
    case_real(figures, "level", "1",
              (const double[]){NAN, 0.95, 0.99, NAN, 0.99});
    case_real(figures, "value", "fen",
              (const double[]){1e6, 2e6, 3e6, 4e6, 5e6});
    case_real(figures, "low", "fen", (const double[]){1e6, 2e6, 2e6, NAN, 5e6});
    case_real(figures, "high", "fen",
              (const double[]){2e6, 2e6, 4e6, NAN, 6e6});
    const Table *const tables[] = {summary, figures};
    Label text = answer("pool", tables, 2);
    assert_string_equal(
        text.en,
        "2 firms owe 2.00 million yuan in 3 loans.  The expected loss is "
        "10.00 thousand yuan (10.00 to 20.00); at the level of 99% it is "
        "30.00 thousand yuan (20.00 to 40.00).  Who pays, on average and at "
        "99% of each one's own payments: bank 40.00 thousand yuan and 50.00 "
        "thousand yuan (50.00 to 60.00). ");
    assert_non_null(strstr(text.zh,
                           "（平均；自身的 99% 分位）：银行 4.00 "
                           "万元、5.00 万元（5.00 至 6.00）。"));
}

/* The worst stress by its title, the fund's chance then and as it is. */
static void a_stress_is_told_by_the_worst(void **state)
{
    (void)state;
    static const char *const names[] = {"as_is", "mild", "hard"};
    static const char *const parties[] = {"gov_pool", "gov_pool", "gov_pool"};
    Table *summary = case_table("pool_stress_summary", 3);
    case_words(summary, "stress", TYPE_CATEGORY, names);
    case_real(summary, "el", "fen", (const double[]){1e8, 2e8, 3e8});
    case_real(summary, "el_change", "fen", (const double[]){NAN, 1e8, 2e8});
    Table *ruin = case_table("pool_stress_ruin", 3);
    case_words(ruin, "party", TYPE_CATEGORY, parties);
    case_words(ruin, "stress", TYPE_CATEGORY, names);
    case_real(ruin, "value", "1", (const double[]){0.1, 0.2, 0.3});
    Table *list = case_table("pool_stress_list", 1);
    case_words(list, "stress", TYPE_CATEGORY, (const char *const[]){"hard"});
    case_words(list, "title", TYPE_TEXT, (const char *const[]){"hard times"});
    Table *reverse = case_table("pool_stress_reverse", 1);
    case_words(reverse, "shock", TYPE_CATEGORY, (const char *const[]){"lgd"});
    case_words(reverse, "party", TYPE_CATEGORY, parties);
    case_real(reverse, "level", "1", (const double[]){0.25});
    case_real(reverse, "value", "1", (const double[]){0.101});
    const Table *const tables[] = {summary, ruin, list, reverse};
    assert_string_equal(
        answer("poolstress", tables, 4).en,
        "As it is the book is expected to lose 1.00 million yuan.  The worst "
        "stress is: hard times, with an expected loss of 3.00 million yuan, "
        "which is 2.00 million yuan more.  The government pool then runs dry "
        "with a chance of 30%, not of 10%.  Once every loss given default "
        "rises by 10.1%, the government pool runs dry with a chance of 25%.");
}

static void a_broken_ratio_is_told(void **state)
{
    (void)state;
    Table *summary = case_table("pool_ratio_summary", 1);
    case_words(summary, "guarantor", TYPE_TEXT, (const char *const[]){"Us"});
    case_whole(summary, "as_of", TYPE_DATE, "day", (const int64_t[]){19783});
    case_whole(summary, "met", TYPE_COUNT, "", (const int64_t[]){1});
    case_whole(summary, "broken", TYPE_COUNT, "", (const int64_t[]){1});
    case_whole(summary, "open", TYPE_COUNT, "", (const int64_t[]){0});
    Table *t = case_table("pool_ratios", 2);
    case_words(t, "ratio", TYPE_TEXT,
               (const char *const[]){"leverage, at most", "capital, at least"});
    case_words(t, "outcome", TYPE_CATEGORY,
               (const char *const[]){"broken", "met"});
    case_words(t, "value", TYPE_TEXT, (const char *const[]){"11.00", "2"});
    case_words(t, "bound", TYPE_TEXT, (const char *const[]){"10.00", "1"});
    const Table *const tables[] = {summary, t};
    assert_string_equal(answer("poolratios", tables, 2).en,
                        "Us on 2024-03-01: 1 ratios are met, 1 broken, 0 "
                        "cannot be told.  Broken: leverage, at most 10.00; it "
                        "is 11.00.  ");
}

static void schemes_are_told_by_their_changes(void **state)
{
    (void)state;
    Table *t = case_table("pool_compare", 4);
    case_words(t, "party", TYPE_CATEGORY,
               (const char *const[]){"total", "bank", "bank", "bank"});
    case_words(t, "measure", TYPE_CATEGORY,
               (const char *const[]){"el", "el", "el", "es"});
    case_words(t, "variant", TYPE_TEXT,
               (const char *const[]){"old", "old", "new", "new"});
    case_real(t, "change", "fen", (const double[]){NAN, NAN, -1e8, 5});
    case_real(t, "change_low", "fen", (const double[]){NAN, NAN, -2e8, 5});
    case_real(t, "change_high", "fen", (const double[]){NAN, NAN, 1e7, 5});
    const Table *const tables[] = {t};
    assert_string_equal(answer("poolcompare", tables, 1).en,
                        "Changes of the expected loss against old: new, bank "
                        "-1.00 million yuan (-2.00 to 0.10).");
}

static void a_future_is_told_as_a_story(void **state)
{
    (void)state;
    Table *sum = case_table("pool_story_summary", 1);
    case_whole(sum, "scenario", TYPE_COUNT, "", (const int64_t[]){14898});
    case_whole(sum, "firms", TYPE_COUNT, "", (const int64_t[]){724});
    case_whole(sum, "loans", TYPE_COUNT, "", (const int64_t[]){766});
    case_whole(sum, "outstanding", TYPE_MONEY, "fen",
               (const int64_t[]){41651902662});
    case_whole(sum, "recovered", TYPE_MONEY, "fen",
               (const int64_t[]){12559060008});
    case_whole(sum, "loss", TYPE_MONEY, "fen", (const int64_t[]){29092842654});
    Table *losses = case_table("pool_story_losses", 2);
    case_words(losses, "party", TYPE_CATEGORY,
               (const char *const[]){"bank", "gov_pool"});
    case_whole(losses, "loss", TYPE_MONEY, "fen",
               (const int64_t[]){5419830388, 23673012266});
    Table *events = case_table("pool_story_events", 1);
    case_whole(events, "year", TYPE_COUNT, "", (const int64_t[]){3});
    case_words(events, "party", TYPE_CATEGORY,
               (const char *const[]){"gov_pool"});
    case_words(events, "event", TYPE_CATEGORY,
               (const char *const[]){"runs_dry"});
    const Table *const tables[] = {sum, losses, events};
    Label text = answer("poolstory", tables, 3);
    assert_string_equal(
        text.en,
        "In future 14,898, 724 firms with 766 loans fail, owing 416.52 "
        "million yuan; 125.59 million yuan comes back, and 290.93 million "
        "yuan is lost.  Who bears it: bank 54.20 million yuan; government "
        "pool 236.73 million yuan.  What happened: year 3, government pool "
        "runs dry.");
    assert_string_equal(
        text.zh,
        "情景 14,898：724 户企业的 766 笔贷款违约，余额 4.1652 亿元；追偿 "
        "1.2559 亿元，损失 2.9093 亿元。各方承担：银行 5,419.83 "
        "万元；政府补偿池 2.3673 亿元。第 3 年政府补偿池资金耗尽。");
    assert_null(strstr(answer("poolstory", tables, 1).en, "Who bears it"));
}

static void moves_of_grades_are_told_by_the_best_and_the_worst(void **state)
{
    (void)state;
    Table *sum = case_table("migration_summary", 1);
    case_whole(sum, "firms", TYPE_COUNT, "", (const int64_t[]){40});
    case_whole(sum, "defaults", TYPE_COUNT, "", (const int64_t[]){3});
    Table *t = case_table("migration_grades_duration", 3);
    case_words(t, "grade", TYPE_CATEGORY, (const char *const[]){"A", "B", "C"});
    case_real(t, "pd", "1", (const double[]){.01, .125, .0625});
    case_whole(t, "rises", TYPE_BOOL, "", (const int64_t[]){NULL_INT, 1, 0});
    const Table *const tables[] = {sum, t};
    assert_string_equal(answer("migration", tables, 2).en,
                        "40 firms, 3 defaults.  Chances of default within a "
                        "year, by durations: A 1%, C 6.25%.  Below the PD of "
                        "the better grade is that of C.");
    table_find(t, "rises")->i[2] = NULL_INT;
    assert_non_null(strstr(answer("migration", tables, 2).en,
                           "No grade has a PD below the better one's."));
    assert_null(answer("migration", tables, 1).en);
}

static void without_tables_nothing_is_said(void **state)
{
    (void)state;
    static const char *const ids[] = {"pool",       "poolsize",   "poolcompare",
                                      "poolstress", "poolratios", "poolstory",
                                      "value"};
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_null(answer(ids[i], NULL, 0).en);
}

static int with_words(void **state)
{
    int rc = case_set_up(state);
    if (rc == 0)
        add_words();
    return rc;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fund_is_told_with_its_intervals),
        cmocka_unit_test(a_pool_is_told_party_by_party),
        cmocka_unit_test(a_stress_is_told_by_the_worst),
        cmocka_unit_test(a_broken_ratio_is_told),
        cmocka_unit_test(a_future_is_told_as_a_story),
        cmocka_unit_test(schemes_are_told_by_their_changes),
        cmocka_unit_test(moves_of_grades_are_told_by_the_best_and_the_worst),
        cmocka_unit_test(without_tables_nothing_is_said),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, with_words,
                                       case_tear_down);
}
