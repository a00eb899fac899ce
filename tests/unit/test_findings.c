#include "rules.h"

#include <stdlib.h>

#define HEAD                                                                   \
    "policy = { id = \"p\"; kind = \"eligibility\"; };\n"                      \
    "inputs = ( { name = \"employees\"; }, { name = \"amount\"; min = \"0\"; " \
    "}, { name = \"kind\"; type = \"category\"; values = ( \"a\", \"b\", "     \
    "\"c\" ); } );\n"
#define TABLE(more, inputs, rules)                                             \
    HEAD "decisions = ( { name = \"t\"; cite = \"c\"; outputs = ( \"o\" ); "   \
         "inputs = ( " inputs " ); " more " rules = (\n" rules                 \
         " ); } );\noutputs = ( \"o\" );\n"                                    \
         "examples = ( { id = \"X\"; of = ( \"t\" ); given = ( ); gives = ( "  \
         "\"eligible = true\" ); } );\n"
#define FIRST                "hit = \"FIRST\";"
#define RULE(id, when)       "{ id = \"" id "\"; when = ( " when " ); then = "
#define PAIR(id, one, other) RULE(id, one ", " other)
#define EMPLOYEES            "\"employees\""
#define SCALE(kind, brackets)                                                  \
    HEAD "scales = ( { name = \"s\"; cite = \"c\"; on = \"amount\"; kind = "   \
         "\"" kind "\"; brackets = ( " brackets                                \
         " ); } );\noutputs = ( \"s\" );\n"                                    \
         "examples = ( { id = \"X\"; of = ( \"s\" ); given = ( ); gives = ( "  \
         "\"eligible = true\" ); } );\n"

/* Tables looked through by hand; the sentence that must be said, or one that
 * must not. */
