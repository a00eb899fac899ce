/* What is wrong with a rule file as a whole: every fault with its place. */
#include "rules.h"

#define HEAD "policy = { id = \"p\"; kind = \"eligibility\"; };\n"
#define INPUTS                                                                 \
    "inputs = ( { name = \"amount\"; }, { name = \"employees\"; } );\n"
#define EXAMPLE                                                                \
    "examples = ( { id = \"X\"; given = ( \"employees = 5\" ); gives = ( "     \
    "\"eligible = true\" ); } );\n"
#define ROW(text)                                                              \
    "eligibility = ( { id = \"E\"; cite = \"c\"; require = \"employees > "     \
    "0\"; } );\n" text

/* Each file and what must be among its messages. */
static const struct {
    const char *file, *says;
} files[] = {
    {INPUTS, "f:1: the group 'policy' is missing"},
    {"policy = { id = \"p\"; kind = \"credits\"; };\n",
     "f:1:30: 'credits' is not a kind of policy; credit, eligibility, subsidy "
     "or value"},
    {HEAD INPUTS ROW(""), "a policy without examples is not loaded"},
    {HEAD INPUTS "eligibility = ( { id = \"E\"; require = \"employees > 0\"; "
                 "} );\n" EXAMPLE,
     "f:3:17: E: 'E' does not say where it is written; add cite = \"article "
     "...\""},
    {HEAD INPUTS ROW("budget = ( );\n") EXAMPLE,
     "a policy of kind 'eligibility' has no 'budget'"},
    {HEAD INPUTS ROW("fact = ( );\n") EXAMPLE,
     "'fact' is not a section of a policy; did you mean 'facts'"},
    {HEAD INPUTS ROW("nam = ( );\n") EXAMPLE,
     "'nam' is not a section of a policy; sections are policy, versions, "},
    {HEAD INPUTS ROW("facts = { name = \"a\"; };\n") EXAMPLE,
     "'facts' is a list of groups"},
    {HEAD "inputs = ( { name = \"amount\"; type = \"mony\"; } );\n" EXAMPLE,
     "f:2:39: amount: 'mony' is not a type; did you mean 'money'"},
    {HEAD
     "inputs = ( { name = \"amount\"; }, { name = \"amount\"; } );\n" EXAMPLE,
     "'amount' is named twice; first on line 2"},
    {HEAD INPUTS ROW(
         "facts = ( { name = \"a\"; expr = \"b + 1\"; cite = \"c\"; "
         "}, { name = \"b\"; expr = \"z\"; cite = \"c\"; },\n "
         "{ name = \"z\"; expr = \"a * 2\"; cite = \"c\"; } );\n") EXAMPLE,
     "a: rules in a circle: a needs b needs z needs a"},
    {HEAD INPUTS ROW("outputs = ( \"scor\" );\nfacts = ( { name = \"score\"; "
                     "expr = \"1\"; cite = \"c\"; } );\n") EXAMPLE,
     "f:4:14: no rule makes 'scor'; did you mean 'score'"},
    {HEAD INPUTS
     "eligibility = ( { id = \"E\"; cite = \"c\"; require = \"employees > 0\"; "
     "}, { id = \"E\"; cite = \"c\"; require = \"employees > 1\"; } "
     ");\n" EXAMPLE,
     "the id 'E' is taken; first on line 3"},
    {HEAD INPUTS ROW("outputs = ( \"county\" );\nfacts = ( { name = "
                     "\"county\"; expr = \"1\"; cite = \"c\"; } );\n") EXAMPLE,
     "'county' is number here, but the field of that name is text; give it "
     "another name"},
    {HEAD INPUTS ROW("") "examples = ( { id = \"X\"; given = ( \"employees = "
                         "0\" ); gives = ( \"eligible = true\" ); } );\n",
     "X: example 'X' expects eligible = true and got false []"},
    {HEAD INPUTS ROW("") "examples = ( { id = \"X\"; given = ( \"employee = "
                         "0\" ); gives = ( \"eligible = true\" ); } );\n",
     "f:4:37: X: 'employee' is not an input"},
    {HEAD INPUTS ROW("") "examples = ( { id = \"X\"; of = ( \"E9\" ); given = "
                         "( ); gives = ( \"eligible = null\" ); } );\n",
     "X: this is not the id of a rule"},
    {HEAD INPUTS ROW("versions = ( { id = \"a\"; from = \"2024-01-01\"; to = "
                     "\"2024-12-31\"; }, { id = \"b\"; from = \"2024-12-31\"; "
                     "} );\n") EXAMPLE,
     "b: version 'b' begins before 'a' ends; write to = \"2024-12-30\" in "
     "'a'"},
    {HEAD INPUTS ROW("versions = ( { id = \"a\"; from = \"2024-01-01\"; to = "
                     "\"2023-12-31\"; } );\n") EXAMPLE,
     "a: a version ends before it begins"},
    {HEAD INPUTS ROW("versions = ( { id = \"a\"; to = \"2023-12-31\"; }, { id "
                     "= \"b\"; from = \"2024-01-01\"; amends = ( { path = "
                     "\"eligibility.F.require\"; value = \"true\"; } ); } );\n")
         EXAMPLE,
     "there is no 'F' here"},
    {HEAD INPUTS ROW("scenarios = ( { id = \"s\"; changes = ( { path = "
                     "\"eligibility.E.require\"; value = \"amount > 3%\"; } ); "
                     "} );\n") EXAMPLE,
     "E: money and a ratio cannot be compared"},
    {HEAD INPUTS ROW("parameters = ( { name = \"q\"; type = \"ratio\"; cite = "
                     "\"c\"; values = ( { from = \"2024-01-01\"; value = "
                     "\"1%\"; }, { from = \"2023-01-01\"; value = \"2%\"; } ); "
                     "} );\n") EXAMPLE,
     "q: the dates of a parameter rise; write the earliest value first"},
    {HEAD INPUTS ROW("scales = ( { name = \"s\"; kind = \"marginal\"; on = "
                     "\"amount\"; cite = \"c\"; brackets = ( { from = \"0\"; "
                     "rate = \"1%\"; } ); } );\n") EXAMPLE,
     "'marginal' is not a kind of scale; "},
    {HEAD INPUTS ROW("scales = ( { name = \"s\"; kind = \"single_rate\"; on = "
                     "\"amount\"; cite = \"c\"; brackets = ( { from = \"1万\"; "
                     "rate = \"1%\"; } ); } );\n") EXAMPLE,
     "the first bracket does not start at 0"},
    {HEAD INPUTS ROW("scales = ( { name = \"s\"; kind = \"single_rate\"; on = "
                     "\"employees\"; cite = \"c\"; brackets = ( { from = "
                     "\"0\"; rate = \"1%\"; } ); } );\n") EXAMPLE,
     "what a scale is applied to must be money, not a count"},
    {HEAD INPUTS ROW("scorecards = ( { name = \"s\"; attributes = ( { id = "
                     "\"A\"; on = \"employees\"; cite = \"c\"; bands = ( { "
                     "from = \"1\"; points = \"1\"; }, { from = \"9\"; points "
                     "= \"2\"; } ); } ); } );\n") EXAMPLE,
     "A: no value reaches this band; write the highest band first"},
};

