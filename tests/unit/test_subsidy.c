#include "contracts.h"

#include <string.h>

static const char *const fund[] = {"fund"};

/* Apply a policy text to rows; the tables live in the case. */
static Table *apply(Case *c, const char *name, const char *text,
                    const Contract rows[], size_t n)
{
    Policy *policy = case_policy(c, text);
    Table *t = case_contracts(c, name, rows, n);
    ErrCode rc = subsidy_apply(t, policy, (Date){19723}, &c->err);
    if (rc != OK)
        print_error("%s\n", c->err.text);
    assert_int_equal(rc, OK);
    return t;
}

#define ROW(id, firm, day, yuan)                                               \
    {                                                                          \
        id, firm, day, INT64_C(100) * (yuan), "随县", NULL, NULL, 1            \
    }

static void a_claim_is_paid_by_its_scale(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        {"C1", "F1", "2024-03-01", 28855537, "高新区", "R1", "S1", 1},
    };
    Table *t = apply(&c, "t", POLICY_FLAT STACK_CITY, rows, 1);
    assert_int_equal(case_fen(t, "claimed", 0), 28855537);
    assert_int_equal(case_fen(t, "computed", 0), 5771107); /* 5,771,107.4 */
    assert_int_equal(case_fen(t, "paid_fund", 0), 5771107);
    assert_string_equal(case_word(t, "refusal", 0), "");
    assert_string_equal(case_word(t, "binding", 0), "");
    assert_parts(t, fund, 1);
    arena_free(c.arena);
}

static void refusals_say_why(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        {"C1", "F1", "2024-03-02", 100000, "a", "R1", "S1", 1},
        {"C2", "F2", "2024-03-01", 100000, "a", "R1", "S1", 1},
        {"C3", "F3", "2024-03-03", 100000, "a", "R3", "F3", 1},
        {"C4", "F4", "2024-03-03", 9999, "a", "R4", NULL, 1},
        {"C5", "F5", "2024-03-03", -1, "a", "R5", NULL, 1},
        {"C6", NULL, "2024-03-03", 100000, "a", NULL, NULL, 1},
        {"C7", "F7", "2031-01-01", 100000, "a", NULL, NULL, 1},
        {"C8", "F8", "2024-03-03", 100000, "a", NULL, NULL, 1},
    };
    static const char *const want[] = {
        "duplicate",  "",           "related-party", "ineligible",
        "incomplete", "incomplete", "not-in-force",  ""};
    Table *t = apply(&c, "t", POLICY_FLAT STACK_CITY, rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(case_word(t, "refusal", i), want[i]);
        assert_int_equal(case_fen(t, "paid", i), want[i][0] ? 0 : 20000);
        assert_int_equal(case_fen(t, "computed", i), want[i][0] ? 0 : 20000);
    }
    assert_string_equal(case_word(t, "reasons", 3), "E1");
    assert_parts(t, fund, 1);
    arena_free(c.arena);
}

/* 20% of 1.2, 1.5 and 2 million is 240, 300 and 400 thousand; 500 a year. */
static void a_firms_cap_goes_by_date_then_id(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        ROW("C9", "F1", "2024-05-01", 2000000),
        ROW("C2", "F1", "2024-03-01", 1500000),
        ROW("C1", "F1", "2024-03-01", 1200000),
        ROW("C0", "F1", "2025-01-01", 2000000),
        ROW("C3", "F2", "2024-03-01", 2000000),
        ROW("C8", "F1", "2024-06-01", 10000),
    };
    const int64_t want[] = {0, 26000000, 24000000, 40000000, 40000000, 0};
    Table *t = apply(&c, "t",
                     POLICY_FLAT STACK_CITY
                     "limits = ( { id = \"firm\"; scope = \"firm_year\";\n"
                     "  cap = \"50万\"; cite = \"c\"; } );\n",
                     rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(case_fen(t, "paid", i), want[i]);
    assert_string_equal(case_word(t, "binding", 1), "firm");
    assert_string_equal(case_word(t, "binding", 2), "");
    assert_int_equal(case_fen(t, "cut_by_cap", 0), 40000000);
    assert_parts(t, fund, 1);
    arena_free(c.arena);
}

