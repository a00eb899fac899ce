#include "check.h"

#include "book.h"

/* Whose losses the expected shortfall is made of. */

static const Table *ask(Case *c, const char *level, const char *table)
{
    c->options.contributions = level;
    assert_int_equal(case_run(c), OK);
    return tables_find(c->tables, table);
}

/* A cell of a firm, for a party. */
static int64_t cell(const Table *t, const char *party, const char *firm,
                    const char *column)
{
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(table_find(t, "party")->s[i], party) == 0 &&
            strcmp(table_find(t, "firm_id")->s[i], firm) == 0)
            return table_find(t, column)->i[i];
    fail();
    return 0;
}

/* Errors are held too: 25 squares of z, of 24 that are free but for their sum,
 * lie in [8, 60] but for .1%. */
static void unequal_loans_have_their_contributions(void **state)
{
    (void)state;
    Case c;
    double squares = 0;
    case_open(&c);
    case_manual(&c);
    const Table *t = ask(&c, "0.99", "pool_contributors");
    assert_int_equal(t->rows, MANUAL_LOANS);
    for (int i = 0; i < MANUAL_LOANS; i++) {
        char firm[16];
        snprintf(firm, sizeof firm, "%02d", i);
        double value = (double)cell(t, "total", firm, "contribution");
        double se = (double)cell(t, "total", firm, "se");
        double z = (value - 100 * manual_euler[i]) / se;
        assert_true(fabs(z) < 4.5);
        squares += z * z;
    }
    assert_true(8 < squares && squares < 60);
    case_close(&c);
}

static void equal_loans_have_equal_parts(void **state)
{
    (void)state;
    enum { N = 40 };
    static char ids[N][16];
    Loan loans[N];
    Case c;
    case_open(&c);
    for (int i = 0; i < N; i++) {
        snprintf(ids[i], sizeof ids[i], "%d", i);
        loans[i] = (Loan){ids[i], ids[i], "A", NULL, NULL, 238500, .03, .45};
    }
    case_loans(&c, loans, N);
    assert_int_equal(case_factors(&c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.2\"; } ); };\n"),
                     OK);
    const Table *t = ask(&c, "0.99", "pool_contributors");
    double es = case_figure(&c, "total", "es", .99, "value"), squares = 0;
    for (size_t i = 0; i < t->rows; i++) {
        double z = ((double)table_find(t, "contribution")->i[i] - es / N) /
                   (double)table_find(t, "se")->i[i];
        squares += z * z;
    }
    assert_true(16 < squares && squares < 80); /* chi-squared, 39 free */
    case_close(&c);
}

/* Two kinds of firm, banks and counties, three years, caps, a fund, what the
 * bank keeps, recoveries with a lag. */
#define SCHEME(cover)                                                          \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"covered\";"      \
    " cover = \"" cover                                                        \
    "\"; claim_after_months = 12;"                                             \
    " parties = ( \"bank\", \"guarantor\", \"pool\" ); layers = ("             \
    " { upto = \"4%\"; shares = ( { party = \"guarantor\"; share = \"60%\"; "  \
    "},"                                                                       \
    "  { party = \"pool\"; share = \"40%\"; } ); },"                           \
    " { shares = ( { party = \"guarantor\"; share = \"1\"; } ); } );"          \
    " caps = ( { party = \"guarantor\"; rate = \"9%\"; period = \"life\";"     \
    "  overflow = \"bank\"; } );"                                              \
    " balances = ( { party = \"pool\"; opening = \"900.00\";"                  \
    "  overflow = \"guarantor\"; } );"                                         \
    " recovery = ( { after_months = 12; share = \"2/3\"; },"                   \
    "  { after_months = 30; share = \"1/3\"; } ); };\n"

static void open_book(Case *c, const char *text, int years)
{
    enum { N = 24 };
    static char ids[N][16], firms[N][16];
    static const char *const industries[] = {"A", "B", NULL};
    static const char *const banks[] = {"甲银行", "乙银行"};
    Loan loans[N];
    case_open(c);
    for (int i = 0; i < N; i++) {
        snprintf(ids[i], sizeof ids[i], "L%02d", i);
        snprintf(firms[i], sizeof firms[i], "F%02d", i * 2 / 3);
        loans[i] = (Loan){ids[i],
                          firms[i],
                          industries[i * 2 / 3 % 3],
                          NULL,
                          banks[i % 2],
                          123457 + 4321 * (i * i % 19),
                          .02 + .003 * (i * 2 / 3),
                          .2 + .017 * (i % 23)};
    }
    case_loans(c, loans, N);
    c->options.years = years;
    c->options.scenarios = 2000;
    assert_int_equal(case_factors(c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.3\"; } ); };\n"),
                     OK);
    assert_int_equal(case_scheme(c, text), OK);
}