/* One table over employees and amount with the two rules given. */
#define TABLE(hit, one, then1, two, then2)                                     \
    HEAD INPUTS ROW("decisions = ( { name = \"t\"; hit = \"" hit               \
                    "\"; cite = \"c\"; inputs = ( \"employees\", \"amount\" "  \
                    "); outputs = ( \"o\" );\nrules = ( { id = \"R1\"; when "  \
                    "= ( " one " ); then = ( " then1                           \
                    " ); },\n{ id = \"R2\"; when = ( " two                     \
                    " ); then = ( " then2 " ); } ); } );\n") EXAMPLE

static const struct {
    const char *file, *says;
} table_files[] = {
    {TABLE("UNIQUE", "\"<= 5\", \"-\"", "\"1\"", "\">= 5\", \"> 100.00\"",
           "\"2\""),
     "R2: 'R1' and 'R2' hold at once: employees = 5, amount = 100.01"},
    {TABLE("UNIQUE", "\"<= 5\", \"-\"", "\"1\"", "\"> 5\", \"-\"", "\"2\""),
     NULL},
    {TABLE("UNIQUE", "\"(3..4)\", \"-\"", "\"1\"", "\"(3..4)\", \"-\"",
           "\"2\""),
     NULL}, /* no count lies between 3 and 4 */
    {TABLE("ANY", "\"<= 5\", \"-\"", "\"1\"", "\">= 5\", \"-\"", "\"1\""),
     NULL},
    {TABLE("ANY", "\"<= 5\", \"-\"", "\"1\"", "\">= 5\", \"-\"", "\"2\""),
     "'R1' and 'R2' hold at once and differ: employees = 5"},
    {TABLE("FIRST", "\"[10..5]\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "R1: a range that runs backwards; write the lower end first"},
    {TABLE("FIRST", "\">= 5%\", \"-\"", "\"1\"", "\"-\", \"> 5%\"", "\"2\""),
     "R2: money and a ratio cannot be compared"},
    {TABLE("FIRST", "\"\\\"50\\\"\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "R1: a count and text cannot be compared; write the number without "
     "quotes"},
    {TABLE("FIRST", "\">> 10\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "R1: '>' stands where a value should"},
    {TABLE("FIRST", "\"> amount\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "R1: a count and money cannot be compared"},
    {TABLE("FIRST", "\"-\", \"> amount\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "R1: a test must be the same on every row"},
    {TABLE("FIRST", "\"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "R1: cells of 'when': 1; columns of the table: 2"},
    {TABLE("FIRST", "\"-\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"\\\"A\\\"\""),
     "cannot be of one column"},
    {TABLE("FRIST", "\"-\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "'FRIST' is not a value of 'hit'; did you mean 'FIRST'"},
    {TABLE("RULE ORDER", "\"-\", \"-\"", "\"1\"", "\"-\", \"-\"", "\"2\""),
     "a table that lists its hits has words as outputs"},
};

static int says(const char *file, const char *wanted)
{
    Ruled r;
    ErrCode rc = ruled_text(&r, "f", file);
    int good = wanted == NULL
                   ? rc == OK
                   : rc == ERR_RULE && strstr(r.said, wanted) != NULL;
    if (!good)
        print_error("%swants: %s\ngot:\n%s%s\n", file, wanted ? wanted : "",
                    r.said, r.err.text);
    ruled_free(&r);
    return good;
}

static void each_fault_of_a_file_is_told(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < COUNT(files); i++)
        failed += !says(files[i].file, files[i].says);
    assert_int_equal(failed, 0);
}

static void each_fault_of_a_table_is_told(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < COUNT(table_files); i++)
        failed += !says(table_files[i].file, table_files[i].says);
    assert_int_equal(failed, 0);
}

static void all_faults_are_told_in_one_pass(void **state)
{
    (void)state;
    Ruled r;
    assert_int_equal(
        ruled_text(&r, "f",
                   HEAD INPUTS
                   "facts = ( { name = \"a\"; expr = \"amount + 1%\"; cite = "
                   "\"c\"; },\n{ name = \"b\"; expr = \"nobody\"; cite = "
                   "\"c\"; },\n{ name = \"d\"; expr = \"1 +\"; cite = \"c\"; "
                   "},\n{ name = \"e\"; expr = \"a + b\"; cite = \"c\"; } "
                   ");\n" EXAMPLE),
        ERR_RULE);
    assert_int_equal(faults_count(r.faults), 3); /* e is not blamed */
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_of_a_file_is_told),
        cmocka_unit_test(each_fault_of_a_table_is_told),
        cmocka_unit_test(all_faults_are_told_in_one_pass),
    };
    return RUN(tests);
}
