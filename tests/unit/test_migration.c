#include "check.h"
#include "credit/gradeorder.h"
#include "credit/migration.h"
#include "stat/setup.h"

enum { A, B, D, K };

static Date day(int year, int month, int of_month)
{
    return date_of((DateParts){year, month, of_month});
}

/* Ratings of 20 firms as Lando and Skodeberg (2002), section 3, have them. */
static size_t twenty_firms(Rating r[])
{
    static const char *const names[] = {
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "10",
        "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"};
    size_t n = 0;
    r[n++] = (Rating){"12", day(2023, 7, 1), D, 99};
    for (uint32_t i = 0; i < 20; i++)
        r[n++] = (Rating){names[i], day(2023, 1, 1), i < 10 ? A : B, i};
    r[n++] = (Rating){"11", day(2023, 3, 1), A, 98};
    r[n++] = (Rating){"01", day(2023, 2, 1), B, 97};
    return n;
}

static const RatingWindow window = {
    .start = {19358}, .end = {19723}, .grades = 2, .file = "r.csv"};

static void both_estimates_of_twenty_firms(void **state)
{
    (void)state;
    static const double cohort[] = {.9, .1, 0, .1, .8, .1};
    static const double duration[] = {0.9086714368091718,  0.0865747224095192,
                                      0.00475384078130893, 0.08958601710202421,
                                      0.8160741250146426,  0.09433985788333314};
    Arena *arena = arena_new();
    Rating r[32];
    GradeMoves g;
    MigrationWay ways[MIGRATION_WAYS], again[MIGRATION_WAYS];
    assert_int_equal(window.start.days, day(2023, 1, 1).days);
    assert_int_equal(window.end.days, day(2024, 1, 1).days);
    assert_int_equal(
        gradehistory_moves(&g, arena, r, twenty_firms(r), &window, NULL), OK);
    assert_int_equal(g.firms, 20);
    assert_int_equal(g.years, 1);
    assert_int_equal(g.ncohorts, 20);
    Migration m = {.n = 2,
                   .moves = &g,
                   .has_time = 1,
                   .years = 5,
                   .samples = 199,
                   .seed = 1,
                   .threads = 1};
    assert_int_equal(migration_estimate(ways, arena, &m, NULL), OK);
    for (int i = 0; i < 6; i++) {
        assert_close(ways[MIGRATION_COHORT].chance[i].value, cohort[i], 1e-15);
        const Figure *f = &ways[MIGRATION_DURATION].chance[i];
        assert_close(f->value, duration[i], 1e-14);
        assert_true(f->low <= f->value && f->value <= f->high);
    }
    assert_close(ways[MIGRATION_DURATION].pd[4 * K + A].value,
                 0.08189946977389556, 1e-14);
    m.threads = 3; /* and the same numbers for any number of threads */
    assert_int_equal(migration_estimate(again, arena, &m, NULL), OK);
    for (int w = 0; w < MIGRATION_WAYS; w++)
        assert_memory_equal(ways[w].pd, again[w].pd,
                            5 * K * sizeof *ways[w].pd);
    arena_free(arena);
}

/* 0 of 10: Wilson's upper end z^2 / (10 + z^2), whatever the samples say; ends
 * do not fall with the years. */
static void intervals_of_defaults_do_not_fall(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Rating r[32];
    GradeMoves g;
    MigrationWay ways[MIGRATION_WAYS];
    assert_int_equal(
        gradehistory_moves(&g, arena, r, twenty_firms(r), &window, NULL), OK);
    Migration m = {
        .n = 2, .moves = &g, .years = 5, .samples = 199, .threads = 1};
    assert_int_equal(migration_estimate(ways, arena, &m, NULL), OK);
    assert_true(!ways[MIGRATION_DURATION].is_there); /* no time is known */
    const MigrationWay *w = &ways[MIGRATION_COHORT];
    assert_close(w->pd[A].high, 3.841458820694124 / 13.841458820694124, 1e-12);
    for (int i = 0; i < 4 * K; i++) {
        assert_true(i % K == D || w->pd[i + K].value >= w->pd[i].value);
        assert_true(i % K == D || w->pd[i + K].low >= w->pd[i].low);
        assert_true(i % K == D || w->pd[i + K].high >= w->pd[i].high);
    }
    assert_true(isnan(w->in_order[A]) && w->in_order[B] > .5);
    arena_free(arena);
}