static void parts_sum_to_the_fen(void **state)
{
    (void)state;
    static const char *const parties[] = {"total", "bank", "guarantor", "pool"};
    static const char *const tables[] = {"pool_contributions",
                                         "pool_contributors"};
    Case c;
    open_book(&c, SCHEME("80%"), 3);
    ask(&c, "0.95", "pool_contributions");
    for (size_t j = 0; j < COUNT(parties); j++) {
        double es = case_figure(&c, parties[j], "es", .95, "value");
        for (int k = 0; k < 2; k++) {
            int64_t sum = 0, columns = k == 0 ? 3 : 1;
            const Table *t = tables_find(c.tables, tables[k]);
            for (size_t i = 0; i < t->rows; i++)
                if (strcmp(table_find(t, "party")->s[i], parties[j]) == 0)
                    sum += table_find(t, "contribution")->i[i];
            assert_true(es > 0);
            assert_int_equal(sum, columns * (int64_t)floor(es + .5));
        }
    }
    case_close(&c);
}

/* What a firm costs a party in a scenario of one year, of what pool_replay()
 * tells: the party's payments less recoveries, by the firm's part of what is
 * lost; NULL: all firms. */
static double cost(const Case *c, const char *party, const char *firm)
{
    const Table *story = tables_find(c->tables, "pool_story");
    const Table *paid = tables_find(c->tables, "pool_story_parties");
    double net = 0, lost = 0, all = 0;
    for (size_t i = 0; i < paid->rows; i++)
        if (strcmp(table_find(paid, "party")->s[i], party) == 0)
            net += (double)(table_find(paid, "paid")->i[i] -
                            table_find(paid, "recovered")->i[i]);
    for (size_t i = 0; i < story->rows; i++) {
        double loss = (double)(table_find(story, "claim")->i[i] -
                               table_find(story, "recovered")->i[i]);
        all += loss;
        if (firm == NULL ||
            strcmp(table_find(story, "firm_id")->s[i], firm) == 0)
            lost += loss;
    }
    return lost == all ? net : net * lost / all;
}

static void replay(Case *c, uint64_t scenario)
{
    case_again(c);
    assert_int_equal(pool_replay(c->tables, c->portfolio, c->factors, c->scheme,
                                 &c->options, scenario, c->faults, &c->err),
                     OK);
}

/* Every scenario told by itself, with all that is shared: the worst 5% by the
 * definition. */
static void every_scenario_told_gives_the_same(void **state)
{
    (void)state;
    enum { N = 600, TAIL = 30 };
    static const char *const firms[] = {"F00", "F07", "F12", "F15"};
    static double net[N], of[N];
    Case c;
    open_book(&c, SCHEME("100%"), 1);
    c.options.scenarios = N;
    for (size_t f = 0; f < COUNT(firms); f++) {
        case_again(&c);
        const Table *t = ask(&c, "0.95", "pool_contributors");
        double want = 0, above = 0, ties = 0, at_ties = 0;
        double got = (double)cell(t, "guarantor", firms[f], "contribution");
        double var = case_figure(&c, "guarantor", "var", .95, "value");
        for (uint64_t q = 0; q < N; q++) {
            replay(&c, q);
            net[q] = cost(&c, "guarantor", NULL);
            of[q] = cost(&c, "guarantor", firms[f]);
        }
        for (size_t q = 0; q < N; q++)
            if (net[q] > var) {
                above++;
                want += of[q];
            } else if (net[q] == var) {
                ties++;
                at_ties += of[q];
            }
        want = (want + (TAIL - above) * at_ties / ties) / TAIL;
        assert_true(ties > 0 && above > 0);
        assert_close(got, want, 1.01 / want);
    }
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unequal_loans_have_their_contributions),
        cmocka_unit_test(equal_loans_have_equal_parts),
        cmocka_unit_test(parts_sum_to_the_fen),
        cmocka_unit_test(every_scenario_told_gives_the_same),
    };
    return RUN(tests);
}
