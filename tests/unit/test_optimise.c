/* Figures of rules chosen within a budget: known answers, every place of a
 * grid, the rules' own payments. */
#include "contracts.h"

#include "stat/setup.h"
#include "subsidy/futures.h"
#include "subsidy/optimise.h"
#include "subsidy/tried.h"

#include <stdlib.h>

enum { ROWS = 120, YEARS = 100 };

#define MATCH                                                                  \
    "match = ( { payers = ( { payer = \"city\"; } ); cite = \"x\"; } );"
#define CAP(fen)                                                               \
    "limits = ( { id = \"cap\"; scope = \"firm_year\"; award = \"city\";"      \
    " cap = \"" fen "\"; cite = \"x\"; } );"
#define RATE "scales.city.brackets.0.rate"

/* Contracts of one year, 30,000 to 3 million yuan; 41 firms. */
static Table *contracts(Case *c)
{
    static char text[ROWS][3][24];
    Contract rows[ROWS];
    uint64_t chance = 20231231;
    for (size_t i = 0; i < ROWS; i++) {
        chance = chance * UINT64_C(6364136223846793005) +
                 UINT64_C(1442695040888963407); /* Knuth's MMIX generator */
        int day = (int)(chance >> 40) % 336;
        snprintf(text[i][0], 24, "C%03zu", i);
        snprintf(text[i][1], 24, "F%d", (int)(chance >> 33) % 41);
        snprintf(text[i][2], 24, "2024-%02d-%02d", 1 + day / 28, 1 + day % 28);
        rows[i] = (Contract){
            text[i][0],
            text[i][1],
            text[i][2],
            INT64_C(300000000000) / (int64_t)(1000 + (chance >> 20) % 100000),
            "随县",
            NULL,
            "S",
            50};
    }
    return case_contracts(c, "contracts", rows, ROWS);
}

static FuturesOptions options_of(int threads)
{
    return (FuturesOptions){
        .n = YEARS, .seed = 1, .years = 1, .threads = threads, .shown = -1};
}

/* So little that hardly a contract comes or goes. */
static const Outlook faint = {.response = {1e-7, 0}};

static const Level sure = {95, 100};

static double real(const Case *c, const char *table, const char *column,
                   size_t row)
{
    const Column *x = table_find(tables_find(c->tables, table), column);
    assert_non_null(x);
    return x->d[row];
}

/* The 95% quantile of what payers are to pay under `policy`. */
static double simulated_cost(const Policy *policy, const Outlook *outlook,
                             const Policy *base)
{
    Case c = case_open();
    const FuturesOptions options = options_of(1);
    const SubsidySide side[] = {{"baseline", {"a", "a"}, NULL, base},
                                {"other", {"b", "b"}, NULL, policy}};
    c.tables = tables_new(c.arena);
    Table *t = contracts(&c);
    c.tables->texts = t->owner->texts;
    assert_int_equal(
        futures_run(c.tables, t, side, 2, outlook, &options, &c.err), OK);
    const Column *measure =
        table_find(tables_find(c.tables, "future_cost"), "measure");
    size_t row = tables_find(c.tables, "future_cost")->rows / 2;
    while (strcmp(measure->s[row], "wanted") != 0)
        row++;
    double q = real(&c, "future_cost", "q95", row);
    arena_free(c.arena);
    return q;
}

/* cost = rate x value, so that the best rate is budget / value, on the grid. */
static void one_rate_is_the_budget_over_the_value(void **state)
{
    (void)state;
    static const int64_t budgets[] = {300000000, 500000000, 777000000};
    for (size_t b = 0; b < COUNT(budgets); b++) {
        Case c = case_open();
        Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY MATCH);
        const FuturesOptions options = options_of(2);
        const Knob rate = {RATE, TYPE_RATIO, 10000000, 1000000, 990};
        const OptimisePlan plan = {.base = policy,
                                   .start = policy,
                                   .knob = &rate,
                                   .n = 1,
                                   .aim = AIM_INDUCED,
                                   .budget = budgets[b],
                                   .confidence = sure,
                                   .points = 4};
        int64_t chosen = 0;
        ErrCode rc = optimise_run(&chosen, c.tables, contracts(&c), &plan,
                                  &faint, &options, c.faults, &c.err);
        if (rc != OK)
            fail_msg("%s", c.err.text);
        double value = simulated_cost(policy, &faint, policy) / 0.2;
        int64_t best = (int64_t)((double)budgets[b] / value * 1000);
        assert_int_equal(chosen, best * 1000000);
        assert_true(real(&c, "optimise_chosen", "cost_sure", 1) <=
                    (double)budgets[b]);
        arena_free(c.arena);
    }
}

