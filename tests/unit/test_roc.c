#include "german.h"
#include "scored.h"
#include "stat/brier.h"
#include "stat/roc.h"

/* References: every pair compared, in exact fractions (Python), roots and the
 * normal tail with 40 digits. */
static void ranks_give_what_all_pairs_give(void **state)
{
    Scored *s = *state;
    Roc roc;
    assert_int_equal(roc_measure(&roc, s->arena, &s->cases, NULL), OK);
    assert_close(roc.auc, 43. / 78, 1e-15);
    assert_close(roc.gini, 2 * 43. / 78 - 1, 1e-14);
    assert_close(roc.ks, 4. / 21, 1e-15);
    assert_int_equal(roc_measure(&roc, s->arena, &s->weighted, NULL), OK);
    assert_close(roc.auc, 5277. / 10192, 1e-15);
    assert_close(roc.ks, 69. / 364, 1e-15);
}

static void delong_compares_two_scores(void **state)
{
    Scored *s = *state;
    RocPair p;
    assert_int_equal(roc_compare(&p, s->arena, &s->cases, s->second, NULL), OK);
    assert_close(p.auc[1], 74. / 117, 1e-15);
    assert_close(p.se[0], 0.07533928525496210534, 1e-14);
    assert_close(p.se[1], 0.076133972603751770254, 1e-14);
    assert_close(p.se_difference, 0.10369281667841887153, 1e-14);
    assert_close(p.z, -0.7830492390653737812, 1e-13);
    assert_close(p.p, 0.4335981978659175163, 1e-13);
}

static void weights_enter_delong_linearised(void **state)
{
    Scored *s = *state;
    RocPair p;
    assert_int_equal(roc_compare(&p, s->arena, &s->weighted, s->second, NULL),
                     OK);
    assert_close(p.se[0], 0.080368100438573701847, 1e-14);
    assert_close(p.se[1], 0.085761514538083647592, 1e-14);
    assert_close(p.z, -0.98279914874136687153, 1e-13);
    assert_close(p.p, 0.32570630090838928544, 1e-13);
}

/* A model against itself: no difference, and no test of none. */
static void a_score_does_not_differ_from_itself(void **state)
{
    Scored *s = *state;
    RocPair p;
    assert_int_equal(roc_compare(&p, s->arena, &s->cases, s->score, NULL), OK);
    assert_true(p.difference == 0 && p.se_difference == 0);
    assert_true(isnan(p.z) && isnan(p.p));
}

static void perfect_and_blind_scores_are_the_ends(void **state)
{
    Scored *s = *state;
    double pd[SCORED], same[SCORED];
    for (int i = 0; i < SCORED; i++) {
        pd[i] = s->bad[i];
        same[i] = 2.385;
    }
    Roc roc;
    Cases c = {pd, s->bad, NULL, SCORED};
    assert_int_equal(roc_measure(&roc, s->arena, &c, NULL), OK);
    assert_true(roc.auc == 1 && roc.ks == 1 && roc.ks_at == 0);
    assert_true(brier_of(&c) == 0);
    c.score = same;
    assert_int_equal(roc_measure(&roc, s->arena, &c, NULL), OK);
    assert_true(roc.auc == 0.5 && roc.ks == 0);
}

static void refused(Scored *s, Cases c, const char *text)
{
    Roc roc;
    Err err = {0};
    assert_int_equal(roc_measure(&roc, s->arena, &c, &err), ERR_DOMAIN);
    assert_string_equal(err.text, text);
}

static void what_cannot_be_ranked_is_refused(void **state)
{
    Scored *s = *state;
    uint8_t none[SCORED] = {0};
    refused(s, (Cases){s->score, none, NULL, SCORED},
            "none of the 60 cases defaulted; validation needs both kinds");
    s->score[3] = (double)NAN;
    refused(s, s->cases, "case 4 has no score");
    s->score[3] = 1;
    s->weight[1] = -0.5;
    refused(s, s->weighted,
            "case 2 has the weight -0.5; weights are finite and not negative");
}

/* Computed with 40 digits from the fits of german.h; the AUC and KS are exact
 * fractions of 210,000 pairs and of 700 goods and 300 bads. */
static void german_credit_agrees_to_the_printed_digits(void **state)
{
    Scored *s = *state;
    static const struct {
        void (*load)(German *);
        double auc, ks, brier, se;
    } fits[] = {
        {german_full, 0.833780952380952, 0.531428571428571, 0.146153442599080,
         0.0135065374320399},
        {german_numeric, 0.817880952380952, 0.511904761904762,
         0.152917373691633, 0.0142083325155997},
    };
    static German g;
    for (size_t i = 0; i < COUNT(fits); i++) {
        fits[i].load(&g);
        RocPair p;
        Roc roc;
        Cases c = {g.pd, g.bad, NULL, GERMAN_ROWS};
        assert_int_equal(roc_measure(&roc, s->arena, &c, NULL), OK);
        assert_int_equal(roc_compare(&p, s->arena, &c, g.pd, NULL), OK);
        assert_close(roc.auc, fits[i].auc, 1e-14);
        assert_close(roc.ks, fits[i].ks, 1e-14);
        assert_close(brier_of(&c), fits[i].brier, 1e-13);
        assert_close(p.se[0], fits[i].se, 1e-14);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCORED_TEST(ranks_give_what_all_pairs_give),
        SCORED_TEST(delong_compares_two_scores),
        SCORED_TEST(weights_enter_delong_linearised),
        SCORED_TEST(a_score_does_not_differ_from_itself),
        SCORED_TEST(perfect_and_blind_scores_are_the_ends),
        SCORED_TEST(what_cannot_be_ranked_is_refused),
        SCORED_TEST(german_credit_agrees_to_the_printed_digits),
    };
    return RUN(tests);
}
