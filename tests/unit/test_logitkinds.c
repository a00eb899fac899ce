#include "german.h"
#include "logitcase.h"
#include "stat/setup.h"

#include <stdlib.h>

enum { K = GERMAN_COLUMNS };

typedef struct {
    double x[K][GERMAN_ROWS];
    uint8_t y[GERMAN_ROWS];
    const double *columns[K];
    const char *names[K];
} Numeric;

static LogitData numeric(Numeric *g)
{
    char line[512], *cell[K + 1];
    FILE *file = german_open("german.data-numeric");
    for (int i = 0; i < GERMAN_ROWS; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(german_cells(cell, line), K + 1);
        for (int j = 0; j < K; j++)
            g->x[j][i] = strtod(cell[j], NULL);
        g->y[i] = cell[K][0] == '2';
    }
    fclose(file);
    for (int j = 0; j < K; j++) {
        g->columns[j] = g->x[j];
        g->names[j] = "V";
    }
    return (LogitData){g->columns, g->names, g->y, NULL, NULL, GERMAN_ROWS, K};
}

/* Minima to 15 digits by another program's coordinate descent, which agree
 * with glmnet's to what that prints. */
static void penalised_fits_reach_the_known_minima(void **state)
{
    static const struct {
        LogitNet net;
        size_t nonzero;
        double intercept, rel, objective;
    } want[] = {
        {{.lambda = .01, .alpha = 1}, 19, 2.39817407, 1e-7, .506610636654825},
        {{.lambda = .05, .alpha = 1}, 4, .23410596, 1e-7, .574234744669403},
        {{.lambda = .01}, 24, 3.07091763373141725, 1e-12, .47491819332256},
        {{.lambda = .05, .alpha = .5}, 15, .98127822, 1e-7, .548635435776545},
    };
    static Numeric g;
    LogitCase *c = *state;
    LogitData d = numeric(&g);
    for (size_t i = 0; i < COUNT(want); i++) {
        Logit f;
        double objective;
        size_t nonzero = 0;
        assert_int_equal(
            logit_net(&f, &objective, c->arena, &d, &want[i].net, NULL), OK);
        for (size_t j = 1; j < f.terms; j++)
            nonzero += f.estimate[j] != 0;
        assert_int_equal(nonzero, want[i].nonzero);
        assert_close(f.estimate[0], want[i].intercept, want[i].rel);
        assert_close(objective, want[i].objective, 2e-14);
        assert_true(f.gradient_norm < 1e-12);
        assert_true(isnan(f.se[1]) == (want[i].net.alpha > 0));
    }
}

/* Without a penalty it is the plain fit; a huge one leaves the intercept. */
static void a_penalty_goes_from_none_to_all(void **state)
{
    LogitCase *c = *state;
    Logit f, plain;
    double objective;
    LogitNet net = {0};
    assert_int_equal(
        logit_fit(&plain, c->arena, &c->weighted, &(LogitOptions){0}, NULL),
        OK);
    assert_int_equal(
        logit_net(&f, &objective, c->arena, &c->weighted, &net, NULL), OK);
    for (size_t j = 0; j < f.terms; j++)
        assert_close(f.estimate[j], plain.estimate[j], 1e-10);
    assert_close(objective, -plain.log_likelihood / plain.weight, 1e-14);
    net = (LogitNet){.lambda = 10, .alpha = 1};
    assert_int_equal(logit_net(&f, &objective, c->arena, &c->plain, &net, NULL),
                     OK);
    for (size_t j = 1; j < f.terms; j++)
        assert_true(f.estimate[j] == 0);
    assert_close(f.estimate[0], log(158. / 242), 1e-13);
    net.alpha = 1.5;
    assert_int_equal(
        logit_net(&f, &objective, c->arena, &c->plain, &net, &c->err),
        ERR_DOMAIN);
    assert_string_equal(c->err.text,
                        "a penalty wants lambda >= 0 and alpha in "
                        "[0, 1], not 10 and 1.5");
    c->err = (Err){0};
    net = (LogitNet){.lambda = .01, .steps = 1};
    assert_int_equal(
        logit_net(&f, &objective, c->arena, &c->plain, &net, &c->err),
        ERR_DOMAIN);
    assert_non_null(strstr(c->err.text, "no convergence in 1 steps"));
}

/* The first 40 rows on share and tech, by scoring with 40 digits until no
 * digit of a step is left; ends of intervals by secants on that (mpmath). */
static void firth_agrees_with_40_digits(void **state)
{
    static const double want[][5] = {
        {-1.4102825866044503, .877388178920502493, 0, 0, 0},
        {.0203559225452545891, .0133799107553808212, -.00343532989808934609,
         .0484745141502540321, .0955950196768021673},
        {.478107879043364879, .945571934304222206, -1.31943629208347459,
         2.30028490316691017, .59540978251640775},
    };
    LogitCase *c = *state;
    const double *x[] = {c->x[0], c->x[3]};
    const char *const names[] = {"share", "tech"};
    LogitData d = {x, names, c->y, NULL, NULL, 40, 2};
    LogitFirth f;
    assert_int_equal(logit_firth(&f, c->arena, &d, 1, NULL), OK);
    assert_close(f.fit.log_likelihood, -25.691516307122997, 1e-13);
    assert_close(f.penalised, -20.0650231095400459, 1e-13);
    assert_true(f.fit.gradient_norm < 1e-13);
    for (size_t j = 0; j < 3; j++) {
        assert_close(f.fit.estimate[j], want[j][0], 1e-11);
        assert_close(f.fit.se[j], want[j][1], 1e-11);
        if (j == 0)
            continue;
        assert_close(f.low[j], want[j][2], 1e-8);
        assert_close(f.high[j], want[j][3], 1e-8);
        assert_close(f.p[j], want[j][4], 1e-8);
    }
}