/* Value of every place of the grid, by the order of optimum_find(). */
static const Try *best_of_grid(Tried *t, int64_t budget)
{
    const Try *best = NULL;
    OptimumValue most = {0, 0};
    for (uint32_t i = 0; i <= t->plan->knob[0].last; i++)
        for (uint32_t j = 0; j <= t->plan->knob[1].last; j++) {
            const Try *it;
            const uint32_t place[] = {i, j};
            assert_int_equal(tried_at(&it, t, place, NULL), OK);
            const double gain[] = {it->of[MEASURE_INDUCED].mean,
                                   it->of[MEASURE_FIRMS].mean,
                                   -it->of[MEASURE_GINI].mean};
            const OptimumValue v = {-gain[t->plan->aim],
                                    it->sure.value - (double)budget};
            if (best == NULL || optimum_is_better(v, most)) {
                best = it;
                most = v;
            }
        }
    return best;
}

static void a_rate_and_a_cap_are_the_best_of_their_grid(void **state)
{
    (void)state;
    static const int64_t budgets[] = {260000000, 420000000, 640000000};
    static const Outlook answers = {.response = {1.2, 0.3}};
    for (size_t b = 0; b < COUNT(budgets); b++)
        for (int aim = 0; aim < OPTIMISE_AIM_COUNT; aim++) {
            Case c = case_open();
            Policy *policy =
                case_policy(&c, POLICY_FLAT STACK_CITY MATCH CAP("100万"));
            const FuturesOptions options = options_of(2);
            const Knob knobs[] = {
                {RATE, TYPE_RATIO, 50000000, 25000000, 10},
                {"limits.cap.cap", TYPE_MONEY, 2000000, 2000000, 12}};
            const OptimisePlan plan = {.base = policy,
                                       .start = policy,
                                       .knob = knobs,
                                       .n = 2,
                                       .aim = (OptimiseAim)aim,
                                       .budget = budgets[b],
                                       .confidence = sure,
                                       .points = 3};
            int64_t chosen[2];
            Tried all;
            Table *t = contracts(&c);
            ErrCode rc = optimise_run(chosen, c.tables, t, &plan, &answers,
                                      &options, c.faults, &c.err);
            if (rc != OK)
                fail_msg("%s", c.err.text);
            assert_int_equal(tried_open(&all, c.tables, t, &plan, &answers,
                                        &options, c.faults, &c.err),
                             OK);
            const Try *best = best_of_grid(&all, budgets[b]);
            for (size_t k = 0; k < 2; k++)
                assert_int_equal(chosen[k],
                                 knobs[k].low + knobs[k].step * best->place[k]);
            tried_close(&all);
            arena_free(c.arena);
        }
}

/* What is tried costs what `subsidy simulate` says. */
static void costs_are_those_of_a_simulation(void **state)
{
    (void)state;
    static const Outlook answers = {.response = {1.2, 0.3}};
    Case c = case_open();
    Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY MATCH CAP("100万"));
    Policy *other = case_policy(&c, POLICY_FLAT STACK_CITY MATCH CAP("26万"));
    const FuturesOptions options = options_of(1);
    const Knob cap = {"limits.cap.cap", TYPE_MONEY, 26000000, 1, 0};
    const OptimisePlan plan = {.base = policy,
                               .start = policy,
                               .knob = &cap,
                               .n = 1,
                               .aim = AIM_FIRMS,
                               .budget = MONEY_MAX,
                               .confidence = sure,
                               .points = 2};
    int64_t chosen;
    assert_int_equal(optimise_run(&chosen, c.tables, contracts(&c), &plan,
                                  &answers, &options, c.faults, &c.err),
                     OK);
    assert_true(real(&c, "optimise_chosen", "cost_sure", 1) ==
                simulated_cost(other, &answers, policy));
    assert_true(real(&c, "optimise_chosen", "cost_sure", 0) ==
                simulated_cost(policy, &answers, policy));
    arena_free(c.arena);
}

/* Firms paid and the Gini of a paid year, from its definition: the mean
 * difference between any two firms over twice the mean. */
static void add_year(double *firms, double *gini, const Table *paid)
{
    int64_t of[41] = {0};
    int is_there[41] = {0};
    double n = 0, sum = 0, apart = 0;
    for (size_t i = 0; i < paid->rows; i++) {
        long firm = strtol(case_word(paid, "firm_id", i) + 1, NULL, 10);
        of[firm] += case_fen(paid, "paid", i);
        is_there[firm] = 1;
    }
    for (size_t i = 0; i < 41; i++) {
        n += is_there[i];
        sum += (double)of[i];
        *firms += (of[i] > 0) / (double)YEARS;
        for (size_t j = 0; j < 41; j++)
            if (is_there[i] && is_there[j])
                apart += fabs((double)(of[i] - of[j]));
    }
    *gini += apart / (2 * n * sum) / YEARS;
}

