#include "check.h"

#include "book.h"
#include "pool/ratios.h"

/* The ratios a guarantor is held to, by the rule files that are delivered. */

static const Policy *policy_of(Case *c, const char *path)
{
    static char text[1 << 16];
    Policy *policy = NULL;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    const Doc *root = case_doc(c, path, text);
    assert_int_equal(policy_read(&policy, c->arena, c->tables->texts, root,
                                 c->faults, &c->err),
                     OK);
    return policy;
}

/* A loan of so many 万 and what the ratios ask of it. */
typedef struct {
    const char *firm, *size, *kind, *group;
    int64_t wan, share; /* share in percent; 0: null */
} Guarantee;

/* Two small loans of F1, of which 240 and 200 are guaranteed; a micro firm with
 * 560, above the 500 that count less; a farmer with 200; a large firm with a
 * bond of a good issuer, 1,000, and a loan of 100, which is of F2's group. */
static const Guarantee book[] = {{"F1", "small", NULL, NULL, 300, 80},
                                 {"F1", NULL, "loan", NULL, 200, 0},
                                 {"F2", "micro", "loan", "G", 700, 80},
                                 {"F3", "farmer", "loan", NULL, 200, 100},
                                 {"F4", "large", "bond_aa", "G", 1000, 100},
                                 {"F4", "large", "loan", "G", 100, 100}};

#define WAN INT64_C(1000000) /* 10,000 yuan in fen */

static void fill(Case *c, const Guarantee all[], size_t n)
{
    assert_int_equal(
        table_new(&c->portfolio, c->tables, "portfolio", n, &c->err), OK);
    Column *firm = case_column(c, FIELD_firm_id);
    Column *size = case_column(c, FIELD_firm_size);
    Column *kind = case_column(c, FIELD_guarantee_kind);
    Column *group = case_column(c, FIELD_group_id);
    Column *fen = case_column(c, FIELD_outstanding);
    Column *share = case_column(c, FIELD_covered_share);
    for (size_t i = 0; i < n; i++) {
        firm->s[i] = case_text(c, all[i].firm);
        size->s[i] = case_text(c, all[i].size);
        kind->s[i] = case_text(c, all[i].kind);
        group->s[i] = case_text(c, all[i].group);
        fen->i[i] = all[i].wan * WAN;
        share->i[i] =
            all[i].share == 0 ? NULL_INT : all[i].share * (RATIO_ONE / 100);
    }
}

static ErrCode run(Case *c, const char *guarantor, int is_whole)
{
    const PoolRatios of = {c->portfolio,
                           policy_of(c, "rules/guarantee/weights.cfg"),
                           policy_of(c, "rules/guarantee/ratios.cfg"),
                           case_doc(c, "guarantor.cfg", guarantor), is_whole};
    return pool_ratios(c->tables, &of, c->faults, &c->err);
}

#define HEAD                                                                   \
    "guarantor = { id = \"g\"; title = { en = \"G\"; }; as_of = "              \
    "\"2025-12-31\"; source = \"s\"; confidence = \"M\"; figures = { "
#define ACCOUNTS                                                               \
    "net_assets = \"1000万\"; guarantee_equity = \"200万\"; "                \
    "registered_capital = \"1900万\"; "
#define TAIL "}; };"

static void the_hand_worked_example(void **state)
{
    (void)state;
    static const struct {
        const char *outcome, *value, *bound;
        int64_t room;                                 /* 万 */
    } want[] = {{"met", "2.42", "10.00", 6060},       /* 1940 / 800 */
                {"broken", "87.50%", "10.00%", -620}, /* 600 + 100 */
                {"broken", "157.50%", "15.00%", -1140},
                {"broken", "19,000,000.00", "20,000,000.00", -100},
                {"open", NULL, "50.00%", 0}};
    Case c;
    case_open(&c);
    fill(&c, book, COUNT(book));
    if (run(&c, HEAD ACCOUNTS TAIL, 0) != OK) {
        print_error("%s\n", c.err.text);
        fail();
    }
    const Table *s = tables_find(c.tables, "pool_ratio_summary");
    assert_int_equal(table_find(s, "in_force")->i[0], 2300 * WAN);
    assert_int_equal(table_find(s, "weighted")->i[0], 1940 * WAN);
    assert_int_equal(table_find(s, "base")->i[0], 800 * WAN);
    assert_int_equal(table_find(s, "customers")->i[0], 4);
    assert_int_equal(table_find(s, "met")->i[0], 1);
    assert_int_equal(table_find(s, "broken")->i[0], 3);
    assert_int_equal(table_find(s, "open")->i[0], 6);
    const Table *t = tables_find(c.tables, "pool_ratios");
    assert_int_equal(t->rows, 10);
    for (size_t i = 0; i < COUNT(want); i++) {
        const char *value = table_find(t, "value")->s[i];
        assert_string_equal(table_find(t, "outcome")->s[i], want[i].outcome);
        assert_string_equal(table_find(t, "bound")->s[i], want[i].bound);
        if (want[i].value == NULL) {
            assert_null(value);
            assert_int_equal(table_find(t, "room")->i[i], NULL_INT);
            continue;
        }
        assert_string_equal(value, want[i].value);
        assert_int_equal(table_find(t, "room")->i[i], want[i].room * WAN);
    }
    const Table *k = tables_find(c.tables, "pool_ratio_customers");
    assert_int_equal(k->rows, 4);
    assert_string_equal(table_find(k, "firm_id")->s[0], "F4");
    assert_true(table_find(k, "share")->d[0] == .875);
    assert_string_equal(table_find(k, "group_id")->s[1], "G");
    assert_null(table_find(k, "group_id")->s[2]);
    case_close(&c);
}