static void floors_take_what_is_too_small(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        ROW("C1", "F1", "2024-03-01", 4999),
        ROW("C2", "F1", "2024-03-02", 6000),
        ROW("C3", "F2", "2024-03-02", 9000),
        ROW("C4", "F3", "2024-03-02", 5000),
        ROW("C5", "F3", "2024-03-03", 6000),
    };
    const int64_t want[] = {0, 0, 0, 100000, 120000};
    Table *t = apply(&c, "t",
                     POLICY_FLAT STACK_CITY
                     "limits = ( { id = \"claim\"; scope = \"claim\";\n"
                     "  floor = \"1000\"; cite = \"c\"; },\n"
                     "  { id = \"firm\"; scope = \"firm_year\";\n"
                     "  floor = \"2000\"; cite = \"c\"; } );\n",
                     rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(case_fen(t, "paid", i), want[i]);
    assert_string_equal(case_word(t, "binding", 0), "claim");
    assert_string_equal(case_word(t, "binding", 2), "firm");
    arena_free(c.arena);
}

static void places_go_to_the_best_scores(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        {"C1", "F1", "2024-03-01", 100000, "a", NULL, NULL, 70.5},
        {"C2", "F2", "2024-03-02", 100000, "a", NULL, NULL, 90},
        {"C3", "F3", "2024-03-03", 100000, "a", NULL, NULL, -1},
        {"C4", "F4", "2024-03-04", 100000, "a", NULL, NULL, 70.5},
        {"C5", "F5", "2024-03-05", 100000, "a", NULL, NULL, 95},
        {"C6", "F6", "2025-03-05", 100000, "a", NULL, NULL, 10},
    };
    const int64_t by_score[] = {20000, 20000, 0, 0, 20000, 20000};
    const int64_t by_date[] = {20000, 20000, 20000, 0, 0, 20000};
    Table *t = apply(&c, "score",
                     POLICY_FLAT STACK_CITY
                     "limits = ( { id = \"three\"; scope = \"count_year\";\n"
                     "  count = 3; queue = \"score\"; cite = \"c\"; } );\n",
                     rows, COUNT(rows));
    Table *d = apply(&c, "date",
                     POLICY_FLAT STACK_CITY
                     "limits = ( { id = \"three\"; scope = \"count_year\";\n"
                     "  count = \"3\"; cite = \"c\"; } );\n",
                     rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(case_fen(t, "paid", i), by_score[i]);
        assert_int_equal(case_fen(d, "paid", i), by_date[i]);
    }
    arena_free(c.arena);
}

static void counts_of_a_firm_and_sums_of_the_scheme_bind(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        ROW("C1", "F1", "2024-03-01", 1000),
        ROW("C2", "F1", "2024-03-02", 1000),
        ROW("C3", "F1", "2024-03-03", 1000),
        ROW("C4", "F2", "2024-03-04", 1000),
        ROW("C5", "F3", "2024-03-05", 1000),
        ROW("C6", "F3", "2025-03-05", 1000),
    };
    const int64_t want[] = {20000, 20000, 0, 10000, 0, 20000};
    Table *t = apply(
        &c, "t",
        POLICY_FLAT STACK_CITY
        "limits = ( { id = \"all\"; scope = \"scheme_year\"; cap = \"700\";\n"
        "  cite = \"c\"; }, { id = \"two\"; scope = \"firm_count_year\";\n"
        "  count = 2; cite = \"c\"; } );\n",
        rows, COUNT(rows));
    /* sums of the scheme come before counts: 200 + 200 + 200 + 100 */
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(case_fen(t, "paid", i), want[i]);
    assert_string_equal(case_word(t, "binding", 2), "two");
    assert_string_equal(case_word(t, "binding", 3), "all");
    arena_free(c.arena);
}

