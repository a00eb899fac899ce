#include "contracts.h"

#include <string.h>

static Table *run(Case *c, const char *path, const Contract rows[], size_t n)
{
    Policy *policy = case_rules(c, path);
    Table *t = case_contracts(c, "contracts", rows, n);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c->err), OK);
    const SubsidySide side = {"baseline", {"现行", "baseline"}, t, policy};
    assert_int_equal(
        subsidy_compare(c->tables, &side, 1, (Date){19723}, &c->err), OK);
    return t;
}

static int64_t sum_of(const Table *t, const char *column)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->rows; i++)
        sum += case_fen(t, column, i);
    return sum;
}

static void day_text(char out[16], int year, int k)
{
    snprintf(out, 16, "%04u-%02u-%02u", (unsigned)year % 10000,
             1 + (unsigned)k % 12, 1 + (unsigned)k % 27);
}

/*
 * Published: 80 projects, 4,616,900 yuan from the city in five years, mean
 * 57,711; a fund of 10,000,000 a year; 20% of the value, 10% more in three
 * counties.  Contracts of 288,556.25 yuan on average, so that 20% of them is
 * the published sum: 40 pairs around the mean, in steps of 7,019.90.
 */
static void eighty_projects_are_paid_what_was_published(void **state)
{
    (void)state;
    enum { PROJECTS = 80, YEARS = 5, MEAN = 28855625, STEP = 701990 };
    static const char *const counties[] = {"随县", "广水", "曾都", "高新区",
                                           "大洪山"};
    Contract rows[PROJECTS];
    char text[PROJECTS][3][16];
    int64_t in_counties = 0;
    Case c = case_open();
    for (int i = 0; i < PROJECTS; i++) {
        int64_t k = i % 2 ? i / 2 + 1 : -(i / 2 + 1);
        int64_t fen = MEAN + k * STEP;
        snprintf(text[i][0], 16, "SZ%03d", i * 37 % PROJECTS);
        snprintf(text[i][1], 16, "F%d", i % 61);
        day_text(text[i][2], 2018 + i % YEARS, i);
        rows[i] = (Contract){text[i][0],          text[i][1], text[i][2], fen,
                             counties[i / 2 % 5], NULL,       NULL,       1};
        in_counties += i / 2 % 5 < 3 ? (fen + 5) / 10 : 0;
    }
    Table *t = run(&c, "rules/subsidy/suizhou/transfer.cfg", rows, PROJECTS);
    assert_int_equal(sum_of(t, "paid_city"), INT64_C(461690000));
    assert_int_equal(sum_of(t, "paid_city") / PROJECTS / 100, 57711);
    assert_int_equal(sum_of(t, "paid_county"), in_counties);
    assert_int_equal(sum_of(t, "cut_by_budget"), 0);
    const Table *b = tables_find(c.tables, "subsidy_budget");
    assert_int_equal(b->rows, YEARS);
    assert_int_equal(sum_of(b, "baseline_paid"), INT64_C(461690000));
    assert_int_equal(sum_of(b, "baseline_left"),
                     YEARS * INT64_C(1000000000) - INT64_C(461690000));
    for (size_t y = 0; y < YEARS; y++) {
        assert_int_equal(case_fen(b, "year", y), 2018 + (int)y);
        assert_int_equal(case_fen(b, "baseline_exhausted_on", y), NULL_INT);
    }
    arena_free(c.arena);
}

/* Published: 24 grants, 12,000,000 yuan in five years, 500,000 each, at most
 * five a year.  Candidates 7, 5, 6, 4, 9: the cap leaves 5, 5, 5, 4, 5. */
