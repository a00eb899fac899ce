/* Sums of many policies are those of the rows that each of them makes. */
#include "contracts.h"
#include "subsidy/sums.h"

#include <string.h>

enum { ROWS = 700, POLICIES = 8 };

static const char rules[] = "rules/subsidy/suizhou/transfer.cfg";

/* What is laid over the file: a scenario, then a change by path. */
static const struct {
    const char *scenario;
    PolicyChange change;
} layers[POLICIES] = {
    {NULL, {NULL, NULL}},
    {NULL, {"city_fund", "500万"}},
    {NULL, {"budget.0.allocation", "pro_rata"}},
    {NULL, {"city_rate", "13.7%"}},
    {"steps", {"eligibility.value.require", "amount > 300000.00"}},
    {"tiers", {NULL, NULL}},
    {"tiers", {"limits.firm-cap.cap", "3万"}},
    {"tiers", {"limits.firm-cap.cap", "40万"}},
};

static Policy *layered(Case *c, Policy *policy, size_t k)
{
    if (layers[k].scenario != NULL)
        assert_int_equal(policy_scenario(&policy, policy, layers[k].scenario,
                                         c->faults, &c->err),
                         OK);
    if (layers[k].change.path != NULL)
        assert_int_equal(policy_changed(&policy, c->arena, policy,
                                        &layers[k].change, 1, c->faults,
                                        &c->err),
                         OK);
    return policy;
}

static uint64_t next(uint64_t *state) /* Knuth's MMIX generator */
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Contracts of three years: some of nothing, some twice, some with oneself. */
static Table *contracts(Case *c, const char *name)
{
    static const char *const counties[] = {"随县", "广水", "曾都", "高新区"};
    static char text[ROWS][4][24];
    Contract rows[ROWS];
    uint64_t chance = 20230103;
    for (size_t i = 0; i < ROWS; i++) {
        int firm = (int)(next(&chance) % 61), day = (int)(next(&chance) % 28);
        snprintf(text[i][0], 24, "C%03zu", i * 37 % ROWS);
        snprintf(text[i][1], 24, "F%d", firm);
        snprintf(text[i][2], 24, "%d-%02d-%02d",
                 2023 + (int)(next(&chance) % 3), 1 + day % 12, 1 + day);
        snprintf(text[i][3], 24, "R%d", (int)(next(&chance) % 2000));
        rows[i] = (Contract){
            text[i][0],
            text[i][1],
            text[i][2],
            (int64_t)(next(&chance) % 90000001 * (next(&chance) % 17 > 0)),
            counties[next(&chance) % 4],
            text[i][3],
            next(&chance) % 29 == 0 ? text[i][1] : "S",
            50};
    }
    return case_contracts(c, name, rows, ROWS);
}

static int64_t column_sum(const Table *t, const char *name)
{
    int64_t sum = 0;
    const Column *c = table_find(t, name);
    for (size_t i = 0; c != NULL && i < t->rows; i++)
        sum += c->i[i];
    return sum;
}

static void check_rows(Case *c, const Policy *policy, const SubsidySum *sum,
                       const Names *payers)
{
    Table *t = contracts(c, "rows");
    int64_t contracts_paid = 0, paid = 0;
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c->err), OK);
    assert_int_equal(sum->claimed, column_sum(t, "claimed"));
    assert_int_equal(sum->computed, column_sum(t, "computed"));
    assert_int_equal(sum->by_cap, column_sum(t, "cut_by_cap"));
    assert_int_equal(sum->by_rounding, column_sum(t, "cut_by_rounding"));
    assert_int_equal(sum->by_budget, column_sum(t, "cut_by_budget"));
    assert_int_equal(sum->paid, column_sum(t, "paid"));
    for (size_t p = 0; p < payers->n; p++) {
        char name[64];
        snprintf(name, sizeof name, "paid_%s", payers->name[p]);
        assert_int_equal(sum->paid_by[p], column_sum(t, name));
        paid += sum->paid_by[p];
    }
    for (size_t i = 0; i < t->rows; i++)
        contracts_paid += table_find(t, "paid")->i[i] > 0;
    assert_int_equal(sum->contracts, contracts_paid);
    assert_int_equal(sum->paid, paid);
    assert_int_equal(sum->computed, sum->by_cap + sum->by_rounding +
                                        sum->by_budget + sum->paid);
}

