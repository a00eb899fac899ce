/* What the models make of real files, where KEDAN_REAL_DATA names the folder
 * that has them; skipped elsewhere. */
#include "credit/cardfit.h"
#include "credit/design.h"
#include "data/sheet.h"
#include "german.h"
#include "stat/bins.h"
#include "stat/roc.h"

enum { PRE_MOST = 32, PROBLEMS = 20 };

typedef struct {
    Arena *arena;
    Tables *tables;
    Faults *faults;
} Real;

static int set_up(void **state)
{
    static Real r;
    r.arena = arena_new();
    r.tables = tables_new(r.arena);
    r.faults = faults_new(r.arena);
    *state = &r;
    return r.faults == NULL;
}

static int tear_down(void **state)
{
    Real *r = *state;
    arena_free(r->arena);
    return 0;
}

static Table *german_sheet(Real *r)
{
    char path[512];
    Source source;
    Table *t;
    real_path(path, "german_credit/german.data");
    assert_int_equal(source_read(&source, r->arena, path, NULL), OK);
    assert_int_equal(sheet_read(&t, r->tables, source,
                                (SheetOptions){.is_bare = 1}, r->faults, NULL),
                     OK);
    assert_int_equal(t->rows, GERMAN_ROWS);
    return t;
}

static void german_design(Design *d, Real *r)
{
    static const DesignWish wish = {.target = "V21", .event = "2"};
    Table *t = german_sheet(r);
    Column *target = t->columns[t->n - 1];
    for (size_t i = 0; i < t->rows; i++) /* levels, as design_words() asks */
        target->s[i] = target->d[i] == 2 ? "2" : "1";
    target->type = TYPE_CATEGORY;
    assert_int_equal(design_make(d, r->arena, t, &wish, NULL), OK);
}

/* Every coefficient and standard error of german_full.csv: treatment coding,
 * Newton with 40 digits. */
static void german_with_all_its_factors_agrees_with_40_digits(void **state)
{
    Real *r = *state;
    Design d;
    Logit f;
    GermanTerm want[GERMAN_TERMS];
    german_design(&d, r);
    size_t n = german_terms(want, "german_full.csv");
    assert_int_equal(logit_fit(&f, r->arena, &d.data, &(LogitOptions){0}, NULL),
                     OK);
    assert_int_equal(f.terms, n);
    for (size_t j = 0; j < n; j++) {
        char name[32] = "(Intercept)";
        if (j > 0)
            snprintf(name, sizeof name, "V%d%s", want[j].column, want[j].level);
        if (j > 0)
            assert_string_equal(d.name[j - 1], name);
        assert_close(f.estimate[j], want[j].estimate, 1e-12);
        assert_close(f.se[j], want[j].se, 1e-12);
    }
    assert_close(f.log_likelihood, -447.908892738420, 1e-14);
}

/* -2 l + price k of the model that the search ends at. */
static double criterion_at_the_end(Real *r, double price, LogitDirection way,
                                   size_t *terms)
{
    Design d;
    Logit f;
    german_design(&d, r);
    unsigned char kept[GERMAN_TERMS];
    const LogitStep step = {
        .term = d.term, .terms = d.terms, .direction = way, .penalty = price};
    assert_int_equal(logit_step(kept, &d.data, &step, NULL), OK);
    design_keep(&d, kept);
    assert_int_equal(logit_fit(&f, r->arena, &d.data, &(LogitOptions){0}, NULL),
                     OK);
    *terms = f.terms;
    r->tables->n = 0;
    return price * (double)f.terms - 2 * f.log_likelihood;
}

/* Origin: the three directions run with 40 digits, factors whole; all end at
 * the same model. */
static void german_step_wise_ends_where_40_digits_end(void **state)
{
    Real *r = *state;
    size_t terms;
    for (int way = LOGIT_BOTH; way <= LOGIT_FORWARD; way++) {
        assert_close(criterion_at_the_end(r, 2, (LogitDirection)way, &terms),
                     982.4979964605543, 1e-14);
        assert_int_equal(terms, 36);
        assert_close(criterion_at_the_end(r, log(GERMAN_ROWS),
                                          (LogitDirection)way, &terms),
                     1084.7547400669202, 1e-14);
    }
}

/* Two models on the same rows.  Origin: all 210,000 pairs of a bad and a good
 * row compared (Python), means, covariances, root and tail with 30 digits. */