static void twenty_four_grants_of_half_a_million(void **state)
{
    (void)state;
    static const int candidates[] = {7, 5, 6, 4, 9};
    static const int granted[] = {5, 5, 5, 4, 5};
    enum { ROWS = 31 };
    Contract rows[ROWS];
    char text[ROWS][3][16];
    int n = 0;
    Case c = case_open();
    for (int y = 0; y < 5; y++)
        for (int k = 0; k < candidates[y]; k++, n++) {
            snprintf(text[n][0], 16, "CY%02d", n);
            snprintf(text[n][1], 16, "F%d", n);
            day_text(text[n][2], 2018 + y, k);
            rows[n] = (Contract){
                text[n][0], text[n][1],
                text[n][2], INT64_C(123456789) + n * INT64_C(7654321),
                "广水",     NULL,
                NULL,       (double)(k * 31 % 10)};
        }
    assert_int_equal(n, ROWS);
    Table *t =
        run(&c, "rules/subsidy/suizhou/industrialisation.cfg", rows, ROWS);
    assert_int_equal(sum_of(t, "paid_city"), INT64_C(1200000000));
    assert_int_equal(sum_of(t, "computed"), ROWS * INT64_C(50000000));
    for (int y = 0, i = 0; y < 5; y++) {
        int paid = 0;
        for (int k = 0; k < candidates[y]; k++, i++) {
            int64_t fen = case_fen(t, "paid", (size_t)i);
            assert_true(fen == 0 || fen == 50000000);
            assert_string_equal(case_word(t, "binding", (size_t)i),
                                fen == 0 ? "five-a-year" : "");
            paid += fen > 0;
        }
        assert_int_equal(paid, granted[y]);
    }
    arena_free(c.arena);
}

static void set_paid(Table *t, const int64_t fen[])
{
    Column *paid = case_column(t, FIELD_paid_amount);
    for (size_t i = 0; i < t->rows; i++)
        paid->i[i] = fen[i];
}

/* Sanming: 1%, 0.5%, 0.1% on a unit's sum of the year, at most 50,000: by hand
 * 100,000 earns 1,000, the next 900,000 earn 4,500, the next 500,000 500; 100
 * million earn 104,500, of which 50,000 are paid. */
static void sanming_tiers_act_on_the_units_year(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        {"C3", "U1", "2023-09-01", 1, "a", NULL, NULL, 1},
        {"C1", "U1", "2023-03-01", 1, "a", NULL, NULL, 1},
        {"C2", "U1", "2023-06-01", 1, "a", NULL, NULL, 1},
        {"C4", "U2", "2023-06-01", 1, "a", NULL, NULL, 1},
        {"C5", "U1", "2024-06-01", 1, "a", NULL, NULL, 1},
        {"C6", "U3", "2025-06-01", 1, "a", NULL, NULL, 1},
    };
    const int64_t paid[] = {50000000, 10000000, 90000000, INT64_C(10000000000),
                            10000000, 10000000};
    const int64_t want[] = {50000, 100000, 450000, 5000000, 100000, 0};
    Policy *policy =
        case_rules(&c, "rules/subsidy/sanming/transaction-2023.cfg");
    Table *t = case_contracts(&c, "contracts", rows, COUNT(rows));
    set_paid(t, paid);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c.err), OK);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(case_fen(t, "paid", i), want[i]);
    assert_int_equal(case_fen(t, "computed", 3), 10450000);
    assert_string_equal(case_word(t, "binding", 3), "unit-cap");
    assert_string_equal(case_word(t, "refusal", 5), "not-in-force");
    arena_free(c.arena);
}

/* Liaoning: at most 2,000,000.  Hubei's open bids: 1 to 5 million a project. */
static void single_awards_keep_within_their_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        int64_t amount, want;
    } rows[] = {
        {"rules/subsidy/liaoning/conversion-2024.cfg", 123456789, 123456789},
        {"rules/subsidy/liaoning/conversion-2024.cfg", 200000001, 200000000},
        {"rules/subsidy/hubei/jiebang-2019.cfg", 99999999, 0},
        {"rules/subsidy/hubei/jiebang-2019.cfg", 270833333, 270833333},
        {"rules/subsidy/hubei/jiebang-2019.cfg", 500000001, 500000000},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c = case_open();
        const Contract one[] = {
            {"C1", "F1", "2024-06-01", rows[i].amount, "a", NULL, NULL, 1}};
        Table *t = run(&c, rows[i].path, one, 1);
        assert_int_equal(case_fen(t, "paid", 0), rows[i].want);
        arena_free(c.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eighty_projects_are_paid_what_was_published),
        cmocka_unit_test(twenty_four_grants_of_half_a_million),
        cmocka_unit_test(sanming_tiers_act_on_the_units_year),
        cmocka_unit_test(single_awards_keep_within_their_bounds),
    };
    return RUN(tests);
}
