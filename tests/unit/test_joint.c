#include "check.h"

#include "book.h"
#include "pool/model.h"

/* Two schemes over one fund, worked out on paper.  Amounts in fen; half of
 * every claim comes back a year later. */

static const Loan loans[] = {
    {"L1", "F1", "A", NULL, NULL, 600000, 0.3, 0.5},
    {"L2", "F1", "A", NULL, NULL, 400000, 0.3, 0.5},
    {"L3", "F2", "A", NULL, NULL, 1000000, 0.4, 0.5},
};

#define BACK                                                                   \
    "recovery = ( { after_months = 12; share = \"100%\"; } ); basis = "        \
    "\"gross\"; "
#define HEAD_A                                                                 \
    "scheme = { id = \"a\"; source = \"test\"; " BACK                          \
    "share_base = \"covered\"; cover = "                                       \
    "\"80%\"; parties = ( \"bank\", \"guarantor\", \"fund\" ); layers = ( { "  \
    "shares = ( { party = \"guarantor\"; share = \"50%\"; }, { party = "       \
    "\"fund\"; share = \"50%\"; } ); } ); "
#define HEAD_B                                                                 \
    "scheme = { id = \"b\"; source = \"test\"; " BACK                          \
    "share_base = \"principal\"; parties = ( "                                 \
    "\"fund\", \"city\" ); layers = ( { shares = ( { party = \"fund\"; share " \
    "= \"75%\"; }, { party = \"city\"; share = \"25%\"; } ); } ); "
#define CAP_A                                                                  \
    "caps = ( { party = \"guarantor\"; rate = \"20%\"; overflow = \"fund\"; "  \
    "} ); "
#define CAP_B                                                                  \
    "caps = ( { party = \"city\"; rate = \"10%\"; overflow = \"fund\"; } ); "
#define FUND                                                                   \
    "balances = ( { party = \"fund\"; opening = \"3000\"; overflow = "         \
    "\"bank\"; } ); "

static ErrCode join(Case *c, const char *a, const char *b)
{
    const Scheme *of[2];
    assert_int_equal(case_scheme(c, a), OK);
    of[0] = c->scheme;
    assert_int_equal(case_scheme(c, b), OK);
    of[1] = c->scheme;
    return scheme_join(&c->scheme, c->arena, of, 2, &c->err);
}

/* L2 stands under b, the others under a. */
static void open_book(Case *c, const char *a, const char *b)
{
    case_open(c);
    case_loans(c, loans, COUNT(loans));
    Column *scheme = case_column(c, FIELD_scheme);
    for (size_t i = 0; i < COUNT(loans); i++)
        scheme->s[i] = case_text(c, i == 1 ? "b" : "a");
    assert_int_equal(case_factors(c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0\"; } ); };"),
                     OK);
    if (join(c, a, b) != OK)
        fail_msg("%s", c->err.text);
}

static int party_of(const Scheme *s, const char *name)
{
    int j = 0;
    while (strcmp(s->party[j], name) != 0)
        j++;
    return j;
}

/* a: claims of 480,000 and 800,000; the guarantor is asked for 640,000 and
 * pays 20% of 1,280,000, so the fund is asked for 1,024,000.  b: a claim of
 * 400,000; the city pays 10% of 400,000, the fund is asked for 360,000.  It has
 * 300,000 for 1,384,000; the bank pays the rest, and 320,000 that nobody
 * covers. */