/* 8 firms, a year each and no change: rates up to -ln .025 / 8, so a year's
 * chance of default up to 1 - .025^(1/8) and of five years 1 - .025^(5/8). */
static void no_event_leaves_room(void **state)
{
    (void)state;
    static Spell still[8];
    Arena *arena = arena_new();
    GradeMoves g = {.spells = still, .nspells = 8, .firms = 8};
    MigrationWay ways[MIGRATION_WAYS];
    for (uint32_t i = 0; i < 8; i++)
        still[i] = (Spell){i, A, A, 1};
    Migration m = {.n = 2,
                   .moves = &g,
                   .has_time = 1,
                   .years = 5,
                   .samples = 99,
                   .threads = 1};
    assert_int_equal(migration_estimate(ways, arena, &m, NULL), OK);
    const MigrationWay *w = &ways[MIGRATION_DURATION];
    assert_true(!ways[MIGRATION_COHORT].is_there && w->pd[A].value == 0);
    assert_close(w->pd[A].high, 1 - pow(.025, 1. / 8), 1e-14);
    assert_close(w->pd[4 * K + A].high, 1 - pow(.025, 5. / 8), 1e-14);
    assert_close(w->chance[A * K + A].low, pow(.025, 1. / 8), 1e-14);
    assert_true(isnan(w->pd[B].value) && isnan(w->pd[4 * K + B].high));
    arena_free(arena);
}

/* Time before a withdrawal counts, what comes after it does not; the cohort
 * leaves such firms out; a default is for good. */
static void withdrawn_firms_leave_the_cohort(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    GradeMoves g;
    Rating r[] = {
        {"a", day(2021, 1, 1), A, 2},
        {"a", day(2022, 7, 1), GRADE_WITHDRAWN, 3},
        {"b", day(2020, 5, 5), B, 4},
        {"b", day(2021, 4, 1), D, 5},
        {"b", day(2022, 1, 1), A, 6},
        {"c", day(2021, 7, 1), A, 7},
        {"c", day(2021, 7, 1), A, 8},
        {"c", day(2023, 1, 1), B, 9},
    };
    RatingWindow w = {.start = day(2021, 1, 1),
                      .end = day(2023, 1, 1),
                      .grades = 2,
                      .file = "r.csv"};
    double moves[K * K], years[K];
    assert_int_equal(gradehistory_moves(&g, arena, r, COUNT(r), &w, NULL), OK);
    transitions_count(moves, years, K, g.spells, g.nspells, NULL);
    assert_close(years[A], 1.5 + 1.5, 1e-15);
    assert_close(years[B], .25, 1e-15);
    assert_true(moves[A * K + B] == 1 && moves[B * K + D] == 1);
    assert_true(moves[A * K + D] == 0);
    assert_int_equal(g.unheeded, 1);
    assert_int_equal(g.years, 2);
    transitions_count(moves, years, K, g.cohorts, g.ncohorts, NULL);
    assert_true(years[A] == 2); /* a in 2021, c in 2022; not a in 2022 */
    assert_true(moves[A * K + A] == 1 && moves[A * K + B] == 1);
    assert_true(years[B] == 1 && moves[B * K + D] == 1);
    assert_int_equal(g.left[A], 1);
    arena_free(arena);
}

/* A firm's last snapshot does not hold on. */
static void snapshots_end_with_the_last_one(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    GradeMoves g;
    Rating r[] = {{"a", day(2020, 12, 31), A, 2},
                  {"a", day(2021, 12, 31), B, 3},
                  {"b", day(2020, 12, 31), A, 4},
                  {"b", day(2021, 12, 31), A, 5},
                  {"b", day(2022, 12, 31), D, 6}};
    RatingWindow w = {.start = day(2020, 12, 31),
                      .end = day(2022, 12, 31),
                      .grades = 2,
                      .is_snapshot = 1,
                      .file = "r.csv"};
    double moves[K * K], years[K];
    assert_int_equal(gradehistory_moves(&g, arena, r, COUNT(r), &w, NULL), OK);
    assert_int_equal(g.ncohorts, 3);
    assert_int_equal(g.left[B], 1);
    transitions_count(moves, years, K, g.spells, g.nspells, NULL);
    assert_close(years[A], 3, 1e-15);
    assert_true(years[B] == 0);
    w.is_snapshot = 0; /* as ratings that hold until they change */
    assert_int_equal(gradehistory_moves(&g, arena, r, COUNT(r), &w, NULL), OK);
    assert_int_equal(g.ncohorts, 4);
    transitions_count(moves, years, K, g.spells, g.nspells, NULL);
    assert_close(years[B], 1, 1e-15);
    arena_free(arena);
}

