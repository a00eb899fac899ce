#include "german.h"
#include "logitcase.h"
#include "stat/normal.h"
#include "stat/setup.h"

#include <stdlib.h>

static void meets(const Logit *f, const double want[][2], size_t n, double rel)
{
    assert_int_equal(f->terms, n);
    for (size_t j = 0; j < n; j++) {
        assert_close(f->estimate[j], want[j][0], rel);
        assert_close(f->se[j], want[j][1], rel);
        assert_close(f->covariance[j * n + j], want[j][1] * want[j][1],
                     3 * rel);
    }
}

/* References: Newton's method with 50 digits (Python, mpmath) until no digit
 * of a step is left, standard errors from the last weights. */
static void estimates_and_errors_agree_with_50_digits(void **state)
{
    static const double want[][2] = {
        {40.175112264430883471, 34.249743711094433706},
        {0.02983334948819988219, 0.0043614063665984185551},
        {-0.021664062744747894231, 0.017051726824160198217},
        {2.8830782803566912478e-9, 4.5237636550135338377e-10},
        {-0.095623217254038714689, 0.28402501887433952423},
    };
    LogitCase *c = *state;
    Logit f;
    assert_int_equal(
        logit_fit(&f, c->arena, &c->plain, &(LogitOptions){0}, NULL), OK);
    meets(&f, want, COUNT(want), 1e-12);
    assert_close(f.log_likelihood, -220.37957999899252495, 1e-14);
    assert_close(f.null_log_likelihood,
                 158 * log(158 / 400.) + 242 * log(242 / 400.), 1e-14);
    assert_true(f.weight == 400 && f.events == 158);
    assert_true(f.gradient_norm < 1e-14 && f.condition < 10 && f.steps < 9);
}

static void weights_count_rows_and_offsets_are_given(void **state)
{
    static const double want[][2] = {
        {41.040862171664661282, 21.473804031943005622},
        {0.030551691111167761582, 0.0027463095778196847096},
        {-0.022005397623989573907, 0.010689168019952036405},
        {2.5561848505426707318e-9, 2.8146637964783112583e-10},
        {-0.060854172584265938917, 0.1799435013849478026},
    };
    LogitCase *c = *state;
    Logit f;
    assert_int_equal(
        logit_fit(&f, c->arena, &c->weighted, &(LogitOptions){0}, NULL), OK);
    meets(&f, want, COUNT(want), 1e-12);
    assert_close(f.log_likelihood, -558.00251706523620931, 1e-14);
    assert_close(f.null_log_likelihood, -671.55310987431877145, 1e-14);
}

/* 24 numeric columns of the German credit data, as fitted with 40 digits. */
static void german_credit_agrees_with_40_digits(void **state)
{
    enum { K = GERMAN_COLUMNS };
    static double x[K][GERMAN_ROWS];
    static uint8_t y[GERMAN_ROWS];
    const double *columns[K];
    const char *names[K];
    GermanTerm want[GERMAN_TERMS];
    char line[512], *cell[K + 1];
    LogitCase *c = *state;
    size_t n = german_terms(want, "german_numeric24.csv");
    FILE *file = german_open("german.data-numeric");
    for (int i = 0; i < GERMAN_ROWS; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(german_cells(cell, line), K + 1);
        for (int j = 0; j < K; j++)
            x[j][i] = strtod(cell[j], NULL);
        y[i] = cell[K][0] == '2';
    }
    fclose(file);
    for (int j = 0; j < K; j++) {
        columns[j] = x[j];
        names[j] = "V";
    }
    Logit f;
    LogitData d = {columns, names, y, NULL, NULL, GERMAN_ROWS, K};
    assert_int_equal(logit_fit(&f, c->arena, &d, &(LogitOptions){0}, NULL), OK);
    assert_int_equal(f.terms, n);
    for (size_t j = 0; j < n; j++) {
        assert_close(f.estimate[j], want[j].estimate, 1e-12);
        assert_close(f.se[j], want[j].se, 1e-12);
    }
    assert_close(f.log_likelihood, -467.667291362460, 1e-14);
}

/* At the maximum the expected events are the events. */
static void predictions_sum_to_the_events(void **state)
{
    LogitCase *c = *state;
    Logit f;
    double pd[LOGIT_ROWS], sum = 0;
    assert_int_equal(
        logit_fit(&f, c->arena, &c->weighted, &(LogitOptions){0}, NULL), OK);
    logit_predict(pd, &c->weighted, f.estimate);
    for (int i = 0; i < LOGIT_ROWS; i++)
        sum += c->weight[i] * pd[i];
    assert_close(sum, f.events, 1e-12);
}

/* 20,000 rows from the engine's streams, so that there are several chunks. */
static void neither_threads_nor_vectors_change_a_bit(void **state)
{
    enum { N = 20000, K = 3, SETS = 3 };
    static double x[K][N];
    static uint8_t y[N];
    static const char *const sets[SETS] = {"portable", "avx2", "avx512"};
    static const char *const names[K] = {"a", "b", "c"};
    const double *columns[K];
    LogitCase *c = *state;
    Logit first, f;
    for (int j = 0; j < K; j++) {
        normal_draws(SIMD_PORTABLE, x[j], stream_new(7, (uint32_t)j, 0), 0, N);
        columns[j] = x[j];
    }
    for (size_t i = 0; i < N; i++)
        y[i] = normal_uniform(stream_word(stream_new(7, 9, 0), i)) <
               normal_cdf(x[0][i] - x[1][i] / 2 - 1);
    LogitData d = {columns, names, y, NULL, NULL, N, K};
    for (int s = 0; s < SETS; s++)
        for (int threads = 1; threads <= 3; threads++) {
            setenv("KEDAN_ISA", sets[s], 1);
            assert_int_equal(logit_fit(&f, c->arena, &d,
                                       &(LogitOptions){.threads = threads},
                                       NULL),
                             OK);
            if (s == 0 && threads == 1)
                first = f;
            assert_memory_equal(f.estimate, first.estimate,
                                f.terms * sizeof(double));
            assert_memory_equal(f.covariance, first.covariance,
                                f.terms * f.terms * sizeof(double));
            assert_true(f.log_likelihood == first.log_likelihood);
        }
    unsetenv("KEDAN_ISA");
}

