#include "check.h"
#include "stat/history.h"

#define PD0 0.02321984319782876452683
#define PD1 0.02721822800750707818663
#define PD2 0.02174568944846212031179
#define PD3 0.02371429024209068649139

/* By hand: m = 24/1000; sum years (rate - m)^2 = 0.064; a = (0.064 - 2 * 0.024)
 * / (1000 - 540); m / a = 690; e^-x with 25 digits. */
static void rates_are_drawn_to_the_mean_by_what_chance_explains(void **state)
{
    (void)state;
    HistoryGroup g[] = {{.years = 100, .defaults = 2},
                        {.years = 200, .defaults = 8},
                        {.years = 700, .defaults = 14},
                        {.years = 0, .defaults = 0}};
    double mean;
    assert_int_equal(history_rates(&mean, g, 4, NULL), OK);
    assert_close(mean, 0.024, 1e-15);
    assert_close(g[0].rate, 0.02, 1e-15);
    assert_close(g[0].weight, 100.0 / 790, 1e-12);
    assert_close(g[1].weight, 200.0 / 890, 1e-12);
    assert_close(g[2].weight, 700.0 / 1390, 1e-12);
    assert_close(g[0].hazard, 0.024 - 0.004 * 100 / 790, 1e-12);
    assert_close(g[1].hazard, 0.024 + 0.016 * 200 / 890, 1e-12);
    assert_close(g[2].hazard, 0.024 - 0.004 * 700 / 1390, 1e-12);
    assert_close(g[0].pd, PD0, 1e-12);
    assert_close(g[1].pd, PD1, 1e-12);
    assert_close(g[2].pd, PD2, 1e-12);
    assert_true(isnan(g[3].rate)); /* never seen: the mean */
    assert_close(g[3].weight, 0, 0);
    assert_close(g[3].pd, PD3, 1e-12);
}

static void rates_that_chance_explains_are_the_mean(void **state)
{
    (void)state;
    /* sum years (rate - m)^2 = 0.02 < (k - 1) m = 0.03 */
    HistoryGroup g[] = {{.years = 100, .defaults = 4},
                        {.years = 100, .defaults = 2}};
    double mean;
    assert_int_equal(history_rates(&mean, g, 2, NULL), OK);
    for (int i = 0; i < 2; i++) {
        assert_close(g[i].weight, 0, 0);
        assert_close(g[i].hazard, 0.03, 1e-15);
    }
    HistoryGroup alone = {.years = 50, .defaults = 1};
    assert_int_equal(history_rates(&mean, &alone, 1, NULL), OK);
    assert_close(alone.hazard, 0.02, 1e-15);
    HistoryGroup none = {.years = 5, .defaults = 0};
    assert_int_equal(history_rates(&mean, &none, 1, NULL), OK);
    assert_close(none.pd, 0, 0);
}

static void a_history_without_time_is_refused(void **state)
{
    (void)state;
    double mean;
    HistoryGroup g = {.years = 0, .defaults = 3};
    Err err = {0};
    assert_int_equal(history_rates(&mean, &g, 1, &err), ERR_DOMAIN);
    assert_string_equal(err.text, "the history has no loan-year at risk");
    g.years = -1;
    assert_int_equal(history_rates(&mean, &g, 1, NULL), ERR_DOMAIN);
    g.years = INFINITY;
    assert_int_equal(history_rates(&mean, &g, 1, NULL), ERR_DOMAIN);
    assert_int_equal(history_rates(&mean, NULL, 0, NULL), ERR_DOMAIN);
}

typedef struct {
    Arena *arena;
    Tables *tables;
    Table *past, *book;
    Column *group, *defaulted, *term, *book_group;
} Case;

static const char *put(Case *c, const char *text)
{
    return texts_put(c->tables->texts, text, strlen(text));
}

/* The three groups of the first test, loan by loan. */
static Case case_of(int reversed)
{
    static const struct {
        const char *group;
        int loans, failed;
    } groups[] = {{"C26", 50, 2}, {"I65", 100, 8}, {"A01", 350, 14}};
    Case c = {.arena = arena_new()};
    c.tables = tables_new(c.arena);
    assert_int_equal(table_new(&c.past, c.tables, "past", 502, NULL), OK);
    assert_int_equal(table_add_field(&c.group, c.past, FIELD_industry, NULL),
                     OK);
    assert_int_equal(
        table_add_field(&c.defaulted, c.past, FIELD_defaulted, NULL), OK);
    assert_int_equal(table_add_field(&c.term, c.past, FIELD_term_months, NULL),
                     OK);
    size_t n = 0;
    for (size_t g = 0; g < COUNT(groups); g++)
        for (int i = 0; i < groups[g].loans; i++, n++) {
            size_t row = reversed ? 501 - n : n;
            c.group->s[row] = put(&c, groups[g].group);
            c.defaulted->i[row] = i < groups[g].failed;
            c.term->i[row] = i % 2 == 0 ? 18 : 30; /* two years in the mean */
        }
    for (; n < 502; n++) { /* no outcome, no group: not counted */
        size_t row = reversed ? 501 - n : n;
        c.group->s[row] = n == 500 ? put(&c, "A01") : NULL;
        c.defaulted->i[row] = n == 500 ? NULL_INT : 1;
        c.term->i[row] = 600;
    }
    assert_int_equal(table_new(&c.book, c.tables, "book", 3, NULL), OK);
    assert_int_equal(
        table_add_field(&c.book_group, c.book, FIELD_industry, NULL), OK);
    c.book_group->s[0] = put(&c, "I65");
    c.book_group->s[1] = put(&c, "M73");
    c.book_group->s[2] = put(&c, "A01");
    return c;
}