static void two_german_models_differ_as_all_pairs_say(void **state)
{
    Real *r = *state;
    static German full, numeric;
    RocPair p;
    german_full(&full);
    german_numeric(&numeric);
    const Cases cases = {.score = full.pd, .bad = full.bad, .n = GERMAN_ROWS};
    assert_int_equal(roc_compare(&p, r->arena, &cases, numeric.pd, NULL), OK);
    assert_close(p.difference, .0159, 1e-13);
    assert_close(p.se_difference, 0.00586858233987397313983, 1e-12);
    assert_close(p.z, 2.70934257699133687848937, 1e-11);
    assert_close(p.p, 0.00674166895502733607725887, 1e-10);
}

/* log10 of sales, void sales invoices in percent, HHI of buyers of 123 firms.
 * Origin: Newton on the modified score, halving for the profile (Python). */
static void a_firth_fit_of_27_defaults_has_these_intervals(void **state)
{
    enum { FIRMS = 123 };
    static const double want[][3] = {
        {-1.795585584195301, -2.695495832655303, -1.0814658403346629},
        {0.03326005086465981, -0.01952728622847416, 0.09867971214057653},
        {2.343285865810578, 0.07653674832380775, 4.719981187309154},
    };
    static const char *const names[] = {"out_amount", "out_void_rate",
                                        "out_hhi"};
    Real *r = *state;
    char path[512];
    Source source;
    Table *t;
    LogitFirth f;
    double sales[FIRMS], percent[FIRMS];
    uint8_t bad[FIRMS];
    real_path(path, "cumcm2020/firms_rated.csv");
    assert_int_equal(source_read(&source, r->arena, path, NULL), OK);
    assert_int_equal(
        sheet_read(&t, r->tables, source, (SheetOptions){0}, r->faults, NULL),
        OK);
    assert_int_equal(t->rows, FIRMS);
    for (size_t i = 0; i < FIRMS; i++) {
        sales[i] = log10(table_find(t, names[0])->d[i]);
        percent[i] = 100 * table_find(t, names[1])->d[i];
        bad[i] = table_find(t, "default")->d[i] > 0;
    }
    const double *x[] = {sales, percent, table_find(t, names[2])->d};
    const LogitData data = {
        .x = x, .name = names, .y = bad, .n = FIRMS, .k = 3};
    assert_int_equal(logit_firth(&f, r->arena, &data, 1, NULL), OK);
    assert_true(f.fit.events == 27);
    for (size_t j = 0; j < 3; j++) {
        assert_close(f.fit.estimate[j + 1], want[j][0], 1e-10);
        assert_close(f.low[j + 1], want[j][1], 1e-8);
        assert_close(f.high[j + 1], want[j][2], 1e-8);
    }
}

/* ---- the twenty problems ---- */

static const char *field_of(const char *problem, const char *name)
{
    char quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\":", name);
    const char *at = strstr(problem, quoted);
    assert_non_null(at);
    return at + strlen(quoted);
}

static double number_of(const char *problem, const char *name)
{
    return strtod(field_of(problem, name), NULL);
}

static size_t list_of(double out[PRE_MOST], const char *problem,
                      const char *name)
{
    size_t n = 0;
    char *at = (char *)(uintptr_t)(strchr(field_of(problem, name), '[') + 1);
    while (n < PRE_MOST && *at != ']') {
        out[n++] = strtod(at, &at);
        at += strspn(at, ", \n");
    }
    return n;
}

static BinsTrend trend_of(const char *problem)
{
    char word[20];
    const char *at = strchr(field_of(problem, "trend"), '"') + 1;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(at, "\""), at);
    return strcmp(word, "None") == 0 ? BINS_NONE : bins_trend_named(word);
}

static void solve(const Real *r, const char *problem)
{
    double events[PRE_MOST], others[PRE_MOST];
    BinCount count[PRE_MOST], total = {0, 0};
    BinsCut cut;
    size_t n = list_of(events, problem, "prebin_events");
    assert_int_equal(list_of(others, problem, "prebin_nonevents"), n);
    for (size_t i = 0; i < n; i++) {
        count[i] = (BinCount){events[i], others[i]};
        total = bin_add(total, count[i]);
    }
    const BinsLimits limits = {
        .trend = trend_of(problem),
        .bins_least = 2,
        .bins_most = (size_t)number_of(problem, "max_bins"),
        .rows_least = (uint64_t)number_of(problem, "min_bin_size")};
    double want = number_of(problem, "optimum_iv");
    assert_int_equal(bins_solve(&cut, r->arena, count, n, total, &limits, NULL),
                     OK);
    if (want < 0) {
        assert_int_equal(cut.n, 0);
        assert_non_null(cut.why);
    } else {
        assert_close(cut.iv, want, 1e-13);
        assert_int_equal(cut.n, (size_t)number_of(problem, "bins"));
    }
}

