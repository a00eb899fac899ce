/* Scorecards by other regressions, with weights, offsets and rejects.
 *
 * One column of two words has two classes, so that every fit is saturated and
 * has a closed form: the odds of class k are (bads + what is added) / (goods +
 * what is added), worked out by hand below. */
#include "check.h"
#include "credit/cardfit.h"

enum { EACH = 100, ROWS = 2 * EACH, REJECTS = 80 };

typedef struct {
    Arena *arena;
    Table *table, *rejects;
    uint8_t event[ROWS];
    double number[ROWS];
    FitSpec spec;
    CardData data;
    CardFit fit;
} Case;

/* Rows of "a", then of "b". */
static Table *words(Tables *tables, const char *name, size_t a, size_t b)
{
    Table *t;
    Column *c;
    assert_int_equal(table_new(&t, tables, name, a + b, NULL), OK);
    assert_int_equal(table_add(&c, t, "word", TYPE_CATEGORY, "", NULL), OK);
    for (size_t i = 0; i < a + b; i++)
        c->s[i] = texts_put(tables->texts, i < a ? "a" : "b", 1);
    return t;
}

/* 10 of 100 "a" are bad and 30 of 100 "b"; 20 "a" and 60 "b" were rejected. */
static int set_up(void **state)
{
    static Case c;
    c = (Case){.arena = arena_new(), .spec = fitspec_default("bad")};
    Tables *tables = tables_new(c.arena);
    c.table = words(tables, "rows", EACH, EACH);
    c.rejects = words(tables, "rejects", 20, 60);
    for (size_t i = 0; i < ROWS; i++)
        c.event[i] = i < EACH ? i < 10 : i < EACH + 30;
    c.spec.ridge = 0;
    c.data = (CardData){.table = c.table, .event = c.event};
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    Case *c = *state;
    arena_free(c->arena);
    return 0;
}

/* Fit, and compare the log odds of the classes by the regression. */
static void gives(Case *c, double odds_a, double odds_b)
{
    assert_int_equal(
        cardfit_fit(&c->fit, c->arena, &c->data, &c->spec, 1, NULL), OK);
    const CardTerm *t = &c->fit.terms[0];
    const double *b = c->fit.logit.estimate;
    double woe_a = log((90. / 160) / (10. / 40));
    double woe_b = log((70. / 160) / (30. / 40));
    assert_null(t->why);
    assert_close(b[0] - b[1] * woe_a, log(odds_a), 1e-12);
    assert_close(b[0] - b[1] * woe_b, log(odds_b), 1e-12);
}

static void weights_count_and_offsets_shift(void **state)
{
    Case *c = *state;
    gives(c, 10. / 90, 30. / 70);
    c->data.weight = c->number;
    for (size_t i = 0; i < ROWS; i++)
        c->number[i] = c->event[i] ? 2 : i % 2 == 0 ? 0 : 1;
    gives(c, 20. / 45, 60. / 35);
    for (size_t i = 0; i < ROWS; i++)
        c->number[i] = 1.25;
    c->data.weight = NULL;
    c->data.offset = c->number;
    gives(c, 10. / 90 * exp(-1.25), 30. / 70 * exp(-1.25));
}

/* With Jeffreys' prior a saturated fit has half a case more in each cell
 * (Firth 1993, section 3.3). */
static void firths_fit_has_half_a_case_more_in_each_cell(void **state)
{
    Case *c = *state;
    c->spec.ridge = -1;
    c->spec.way.kind = LOGIT_FIRTH;
    gives(c, 10.5 / 90.5, 30.5 / 70.5);
    assert_true(c->fit.ridge.lambda == 0);
}

static void a_search_or_a_lasso_may_leave_nothing(void **state)
{
    Case *c = *state;
    Err err = {0};
    c->spec.ridge = -1;
    c->spec.way = (LogitWay){.kind = LOGIT_PENALTY, .lambda = 2, .alpha = 1};
    assert_int_equal(
        cardfit_fit(&c->fit, c->arena, &c->data, &c->spec, 1, &err),
        ERR_DOMAIN);
    assert_string_equal(c->fit.terms[0].why,
                        "the penalty leaves nothing of it");
    err = (Err){0};
    for (size_t i = 0; i < ROWS; i++) /* 15 and 17 of 100 */
        c->event[i] = i % EACH < (i < EACH ? 15 : 17);
    c->spec.way = (LogitWay){.search = LOGIT_BY_BIC};
    assert_int_equal(
        cardfit_fit(&c->fit, c->arena, &c->data, &c->spec, 1, &err),
        ERR_DOMAIN);
    assert_string_equal(c->fit.terms[0].why,
                        "the step-wise search leaves it out");
}

/* p' = 2 p / (2 p + 1 - p): 2/11 of 20 and 6/13 of 60 rejects are bad. */
static void fuzzy_rejects_enter_by_their_chances(void **state)
{
    Case *c = *state;
    c->data.rejects = c->rejects;
    c->spec.infer = INFER_FUZZY;
    c->spec.worse = 2;
    gives(c, (10 + 20 * 2. / 11) / (90 + 20 * 9. / 11),
          (30 + 60 * 6. / 13) / (70 + 60 * 7. / 13));
    assert_int_equal(c->fit.rejects, REJECTS);
    assert_close(c->fit.reject_bads, 20 * 2. / 11 + 60 * 6. / 13, 1e-12);
    assert_close(c->fit.auc, .5 + (30. * 90 - 10 * 70) / (2 * 40 * 160), 1e-12);
}

/* As bad as accepted of their score: every equation of the fit gains p (1 - p)
 * less itself, so nothing is learnt but false certainty. */
static void fuzzy_rejects_that_are_no_worse_change_nothing(void **state)
{
    Case *c = *state;
    gives(c, 10. / 90, 30. / 70);
    double se = c->fit.logit.se[1];
    c->data.rejects = c->rejects;
    c->spec.infer = INFER_FUZZY;
    gives(c, 10. / 90, 30. / 70);
    assert_close(c->fit.terms[0].accepted, c->fit.terms[0].estimate, 1e-12);
    assert_true(c->fit.logit.se[1] < .9 * se);
}

/* Rates .1 and .3 doubled: 4 of 20 and 36 of 60, whichever are drawn. */
static void parcels_have_their_rates(void **state)
{
    Case *c = *state;
    c->data.rejects = c->rejects;
    c->spec.infer = INFER_PARCEL;
    c->spec.worse = 2;
    gives(c, 14. / 106, 66. / 94);
    assert_true(c->fit.reject_bads == 40);
}

#define WAY_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAY_TEST(weights_count_and_offsets_shift),
        WAY_TEST(firths_fit_has_half_a_case_more_in_each_cell),
        WAY_TEST(a_search_or_a_lasso_may_leave_nothing),
        WAY_TEST(fuzzy_rejects_enter_by_their_chances),
        WAY_TEST(fuzzy_rejects_that_are_no_worse_change_nothing),
        WAY_TEST(parcels_have_their_rates),
    };
    return RUN(tests);
}
