#include "rules.h"

#include "data/table.h"

enum { RULES = 150, ROWS = 3000, TEXT = 1 << 17 };

/* Two whole numbers and a ratio, each with an end of its own kind. */
typedef struct {
    int low[3], high[3];           /* -1: open */
    int low_open[3], high_open[3]; /* the end itself is outside */
    int is_not;                    /* of the first column */
} Row;

static uint64_t state_of = 99;

static int draw(int n) /* xorshift64 */
{
    state_of ^= state_of << 13;
    state_of ^= state_of >> 7;
    state_of ^= state_of << 17;
    return (int)(state_of % (uint64_t)n);
}

static Row random_row(void)
{
    Row r = {.is_not = draw(4) == 0};
    for (int c = 0; c < 3; c++) {
        r.low[c] = draw(4) ? draw(60) : -1;
        r.high[c] = r.low[c] >= 0 ? r.low[c] + 1 + draw(9) : -1;
        r.low_open[c] = draw(2);
        r.high_open[c] = draw(2);
    }
    r.is_not &= r.low[0] >= 0;
    return r;
}

static size_t cell_text(char *out, size_t size, const Row *r, int c)
{
    const char *unit = c == 2 ? "%" : "";
    if (r->low[c] < 0)
        return (size_t)snprintf(out, size, "\"-\"%s", c < 2 ? ", " : "");
    int is_not = c == 0 && r->is_not;
    return (size_t)snprintf(
        out, size, "\"%s%s%d%s..%d%s%s%s\"%s", is_not ? "not(" : "",
        r->low_open[c] ? "(" : "[", r->low[c], unit, r->high[c], unit,
        r->high_open[c] ? ")" : "]", is_not ? ")" : "", c < 2 ? ", " : "");
}

static void table_text(char *out, const char *hit, const Row rows[])
{
    size_t n = (size_t)snprintf(
        out, TEXT,
        "policy = { id = \"t\"; kind = \"eligibility\"; };\n"
        "inputs = ( { name = \"employees\"; }, { name = \"rd_staff\"; }, "
        "{ name = \"share\"; type = \"ratio\"; } );\n"
        "decisions = ( { name = \"t\"; %s inputs = ( \"employees\", "
        "\"rd_staff / 2\", \"share\" ); outputs = ( \"o\" ); cite = \"c\"; "
        "rules = (",
        hit);
    for (int i = 0; i < RULES; i++) {
        n += (size_t)snprintf(out + n, TEXT - n, "%s\n{ when = ( ",
                              i ? "," : "");
        for (int c = 0; c < 3; c++)
            n += cell_text(out + n, TEXT - n, &rows[i], c);
        n += (size_t)snprintf(out + n, TEXT - n, " ); then = ( \"%d\" ); }", i);
    }
    snprintf(out + n, TEXT - n,
             " ); } );\noutputs = ( \"o\" );\nexamples = ( { id = \"X\"; given "
             "= ( ); gives = ( \"eligible = true\" ); } );\n");
}

/* Twice the value, so that halves are whole; -1: null. */
static int holds(const Row *r, int c, int twice)
{
    if (r->low[c] < 0)
        return 1;
    if (twice < 0)
        return 0;
    int in =
        (r->low_open[c] ? twice > 2 * r->low[c] : twice >= 2 * r->low[c]) &&
        (r->high_open[c] ? twice < 2 * r->high[c] : twice <= 2 * r->high[c]);
    return c == 0 && r->is_not ? !in : in;
}

static int row_holds(const Row *r, const int twice[3])
{
    return holds(r, 0, twice[0]) && holds(r, 1, twice[1]) &&
           holds(r, 2, twice[2]);
}