static void schemes_share_a_fund_and_keep_their_caps(void **state)
{
    (void)state;
    Case c;
    Model m;
    Worker k = {0};
    const uint32_t both = 3;
    open_book(&c, HEAD_A CAP_A FUND "title = { en = \"A\"; }; };",
              HEAD_B CAP_B "title = { en = \"B\"; zh = \"乙\"; }; };");
    assert_string_equal(c.scheme->file, "scheme.cfg+scheme.cfg");
    assert_string_equal(c.scheme->title.en, "A+B");
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    assert_true(worker_open(&k, &m));
    dues_clear(&k.table, 0, 1);
    dues_take(&k.table, &(EventsTile){.rows = 1, .words = 1, .bits = &both});
    model_path(&m, &k, 0);
    static const struct {
        const char *name;
        int64_t paid, back;
    } want[] = {{"bank", 1404000, 702000},
                {"guarantor", 256000, 128000},
                {"fund", 300000, 150000},
                {"city", 40000, 20000}};
    for (size_t i = 0; i < COUNT(want); i++) {
        int j = party_of(c.scheme, want[i].name);
        assert_int_equal(k.path.year[0].paid[j], want[i].paid);
        assert_true(llabs(k.path.year[1].back[j] - want[i].back) <= 1);
    }
    assert_int_equal(k.path.year[0].capped,
                     1 << party_of(c.scheme, "guarantor") |
                         1 << party_of(c.scheme, "city"));
    assert_int_equal(k.path.year[0].dry, 1 << party_of(c.scheme, "fund"));
    worker_close(&k);
    model_close(&m);
    case_close(&c);
}

/* Who has no loan under a scheme has no part of what its parties pay. */
static void contributions_are_of_the_loans_own_scheme(void **state)
{
    (void)state;
    Case c;
    open_book(&c, HEAD_A FUND "};", HEAD_B "};");
    c.options.scenarios = 2000;
    c.options.contributions = "0.8";
    assert_int_equal(case_run(&c), OK);
    const Table *t = tables_find(c.tables, "pool_contributors");
    const Column *fen = table_find(t, "contribution");
    int64_t sum = 0, of_city = 0;
    for (size_t i = 0; i < t->rows; i++) {
        int is_city = strcmp(table_find(t, "party")->s[i], "city") == 0;
        int is_f1 = strcmp(table_find(t, "firm_id")->s[i], "F1") == 0;
        of_city += is_city ? fen->i[i] : 0;
        sum += is_city && is_f1 ? fen->i[i] : 0;
    }
    assert_int_equal(of_city, sum);
    assert_true(sum > 0);
    case_close(&c);
}

/* Of 20,000 yuan in force a's covered 12,800 and b's 4,000. */
static void what_a_scheme_limits_is_of_its_own_loans(void **state)
{
    (void)state;
    Case c;
    Model m;
    open_book(&c, HEAD_A CAP_A FUND "};", HEAD_B CAP_B "};");
    assert_int_equal(model_open(&m, c.portfolio, c.factors, c.scheme,
                                &c.options, c.faults, &c.err),
                     OK);
    const VolumesGone none = {0};
    const Volumes *v = m.dues->volumes;
    assert_int_equal(v->classes, 2);
    assert_int_equal(volumes_of(v, DENOMINATOR_BOOK, 0, 0, &none, 0, 1),
                     1280000);
    assert_int_equal(volumes_of(v, DENOMINATOR_BOOK, 0, 0, &none, 1, 1),
                     400000);
    model_close(&m);
    case_close(&c);
}

static void a_loan_says_which_scheme_it_stands_under(void **state)
{
    (void)state;
    Case c;
    open_book(&c, HEAD_A FUND "};", HEAD_B "};");
    Column *scheme =
        (Column *)(uintptr_t)table_field(c.portfolio, FIELD_scheme);
    scheme->s[0] = NULL;
    scheme->s[2] = case_text(&c, "c");
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "loan 'L1' does not say which of the schemes a+b it "
                        "stands under");
    assert_string_equal(faults_at(c.faults, 1)->problem,
                        "1 loans stand under other schemes than 'a+b' and are "
                        "left out");
    case_close(&c);
}