#define POLICY_TWO                                                             \
    POLICY_HEAD                                                                \
    "scales = ( { name = \"city\"; kind = \"marginal_rate\"; on = \"amount\";" \
    "  cite = \"x\"; brackets = ( { from = \"0\"; rate = \"20%\"; } ); },\n"   \
    "  { name = \"talent\"; kind = \"single_amount\"; on = \"amount\";\n"      \
    "  cite = \"x\"; brackets = ( { from = \"0\"; amount = \"300\"; } ); } "   \
    ");\n"                                                                     \
    "outputs = ( \"city\", \"talent\" );\n"                                    \
    "examples = ( { id = \"X\"; of = ( \"city\", \"talent\", \"E1\" );\n"      \
    "  on = \"2024-01-01\"; given = ( \"amount = 1000.00\" );\n"               \
    "  gives = ( \"city = 200.00\", \"talent = 300.00\" ); } );\n"             \
    "match = ( { award = \"city\"; payers = ( { payer = \"city\"; } ); },\n"   \
    "  { payers = ( { payer = \"county\"; } ); } );\n"

#define STACK_TWO(rest)                                                        \
    "stacking = { base = \"amount\"; awards = ( \"city\", \"talent\" ); " rest \
    " };\n"

static const char *const two[] = {"city", "county"};

/* Awards of 200 and 300, then 400 and 300 yuan. */
static void awards_stack_by_rule(void **state)
{
    (void)state;
    const Contract rows[] = {ROW("C1", "F1", "2024-03-01", 1000),
                             ROW("C2", "F2", "2024-03-02", 2000)};
    static const struct {
        const char *text;
        int64_t city[2], county[2];
        const char *binding;
    } cases[] = {
        {POLICY_TWO STACK_TWO(""), {20000, 40000}, {30000, 30000}, ""},
        {POLICY_TWO STACK_TWO("rule = \"highest_only\";"),
         {0, 40000},
         {30000, 0},
         "highest_only"},
        {POLICY_TWO STACK_TWO("rule = \"top_up\";"),
         {20000, 40000},
         {10000, 0},
         "top_up"},
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        Case c = case_open();
        Table *t = apply(&c, "t", cases[k].text, rows, 2);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(case_fen(t, "paid_city", i), cases[k].city[i]);
            assert_int_equal(case_fen(t, "paid_county", i), cases[k].county[i]);
            assert_string_equal(case_word(t, "binding", i), cases[k].binding);
        }
        assert_parts(t, two, 2);
        arena_free(c.arena);
    }
}

/* 200, 600 and 400 yuan of one firm and year; 100 of another year. */
static void a_firms_year_stacks_by_rule(void **state)
{
    (void)state;
    const Contract rows[] = {ROW("C1", "F1", "2024-03-01", 1000),
                             ROW("C2", "F1", "2024-03-02", 3000),
                             ROW("C3", "F1", "2024-03-03", 2000),
                             ROW("C4", "F1", "2025-03-03", 500)};
#define YEARLY(rule)                                                           \
    POLICY_FLAT                                                                \
    "stacking = { base = \"amount\"; awards = ( \"city\" );\n"                 \
    "  scope = \"firm_year\"; rule = \"" rule "\"; };\n"
    static const struct {
        const char *text;
        int64_t want[4];
    } cases[] = {
        {YEARLY("cumulative"), {20000, 60000, 40000, 10000}},
        {YEARLY("highest_only"), {0, 60000, 0, 10000}},
        {YEARLY("top_up"), {20000, 40000, 0, 10000}},
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        Case c = case_open();
        Table *t = apply(&c, "t", cases[k].text, rows, COUNT(rows));
        for (size_t i = 0; i < COUNT(rows); i++)
            assert_int_equal(case_fen(t, "paid", i), cases[k].want[i]);
        assert_parts(t, fund, 1);
        arena_free(c.arena);
    }
}

