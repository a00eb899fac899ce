#include "anytable.h"

#include <stdlib.h>

/* What is found odd about a table, beside looking at every row there can be:
 * each column on, below and above each of its breakpoints, at its ends, and
 * null. */

enum { RULES = 7, MOST = 3 * 2 * ANY_CELLS * RULES + 3, TEXT = 1 << 15 };

static AnyCell cells[RULES][ANY_COLUMNS];
static int outputs[RULES];
static char text[TEXT];

typedef struct {
    int value[ANY_COLUMNS][MOST];
    size_t n[ANY_COLUMNS];
} Grid;

static void add_value(Grid *g, size_t k, Kind kind, int value)
{
    int least = kind == DATE_ ? -2 * FINE : 0;
    int most = FINE * ANY_STEPS + (kind == DATE_ ? 2 * FINE : 0);
    for (size_t i = 0; i < g->n[k]; i++)
        if (g->value[k][i] == value)
            return;
    if (value == ANY_NULL || (value >= least && value <= most))
        g->value[k][g->n[k]++] = value;
}

static void add_around(Grid *g, size_t k, Kind kind, int step)
{
    int beside = kind == COUNT_ ? FINE : FINE / 2;
    for (int side = -1; side <= 1; side++)
        add_value(g, k, kind, step * FINE + side * beside);
}

static void make_column(Grid *g, size_t k, const AnyTable *t)
{
    Kind kind = t->kind[k];
    g->n[k] = 0;
    add_value(g, k, kind, ANY_NULL);
    for (int v = 0; !any_is_spanned(kind) && v < any_size(kind); v++)
        add_value(g, k, kind, v);
    if (!any_is_spanned(kind))
        return;
    add_value(g, k, kind, 0);
    add_value(g, k, kind, FINE * ANY_STEPS);
    for (size_t i = 0; i < t->rules; i++)
        for (size_t j = 0; j < cells[i][k].n; j++) {
            const Span_ *s = &cells[i][k].span[j];
            add_around(g, k, kind, s->low < 0 ? s->high : s->low);
            add_around(g, k, kind, s->high < 0 ? s->low : s->high);
        }
}

/* What all rows say together. */
typedef struct {
    unsigned first;     /* bit i: rule i is the first of some row */
    int has_gap;        /* a row without a null has no rule */
    int collide, clash; /* two rules hold; ... and differ */
} Seen;

static void see_row(Seen *s, const AnyTable *t, const int value[])
{
    int first = -1, has_null = 0;
    for (size_t k = 0; k < t->columns; k++)
        has_null |= value[k] == ANY_NULL;
    for (size_t i = 0; i < t->rules; i++) {
        if (!any_holds(t, i, value))
            continue;
        s->collide |= first >= 0;
        s->clash |= first >= 0 && outputs[i] != outputs[first];
        first = first < 0 ? (int)i : first;
    }
    if (first >= 0)
        s->first |= 1U << first;
    s->has_gap |= first < 0 && !has_null;
}

static Seen see_all(const AnyTable *t)
{
    static Grid g;
    Seen s = {0};
    size_t at[ANY_COLUMNS] = {0}, k = 0;
    int value[ANY_COLUMNS];
    for (k = 0; k < t->columns; k++)
        make_column(&g, k, t);
    do {
        for (k = 0; k < t->columns; k++)
            value[k] = g.value[k][at[k]];
        see_row(&s, t, value);
        for (k = 0; k < t->columns && ++at[k] == g.n[k]; k++)
            at[k] = 0; /* and the next column moves on */
    } while (k < t->columns);
    return s;
}

/* What was said of the table. */
typedef struct {
    unsigned never; /* bit i: rule i is never the first */
    int has_gap, collide, clash, idle;
    size_t faults;
} Said;