static const struct {
    const char *file, *says, *never;
} tables[] = {
    /* 11 to 19 employees are forgotten */
    {TABLE(FIRST, EMPLOYEES,
           RULE("A", "\"<= 10\"") "( \"1\" ); },\n" RULE(
               "B", "\">= 20\"") "( \"2\" ); }"),
     "t: no rule holds, and there is no default: employees = 11;", "masked"},
    /* no count is below 0 or between 10 and 11 */
    {TABLE(FIRST, EMPLOYEES,
           RULE("A", "\"[0..10]\"") "( \"1\" ); },\n" RULE(
               "B", "\">= 11\"") "( \"2\" ); }"),
     "", "no rule holds"},
    {TABLE(FIRST " default = ( \"9\" );", EMPLOYEES,
           RULE("A", "\"[0..10]\"") "( \"1\" ); }"),
     "", "no rule holds"},
    /* amounts do lie between 100 and 101 yuan */
    {TABLE("", "\"amount\", \"kind\"",
           PAIR("A", "\"<= 100.00\"", "\"-\"") "( \"1\" ); },\n" PAIR(
               "B", "\">= 101.00\"", "\"-\"") "( \"2\" ); }"),
     "no default: amount = 100.01;", "never"},
    /* of a, b and c one is not looked at */
    {TABLE("", "\"kind\"",
           RULE("A", "\"\\\"a\\\"\"") "( \"1\" ); },\n" RULE(
               "B", "\"\\\"c\\\"\"") "( \"2\" ); }"),
     "no default: kind = b;", "any other"},
    {TABLE("", "\"kind\"",
           RULE("A", "\"\\\"a\\\"\"") "( \"1\" ); },\n" RULE(
               "B", "\"not(\\\"a\\\")\"") "( \"2\" ); }"),
     "", "no rule holds"},
    /* two rules together hide the third */
    {TABLE(
         FIRST, EMPLOYEES,
         RULE("A", "\"< 10\"") "( \"1\" ); },\n" RULE(
             "B",
             "\">= 10\"") "( \"2\" ); },\n" RULE("C",
                                                 "\"[5..15]\"") "( \"3\" ); }"),
     "C: this rule is never the first to hold: where employees = 10, 'B' is",
     "no rule holds"},
    {TABLE(
         FIRST, EMPLOYEES,
         RULE("A", "\"> 10\"") "( \"1\" ); },\n" RULE(
             "B", "\">= 11\"") "( \"2\" ); },\n" RULE("C",
                                                      "\"-\"") "( \"3\" ); }"),
     "B: this rule repeats 'A'; take one of them out", "C: this"},
    /* null meets C alone */
    {TABLE(
         FIRST, EMPLOYEES,
         RULE("A", "\"< 10\"") "( \"1\" ); },\n" RULE(
             "B", "\">= 10\"") "( \"2\" ); },\n" RULE("C",
                                                      "\"-\"") "( \"3\" ); }"),
     "", "C: this"},
    {TABLE(FIRST, EMPLOYEES ", \"amount\"",
           PAIR("A", "\"< 10\"", "\"-\"") "( \"1\" ); },\n" PAIR(
               "B", "\"-\"", "\"-\"") "( \"2\" ); }"),
     "t: no rule looks at 'amount'; take the column out", "B: this"},
    {TABLE(FIRST, EMPLOYEES,
           RULE("A", "\"(3..4)\"") "( \"1\" ); },\n" RULE(
               "B", "\"-\"") "( \"2\" ); }"),
     "A: no value meets every test of this rule", "B: this"},
    {TABLE("hit = \"COLLECT\"; aggregate = \"sum\";", EMPLOYEES,
           RULE("A", "\"> 3\"") "( \"1\" ); },\n" RULE(
               "B", "\">= 4\"") "( \"1\" ); }"),
     "B: this rule repeats 'A'", "no rule holds"},
    {TABLE("hit = \"PRIORITY\"; order = ( \"\\\"x\\\"\", \"\\\"y\\\"\", "
           "\"\\\"z\\\"\" );",
           EMPLOYEES,
           RULE("A", "\"> 3\"") "( \"\\\"z\\\"\" ); },\n" RULE(
               "B", "\"-\"") "( \"\\\"x\\\"\" ); }"),
     "t: no rule gives \"y\"", "gives \"x\""},
    /* 20% of 49.999999 wan, then 10% of 50 wan */
    {SCALE("single_rate",
           "{ from = \"0\"; rate = \"20%\"; }, { from = "
           "\"50万\"; rate = \"10%\"; }"),
     "one fen below 500000.00 pays 100000.00, and 500000.00 pays 50000.00",
     "never"},
    {SCALE("marginal_rate",
           "{ from = \"0\"; rate = \"20%\"; }, { from = "
           "\"50万\"; rate = \"10%\"; }"),
     "", "one fen below"},
    {SCALE("single_amount",
           "{ from = \"0\"; amount = \"5万\"; }, { from = "
           "\"50万\"; amount = \"3万\"; }"),
     "one fen below 500000.00 pays 50000.00, and 500000.00 pays 30000.00",
     "never"},
    {SCALE("single_rate\"; cliffs = \"known",
           "{ from = \"0\"; rate = \"20%\"; }, { from = \"50万\"; rate = "
           "\"10%\"; }"),
     "", "one fen below"},
    /* what a fact can say is known: x or y, and null */
    {HEAD "facts = ( { name = \"f\"; cite = \"c\"; expr = \"if employees = "
          "null then null else if employees > 3 then \\\"x\\\" else "
          "\\\"y\\\"\"; } );\n"
          "decisions = ( { name = \"t\"; cite = \"c\"; outputs = ( \"o\" ); "
          "inputs = ( \"f\" ); rules = ( { when = ( \"\\\"x\\\"\" ); then = "
          "( \"1\" ); } ); } );\noutputs = ( \"o\" );\nexamples = ( { id = "
          "\"X\"; of = ( \"t\" ); given = ( ); gives = ( \"eligible = true\" "
          "); } );\n",
     "no default: f = y;", "any other"},
    {HEAD "eligibility = ( { id = \"E\"; cite = \"c\"; require = \"1 < 2\"; } "
          ");\nexamples = ( { id = \"X\"; of = ( \"E\" ); given = ( ); gives "
          "= ( \"eligible = true\" ); } );\n",
     "E: true of every row: this reason is never given", "no row"},
};

static void oddities_are_told_with_a_row_that_shows_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(tables); i++) {
        Ruled r;
        ErrCode rc = ruled_text(&r, "f", tables[i].file);
        if (rc != OK || strstr(r.said, tables[i].says) == NULL ||
            strstr(r.said, tables[i].never) != NULL)
            print_error("%s\nwants: %s\nnever: %s\ngot:\n%s\n", tables[i].file,
                        tables[i].says, tables[i].never, r.said);
        assert_int_equal(rc, OK); /* warnings only */
        assert_non_null(strstr(r.said, tables[i].says));
        assert_null(strstr(r.said, tables[i].never));
        ruled_free(&r);
    }
}

/* Random tables over three columns of TOP + 1 values and null (-1). */
enum { RULES = 12, TOP = 6, TRIALS = 200, TEXT = 1 << 14 };

typedef struct {
    int is_any, is_not, low, high;
} Part;

static uint64_t state_of = 20260301;

static int draw(int n) /* xorshift64 */
{
    state_of ^= state_of << 13;
    state_of ^= state_of >> 7;
    state_of ^= state_of << 17;
    return (int)(state_of % (uint64_t)n);
}

static void random_parts(Part parts[RULES][3])
{
    for (int i = 0; i < RULES; i++)
        for (int c = 0; c < 3; c++) {
            Part *p = &parts[i][c];
            p->is_any = draw(3) == 0;
            p->is_not = draw(5) == 0;
            p->low = draw(TOP + 1);
            p->high = p->low + draw(TOP + 1 - p->low);
        }
}