/* A sum that is capped keeps the proportion of its awards: 200 + 300 to 250. */
static void a_capped_sum_keeps_its_proportions(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {ROW("C1", "F1", "2024-03-01", 1000)};
    Table *t = apply(&c, "t",
                     POLICY_TWO STACK_TWO("")
                     "limits = ( { id = \"L\"; scope = \"claim\";\n"
                     "  cap = \"250.03\"; cite = \"c\"; } );\n",
                     rows, 1);
    assert_int_equal(case_fen(t, "paid_city", 0), 10001);
    assert_int_equal(case_fen(t, "paid_county", 0), 15002);
    assert_parts(t, two, 2);
    arena_free(c.arena);
}

/* 200 yuan a claim; two counties share a budget, one has its own. */
static void budgets_of_payers_and_counties_run_dry(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {
        {"C1", "F1", "2024-03-01", 100000, "随县", NULL, NULL, 1},
        {"C2", "F2", "2024-03-01", 100000, "广水", NULL, NULL, 1},
        {"C3", "F3", "2024-03-02", 100000, "随县", NULL, NULL, 1},
        {"C4", "F4", "2024-03-03", 100000, "曾都", NULL, NULL, 1},
        {"C5", "F5", "2024-03-04", 100000, NULL, NULL, NULL, 1},
        {"C6", "F6", "2025-03-04", 100000, "广水", NULL, NULL, 1},
    };
    const int64_t want[] = {20000, 20000, 5000, 10000, 0, 20000};
    Table *t = apply(
        &c, "t",
        POLICY_FLAT STACK_CITY
        "match = ( { payers = ( { payer = \"fund\"; } ); } );\n"
        "budget = ( { payer = \"fund\"; amount = \"300\"; cite = \"c\"; },\n"
        "  { payer = \"fund\"; county = \"随县\"; amount = \"250\";\n"
        "    cite = \"c\"; } );\n",
        rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(case_fen(t, "paid", i), want[i]);
    assert_string_equal(case_word(t, "binding", 3), "budget-fund");
    assert_int_equal(case_fen(t, "cut_fund", 4), 20000);
    assert_parts(t, fund, 1);
    arena_free(c.arena);
}

/* Parts of 2/3 and 1/3 in hundreds of yuan, rounded down. */
static void parts_are_rounded_to_whole_units(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract rows[] = {ROW("C1", "F1", "2024-03-01", 5000),
                             ROW("C2", "F2", "2024-03-02", 5000)};
    Table *t = apply(
        &c, "t",
        POLICY_FLAT STACK_CITY
        "match = ( { payers = ( { payer = \"city\"; share = \"2/3\"; },\n"
        "  { payer = \"county\"; share = \"0.333333333\"; } ); } );\n"
        "rounding = { unit = \"100\"; mode = \"down\"; when = \"paid\"; };\n"
        "budget = ( { payer = \"city\"; amount = \"850\"; cite = \"c\"; } );\n",
        rows, 2);
    assert_int_equal(case_fen(t, "paid_city", 0), 60000);   /* 666.67 */
    assert_int_equal(case_fen(t, "paid_county", 0), 30000); /* 333.33 */
    assert_int_equal(case_fen(t, "cut_by_rounding", 0), 10000);
    assert_int_equal(case_fen(t, "paid_city", 1), 20000); /* 250 are left */
    assert_int_equal(case_fen(t, "cut_city", 1), 40000);
    assert_parts(t, two, 2);
    arena_free(c.arena);
}

static uint64_t numbers = UINT64_C(0x106689d45497fdb5);

static uint64_t next_number(void)
{
    numbers ^= numbers << 13;
    numbers ^= numbers >> 7;
    numbers ^= numbers << 17;
    return numbers;
}

enum { MANY = 1500 };

/* Contracts of three years with odd fen, some of them doubled. */
static void make_many(Contract rows[], char text[][3][24])
{
    static const char *const counties[] = {"随县", "广水", "曾都", "高新区"};
    for (size_t i = 0; i < MANY; i++) {
        DateParts day = {2023 + (int)(next_number() % 3),
                         1 + (int)(next_number() % 12),
                         1 + (int)(next_number() % 28)};
        snprintf(text[i][0], 24, "HT%05u", (unsigned)(i * 7919 % 100003));
        snprintf(text[i][1], 24, "F%u", (unsigned)(next_number() % 400));
        snprintf(text[i][2], 24, "%04d-%02d-%02d", day.year, day.month,
                 day.day);
        rows[i] = (Contract){text[i][0],
                             text[i][1],
                             text[i][2],
                             (int64_t)(next_number() % 150000007),
                             counties[next_number() % 4],
                             NULL,
                             NULL,
                             (double)(next_number() % 50)};
        if (i % 97 == 5)
            rows[i].registry = "R-twice";
    }
}

#define EVERYTHING(allocation)                                                 \
    POLICY_TWO STACK_TWO("")                                                   \
    "limits = ( { id = \"L1\"; scope = \"claim\"; cap = \"20万\";\n"           \
    "  floor = \"500\"; cite = \"c\"; }, { id = \"L2\"; award = \"city\";\n"   \
    "  scope = \"firm_year\"; cap = \"33万\"; cite = \"c\"; },\n"              \
    "  { id = \"L3\"; scope = \"firm_count_year\"; count = 2;\n"               \
    "  queue = \"score\"; cite = \"c\"; } );\n"                                \
    "budget = ( { payer = \"city\"; amount = \"1234567.89\"; cite = \"c\";\n"  \
    "  allocation = \"" allocation "\"; seed = 3; },\n"                        \
    "  { payer = \"county\"; county = \"广水\"; amount = \"9000\";\n"          \
    "  cite = \"c\"; allocation = \"" allocation "\"; seed = 3; } );\n"

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        EVERYTHING("first_come"), EVERYTHING("ranked"), EVERYTHING("pro_rata"),
        EVERYTHING("lottery")};
    static Contract rows[MANY], turned[MANY];
    static char text[MANY][3][24];
    make_many(rows, text);
    for (size_t i = 0; i < MANY; i++)
        turned[i * 7 % MANY] = rows[i];
    for (size_t k = 0; k < COUNT(texts); k++) {
        Case c = case_open();
        Table *a = apply(&c, "a", texts[k], rows, MANY);
        Table *b = apply(&c, "b", texts[k], turned, MANY);
        int64_t city = 0;
        assert_parts(a, two, 2);
        for (size_t i = 0; i < MANY; i++) {
            size_t j = i * 7 % MANY;
            assert_string_equal(rows[i].id, turned[j].id);
            assert_int_equal(case_fen(a, "paid_city", i),
                             case_fen(b, "paid_city", j));
            assert_int_equal(case_fen(a, "paid_county", i),
                             case_fen(b, "paid_county", j));
            assert_ptr_equal(case_word(a, "binding", i),
                             case_word(b, "binding", j));
            city += case_fen(a, "paid_city", i);
            assert_in_range(case_fen(a, "paid", i), 0, 20000000);
        }
        assert_int_equal(city, 3 * 123456789); /* dry in each of three years */
        arena_free(c.arena);
    }
}