static void firms_and_gini_are_those_of_paid_years(void **state)
{
    (void)state;
    Case c = case_open();
    double firms = 0, gini = 0, amount = 0;
    const Outlook plain = {.response = {1, 0}};
    Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY MATCH CAP("3万"));
    const SubsidySide side = {"baseline", {"a", "a"}, NULL, policy};
    const FuturesOptions options = options_of(2);
    const Knob cap = {"limits.cap.cap", TYPE_MONEY, 3000000, 1, 0};
    const OptimisePlan plan = {.base = policy,
                               .start = policy,
                               .knob = &cap,
                               .n = 1,
                               .aim = AIM_GINI,
                               .budget = MONEY_MAX,
                               .confidence = sure,
                               .points = 2};
    int64_t chosen;
    Table *t = contracts(&c);
    assert_int_equal(optimise_run(&chosen, c.tables, t, &plan, &plain, &options,
                                  c.faults, &c.err),
                     OK);
    for (uint32_t y = 0; y < YEARS; y++) {
        Table *year;
        Tables *own = tables_new(c.arena);
        own->texts = c.tables->texts;
        assert_int_equal(futures_year(&year, own, t, &side, 1, 0, y, &plain,
                                      &options, &c.err),
                         OK);
        assert_int_equal(subsidy_apply(year, policy, (Date){0}, &c.err), OK);
        add_year(&firms, &gini, year);
        for (size_t i = 0; i < year->rows; i++) {
            /* of elasticity 1, contracts that are there for the subsidy are
             * that part of them: 20%, at most 30,000 yuan */
            double value = (double)case_fen(year, "amount", i);
            amount += (value * 0.2 < 3e6 ? value * 0.2 : 3e6) / YEARS;
        }
    }
    assert_close(real(&c, "optimise_chosen", "firms", 1), firms, 1e-12);
    assert_close(real(&c, "optimise_chosen", "gini", 1), gini, 1e-8);
    assert_close(real(&c, "optimise_chosen", "induced", 1), amount, 1e-6);
    arena_free(c.arena);
}

/* A limit of the firm that nobody meets changes nothing, however many
 * contracts the stock holds of it. */
static void what_a_contract_is_paid_alone_hangs_on_no_other(void **state)
{
    (void)state;
    /* nine blocks of values */
    static const Outlook answers = {.prices = {0, 0.01},
                                    .response = {1.2, 0.3}};
    Case c = case_open();
    Policy *base = case_policy(&c, POLICY_FLAT STACK_CITY MATCH);
    Policy *capped = case_policy(&c, POLICY_FLAT STACK_CITY MATCH CAP("400万"));
    assert_true(simulated_cost(base, &answers, base) ==
                simulated_cost(capped, &answers, base));
    arena_free(c.arena);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        int64_t budget;
        const char *payer, *path;
        OptimiseAim aim;
        ErrCode code;
        const char *why;
    } wrong[] = {
        {100, NULL, RATE, AIM_FIRMS, ERR_DOMAIN, "the least found is"},
        {MONEY_MAX, "county", RATE, AIM_FIRMS, ERR_INPUT, "'county' pays"},
        {MONEY_MAX, NULL, RATE, AIM_INDUCED, ERR_INPUT, "no response"},
        {MONEY_MAX, NULL, "x", AIM_FIRMS, ERR_USAGE, "no parameter 'x'"},
        {MONEY_MAX, NULL, "scales.x", AIM_FIRMS, ERR_RULE, "fault"},
    };
    for (size_t k = 0; k < COUNT(wrong); k++) {
        Case c = case_open();
        const Outlook plain = OUTLOOK_PLAIN;
        Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY MATCH);
        const FuturesOptions options = options_of(2);
        const Knob rate = {wrong[k].path, TYPE_RATIO, 10000000, 10000000, 20};
        const OptimisePlan plan = {.base = policy,
                                   .start = policy,
                                   .knob = &rate,
                                   .n = 1,
                                   .aim = wrong[k].aim,
                                   .budget = wrong[k].budget,
                                   .confidence = sure,
                                   .payer = wrong[k].payer,
                                   .points = 2};
        int64_t chosen;
        assert_int_equal(optimise_run(&chosen, c.tables, contracts(&c), &plan,
                                      &plain, &options, c.faults, &c.err),
                         wrong[k].code);
        assert_non_null(strstr(c.err.text, wrong[k].why));
        arena_free(c.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_rate_is_the_budget_over_the_value),
        cmocka_unit_test(a_rate_and_a_cap_are_the_best_of_their_grid),
        cmocka_unit_test(costs_are_those_of_a_simulation),
        cmocka_unit_test(firms_and_gini_are_those_of_paid_years),
        cmocka_unit_test(what_a_contract_is_paid_alone_hangs_on_no_other),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    stat_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