/* Haldane's estimate: of a 2 by 2 table with an empty cell Firth's fit is the
 * log odds ratio after a half is added to each cell. */
static void firth_is_finite_where_outcomes_are_separated(void **state)
{
    double x[30];
    uint8_t y[30];
    for (int i = 0; i < 30; i++) {
        x[i] = i < 10;
        y[i] = i >= 10 && i < 16; /* 0 of 10, and 6 of 20 */
    }
    LogitCase *c = *state;
    const double *columns[] = {x};
    const char *const names[] = {"x"};
    LogitData d = {columns, names, y, NULL, NULL, 30, 1};
    LogitFirth f;
    assert_int_equal(logit_firth(&f, c->arena, &d, 1, NULL), OK);
    assert_close(f.fit.estimate[0], log(6.5 / 14.5), 1e-11);
    assert_close(f.fit.estimate[1], log(0.5 / 10.5) - log(6.5 / 14.5), 1e-11);
    assert_true(f.low[1] < f.fit.estimate[1] && f.fit.estimate[1] < f.high[1]);
}

/* 79 cases of endometrial cancer of Heinze, Schemper (2002): pulsatility,
 * endometrium height times 100, and neovascularisation (2) with grade (1);
 * wherever there is neovascularisation the grade is high.  Estimates and 95%
 * intervals by R's logistf 1.24, as the package firthlogist quotes them. */
static void firth_agrees_with_logistf(void **state)
{
    static const int cases[][3] = {
        {13, 164, 0}, {16, 226, 0}, {8, 314, 0},  {34, 268, 0}, {20, 128, 0},
        {5, 231, 0},  {17, 180, 0}, {10, 168, 0}, {26, 156, 0}, {17, 231, 0},
        {8, 201, 0},  {7, 189, 0},  {20, 315, 0}, {10, 123, 0}, {18, 127, 0},
        {16, 176, 0}, {18, 200, 0}, {8, 264, 1},  {29, 88, 1},  {12, 127, 1},
        {20, 137, 1}, {38, 97, 3},  {22, 114, 3}, {7, 88, 3},   {25, 91, 3},
        {15, 58, 3},  {7, 97, 1},   {28, 150, 0}, {11, 133, 0}, {19, 237, 0},
        {10, 182, 0}, {10, 313, 0}, {18, 131, 0}, {14, 192, 0}, {21, 164, 0},
        {11, 201, 0}, {17, 188, 0}, {25, 193, 0}, {16, 211, 0}, {19, 129, 0},
        {15, 172, 0}, {33, 75, 0},  {24, 192, 0}, {48, 184, 1}, {12, 111, 1},
        {19, 161, 1}, {2, 118, 1},  {22, 144, 3}, {40, 118, 3}, {5, 93, 3},
        {0, 117, 3},  {21, 119, 1}, {15, 106, 1}, {29, 202, 0}, {15, 229, 0},
        {12, 233, 0}, {3, 290, 0},  {20, 170, 0}, {23, 141, 0}, {12, 225, 0},
        {22, 154, 0}, {42, 197, 0}, {15, 175, 0}, {13, 216, 0}, {14, 257, 0},
        {19, 137, 0}, {12, 361, 0}, {13, 204, 0}, {10, 217, 0}, {12, 169, 1},
        {49, 27, 3},  {6, 184, 1},  {5, 130, 1},  {17, 96, 1},  {11, 101, 3},
        {21, 98, 3},  {5, 35, 1},   {19, 102, 3}, {33, 85, 1}};
    static const double want[][3] = {{3.77455951, 1.0825371, 7.20928050},
                                     {2.92927330, .6097244, 7.85463171},
                                     {-.03475175, -.1244587, .04045547},
                                     {-2.60416387, -4.3651832, -1.23272106}};
    enum { N = sizeof cases / sizeof *cases };
    LogitCase *c = *state;
    double x[3][N];
    uint8_t y[N];
    for (size_t i = 0; i < N; i++) {
        x[0][i] = cases[i][2] / 2;
        x[1][i] = cases[i][0];
        x[2][i] = cases[i][1] / 100.;
        y[i] = (uint8_t)(cases[i][2] % 2);
    }
    const double *columns[] = {x[0], x[1], x[2]};
    const char *const names[] = {"NV", "PI", "EH"};
    LogitData d = {columns, names, y, NULL, NULL, N, 3};
    LogitFirth f;
    assert_int_equal(logit_firth(&f, c->arena, &d, 1, NULL), OK);
    for (size_t j = 0; j < 4; j++) {
        assert_close(f.fit.estimate[j], want[j][0], 1e-6);
        assert_close(f.low[j], want[j][1], 2e-6);
        assert_close(f.high[j], want[j][2], 2e-6);
    }
}