/* Two entries of a clawback, three payers, a budget that is short. */
#define RETURNED                                                               \
    POLICY_HEAD                                                                \
    "facts = ( { name = \"large\"; cite = \"x\";\n"                            \
    "  expr = \"amount >= 1000000.00\"; },\n"                                  \
    "  { name = \"middling\"; cite = \"x\";\n"                                 \
    "  expr = \"amount >= 300000.00\"; } );\n"                                 \
    "scales = ( { name = \"city\"; kind = \"marginal_rate\"; on = \"amount\";" \
    "  cite = \"x\"; brackets = ( { from = \"0\"; rate = \"20%\"; } ); } );\n" \
    "outputs = ( \"large\", \"middling\", \"city\" );\n" STACK_CITY            \
    "examples = ( { id = \"X\"; of = ( \"city\", \"E1\" ); on = "              \
    "\"2024-01-01\"; given = ( \"amount = 1000.00\" );\n"                      \
    "  gives = ( \"city = 200.00\" ); } );\n"                                  \
    "match = ( { payers = ( { payer = \"city\"; share = \"1/3\"; },\n"         \
    "  { payer = \"county\"; share = \"1/3\"; },\n"                            \
    "  { payer = \"province\"; share = \"1/3\"; } ); cite = \"x\"; } );\n"     \
    "budget = ( { payer = \"county\"; amount = \"1234567.89\"; cite = "        \
    "\"c\";\n"                                                                 \
    "  allocation = \"pro_rata\"; } );\n"                                      \
    "clawback = ( { id = \"all\"; when = \"large\"; cite = \"x\"; },\n"        \
    "  { id = \"part\"; when = \"middling\"; share = \"37.37%\";\n"            \
    "  cite = \"x\"; } );\n"

