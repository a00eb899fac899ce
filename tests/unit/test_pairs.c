#include "check.h"

#include "book.h"
#include "pool/model.h"
#include "stat/setup.h"

/* Correlations by pair, from a file. */

#if defined ARENA_PASSTHROUGH || !defined __OPTIMIZE__
enum { SCENARIOS = 400 };
#else
enum { SCENARIOS = 20000 };
#endif

enum { SEEDS = 40, EACH = 50 };

static const char model[] =
    "factors = { correlation_file = \"pairs.csv\"; groups = ("
    " { industry = \"A\"; asset_correlation = \"0.2\"; },"
    " { industry = \"B\"; county = \"随县\"; asset_correlation = \"0.15\"; },"
    " { industry = \"C\"; asset_correlation = \"0.1\"; } ); };\n";

static const char repaired[] =
    "factors = { correlation_file = \"pairs.csv\"; nearest = \"yes\"; groups = "
    "("
    " { industry = \"A\"; asset_correlation = \"0.2\"; },"
    " { industry = \"B\"; county = \"随县\"; asset_correlation = \"0.15\"; },"
    " { industry = \"C\"; asset_correlation = \"0.1\"; } ); };\n";

/* 50 equal loans in each of three groups. */
static void open_book(Case *c, const char *factors)
{
    static const char *const industries[] = {"A", "B", "C"};
    static char ids[3 * EACH][8];
    static Loan loans[3 * EACH];
    case_open(c);
    for (size_t i = 0; i < 3 * EACH; i++) {
        snprintf(ids[i], sizeof ids[i], "%zu", i);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = ids[i],
                          .industry = industries[i % 3],
                          .county = "随县",
                          .fen = 100,
                          .pd = 0.02,
                          .lgd = 1};
    }
    case_loans(c, loans, 3 * EACH);
    assert_int_equal(case_factors(c, factors), OK);
    c->options.scenarios = SCENARIOS;
}

static ErrCode take(Case *c, const char *csv)
{
    Source source;
    c->err = (Err){0};
    assert_int_equal(source_of(&source, "pairs.csv", csv, strlen(csv), &c->err),
                     OK);
    return factors_take_pairs(&c->factors, c->arena, c->tables, c->factors,
                              source, c->faults, &c->err);
}

/* sd of the sum by bivariate normal chances of each pair of loans, which
 * Simpson's rule gives in Python: 2.86332554103. */
static void pairs_make_the_variance(void **state)
{
    (void)state;
    double squares = 0, means = 0;
    Case c;
    open_book(&c, model);
    assert_int_equal(take(&c,
                          "name,C,A,B 随县\nA,-0.3,1,0.7\n"
                          "B 随县,0.2,0.7,1\nC,1,-0.3,0.2\n"),
                     OK);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        case_again(&c);
        c.options.seed = seed;
        assert_int_equal(case_run(&c), OK);
        double sd = case_figure(&c, "total", "sd", 0, "value") / 100;
        double se = case_figure(&c, "total", "sd", 0, "se") / 100;
        double el = case_figure(&c, "total", "el", 0, "value") / 100;
        double off = (el - 3) / 2.86332554103 * sqrt(SCENARIOS);
        squares += (sd - 2.86332554103) / se * ((sd - 2.86332554103) / se);
        means += off * off;
    }
    assert_true(means > 17.9 && means < 73.4);
    assert_true(squares > 17.9 && squares < 73.4);
    case_close(&c);
}

/* One number in all places is that number: bit for bit. */
static void equal_pairs_are_a_common_factor(void **state)
{
    (void)state;
    Case a, b;
    open_book(&a, model);
    assert_int_equal(
        take(&a,
             "name,A,B 随县,C\nA,1,0.3,0.3\nB 随县,0.3,1,0.3\nC,0.3,0.3,1\n"),
        OK);
    open_book(&b,
              "factors = { correlation = \"0.3\"; groups = ("
              " { industry = \"A\"; asset_correlation = \"0.2\"; },"
              " { industry = \"B\"; county = \"随县\"; asset_correlation = "
              "\"0.15\"; },"
              " { industry = \"C\"; asset_correlation = \"0.1\"; } ); };\n");
    assert_int_equal(case_run(&a), OK);
    assert_int_equal(case_run(&b), OK);
    assert_true(case_figure(&a, "total", "es", 0.99, "value") ==
                case_figure(&b, "total", "es", 0.99, "value"));
    case_close(&a);
    case_close(&b);
}

static void the_nearest_is_used_when_asked(void **state)
{
    (void)state;
    static const char csv[] =
        "name,A,B 随县,C\nA,1,1,0\nB 随县,1,1,1\nC,0,1,1\n";
    Case c;
    open_book(&c, model);
    assert_int_equal(take(&c, csv), ERR_INPUT);
    assert_int_equal(faults_count(c.faults), 1);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "these correlations cannot hold together: their least "
                        "eigenvalue is -0.414214; the nearest that can, "
                        "0.52779 away, follows");
    assert_string_equal(faults_at(c.faults, 1)->problem, "name,B 随县,A,C");
    assert_string_equal(faults_at(c.faults, 3)->problem,
                        "A,0.760689853402,1,0.157298106138");
    c.err = (Err){0};
    assert_int_equal(case_run(&c), ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "factors.cfg: its file of correlations is not read");
    case_close(&c);
    open_book(&c, repaired);
    assert_int_equal(take(&c, csv), OK);
    assert_int_equal(faults_warned(c.faults), 5);
    assert_int_equal(case_run(&c), OK);
    case_close(&c);
}

static void faults_of_files(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *problem;
        size_t n;
    } files[] = {
        {"name,A,B 随县\nA,1,0.3\nB 随县,0.3,1\n",
         "group 'C' has no row or no column", 1},
        {"name,A,B 随县,C\nA,1,0.3,0.3\nB 随县,0.3,1,0.2\nC,0.3,0.3,1\n",
         "'C' and 'B 随县' have the correlations 0.3 and 0.2", 1},
        {"name,A,B 随县,C\nA,1,0.3,0.3\nB 随县,0.3,0.9,0.3\nC,0.3,0.3,1\n",
         "the correlation of 'B 随县' with itself is not 1", 1},
        {"name,A,B 随县,C\nA,1,1.3,0.3\nB 随县,1.3,1,0.3\nC,0.3,0.3,1\n",
         "the correlation of 'B 随县' and 'A' is not in [-1, 1]", 2},
        {"name,A,B 随县,C\nA,1,,0.3\nB 随县,0.3,1,0.3\nC,0.3,0.3,1\n",
         "the correlation of 'A' and 'B 随县' is not in [-1, 1]", 1},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        Case c;
        open_book(&c, model);
        assert_int_equal(take(&c, files[i].csv), ERR_INPUT);
        assert_string_equal(faults_at(c.faults, 0)->problem, files[i].problem);
        assert_int_equal(faults_count(c.faults), files[i].n);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_make_the_variance),
        cmocka_unit_test(equal_pairs_are_a_common_factor),
        cmocka_unit_test(the_nearest_is_used_when_asked),
        cmocka_unit_test(faults_of_files),
    };
    stat_setup();
    return RUN(tests);
}