static void refused(LogitCase *c, const LogitData *d, const char *text)
{
    Logit f;
    Err err = {0};
    assert_int_equal(logit_fit(&f, c->arena, d, &(LogitOptions){0}, &err),
                     ERR_DOMAIN);
    assert_string_equal(err.text, text);
}

static void columns_that_say_nothing_new_are_named(void **state)
{
    LogitCase *c = *state;
    for (int i = 0; i < LOGIT_ROWS; i++)
        c->x[3][i] = 3 * c->x[0][i] - 1e-5 * c->x[2][i];
    refused(c, &c->plain,
            "the column 'tech' follows from others (share, amount); leave one "
            "of them out");
    for (int i = 0; i < LOGIT_ROWS; i++)
        c->x[3][i] = 0.1;
    refused(c, &c->plain,
            "the column 'tech' is the same in all rows; leave it out");
}

static void separated_outcomes_are_told_with_their_columns(void **state)
{
    LogitCase *c = *state;
    for (int i = 0; i < LOGIT_ROWS; i++) /* all of tech default: in part */
        c->y[i] |= c->x[3][i] > 0;
    refused(c, &c->plain,
            "no finite estimate: the outcomes are separated by tech; leave "
            "out, merge "
            "levels, or use a penalty (Firth's)");
    for (int i = 0; i < LOGIT_ROWS; i++) /* wholly */
        c->y[i] = c->x[0][i] + c->x[2][i] / 1e7 > 100;
    refused(c, &c->plain,
            "no finite estimate: the outcomes are separated by share, amount; "
            "leave "
            "out, merge levels, or use a penalty (Firth's)");
}

static void wrong_signs_are_refused_by_name(void **state)
{
    LogitCase *c = *state;
    Logit f;
    LogitOptions o = {.sign = (const int[]){1, 1, -1, 0}};
    assert_int_equal(logit_fit(&f, c->arena, &c->plain, &o, &c->err),
                     ERR_DOMAIN);
    assert_string_equal(c->err.text,
                        "the wrong sign: year, amount; leave out or merge what "
                        "makes it");
    o.sign = (const int[]){1, -1, 1, 0};
    assert_int_equal(logit_fit(&f, c->arena, &c->plain, &o, NULL), OK);
}

static void what_cannot_be_fitted_is_refused(void **state)
{
    LogitCase *c = *state;
    Logit f;
    LogitOptions one = {.steps = 1};
    assert_int_equal(logit_fit(&f, c->arena, &c->plain, &one, &c->err),
                     ERR_DOMAIN);
    assert_non_null(strstr(c->err.text, "no convergence in 1 steps"));
    c->offset[1] = (double)INFINITY;
    refused(c, &c->weighted, "row 2 has no finite offset");
    c->weight[0] = -1;
    refused(c, &c->weighted,
            "row 1 has the weight -1; weights are finite and not negative");
    c->x[1][6] = (double)NAN;
    refused(c, &c->plain, "'year' is not a finite number in row 7");
    c->x[1][6] = 1e308;
    refused(c, &c->plain, "'year' has values too large to add up");
    memset(c->y, 1, sizeof c->y);
    refused(c, &c->plain,
            "the event happened in all of 400 rows; a fit needs both outcomes");
    memset(c->y, 0, sizeof c->y);
    refused(c, &c->plain,
            "the event happened in none of 400 rows; a fit needs both "
            "outcomes");
}

static void a_fit_without_memory_says_so(void **state)
{
    LogitCase *c = *state;
    ErrCode rc = ERR_MEMORY;
    for (long n = 0; rc != OK; n++) {
        Logit f;
        Arena *arena = arena_new();
        assert_true(n < 100);
        mem_fail_from(n);
        rc = logit_fit(&f, arena, &c->weighted, &(LogitOptions){0}, NULL);
        mem_fail_from(-1);
        arena_free(arena);
        assert_true(rc == OK || rc == ERR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOGIT_TEST(estimates_and_errors_agree_with_50_digits),
        LOGIT_TEST(weights_count_rows_and_offsets_are_given),
        LOGIT_TEST(german_credit_agrees_with_40_digits),
        LOGIT_TEST(predictions_sum_to_the_events),
        LOGIT_TEST(neither_threads_nor_vectors_change_a_bit),
        LOGIT_TEST(columns_that_say_nothing_new_are_named),
        LOGIT_TEST(separated_outcomes_are_told_with_their_columns),
        LOGIT_TEST(wrong_signs_are_refused_by_name),
        LOGIT_TEST(what_cannot_be_fitted_is_refused),
        LOGIT_TEST(a_fit_without_memory_says_so),
    };
    stat_setup();
    return RUN(tests);
}