/* What is returned is the share of what was paid, and its parts sum to it, each
 * within a fen of the same share of what the payer paid. */
static void parts_of_what_is_returned_sum_to_it(void **state)
{
    (void)state;
    static const char *const names[] = {"city", "county", "province"};
    static Contract rows[MANY];
    static char text[MANY][3][24];
    size_t whole = 0, part = 0;
    Case c = case_open();
    make_many(rows, text);
    Table *t = apply(&c, "t", RETURNED, rows, MANY);
    assert_parts(t, names, COUNT(names));
    for (size_t i = 0; i < MANY; i++) {
        int64_t back = case_fen(t, "to_return", i), sum = 0;
        int64_t paid = case_fen(t, "paid", i), amount = rows[i].amount;
        double share = amount >= 100000000  ? 1
                       : amount >= 30000000 ? 0.3737
                                            : 0;
        for (size_t p = 0; p < COUNT(names); p++) {
            char name[2][24];
            snprintf(name[0], 24, "return_%s", names[p]);
            snprintf(name[1], 24, "paid_%s", names[p]);
            int64_t mine = case_fen(t, name[0], i);
            double exact = share * (double)case_fen(t, name[1], i);
            assert_true(mine >= 0 && fabs((double)mine - exact) < 1);
            sum += mine;
        }
        assert_int_equal(sum, back);
        assert_true(fabs((double)back - share * (double)paid) < 0.5 + 1e-6);
        whole += share >= 1 && back > 0;
        part += share < 1 && back > 0;
        assert_string_equal(case_word(t, "clawback", i), back == 0    ? ""
                                                         : share >= 1 ? "all"
                                                                      : "part");
    }
    assert_true(whole > 100 && part > 100);
    arena_free(c.arena);
}

static void a_run_that_cannot_be_made_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *text, *day;
        ErrCode code;
        const char *message;
    } rows[] = {
        {POLICY_FLAT, "2024-01-01", ERR_RULE,
         "the policy has no 'stacking' section: it must say the base and the "
         "awards"},
        {POLICY_FLAT
         "stacking = { base = \"amount\"; awards = ( \"town\" ); };",
         "2024-01-01", ERR_RULE, "t.cfg:13:43: 'town' is not a column"},
        {POLICY_FLAT "stacking = { base = \"score\"; awards = ( \"city\" ); };",
         "2024-01-01", ERR_RULE, "'score' is a column of type real, not money"},
        {POLICY_FLAT STACK_CITY, NULL, ERR_INPUT,
         "t:1: a contract without 'registered_on' belongs to no year; fill it "
         "in or leave the contract out"},
        {POLICY_FLAT STACK_CITY "rounding = { unit = \"0\"; };", "2024-01-01",
         ERR_RULE, NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c = case_open();
        const Contract one[] = {ROW("C1", "F1", rows[i].day, 1000)};
        Policy *policy = case_policy(&c, rows[i].text);
        Table *t = case_contracts(&c, "t", one, 1);
        assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c.err),
                         rows[i].code);
        if (rows[i].message != NULL)
            assert_non_null(strstr(c.err.text, rows[i].message));
        else
            assert_non_null(
                strstr(c.err.text, "a unit of rounding below one fen"));
        arena_free(c.arena);
    }
}