static int holds(const Part p[3], const int row[3])
{
    for (int c = 0; c < 3; c++) {
        int in = row[c] >= p[c].low && row[c] <= p[c].high;
        if (!p[c].is_any && (row[c] < 0 || in == p[c].is_not))
            return 0;
    }
    return 1;
}

static int first(Part parts[RULES][3], const int row[3])
{
    for (int i = 0; i < RULES; i++)
        if (holds(parts[i], row))
            return i;
    return RULES;
}

static void random_text(char *out, Part parts[RULES][3])
{
    static const char *const names[] = {"employees", "rd_staff", "level"};
    size_t n = (size_t)snprintf(
        out, TEXT,
        "policy = { id = \"p\"; kind = \"eligibility\"; };\ninputs = (");
    for (int c = 0; c < 3; c++)
        n += (size_t)snprintf(out + n, TEXT - n,
                              "%s{ name = \"%s\"; type = \"count\"; max = "
                              "\"%d\"; }",
                              c ? ", " : " ", names[c], TOP);
    n +=
        (size_t)snprintf(out + n, TEXT - n,
                         " );\ndecisions = ( { name = \"t\"; cite = \"c\"; hit "
                         "= \"FIRST\"; outputs = ( \"o\" ); inputs = ( "
                         "\"employees\", \"rd_staff\", \"level\" ); rules = (");
    for (int i = 0; i < RULES; i++) {
        n +=
            (size_t)snprintf(out + n, TEXT - n,
                             "%s\n{ id = \"R%02d\"; when = (", i ? "," : "", i);
        for (int c = 0; c < 3; c++) {
            const Part *p = &parts[i][c];
            n +=
                p->is_any
                    ? (size_t)snprintf(out + n, TEXT - n, "%s \"-\"",
                                       c ? "," : "")
                    : (size_t)snprintf(out + n, TEXT - n, "%s \"%s[%d..%d]%s\"",
                                       c ? "," : "", p->is_not ? "not(" : "",
                                       p->low, p->high, p->is_not ? ")" : "");
        }
        n += (size_t)snprintf(out + n, TEXT - n, " ); then = ( \"%d\" ); }", i);
    }
    snprintf(out + n, TEXT - n,
             " ); } );\noutputs = ( \"o\" );\nexamples = ( { id = \"X\"; of = "
             "( \"t\" ); given = ( ); gives = ( \"eligible = true\" ); } );\n");
}

/* Does every row have a rule, null aside?  won[i]: rule i is first somewhere.
 */
static int look_at_all(Part parts[RULES][3], int won[RULES + 1])
{
    int is_whole = 1, row[3];
    for (row[0] = -1; row[0] <= TOP; row[0]++)
        for (row[1] = -1; row[1] <= TOP; row[1]++)
            for (row[2] = -1; row[2] <= TOP; row[2]++) {
                int i = first(parts, row);
                won[i] = 1;
                if (i == RULES && row[0] >= 0 && row[1] >= 0 && row[2] >= 0)
                    is_whole = 0;
            }
    return is_whole;
}

/* The value that a row shows of a name. */
static int shown(const char *row, const char *name)
{
    const char *at = strstr(row, name);
    assert_non_null(at);
    return (int)strtol(at + strlen(name), NULL, 10);
}

/* The row that a warning of a gap shows. */
static void check_gap(const char *said, Part parts[RULES][3], int is_whole)
{
    const char *gap = strstr(said, "there is no default: ");
    assert_int_equal(gap == NULL, is_whole);
    if (gap == NULL)
        return;
    const int row[3] = {shown(gap, "employees = "), shown(gap, "rd_staff = "),
                        shown(gap, "level = ")};
    for (int c = 0; c < 3; c++)
        assert_in_range(row[c], 0, TOP);
    assert_int_equal(first(parts, row), RULES);
}

static void random_tables_are_seen_as_by_looking_at_every_cell(void **state)
{
    (void)state;
    static char text[TEXT];
    Part parts[RULES][3];
    int whole = 0, masked = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        int won[RULES + 1] = {0};
        Ruled r;
        random_parts(parts);
        random_text(text, parts);
        int is_whole = look_at_all(parts, won);
        assert_int_equal(ruled_text(&r, "f", text), OK);
        check_gap(r.said, parts, is_whole);
        for (int i = 0; i < RULES; i++) {
            char never[32];
            snprintf(never, sizeof never, "R%02d: ", i);
            if ((strstr(r.said, never) == NULL) != won[i])
                print_error("%s\n%s", text, r.said);
            assert_int_equal(strstr(r.said, never) == NULL, won[i]);
            masked += !won[i];
        }
        whole += is_whole;
        ruled_free(&r);
    }
    assert_in_range(whole, TRIALS / 20, TRIALS - TRIALS / 20);
    assert_in_range(masked, TRIALS, RULES * TRIALS / 2); /* both are common */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oddities_are_told_with_a_row_that_shows_them),
        cmocka_unit_test(random_tables_are_seen_as_by_looking_at_every_cell),
    };
    return RUN(tests);
}