static Table *random_table(Ruled *r, int twice[ROWS][3])
{
    Table *t;
    Column *c[3];
    Tables *tables = tables_new(r->arena);
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, "rows", ROWS, NULL), OK);
    assert_int_equal(table_add(&c[0], t, "employees", TYPE_COUNT, "", NULL),
                     OK);
    assert_int_equal(table_add(&c[1], t, "rd_staff", TYPE_COUNT, "", NULL), OK);
    assert_int_equal(table_add(&c[2], t, "share", TYPE_RATIO, "", NULL), OK);
    for (size_t i = 0; i < ROWS; i++)
        for (int k = 0; k < 3; k++) {
            int v = draw(150) - 1;
            twice[i][k] = v < 0 ? -1 : k == 0 ? v / 2 * 2 : v;
            c[k]->i[i] = v < 0    ? NULL_INT
                         : k == 0 ? v / 2
                         : k == 1 ? v
                                  : (int64_t)v * (RATIO_ONE / 200);
        }
    return t;
}

/* What masks say is what looking at every rule says. */
static void compare(const char *hit, int is_sum)
{
    static char text[TEXT];
    static int twice[ROWS][3];
    static Row rules[RULES];
    Ruled r;
    for (int i = 0; i < RULES; i++)
        rules[i] = random_row();
    table_text(text, hit, rules);
    if (ruled_text(&r, "t", text) != OK)
        print_error("%s", r.said);
    assert_non_null(r.policy);
    Table *t = random_table(&r, twice);
    assert_int_equal(policy_apply(t, r.policy, (Date){0}, &r.err), OK);
    const Column *o = table_find(t, "o");
    int found = 0;
    for (size_t i = 0; i < ROWS; i++) {
        int sum = 0, n = 0;
        for (int k = 0; k < RULES && (is_sum || n == 0); k++)
            if (row_holds(&rules[k], twice[i])) {
                sum += k;
                n++;
            }
        if (n == 0)
            assert_true(isnan(o->d[i]));
        else
            assert_close(o->d[i], sum, 0);
        found += n > 0;
    }
    assert_in_range(found, ROWS / 20, ROWS); /* the rows say something */
    ruled_free(&r);
}

static void the_first_rule_is_found_among_many(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        compare("hit = \"FIRST\";", 0);
}

static void all_rules_are_found_among_many(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        compare("hit = \"COLLECT\"; aggregate = \"sum\";", 1);
}

/* The file's examples are the proof. */
static void every_hit_policy_does_what_its_examples_say(void **state)
{
    (void)state;
    Ruled r;
    if (ruled_file(&r, "tests/rules/hits.cfg") != OK)
        print_error("%s", r.said);
    assert_non_null(r.policy);
    assert_int_equal(policy_examples(r.policy), 13);
    ruled_free(&r);
}

static void days_and_durations_stand_in_cells(void **state)
{
    (void)state;
    Ruled r;
    if (ruled_file(&r, "tests/rules/dates.cfg") != OK)
        print_error("%s", r.said);
    assert_non_null(r.policy);
    assert_int_equal(policy_examples(r.policy), 9);
    ruled_free(&r);
}

static void memory_that_runs_out_is_an_error(void **state)
{
    (void)state;
    static char text[1 << 16];
    FILE *f = fopen("tests/rules/loan.cfg", "r");
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    ErrCode rc = ERR_MEMORY;
    for (long n = 0; rc != OK; n += n < 100 ? 1 : 97) {
        Err err = {0};
        Source source;
        const Doc *root;
        Policy *p = NULL;
        Arena *a = arena_new();
        Faults *faults = faults_new(a);
        Texts *texts = texts_new(a);
        assert_int_equal(source_of(&source, "f", text, strlen(text), &err), OK);
        assert_int_equal(doc_read(&root, a, source, faults, &err), OK);
        mem_fail_from(n);
        rc = policy_read(&p, a, texts, root, faults, &err);
        mem_fail_from(-1);
        assert_true(rc == OK ? p != NULL : rc == ERR_MEMORY);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_rule_is_found_among_many),
        cmocka_unit_test(all_rules_are_found_among_many),
        cmocka_unit_test(every_hit_policy_does_what_its_examples_say),
        cmocka_unit_test(days_and_durations_stand_in_cells),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
    };
    return RUN(tests);
}