static Said said_of(const Faults *faults)
{
    Said s = {.faults = faults_count(faults)};
    const Fault *f;
    for (size_t i = 0; (f = faults_at(faults, i)) != NULL; i++) {
        const char *what = f->problem != NULL ? f->problem : "";
        s.has_gap |= strstr(what, "no rule holds") != NULL;
        s.idle += strstr(what, "no rule looks at") != NULL;
        s.clash |= strstr(what, "hold at once and differ") != NULL;
        s.collide |= strstr(what, "hold at once:") != NULL;
        if (strstr(what, "never the first") ||
            strstr(what, "this rule repeats") || strstr(what, "no value meets"))
            s.never |= 1U << strtol(f->rule + 1, NULL, 10);
    }
    return s;
}

static void draw_table(AnyTable *t)
{
    *t = (AnyTable){.columns = 1 + (size_t)any_draw(3),
                    .rules = 1 + (size_t)any_draw(RULES),
                    .cell = cells,
                    .output = outputs};
    for (size_t k = 0; k < t->columns; k++)
        t->kind[k] = (Kind)any_draw(FLAG_ + 1);
    for (size_t i = 0; i < t->rules; i++) {
        outputs[i] = any_draw(2);
        for (size_t k = 0; k < t->columns; k++)
            cells[i][k] = any_cell(t->kind[k]);
    }
}

static int idle_columns(const AnyTable *t)
{
    int n = 0;
    for (size_t k = 0; k < t->columns; k++) {
        int looks = 0;
        for (size_t i = 0; i < t->rules; i++)
            looks |= !cells[i][k].is_any;
        n += !looks;
    }
    return n;
}

static Said load(Ruled *r, const AnyTable *t, const char *hit)
{
    AnyText to = {text, 0, TEXT};
    any_put_policy(&to, t, hit, 0);
    (void)ruled_text(r, "t", text);
    return said_of(r->faults);
}

static void must_be(long got, long want, const char *what, const Ruled *r)
{
    if (got == want)
        return;
    fprintf(stderr, "%s\n%s", text, r->said);
    fail_msg("%s: %lx was said, %lx is so", what, got, want);
}

enum { TABLES = 1500 };

static void gaps_and_rules_that_never_are_first_are_all_told(void **state)
{
    (void)state;
    for (int i = 0; i < TABLES; i++) {
        AnyTable t;
        Ruled r;
        draw_table(&t);
        Seen seen = see_all(&t);
        Said said = load(&r, &t, "hit = \"FIRST\";");
        must_be((long)said.faults, 0, "faults", &r);
        must_be(said.has_gap, seen.has_gap, "a gap", &r);
        must_be(said.idle, idle_columns(&t), "idle columns", &r);
        must_be(said.never, ~seen.first & ((1U << t.rules) - 1),
                "never the first", &r);
        ruled_free(&r);
        said = load(&r, &t, "hit = \"FIRST\"; default = ( \"1\" );");
        must_be(said.has_gap, 0, "a gap beside a default", &r);
        ruled_free(&r);
    }
}

static void rules_that_collide_are_refused_and_no_others(void **state)
{
    (void)state;
    int collided = 0;
    for (int i = 0; i < TABLES; i++) {
        AnyTable t;
        Ruled r;
        draw_table(&t);
        Seen seen = see_all(&t);
        Said said = load(&r, &t, "hit = \"UNIQUE\";");
        must_be(said.collide, seen.collide, "a collision", &r);
        must_be(said.faults > 0, seen.collide, "refused", &r);
        ruled_free(&r);
        said = load(&r, &t, "hit = \"ANY\";");
        must_be(said.clash, seen.clash, "a clash", &r);
        must_be(said.faults > 0, seen.clash, "refused", &r);
        ruled_free(&r);
        collided += seen.collide;
    }
    assert_in_range(collided, TABLES / 10, TABLES - TABLES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_and_rules_that_never_are_first_are_all_told),
        cmocka_unit_test(rules_that_collide_are_refused_and_no_others),
    };
    return RUN(tests);
}