static void schemes_that_cannot_stand_together(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b, *text;
    } pairs[] = {
        {HEAD_A "};", HEAD_A "};",
         "scheme.cfg and scheme.cfg have the id 'a'; loans could not say which "
         "they stand under"},
        {HEAD_A FUND "};",
         HEAD_B "balances = ( { party = \"fund\"; opening = \"1\"; overflow = "
                "\"city\"; } ); };",
         "scheme.cfg and scheme.cfg both have 'balances', which is the whole "
         "book's; leave it in one of them"},
        {HEAD_A "premium = { party = \"fund\"; rate = \"1%\"; }; };",
         HEAD_B "premium = { party = \"fund\"; rate = \"1%\"; }; };",
         "scheme.cfg and scheme.cfg both have 'premium', which is the whole "
         "book's; leave it in one of them"},
        {HEAD_A "claim_after_months = 12; };", HEAD_B "};",
         "scheme.cfg and scheme.cfg differ in 'claim_after_months': schemes of "
         "one book have the same"},
        {HEAD_A "};",
         "scheme = { id = \"b\"; share_base = \"principal\"; basis = \"net\"; "
         "parties = ( \"fund\" ); layers = ( { shares = ( { party = \"fund\"; "
         "share = \"1\"; } ); } ); };",
         "scheme.cfg and scheme.cfg differ in 'basis': schemes of one book "
         "have the same"},
        {HEAD_A "};",
         "scheme = { id = \"b\"; recovery = ( { after_months = 24; share = "
         "\"100%\"; } ); share_base = \"principal\"; parties = ( \"fund\" ); "
         "layers = ( { shares = ( { party = \"fund\"; share = \"1\"; } ); } ); "
         "};",
         "scheme.cfg and scheme.cfg differ in 'recovery': schemes of one book "
         "have the same"},
        {HEAD_A CAP_A "};",
         "scheme = { id = \"b\"; " BACK
         "share_base = \"principal\"; parties = ( \"fund\", \"guarantor\" ); "
         "layers = ( { shares = ( { party = \"fund\"; share = \"1\"; } ); } ); "
         "balances = ( { party = \"fund\"; opening = \"1\"; overflow = "
         "\"guarantor\"; } ); };",
         "a+b: what 'guarantor' cannot pay comes back to it; let the last one "
         "pay without a limit"},
        {HEAD_A "};",
         "scheme = { id = \"b\"; " BACK
         "share_base = \"covered\"; uncovered = \"fund\"; parties = ( "
         "\"fund\" ); layers = ( { shares = ( { party = \"fund\"; share = "
         "\"1\"; } ); } ); };",
         "scheme.cfg and scheme.cfg differ in 'uncovered': schemes of one book "
         "have the same"},
        {HEAD_A "};",
         "scheme = { id = \"b\"; " BACK
         "share_base = \"principal\"; parties = ( \"c\", \"d\", \"e\", "
         "\"f\", \"g\", \"h\", \"i\", \"j\", \"k\", \"l\", \"m\", \"n\", "
         "\"o\", \"p\" ); layers = ( { shares = ( { party = \"c\"; share = "
         "\"1\"; } ); } ); };",
         "scheme.cfg: with its parties there are more than 16"},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Case c;
        case_open(&c);
        assert_int_equal(join(&c, pairs[i].a, pairs[i].b), ERR_RULE);
        assert_string_equal(c.err.text, pairs[i].text);
        case_close(&c);
    }
}

static void a_book_has_sixteen_schemes_at_most(void **state)
{
    (void)state;
    Case c;
    const Scheme *of[17], *out;
    case_open(&c);
    assert_int_equal(case_scheme(&c, HEAD_A "};"), OK);
    for (size_t i = 0; i < COUNT(of); i++)
        of[i] = c.scheme;
    assert_int_equal(scheme_join(&out, c.arena, of, 1, &c.err), OK);
    assert_ptr_equal(out, c.scheme);
    assert_int_equal(scheme_join(&out, c.arena, of, 17, &c.err), ERR_RULE);
    assert_string_equal(c.err.text, "a book has at most 16 schemes");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schemes_share_a_fund_and_keep_their_caps),
        cmocka_unit_test(contributions_are_of_the_loans_own_scheme),
        cmocka_unit_test(what_a_scheme_limits_is_of_its_own_loans),
        cmocka_unit_test(a_loan_says_which_scheme_it_stands_under),
        cmocka_unit_test(schemes_that_cannot_stand_together),
        cmocka_unit_test(a_book_has_sixteen_schemes_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
