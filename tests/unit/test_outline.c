#include "tablecase.h"

#include "flow/outline.h"

/* The figures that stand first on a report, as picked from tables. */

/* The interval is that of the row that is picked: of a fund over the whole
 * horizon, not the sum of its years' ends. */
static void estimates_bring_their_intervals(void **state)
{
    (void)state;
    Table *pool = case_table("pool_summary", 1), *out;
    case_whole(pool, "el", TYPE_MONEY, "fen", (const int64_t[]){1173});
    case_whole(pool, "el_low", TYPE_MONEY, "fen", (const int64_t[]){1168});
    case_whole(pool, "el_high", TYPE_MONEY, "fen", (const int64_t[]){1179});
    case_whole(pool, "var", TYPE_MONEY, "fen", (const int64_t[]){3659});
    case_whole(pool, "var_low", TYPE_MONEY, "fen", (const int64_t[]){3604});
    case_whole(pool, "var_high", TYPE_MONEY, "fen",
               (const int64_t[]){NULL_INT});
    Table *years = case_table("pool_ruin", 2);
    case_real(years, "probability", "1", (const double[]){0.07, 0.0442});
    Table *ruin = case_table("pool_ruin_time", 2);
    case_real(ruin, "probability", "1", (const double[]){0.1142, 0.5});
    case_real(ruin, "low", "1", (const double[]){0.1123, 0.4});
    case_real(ruin, "high", "1", (const double[]){0.1162, 0.6});
    const Table *const all[] = {pool, years, ruin};
    assert_int_equal(outline_table(&out, case_tables, all, 3, NULL), OK);
    static const char *const names[] = {"pool_expected_loss",
                                        "pool_expected_loss_low",
                                        "pool_expected_loss_high",
                                        "pool_var",
                                        "pool_var_low",
                                        "pool_var_high",
                                        "ruin",
                                        "ruin_low",
                                        "ruin_high"};
    assert_int_equal(out->n, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(out->columns[i]->name, names[i]);
    static const int64_t money[] = {1173, 1168, 1179, 3659, 3604, NULL_INT};
    for (size_t i = 0; i < COUNT(money); i++)
        assert_int_equal(out->columns[i]->i[0], money[i]);
    static const double chance[] = {0.1142, 0.1123, 0.1162};
    for (size_t i = 0; i < COUNT(chance); i++)
        assert_true(out->columns[6 + i]->d[0] == chance[i]);
}

/* What was counted or reckoned has none; without a table there is nothing. */
static void counts_stand_alone(void **state)
{
    (void)state;
    Table *assess = case_table("assess_summary", 1), *out;
    case_whole(assess, "applications", TYPE_COUNT, "", (const int64_t[]){500});
    case_whole(assess, "approve", TYPE_COUNT, "", (const int64_t[]){321});
    Table *ruin = case_table("pool_ruin_time", 0); /* no fund */
    case_real(ruin, "probability", "1", (const double[]){0});
    const Table *const all[] = {assess, ruin};
    assert_int_equal(outline_table(&out, case_tables, all, 2, NULL), OK);
    assert_int_equal(out->n, 2);
    assert_string_equal(out->columns[1]->name, "approved");
    assert_int_equal(out->columns[1]->i[0], 321);
    assert_int_equal(outline_table(&out, case_tables, NULL, 0, NULL), OK);
    assert_null(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(estimates_bring_their_intervals,
                                        case_set_up, case_tear_down),
        cmocka_unit_test_setup_teardown(counts_stand_alone, case_set_up,
                                        case_tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