/* Sums of scores over clusters i mod 11 with 40 digits (mpmath). */
static void clusters_make_errors_of_their_own(void **state)
{
    static const double want[] = {34.5073173702404606, .00346882237855151041,
                                  .0171408091215092299, 5.79391896053720879e-10,
                                  .271688746834742301};
    LogitCase *c = *state;
    uint32_t cluster[LOGIT_ROWS];
    Logit f;
    for (uint32_t i = 0; i < LOGIT_ROWS; i++)
        cluster[i] = i * 13 % 11;
    assert_int_equal(
        logit_fit(&f, c->arena, &c->plain, &(LogitOptions){0}, NULL), OK);
    assert_int_equal(logit_cluster(&f, c->arena, &c->plain, cluster, 11, NULL),
                     OK);
    for (size_t j = 0; j < f.terms; j++)
        assert_close(f.se[j], want[j], 1e-11);
    assert_int_equal(
        logit_cluster(&f, c->arena, &c->plain, cluster, 1, &c->err),
        ERR_DOMAIN);
    assert_string_equal(c->err.text,
                        "errors by cluster want two clusters or more");
}

/* The model that no change of one term betters, found from either end. */
static void steps_end_where_no_change_is_better(void **state)
{
    static const size_t term[] = {0, 1, 2, 1}; /* year and tech together */
    LogitCase *c = *state;
    for (int direction = 0; direction < 3; direction++) {
        unsigned char kept[3];
        LogitStep s = {term, 3, (LogitDirection)direction, 2, 1};
        assert_int_equal(logit_step(kept, &c->plain, &s, NULL), OK);
        assert_memory_equal(kept, "\1\0\1", 3);
        s.penalty = 1000; /* nothing is worth that */
        assert_int_equal(logit_step(kept, &c->plain, &s, NULL), OK);
        assert_memory_equal(kept, "\0\0\0", 3);
    }
}

static void without_memory_they_say_so(void **state)
{
    LogitCase *c = *state;
    static const size_t term[] = {0, 1, 2, 1};
    const LogitStep s = {term, 3, LOGIT_BACKWARD, 2, 1};
    const LogitNet net = {.lambda = .01, .alpha = 1};
    for (int kind = 0; kind < 3; kind++) {
        ErrCode rc = ERR_MEMORY;
        for (long n = 0; rc != OK; n++) {
            Logit f;
            LogitFirth firth;
            double objective;
            unsigned char kept[3];
            Arena *arena = arena_new();
            assert_true(n < 2000);
            mem_fail_from(n);
            rc = kind == 0 ? logit_step(kept, &c->plain, &s, NULL)
                 : kind == 1
                     ? logit_net(&f, &objective, arena, &c->plain, &net, NULL)
                     : logit_firth(&firth, arena, &c->plain, 1, NULL);
            mem_fail_from(-1);
            arena_free(arena);
            assert_true(rc == OK || rc == ERR_MEMORY);
        }
    }
}

/* Two columns, 8 rows, lambda .1: b by Newton with 40 digits on columns
 * divided by their standard deviations (by n). */
static void a_ridge_is_that_of_forty_digits(void **state)
{
    LogitCase *c = *state;
    static const double x[] = {0.5, 1.5, 2, 3, 4.25, 5, 6, 7.5};
    static const double z[] = {3, -1, 4, -1, 5, -9, 2, 6};
    static const uint8_t y[] = {0, 0, 1, 0, 1, 0, 1, 1};
    const double *columns[] = {x, z};
    const char *names[] = {"x", "z"};
    const LogitData d = {.x = columns, .name = names, .y = y, .n = 8, .k = 2};
    const LogitNet net = {.lambda = .1};
    double objective;
    Logit l;
    assert_int_equal(logit_net(&l, &objective, c->arena, &d, &net, NULL), OK);
    assert_close(l.estimate[0], -1.711990497078715, 1e-12);
    assert_close(l.estimate[1], 0.4021258104193212, 1e-12);
    assert_close(l.estimate[2], 0.2617446119423637, 1e-12);
    assert_close(l.se[1], 0.3290366898843638, 1e-12);
    assert_true(l.gradient_norm < 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOGIT_TEST(a_ridge_is_that_of_forty_digits),
        LOGIT_TEST(penalised_fits_reach_the_known_minima),
        LOGIT_TEST(a_penalty_goes_from_none_to_all),
        LOGIT_TEST(firth_agrees_with_40_digits),
        LOGIT_TEST(firth_is_finite_where_outcomes_are_separated),
        LOGIT_TEST(firth_agrees_with_logistf),
        LOGIT_TEST(clusters_make_errors_of_their_own),
        LOGIT_TEST(steps_end_where_no_change_is_better),
        LOGIT_TEST(without_memory_they_say_so),
    };
    stat_setup();
    return RUN(tests);
}
