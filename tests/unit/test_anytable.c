#include "anytable.h"

/* Tables of any inputs, cells and hit policies: what columns say is what one
 * row alone says, what the explanation says, and what looking at each cell of
 * each rule says. */

enum { RULES = 1500, ROWS = 400, TEXT = 1 << 20, SAID = 1 << 14 };

static const struct {
    const char *head; /* "%s": an order of words */
    int words;        /* outputs are words */
    int one;          /* one rule's output, not all */
    int apart;        /* rules that collide are refused */
} hits[] = {
    {"hit = \"FIRST\";", 0, 1, 0},
    {"hit = \"UNIQUE\";", 0, 1, 1},
    {"hit = \"ANY\";", 0, 1, 1},
    {"hit = \"PRIORITY\"; order = ( %s );", 1, 1, 0},
    {"hit = \"OUTPUT ORDER\"; order = ( %s );", 1, 0, 0},
    {"hit = \"RULE ORDER\";", 1, 0, 0},
    {"hit = \"COLLECT\";", 1, 0, 0},
    {"hit = \"COLLECT\"; aggregate = \"sum\";", 0, 0, 0},
    {"hit = \"COLLECT\"; aggregate = \"min\";", 0, 0, 0},
    {"hit = \"COLLECT\"; aggregate = \"max\";", 0, 0, 0},
    {"hit = \"COLLECT\"; aggregate = \"count\";", 0, 0, 0},
};
enum { FIRST, UNIQUE, ANY, PRIORITY, OUTPUT_ORDER, RULE_ORDER, LISTED, SUM };
enum { MIN = SUM + 1, MAX, NUMBER };

static AnyCell cells[RULES][ANY_COLUMNS];
static int outputs[RULES];
static int values[ROWS][ANY_COLUMNS];
static char text[TEXT];

static int by_order[ANY_WORDS]; /* place of word v in `order` */

/* One of twelve parts of the first column that have nothing in common. */
static AnyCell part_cell(int part)
{
    AnyCell c = {.n = 1};
    c.span[0] = (Span_){3 * part, 3 * part + 2, any_draw(2), any_draw(2)};
    return c;
}

static void draw_table(AnyTable *t, size_t hit, size_t rules)
{
    *t = (AnyTable){.columns = 1 + (size_t)any_draw(ANY_COLUMNS),
                    .rules = rules,
                    .cell = cells,
                    .output = outputs};
    for (size_t k = 0; k < t->columns; k++)
        t->kind[k] =
            (Kind)any_draw(k == 0 && hits[hit].apart ? DATE_ + 1 : LIST_ + 1);
    for (size_t i = 0; i < rules; i++) {
        int part = hit == UNIQUE ? (int)i : any_draw(12);
        for (size_t k = 0; k < t->columns; k++)
            cells[i][k] = any_cell(t->kind[k]);
        if (hits[hit].apart)
            cells[i][0] = part_cell(part);
        outputs[i] = hits[hit].apart ? part : any_draw(ANY_WORDS);
    }
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < t->columns; k++)
            values[i][k] = any_value(t->kind[k]);
}

static void put_head(char *out, size_t size, size_t hit, int default_is)
{
    char order[80] = "";
    for (int v = 0; v < ANY_WORDS; v++)
        by_order[v] = v;
    for (int v = ANY_WORDS; v-- > 1;) { /* Fisher and Yates */
        int w = any_draw(v + 1), was = by_order[v];
        by_order[v] = by_order[w];
        by_order[w] = was;
    }
    for (int place = 0; place < ANY_WORDS; place++)
        for (int v = 0; v < ANY_WORDS; v++)
            if (by_order[v] == place)
                snprintf(order + strlen(order), sizeof order - strlen(order),
                         "%s\"\\\"v%d\\\"\"", place > 0 ? ", " : "", v);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int n = snprintf(out, size, hits[hit].head, order);
#pragma GCC diagnostic pop
    if (default_is)
        snprintf(out + n, size - (size_t)n, " default = ( \"%s\" );",
                 hits[hit].words ? "\\\"v9\\\"" : "9");
}

/* The rules of a row in the order that their outputs are said in. */
static size_t naive_rules(size_t out[], const AnyTable *t, size_t hit,
                          const int value[])
{
    size_t n = 0;
    for (size_t i = 0; i < t->rules; i++) {
        if (!any_holds(t, i, value))
            continue;
        size_t at = n++;
        for (; (hit == PRIORITY || hit == OUTPUT_ORDER) && at > 0 &&
               by_order[outputs[out[at - 1]]] > by_order[outputs[i]];
             at--)
            out[at] = out[at - 1];
        out[at] = i;
    }
    return n;
}

static int fold(size_t hit, const size_t rule[], size_t n)
{
    int sum = 0, least = outputs[rule[0]], most = least;
    for (size_t j = 0; j < n; j++) {
        int v = outputs[rule[j]];
        sum += v;
        least = v < least ? v : least;
        most = v > most ? v : most;
    }
    return hit == SUM ? sum : hit == MIN ? least : hit == MAX ? most : sum;
}