/* Months are a twelfth of a year each, whatever their length. */
static void years_are_of_months(void **state)
{
    (void)state;
    assert_close(gradehistory_years(day(2023, 1, 1), day(2023, 2, 1)), 1. / 12,
                 1e-15);
    assert_close(gradehistory_years(day(2023, 2, 1), day(2023, 2, 15)), .5 / 12,
                 1e-15);
    assert_close(gradehistory_years(day(2019, 12, 31), day(2024, 12, 31)), 5,
                 1e-15);
    assert_close(gradehistory_years(day(2024, 2, 29), day(2024, 3, 1)),
                 1. / 29 / 12, 1e-12);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    ErrCode rc = ERR_MEMORY;
    for (long n = 0; rc != OK; n++) {
        Arena *arena = arena_new();
        Rating r[32];
        GradeMoves g;
        MigrationWay ways[MIGRATION_WAYS];
        mem_fail_from(n);
        rc = gradehistory_moves(&g, arena, r, twenty_firms(r), &window, NULL);
        Migration m = {.n = 2,
                       .moves = &g,
                       .has_time = 1,
                       .years = 30,
                       .samples = 9999,
                       .threads = 1};
        if (rc == OK)
            rc = migration_estimate(ways, arena, &m, NULL);
        mem_fail_from(-1);
        assert_true(rc == ERR_MEMORY || (rc == OK && n > 3));
        arena_free(arena);
    }
}

static void two_grades_of_a_day_are_refused(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    GradeMoves g;
    Err err = {0};
    Rating r[] = {{"a", day(2021, 1, 1), A, 2}, {"a", day(2021, 1, 1), B, 7}};
    assert_int_equal(gradehistory_moves(&g, arena, r, 2, &window, &err),
                     ERR_INPUT);
    assert_string_equal(err.text,
                        "r.csv:7: firm a has another grade on the same day in "
                        "line 2; keep one of them");
    arena_free(arena);
}

static void grades_stand_from_the_best(void **state)
{
    (void)state;
    const char *letters[] = {"CCC", "A",  "AA-", "BB+", "AAA", "AA+",
                             "C",   "AA", "B",   "BBB", "AAA-"};
    static const char *const sorted[] = {
        "AAA", "AAA-", "AA+", "AA", "AA-", "A", "BBB", "BB+", "B", "CCC", "C"};
    const char *text[] = {"R10", "R2", "R1", "A1"};
    const char *loans[] = {"次级", "正常", "损失", "关注"};
    gradeorder_sort(letters, COUNT(letters));
    for (size_t i = 0; i < COUNT(letters); i++)
        assert_string_equal(letters[i], sorted[i]);
    gradeorder_sort(text, COUNT(text));
    assert_string_equal(text[0], "A1");
    assert_string_equal(text[2], "R2");
    assert_string_equal(text[3], "R10");
    gradeorder_sort(loans, COUNT(loans));
    assert_string_equal(loans[0], "正常");
    assert_string_equal(loans[3], "损失");
}

int main(void)
{
    stat_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_estimates_of_twenty_firms),
        cmocka_unit_test(intervals_of_defaults_do_not_fall),
        cmocka_unit_test(no_event_leaves_room),
        cmocka_unit_test(withdrawn_firms_leave_the_cohort),
        cmocka_unit_test(snapshots_end_with_the_last_one),
        cmocka_unit_test(years_are_of_months),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(two_grades_of_a_day_are_refused),
        cmocka_unit_test(grades_stand_from_the_best),
    };
    return RUN(tests);
}