/* Of 640 small in 740 and two of three customers, 15 times are not allowed; of
 * three in three they are, and whole principals count where asked. */
static void many_small_customers_allow_more(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    fill(&c, book, 2);
    assert_int_equal(run(&c, HEAD ACCOUNTS TAIL, 1), OK);
    const Table *s = tables_find(c.tables, "pool_ratio_summary");
    const Table *t = tables_find(c.tables, "pool_ratios");
    assert_int_equal(table_find(s, "in_force")->i[0], 500 * WAN);
    assert_int_equal(table_find(s, "weighted")->i[0], 375 * WAN);
    assert_string_equal(table_find(t, "bound")->s[0], "15.00");
    assert_int_equal(table_find(t, "room")->i[0], (12000 - 375) * WAN);
    case_close(&c);
}

static void what_cannot_be_judged_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *guarantor, *said;
        ErrCode rc;
    } bad[] = {
        {"guarant = { };", "guarant", ERR_RULE},
        {"guarantor = { id = \"g\"; };", "title", ERR_RULE},
        {HEAD "net_asset = \"1亿\"; " TAIL, "net_asset", ERR_RULE},
        {HEAD "net_assets = \"much\"; " TAIL, "much", ERR_RULE},
        {"guarantor = { id = \"g\"; title = { en = \"G\"; }; as_of = "
         "\"2015-12-31\"; source = \"s\"; confidence = \"M\"; figures = { "
         "net_assets = \"1亿\"; }; };",
         "no rule was in force", ERR_RULE}};
    static const Guarantee two[] = {{"F1", "small", NULL, NULL, 300, 80},
                                    {"F1", "large", NULL, NULL, 300, 80}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        Case c;
        case_open(&c);
        fill(&c, book, COUNT(book));
        assert_int_equal(run(&c, bad[i].guarantor, 0), bad[i].rc);
        char said[4096];
        FILE *f = tmpfile();
        faults_print(c.faults, f);
        fprintf(f, "%s", c.err.text);
        rewind(f);
        said[fread(said, 1, sizeof said - 1, f)] = '\0';
        fclose(f);
        if (strstr(said, bad[i].said) == NULL) {
            print_error("%s\n", said);
            fail();
        }
        case_close(&c);
    }
    Case c;
    case_open(&c);
    fill(&c, two, 2);
    assert_int_equal(run(&c, HEAD ACCOUNTS TAIL, 0), ERR_INPUT);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "firm 'F1' is large here and small in another row");
    case_close(&c);
}

/* Rules that put out something else cannot stand in. */
static void other_rules_are_refused(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    fill(&c, book, COUNT(book));
    const PoolRatios of = {
        c.portfolio, policy_of(&c, "rules/eligibility/sme-size-2011.cfg"),
        policy_of(&c, "rules/guarantee/ratios.cfg"),
        case_doc(&c, "guarantor.cfg", HEAD ACCOUNTS TAIL), 0};
    assert_int_equal(pool_ratios(c.tables, &of, c.faults, &c.err), ERR_RULE);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hand_worked_example),
        cmocka_unit_test(many_small_customers_allow_more),
        cmocka_unit_test(what_cannot_be_judged_is_refused),
        cmocka_unit_test(other_rules_are_refused),
    };
    return RUN(tests);
}