/* What a row comes to, "" for null, and which rules it names. */
static void naive(char out[SAID], char trace[SAID], const AnyTable *t,
                  size_t hit, int default_is, const int value[])
{
    static size_t rule[RULES];
    size_t n = naive_rules(rule, t, hit, value);
    size_t said = hits[hit].one && n > 1 ? 1 : n, at = 0, to = 0;
    const char *start = hits[hit].words ? "v" : "";
    out[0] = '\0';
    to = (size_t)snprintf(trace, SAID, "t:%s", n == 0 ? "-" : "");
    if (n == 0 && default_is)
        snprintf(out, SAID, "%s9", start);
    else if (hit == NUMBER)
        snprintf(out, SAID, "%zu", n);
    else if (hit >= SUM && n > 0)
        snprintf(out, SAID, "%d", fold(hit, rule, n));
    for (size_t j = 0; j < said; j++) {
        if (hit < SUM)
            at += (size_t)snprintf(out + at, SAID - at, "%s%s%d",
                                   j > 0 ? ";" : "", start, outputs[rule[j]]);
        to += (size_t)snprintf(trace + to, SAID - to, "%sR%zu",
                               j > 0 ? "," : "", rule[j]);
    }
}

static void got_of(char out[SAID], const Table *t, size_t row)
{
    const Column *o = table_find(t, "o");
    out[0] = '\0';
    if (o->type <= TYPE_LIST)
        snprintf(out, SAID, "%s", o->s[row] != NULL ? o->s[row] : "");
    else if (o->type == TYPE_REAL && !isnan(o->d[row]))
        snprintf(out, SAID, "%.17g", o->d[row]);
    else if (o->type != TYPE_REAL && o->i[row] != NULL_INT)
        snprintf(out, SAID, "%lld", (long long)o->i[row]);
}

static void must_be(const char *got, const char *want, const char *what,
                    const int value[], const AnyTable *t)
{
    if (strcmp(got, want) == 0)
        return;
    fprintf(stderr, "%s\n%s is '%s', not '%s', for", text, what, got, want);
    for (size_t k = 0; k < t->columns; k++)
        fprintf(stderr, " c%zu = %d/%d steps (%s)", k, value[k], FINE,
                any_types[t->kind[k]]);
    fail_msg("the table above");
}

/* The rules that the explanation of a row names, "-" for none. */
static void explained_of(char out[SAID], Ruled *r, const Table *t, size_t row)
{
    Table *steps;
    Tables *tables = tables_new(r->arena);
    tables->texts = r->texts;
    assert_int_equal(
        policy_explain(&steps, tables, r->policy, t, row, (Date){0}, &r->err),
        OK);
    const Column *rule = table_find(steps, "rule");
    const Column *step = table_find(steps, "step");
    size_t n = (size_t)snprintf(out, SAID, "t:"), none = n;
    for (size_t i = 0; i < steps->rows; i++)
        if (strcmp(step->s[i], "decision") == 0 && rule->s[i][0] == 'R')
            n += (size_t)snprintf(out + n, SAID - n, "%s%s",
                                  n > none ? "," : "", rule->s[i]);
    if (n == none)
        snprintf(out + n, SAID - n, "-");
}

static void check_row(Ruled *r, const AnyTable *a, const Table *t, size_t hit,
                      int default_is, size_t row)
{
    static char want[SAID], trace[SAID], got[SAID];
    naive(want, trace, a, hit, default_is, values[row]);
    got_of(got, t, row);
    must_be(got, want, "the column's value", values[row], a);
    must_be(table_find(t, "trace")->s[row], trace, "the trace", values[row], a);
    if (row % 29 != 0)
        return;
    Table *one = any_columns(r, a, "one", values[row], 1);
    assert_int_equal(policy_apply(one, r->policy, (Date){0}, &r->err), OK);
    got_of(got, one, 0);
    must_be(got, want, "one row's value", values[row], a);
    explained_of(got, r, t, row);
    must_be(got, trace, "the explanation", values[row], a);
}

static void check_table(size_t hit, size_t rules)
{
    char head[300];
    AnyTable a;
    AnyText to = {text, 0, TEXT};
    Ruled r;
    int default_is = hits[hit].one && any_draw(2);
    draw_table(&a, hit, rules);
    put_head(head, sizeof head, hit, default_is);
    any_put_policy(&to, &a, head, hits[hit].words);
    if (ruled_text(&r, "t", text) != OK) {
        fprintf(stderr, "%s\n%s", text, r.said);
        fail_msg("the table above does not load");
    }
    Table *t = any_columns(&r, &a, "rows", values[0], ROWS);
    assert_int_equal(policy_apply(t, r.policy, (Date){0}, &r.err), OK);
    for (size_t row = 0; row < ROWS; row++)
        check_row(&r, &a, t, hit, default_is, row);
    ruled_free(&r);
}

static void columns_say_what_each_cell_of_each_rule_says(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 5, 12, 63, 64, 65, 300};
    for (size_t hit = 0; hit < COUNT(hits); hit++)
        for (size_t s = 0; s < COUNT(sizes); s++)
            if (hit != UNIQUE || sizes[s] <= 12)
                check_table(hit, sizes[s]);
}

static void more_than_a_thousand_rules_say_so_too(void **state)
{
    (void)state;
    check_table(FIRST, 1031);
    check_table(SUM, 1499);
    check_table(PRIORITY, 1200);
    check_table(ANY, 1100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_say_what_each_cell_of_each_rule_says),
        cmocka_unit_test(more_than_a_thousand_rules_say_so_too),
    };
    return RUN(tests);
}