static void a_check_lists_every_fault_of_the_terms(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *good = case_policy(&c, POLICY_FLAT STACK_CITY);
    Policy *bad =
        case_policy(&c, POLICY_FLAT STACK_CITY
                    "limits = ( { id = \"L\"; scope = \"claim\"; cap = \"1\";\n"
                    "  floor = \"2\"; cite = \"c\"; } );\n"
                    "rounding = { unit = \"0\"; };\n");
    Texts *texts = c.tables->texts;
    assert_int_equal(subsidy_check(good, c.arena, texts, c.faults, &c.err), OK);
    assert_int_equal(subsidy_check(bad, c.arena, texts, c.faults, &c.err),
                     ERR_RULE);
    assert_int_equal(faults_count(c.faults), 2);
    size_t first = 0; /* behind the warnings of both files */
    while (faults_at(c.faults, first)->is_warning)
        first++;
    assert_string_equal(
        faults_at(c.faults, first)->problem,
        "the floor is above the cap; write the lower amount into floor");
    arena_free(c.arena);
}

static void a_missing_column_is_named(void **state)
{
    (void)state;
    Case c = case_open();
    Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY);
    Table *t = NULL;
    assert_int_equal(table_new(&t, c.tables, "t", 1, NULL), OK);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c.err),
                     ERR_INPUT);
    assert_non_null(strstr(c.err.text, "contract_id"));
    arena_free(c.arena);
}

/* Each is an amount; together they pass what one can be. */
static void sums_beyond_an_amount_are_refused(void **state)
{
    (void)state;
    enum { N = 11 };
    Case c = case_open();
    Contract rows[N];
    char id[N][16];
    for (int i = 0; i < N; i++) {
        snprintf(id[i], sizeof id[i], "C%d", i);
        rows[i] = (Contract){id[i], id[i], "2024-03-01", MONEY_MAX,
                             "a",   NULL,  NULL,         1};
    }
    Policy *policy = case_policy(&c, POLICY_FLAT STACK_CITY);
    Table *t = case_contracts(&c, "contracts", rows, N);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c.err),
                     ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "contracts: the amounts of claimed sum "
                        "beyond 9e15 yuan; check their unit");
    arena_free(c.arena);
}

static void memory_that_runs_out_is_an_error(void **state)
{
    (void)state;
    int done = 0;
    for (long n = 0; !done; n++) {
        Case c = case_open();
        const Contract rows[] = {ROW("C1", "F1", "2024-03-01", 1000),
                                 ROW("C2", "F1", "2024-03-02", 1000)};
        Policy *policy = case_policy(&c, EVERYTHING("pro_rata"));
        Table *t = case_contracts(&c, "t", rows, 2);
        mem_fail_from(n);
        ErrCode rc = subsidy_apply(t, policy, (Date){19723}, &c.err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        done = rc == OK;
        arena_free(c.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_claim_is_paid_by_its_scale),
        cmocka_unit_test(refusals_say_why),
        cmocka_unit_test(a_firms_cap_goes_by_date_then_id),
        cmocka_unit_test(floors_take_what_is_too_small),
        cmocka_unit_test(places_go_to_the_best_scores),
        cmocka_unit_test(counts_of_a_firm_and_sums_of_the_scheme_bind),
        cmocka_unit_test(awards_stack_by_rule),
        cmocka_unit_test(a_firms_year_stacks_by_rule),
        cmocka_unit_test(a_capped_sum_keeps_its_proportions),
        cmocka_unit_test(budgets_of_payers_and_counties_run_dry),
        cmocka_unit_test(parts_are_rounded_to_whole_units),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(parts_of_what_is_returned_sum_to_it),
        cmocka_unit_test(a_run_that_cannot_be_made_says_why),
        cmocka_unit_test(a_check_lists_every_fault_of_the_terms),
        cmocka_unit_test(a_missing_column_is_named),
        cmocka_unit_test(sums_beyond_an_amount_are_refused),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
    };
    return RUN(tests);
}