static void a_book_gets_its_groups_chances(void **state)
{
    (void)state;
    double first[3] = {0};
    for (int reversed = 0; reversed < 2; reversed++) {
        Case c = case_of(reversed);
        Table *rates;
        assert_int_equal(
            history_apply(&rates, c.book, c.past, FIELD_industry, NULL), OK);
        const Column *pd = table_field(c.book, FIELD_pd);
        assert_close(pd->d[0], PD1, 1e-12);
        assert_close(pd->d[1], PD3, 1e-12); /* M73 is new: the mean */
        assert_close(pd->d[2], PD2, 1e-12);
        assert_int_equal(rates->rows, 3);
        assert_string_equal(table_field(rates, FIELD_industry)->s[0], "A01");
        assert_int_equal(table_field(rates, FIELD_count)->i[0], 350);
        assert_close(table_find(rates, "loan_years")->d[0], 700, 1e-12);
        assert_int_equal(table_find(rates, "defaults")->i[2], 8);
        for (int i = 0; i < 3 && reversed; i++) /* the order: not a bit */
            assert_memory_equal(&pd->d[i], &first[i], sizeof first[i]);
        memcpy(first, pd->d, sizeof first);
        assert_int_equal(
            history_apply(&rates, c.book, c.past, FIELD_industry, NULL),
            ERR_INPUT); /* it has a pd now */
        arena_free(c.arena);
    }
}

static void days_count_where_there_is_no_term(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Tables *tables = tables_new(arena);
    Table *past, *book, *rates;
    Column *group, *defaulted, *started, *as_of, *failed, *of;
    assert_int_equal(table_new(&past, tables, "past", 2, NULL), OK);
    assert_int_equal(table_new(&book, tables, "book", 1, NULL), OK);
    assert_int_equal(table_add_field(&group, past, FIELD_industry, NULL), OK);
    assert_int_equal(table_add_field(&of, book, FIELD_industry, NULL), OK);
    assert_int_equal(history_apply(&rates, book, past, FIELD_industry, NULL),
                     ERR_INPUT);
    assert_int_equal(table_add_field(&defaulted, past, FIELD_defaulted, NULL),
                     OK);
    assert_int_equal(history_apply(&rates, book, past, FIELD_industry, NULL),
                     ERR_INPUT);
    assert_int_equal(table_add_field(&started, past, FIELD_started_on, NULL),
                     OK);
    assert_int_equal(table_add_field(&as_of, past, FIELD_as_of, NULL), OK);
    assert_int_equal(table_add_field(&failed, past, FIELD_defaulted_on, NULL),
                     OK);
    group->s[0] = group->s[1] = of->s[0] = texts_put(tables->texts, "x", 1);
    as_of->i[0] = as_of->i[1] = 3653;
    failed->i[0] = NULL_INT;
    failed->i[1] = 1461; /* four years, then it failed */
    defaulted->i[1] = 1;
    started->i[0] = 3653 - 1461;
    assert_int_equal(history_apply(&rates, book, past, FIELD_industry, NULL),
                     OK);
    assert_close(table_find(rates, "loan_years")->d[0], 8, 1e-15);
    assert_close(table_find(rates, "hazard")->d[0], 0.125, 1e-15);
    arena_free(arena);
}

static void every_failing_allocation_is_reported(void **state)
{
    (void)state;
    for (long n = 0;; n++) {
        Case c = case_of(0);
        Table *rates;
        mem_fail_from(n);
        ErrCode rc =
            history_apply(&rates, c.book, c.past, FIELD_industry, NULL);
        mem_fail_from(-1);
        arena_free(c.arena);
        if (rc == OK)
            return;
        assert_int_equal(rc, ERR_MEMORY);
        assert_true(n < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_drawn_to_the_mean_by_what_chance_explains),
        cmocka_unit_test(rates_that_chance_explains_are_the_mean),
        cmocka_unit_test(a_history_without_time_is_refused),
        cmocka_unit_test(a_book_gets_its_groups_chances),
        cmocka_unit_test(days_count_where_there_is_no_term),
        cmocka_unit_test(every_failing_allocation_is_reported),
    };
    return RUN(tests);
}