/* Origin: exhaustive search and a mixed-integer program, which agree. */
static void twenty_binning_problems_are_solved_exactly(void **state)
{
    Real *r = *state;
    char path[512];
    Source source;
    int n = 0;
    real_path(path, "optimal_binning.json");
    assert_int_equal(source_read(&source, r->arena, path, NULL), OK);
    for (const char *at = source.bytes;
         (at = strstr(at, "\"dataset\":")) != NULL; at++, n++)
        solve(r, at);
    assert_int_equal(n, PROBLEMS);
}

/* ---- rows that were not fitted to ---- */

/* Rows whose number, from 1, has a last digit in [from, to). */
static Table *rows_of(const Real *r, const Table *all, const char *name,
                      size_t from, size_t to)
{
    Table *t;
    Column *c;
    size_t rows[GERMAN_ROWS], n = 0;
    for (size_t i = 0; i < all->rows; i++)
        if ((i + 1) % 10 >= from && (i + 1) % 10 < to)
            rows[n++] = i;
    assert_int_equal(table_new(&t, r->tables, name, n, NULL), OK);
    for (size_t k = 0; k < all->n; k++) {
        const Column *column = all->columns[k];
        assert_int_equal(table_add(&c, t, column->name, column->type, "", NULL),
                         OK);
        for (size_t i = 0; i < n; i++)
            c->i[i] = column->i[rows[i]]; /* cells are eight bytes */
    }
    return t;
}

static void outcomes_of(uint8_t bad[], const Table *t)
{
    const Column *target = table_find(t, "V21");
    for (size_t i = 0; i < t->rows; i++)
        bad[i] = target->d[i] == 2;
}

/* The default card of the rows 1 to 6 of ten ranks the others, 7 to 9, as
 * rules/scorecards.md says, with an AUC above .775.  The interval that belongs
 * to it is DeLong's, which test_roc.c holds to published figures. */
static void the_default_card_ranks_the_german_rows_left_out(void **state)
{
    Real *r = *state;
    CardFit card;
    RocPair pair;
    uint8_t fitted[GERMAN_ROWS], bad[GERMAN_ROWS];
    double score[GERMAN_ROWS];
    const Table *all = german_sheet(r);
    Table *fit = rows_of(r, all, "fit", 0, 7);
    Table *rest = rows_of(r, all, "rest", 7, 10);
    FitSpec spec = fitspec_default("V21");
    spec.event = "2";
    outcomes_of(fitted, fit);
    outcomes_of(bad, rest);
    const CardData data = {.table = fit, .event = fitted};
    assert_int_equal(cardfit_fit(&card, r->arena, &data, &spec, 2, NULL), OK);
    for (size_t i = 0; i < rest->rows; i++) {
        int64_t points = card.base;
        for (size_t k = 0; k < card.n; k++)
            if (card.terms[k].why == NULL)
                points += cardpoints_of(
                    &card.terms[k],
                    table_find(rest, card.terms[k].classing.name), i);
        score[i] = -(double)points;
    }
    const Cases cases = {.score = score, .bad = bad, .n = rest->rows};
    assert_int_equal(roc_compare(&pair, r->arena, &cases, score, NULL), OK);
    double half = 1.959963984540054 * pair.se[0];
    print_message("AUC %.4f, DeLong %.4f to %.4f\n", pair.auc[0],
                  pair.auc[0] - half, pair.auc[0] + half);
    assert_true(pair.auc[0] >= .775);
    assert_close(pair.auc[0], .781, .001);
    assert_close(pair.auc[0] - half, .727, .001);
    assert_close(pair.auc[0] + half, .836, .001);
}

#define REAL_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        REAL_TEST(german_with_all_its_factors_agrees_with_40_digits),
        REAL_TEST(german_step_wise_ends_where_40_digits_end),
        REAL_TEST(two_german_models_differ_as_all_pairs_say),
        REAL_TEST(a_firth_fit_of_27_defaults_has_these_intervals),
        REAL_TEST(twenty_binning_problems_are_solved_exactly),
        REAL_TEST(the_default_card_ranks_the_german_rows_left_out),
    };
    return RUN(tests);
}