static void sums_are_those_of_the_rows_on_any_threads(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 7};
    Case c = case_open();
    const Policy *policies[POLICIES];
    SubsidySum sums[POLICIES], again[POLICIES];
    Names payers;
    Table *t = contracts(&c, "t");
    Policy *base = case_rules(&c, rules);
    size_t columns = t->n;
    for (size_t k = 0; k < POLICIES; k++)
        policies[k] = layered(&c, base, k);
    for (size_t i = 0; i < COUNT(threads); i++) {
        assert_int_equal(subsidy_sums(i == 0 ? sums : again, &payers, t,
                                      policies, POLICIES, (Date){19723},
                                      threads[i], &c.err),
                         OK);
        if (i > 0)
            assert_memory_equal(again, sums, sizeof sums);
    }
    assert_int_equal(t->n, columns);
    for (size_t k = 0; k < POLICIES; k++) {
        check_rows(&c, policies[k], &sums[k], &payers);
        for (size_t j = 0; j < k; j++)
            assert_memory_not_equal(&sums[k], &sums[j], sizeof *sums);
    }
    arena_free(c.arena);
}

static void only_terms_of_payment_leave_the_rules_the_same(void **state)
{
    (void)state;
    static const char *const aside[] = {"limits", "match", "budget"};
    /* city_fund stands in the budget alone; the rest changes the awards */
    static const int same[POLICIES] = {1, 1, 1, 0, 0, 0, 0, 0};
    Case c = case_open();
    Policy *base = case_rules(&c, rules);
    for (size_t k = 0; k < POLICIES; k++) {
        Policy *other = layered(&c, base, k);
        assert_int_equal(policy_same_rules(base, other, aside, COUNT(aside)),
                         same[k]);
        assert_int_equal(policy_same_rules(other, other, NULL, 0), 1);
    }
    assert_int_equal(policy_same_rules(layered(&c, base, 5),
                                       layered(&c, base, 7), aside,
                                       COUNT(aside)),
                     1);
    assert_int_equal(policy_same_rules(base, layered(&c, base, 1), NULL, 0), 0);
    arena_free(c.arena);
}

static void a_change_that_fits_nowhere_is_a_fault(void **state)
{
    (void)state;
    static const PolicyChange wrong[] = {{"limits.firm-cap.cap", "1万"},
                                         {"city_rate", "ten"},
                                         {"budget.0.amount", "-5"}};
    for (size_t k = 0; k < COUNT(wrong); k++) {
        Case c = case_open();
        Policy *base = case_rules(&c, rules), *changed = NULL;
        ErrCode rc = policy_changed(&changed, c.arena, base, &wrong[k], 1,
                                    c.faults, &c.err);
        if (rc == OK) /* terms are read when they are used */
            rc = subsidy_check(changed, c.arena, c.tables->texts, c.faults,
                               &c.err);
        assert_int_equal(rc == OK ? faults_end(c.faults, ERR_RULE, "t", NULL)
                                  : rc,
                         ERR_RULE);
        assert_true(faults_count(c.faults) > 0);
        arena_free(c.arena);
    }
}

static void a_parameter_that_is_not_there_is_named(void **state)
{
    (void)state;
    static const PolicyChange change = {"city_rat", "10%"};
    Case c = case_open();
    Policy *changed = NULL;
    assert_int_equal(policy_changed(&changed, c.arena, case_rules(&c, rules),
                                    &change, 1, c.faults, &c.err),
                     ERR_USAGE);
    assert_string_equal(c.err.text,
                        "policy 'suizhou-transfer' has no parameter "
                        "'city_rat'; did you mean 'city_rate'?");
    arena_free(c.arena);
}

static void policies_of_other_dates_are_refused(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *base = case_rules(&c, rules), *standing = NULL;
    SubsidySum sums[2];
    Names payers;
    assert_int_equal(policy_standing(&standing, base,
                                     (Date){(int32_t)case_day("2024-05-05")},
                                     &c.err),
                     OK);
    const Policy *policies[] = {base, standing};
    assert_int_equal(subsidy_sums(sums, &payers, contracts(&c, "t"), policies,
                                  2, (Date){19723}, 1, &c.err),
                     ERR_INPUT);
    assert_string_equal(c.err.text,
                        "policies 'suizhou-transfer' and 'suizhou-transfer' "
                        "go by other dates");
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_the_rows_on_any_threads),
        cmocka_unit_test(only_terms_of_payment_leave_the_rules_the_same),
        cmocka_unit_test(a_change_that_fits_nowhere_is_a_fault),
        cmocka_unit_test(a_parameter_that_is_not_there_is_named),
        cmocka_unit_test(policies_of_other_dates_are_refused),
    };
    return RUN(tests);
}
